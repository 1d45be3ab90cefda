"""What mentees can do: assessments, VNeID, completion, and becoming a mentor."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.learning_errors import (
    AlreadyMentorError,
    NoConsentInForceError,
    NoMentorThenError,
    NotCompletedError,
    NothingMarkedError,
    NotLearningThenError,
    SkillsMissingError,
    TopicTakenError,
    VneidKnownError,
)
from app.queries.completion import list_ready
from app.queries.generations import get_lineage
from app.queries.merging import get_merge_pair
from app.queries.skills import list_assessments, list_skills, skill_states
from app.queries.topics import find_topic
from app.queries.vneid import list_confirmations
from app.services.assess_skills import Assessment, Mark, assess_skills
from app.services.complete_mentee import complete_mentee
from app.services.edit_topics import TopicDetails, add_topic, delete_topic
from app.services.merge_people import MergeOrder, merge_people
from app.services.promote_mentee import promote_mentee
from app.services.record_vneid import record_vneid
from app.services.set_setting import set_setting
from app.services.undo_batch import undo_batch
from models import Mentee, Mentor, Mentorship, Skill, SkillAssessment, db
from models.enums import AssessmentSource, SkillLevel, VneidBasis
from tests.factories.base import any_ward
from tests.factories.desk import DAY, close_third_quarter
from tests.factories.network import (
    ConsentFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    SkillAssessmentFactory,
    end_reason,
    skill,
)

pytestmark = pytest.mark.usefixtures("flask_app", "on_the_day")

EVERYWHERE = WardScope.everywhere()
IA_GRAI = "23764"
NOT_YET, NEEDS_HELP, ABLE = SkillLevel
LEADER, MENTOR = AssessmentSource.LEADER, AssessmentSource.MENTOR
LONG_AGO = date(2026, 8, 1)
CODES = ("phone", "information", "communication", "vneid", "public_services")


@pytest.fixture
def on_the_day():
    with time_machine.travel("2026-08-31 09:05+07:00", tick=False):
        yield


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def assess(mentee, code="phone", level=ABLE, on=DAY, said_by=LEADER, scope=EVERYWHERE):
    marks = [Mark(mentee.id, skill(code), level)]
    return assess_skills(scope, Assessment(on, said_by, marks))


def state(mentee, code="phone", day=DAY):
    return skill_states(EVERYWHERE, [mentee.person_id], day).get((mentee.person_id, skill(code)))


def able_in(mentee, how_many):
    for code in CODES[:how_many]:
        SkillAssessmentFactory(mentee=mentee, skill_id=skill(code))


def test_what_was_never_assessed_is_no_data_and_not_not_yet():
    mentee = MenteeFactory()

    assert state(mentee) is None

    assess(mentee, level=NOT_YET)

    assert state(mentee).level is NOT_YET


def test_each_assessment_stays_and_any_day_has_what_was_said_last_up_to_it():
    mentee = MenteeFactory()
    assess(mentee, level=NOT_YET, on=ago(60))
    assess(mentee, level=ABLE, on=ago(10))
    assess(mentee, level=NEEDS_HELP, on=ago(30))

    told = [state(mentee, day=ago(days)) for days in (61, 60, 30, 10, 0)]

    assert [one and one.level for one in told] == [None, NOT_YET, NEEDS_HELP, ABLE, ABLE]
    assert [line.level for line in list_assessments(EVERYWHERE, mentee.person_id)] == [
        ABLE,
        NEEDS_HELP,
        NOT_YET,
    ]


def test_of_two_assessments_of_one_day_the_later_entry_counts_and_undo_brings_the_first_back():
    mentee = MenteeFactory()
    assess(mentee, level=ABLE)
    receipt = assess(mentee, level=NEEDS_HELP)

    assert state(mentee).level is NEEDS_HELP

    undo_batch(EVERYWHERE, receipt.batch_id)

    assert state(mentee).level is ABLE


def test_a_skill_that_is_archived_is_no_longer_asked_and_what_was_said_about_it_stays():
    mentee = MenteeFactory()
    assess(mentee)
    db.session.get(Skill, skill("phone")).is_active = False
    db.session.commit()

    try:
        assert skill("phone") not in {row.id for row in list_skills(EVERYWHERE)}
        assert skill("phone") in {row.id for row in list_skills(EVERYWHERE, mentee.person_id)}
        assert state(mentee).level is ABLE
    finally:
        db.session.get(Skill, skill("phone")).is_active = True
        db.session.commit()


def test_a_whole_class_is_marked_at_once_and_taken_back_at_once():
    mentees = [MenteeFactory() for _ in range(3)]
    marks = [
        Mark(one.id, skill("vneid"), level) for one, level in zip(mentees, SkillLevel, strict=True)
    ]

    receipt = assess_skills(EVERYWHERE, Assessment(DAY, LEADER, marks))

    assert [state(one, "vneid").level for one in mentees] == [NOT_YET, NEEDS_HELP, ABLE]

    undo_batch(EVERYWHERE, receipt.batch_id)

    assert [state(one, "vneid") for one in mentees] == [None, None, None]


def test_who_says_so_is_kept_and_a_mentor_by_name():
    pair = MentorshipFactory(mentee=MenteeFactory())
    assess(pair.mentee, said_by=MENTOR)

    line = list_assessments(EVERYWHERE, pair.mentee.person_id)[0]

    assert (line.said_by, line.mentor) == (MENTOR, pair.mentor.person.full_name)


def test_who_had_no_mentor_was_not_assessed_by_one():
    with pytest.raises(NoMentorThenError):
        assess(MenteeFactory(), said_by=MENTOR)


def test_nothing_is_said_about_days_before_somebody_learnt():
    mentee = MenteeFactory(started_on=ago(5))

    with pytest.raises(NotLearningThenError):
        assess(mentee, on=ago(6))
    with pytest.raises(NothingMarkedError):
        assess_skills(EVERYWHERE, Assessment(DAY, LEADER, []))


def test_another_ward_marks_its_own_mentors_mentees_and_nobody_else():
    there = WardScope.of([any_ward(IA_GRAI).id])
    pair = MentorshipFactory(mentor=MentorFactory(ward=any_ward(IA_GRAI)), mentee=MenteeFactory())

    assess(pair.mentee, scope=there)
    with pytest.raises(OutOfScopeError):
        assess(MenteeFactory(), scope=there)

    row = db.session.scalars(select(SkillAssessment)).one()
    assert row.ward_id == pair.mentee.ward_id


def test_names_of_another_ward_are_not_told_after_a_move():
    person = MenteeFactory(ended_on=ago(20), end_reason=end_reason("moved")).person
    before = db.session.scalars(select(Mentee)).one()
    mentor = MentorFactory()
    SkillAssessmentFactory(mentee=before, said_by=MENTOR, mentor_id=mentor.id)
    MenteeFactory(person=person, ward=any_ward(IA_GRAI), started_on=ago(20))

    line = list_assessments(WardScope.of([any_ward(IA_GRAI).id]), person.id)[0]

    assert (line.level, line.mentor, line.author) == (ABLE, None, None)


def test_vneid_is_a_fact_of_its_own_by_two_ways_of_knowing():
    mentee = MenteeFactory()
    record_vneid(EVERYWHERE, mentee.id, VneidBasis.SELF_REPORTED, on=ago(3))
    record_vneid(EVERYWHERE, mentee.id, VneidBasis.SEEN_BY_OFFICER, on=DAY)

    lines = list_confirmations(EVERYWHERE, mentee.person_id)

    assert [(line.basis, line.on) for line in lines] == [
        (VneidBasis.SEEN_BY_OFFICER, DAY),
        (VneidBasis.SELF_REPORTED, ago(3)),
    ]
    assert state(mentee, "vneid") is None
    with pytest.raises(VneidKnownError):
        record_vneid(EVERYWHERE, mentee.id, VneidBasis.SEEN_BY_OFFICER, on=DAY)


def test_whoever_does_enough_skills_alone_is_offered_and_completes_with_the_pair():
    pair = MentorshipFactory(mentee=MenteeFactory())
    able_in(pair.mentee, 4)

    assert list_ready(EVERYWHERE, DAY, 5) == []
    with pytest.raises(SkillsMissingError):
        complete_mentee(EVERYWHERE, pair.mentee.id)

    able_in(pair.mentee, 5)

    assert [one.mentee_id for one in list_ready(EVERYWHERE, DAY, 5)] == [pair.mentee.id]
    complete_mentee(EVERYWHERE, pair.mentee.id)
    ended = db.session.get(Mentorship, pair.id)
    assert [(one.ended_on, one.end_reason.code) for one in (ended, ended.mentee)] == [
        (DAY, "completed")
    ] * 2
    assert list_ready(EVERYWHERE, DAY, 5) == []


def test_completing_with_one_press_is_taken_back_with_one_press():
    pair = MentorshipFactory(mentee=MenteeFactory())
    able_in(pair.mentee, 5)
    receipt = complete_mentee(EVERYWHERE, pair.mentee.id)

    undo_batch(EVERYWHERE, receipt.batch_id)

    again = db.session.get(Mentorship, pair.id)
    assert (again.ended_on, again.mentee.ended_on) == (None, None)


def test_what_was_said_of_two_records_is_of_one_person_after_they_are_merged_until_that_is_undone():
    kept, twin = MenteeFactory(), MenteeFactory()
    SkillAssessmentFactory(mentee=kept, level=NOT_YET)
    assess(twin, "phone")
    assess(twin, "vneid")
    pair = get_merge_pair(EVERYWHERE, kept.person_id, twin.person_id)
    receipt = merge_people(
        EVERYWHERE,
        MergeOrder(
            kept_id=kept.person_id,
            archived_id=twin.person_id,
            taken=frozenset(),
            seen_edition=pair.edition,
        ),
    )

    assert [state(kept, code).level for code in ("phone", "vneid")] == [ABLE, ABLE]

    undo_batch(EVERYWHERE, receipt.batch_id)

    assert [state(kept, code) and state(kept, code).level for code in ("phone", "vneid")] == [
        NOT_YET,
        None,
    ]


def test_what_comes_late_for_a_closed_quarter_counts_in_the_next_with_its_own_day():
    close_third_quarter()
    mentee = MenteeFactory()

    assess(mentee, on=date(2026, 8, 1))

    row = db.session.scalars(select(SkillAssessment)).one()
    assert (row.service_date, row.reported_in.code) == (date(2026, 8, 1), "2026-Q4")


def test_how_many_skills_complete_is_a_dated_setting():
    mentee = MenteeFactory()
    able_in(mentee, 2)
    set_setting(EVERYWHERE, "skills_to_complete", value="2", effective_on=DAY)

    complete_mentee(EVERYWHERE, mentee.id)

    assert db.session.get(Mentee, mentee.id).ended_on == DAY


def test_who_fell_back_is_not_offered():
    mentee = MenteeFactory()
    able_in(mentee, 5)
    assess(mentee, "vneid", NEEDS_HELP)

    assert list_ready(EVERYWHERE, DAY, 5) == []


def graduate(mentor=None, on=LONG_AGO, **values):
    """Somebody who completed with a mentor."""
    mentee = MenteeFactory(ended_on=on, end_reason=end_reason("completed"), **values)
    ConsentFactory(person=mentee.person)
    MentorshipFactory(
        mentor=mentor or MentorFactory(),
        mentee=mentee,
        ended_on=on,
        end_reason=end_reason("completed"),
    )
    return mentee


def test_a_graduate_becomes_a_mentor_in_one_step_and_the_generations_are_kept():
    first = MentorFactory()
    second = promote_mentee(EVERYWHERE, graduate(first).id).object_id
    with time_machine.travel("2026-10-01 09:00+07:00", tick=False):
        pupil = graduate(db.session.get(Mentor, second), on=date(2026, 9, 30), started_on=DAY)
        third = promote_mentee(EVERYWHERE, pupil.id).object_id

    lines = [
        get_lineage(EVERYWHERE, db.session.get(Mentor, one).person_id)
        for one in (first.id, second, third)
    ]

    assert [line.generation for line in lines] == [1, 2, 3]
    assert [line.teacher and line.teacher.mentor_id for line in lines] == [None, first.id, second]
    assert [[kin.mentor_id for kin in line.successors] for line in lines] == [[second], [third], []]


def test_who_learnt_something_while_a_mentor_already_stays_of_the_first_generation():
    teacher = MentorFactory()
    mentee = graduate(teacher)
    MentorFactory(person=mentee.person, started_on=ago(200))

    assert get_lineage(EVERYWHERE, mentee.person_id).generation == 1
    assert get_lineage(EVERYWHERE, teacher.person_id).successors == ()


def test_only_a_graduate_with_consent_who_is_no_mentor_yet_becomes_one():
    with pytest.raises(NotCompletedError):
        promote_mentee(EVERYWHERE, MenteeFactory().id)
    unasked = graduate()
    for consent in unasked.person.consents:
        consent.withdrawn_on = DAY
    db.session.commit()
    with pytest.raises(NoConsentInForceError):
        promote_mentee(EVERYWHERE, unasked.id)
    mentor_already = graduate()
    MentorFactory(person=mentor_already.person, ward=any_ward(IA_GRAI))
    with pytest.raises(AlreadyMentorError):
        promote_mentee(EVERYWHERE, mentor_already.id)
    with pytest.raises(OutOfScopeError):
        promote_mentee(WardScope.of([any_ward(IA_GRAI).id]), graduate().id)

    assert db.session.scalar(select(func.count(Mentor.id))) == 4


def test_a_week_has_one_topic_from_its_monday_to_its_sunday():
    wednesday = date(2026, 9, 2)
    receipt = add_topic(EVERYWHERE, TopicDetails(wednesday, "Gọi video", "Gọi cho con ở xa."))

    assert find_topic(EVERYWHERE, DAY).monday == DAY
    assert find_topic(EVERYWHERE, date(2026, 9, 6)).title == "Gọi video"
    assert find_topic(EVERYWHERE, date(2026, 9, 7)) is None
    with pytest.raises(TopicTakenError):
        add_topic(EVERYWHERE, TopicDetails(DAY, "Khác", "Khác"))

    delete_topic(EVERYWHERE, receipt.object_id)

    assert find_topic(EVERYWHERE, DAY) is None
    add_topic(EVERYWHERE, TopicDetails(DAY, "Khác", "Khác"))
