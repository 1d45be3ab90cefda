"""People and what they do in the network; each factory valid without arguments."""

from datetime import UTC, date, datetime

import factory

from models import (
    Attendance,
    Consent,
    Contact,
    DutyHoliday,
    DutyLeave,
    DutyPattern,
    DutyTurn,
    EndReason,
    FollowUp,
    Hamlet,
    Handoff,
    HelpSession,
    HelpSessionGroup,
    Mentee,
    Mentor,
    MentorCapacity,
    Mentorship,
    Pause,
    Person,
    PersonGroup,
    PlanTarget,
    Procedure,
    ReportingPeriod,
    Skill,
    SkillAssessment,
    SupportPost,
    TargetGroup,
    VneidConfirmation,
    WardRequest,
    WeeklyTopic,
    db,
)
from models.enums import (
    AssessmentSource,
    ConsentMethod,
    FollowUpAnswer,
    FollowUpOccasion,
    GroupBasis,
    HalfDay,
    HelpMode,
    HelpResult,
    RequestKind,
    SkillLevel,
    TargetIndicator,
    VneidBasis,
)
from tests.factories.base import ModelFactory, any_ward

ENTERED_AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
START = date(2026, 1, 5)


def end_reason(code: str) -> EndReason:
    """Return a shipped end reason by its code."""
    return db.session.query(EndReason).filter_by(code=code).one()


def skill(code: str) -> int:
    """Return the id of a shipped skill by its code."""
    return db.session.query(Skill.id).filter_by(code=code).scalar()


def any_period() -> ReportingPeriod:
    """Return an open period long before the days of the tests, for rows that must name one."""
    period = db.session.query(ReportingPeriod).filter_by(code="test").one_or_none()
    if period is None:
        period = ReportingPeriod(
            code="test", started_on=date(2000, 1, 1), ended_on=date(2000, 4, 1)
        )
        db.session.add(period)
        db.session.commit()
    return period


class RecordedFactory(ModelFactory):
    class Meta:
        abstract = True

    entered_at = ENTERED_AT


class HamletFactory(RecordedFactory):
    class Meta:
        model = Hamlet

    ward = factory.LazyFunction(any_ward)
    name = factory.Sequence(lambda number: f"Thôn {number}")


def in_letters(number: int) -> str:
    """A number as a name may hold it: nobody is taken for somebody else by chance."""
    return "".join("ABCDEFGHIJ"[int(digit)] for digit in str(number))


class PersonFactory(RecordedFactory):
    class Meta:
        model = Person

    full_name = factory.Sequence(lambda number: f"Nguyễn Văn An {in_letters(number)}")
    birth_year = 1990


class PersonGroupFactory(RecordedFactory):
    """A poor household with its paper form, unless another group is named."""

    class Meta:
        model = PersonGroup

    person = factory.SubFactory(PersonFactory)
    target_group = factory.LazyFunction(
        lambda: db.session.query(TargetGroup).filter_by(code="poor").one()
    )
    basis = GroupBasis.PAPER_FORM
    basis_on = START


class ConsentFactory(RecordedFactory):
    class Meta:
        model = Consent

    person = factory.SubFactory(PersonFactory)
    given_on = START
    method = ConsentMethod.PAPER
    text_version = "2026-01"


class MentorFactory(RecordedFactory):
    class Meta:
        model = Mentor

    person = factory.SubFactory(PersonFactory)
    ward = factory.LazyFunction(any_ward)
    started_on = START


class MentorCapacityFactory(RecordedFactory):
    class Meta:
        model = MentorCapacity

    mentor = factory.SubFactory(MentorFactory)
    effective_on = START
    capacity = 10


class MenteeFactory(RecordedFactory):
    class Meta:
        model = Mentee

    person = factory.SubFactory(PersonFactory)
    ward = factory.LazyFunction(any_ward)
    started_on = START


class MentorshipFactory(RecordedFactory):
    """A pairing in one ward; both ward ids follow from the spells."""

    class Meta:
        model = Mentorship

    mentor = factory.SubFactory(MentorFactory)
    mentee = factory.SubFactory(MenteeFactory)
    mentor_ward_id = factory.LazyAttribute(lambda row: row.mentor.ward_id)
    mentee_ward_id = factory.LazyAttribute(lambda row: row.mentee.ward_id)
    started_on = START


class SupportPostFactory(RecordedFactory):
    class Meta:
        model = SupportPost

    person = factory.SubFactory(PersonFactory)
    ward = factory.LazyFunction(any_ward)
    started_on = START


class PauseFactory(RecordedFactory):
    """A pause; name the one spell that it belongs to."""

    class Meta:
        model = Pause

    started_on = date(2026, 2, 1)
    ended_on = date(2026, 3, 1)


class ContactFactory(RecordedFactory):
    class Meta:
        model = Contact

    mentor = factory.SubFactory(MentorFactory)
    ward_id = factory.LazyAttribute(lambda row: row.mentor.ward_id)
    service_date = date(2026, 3, 1)
    reported_in = factory.LazyFunction(any_period)


class AttendanceFactory(RecordedFactory):
    """A mentorship met on 1 March 2026, unless the contact is named."""

    class Meta:
        model = Attendance

    mentorship = factory.SubFactory(MentorshipFactory)
    contact = factory.LazyAttribute(lambda row: ContactFactory(mentor=row.mentorship.mentor))


class HelpSessionFactory(RecordedFactory):
    class Meta:
        model = HelpSession

    ward = factory.LazyFunction(any_ward)
    service_date = date(2026, 3, 1)
    procedure = factory.LazyFunction(lambda: db.session.query(Procedure).first())
    mode = HelpMode.TOGETHER
    result = HelpResult.DONE
    is_first_this_year = False
    reported_in = factory.LazyFunction(any_period)


class HelpSessionGroupFactory(RecordedFactory):
    class Meta:
        model = HelpSessionGroup


class HandoffFactory(RecordedFactory):
    class Meta:
        model = Handoff

    mentee = factory.SubFactory(MenteeFactory)
    ward_id = factory.LazyAttribute(lambda row: row.mentee.ward_id)
    consent = factory.LazyAttribute(lambda row: ConsentFactory(person=row.mentee.person))
    handed_on = date(2026, 3, 1)


class FollowUpFactory(RecordedFactory):
    """An answer of who completed, at the time when they are asked."""

    class Meta:
        model = FollowUp

    mentee = factory.SubFactory(MenteeFactory)
    ward_id = factory.LazyAttribute(lambda row: row.mentee.ward_id)
    occasion = FollowUpOccasion.COMPLETED
    answer = FollowUpAnswer.STILL_ABLE
    service_date = date(2026, 3, 1)
    reported_in = factory.LazyFunction(any_period)


class DutyTurnFactory(RecordedFactory):
    class Meta:
        model = DutyTurn

    support_post = factory.SubFactory(SupportPostFactory)
    ward_id = factory.LazyAttribute(lambda row: row.support_post.ward_id)
    service_date = date(2026, 3, 1)
    half_day = HalfDay.MORNING
    is_performed = True
    reported_in = factory.LazyFunction(any_period)


class DutyPatternFactory(RecordedFactory):
    """Every Monday morning from the start of the post, unless the test says otherwise."""

    class Meta:
        model = DutyPattern

    support_post = factory.SubFactory(SupportPostFactory)
    week_half = 0
    started_on = START


class DutyLeaveFactory(RecordedFactory):
    class Meta:
        model = DutyLeave

    support_post = factory.SubFactory(SupportPostFactory)
    ward_id = factory.LazyAttribute(lambda row: row.support_post.ward_id)
    started_on = date(2026, 3, 2)
    ended_on = date(2026, 3, 3)


class DutyHolidayFactory(RecordedFactory):
    class Meta:
        model = DutyHoliday

    ward = factory.LazyFunction(any_ward)
    day = date(2026, 3, 2)
    half_day = HalfDay.MORNING


class WardRequestFactory(RecordedFactory):
    """A ward asks another for a mentor for two people, unless something else is named."""

    class Meta:
        model = WardRequest
        exclude = ("asking_ward", "asked_ward")

    asking_ward = factory.LazyFunction(lambda: any_ward("23941"))
    asked_ward = factory.LazyFunction(lambda: any_ward("23908"))
    asking_ward_id = factory.LazyAttribute(lambda row: row.asking_ward.id)
    asked_ward_id = factory.LazyAttribute(lambda row: row.asked_ward.id)
    kind = RequestKind.MENTOR
    asked_on = date(2026, 3, 1)
    mentees = factory.LazyAttribute(lambda row: 2 if row.kind is RequestKind.MENTOR else None)


class SkillAssessmentFactory(RecordedFactory):
    """What a leader says of somebody; by default that they manage alone."""

    class Meta:
        model = SkillAssessment

    mentee = factory.SubFactory(MenteeFactory)
    ward_id = factory.LazyAttribute(lambda row: row.mentee.ward_id)
    skill_id = factory.LazyFunction(lambda: skill("phone"))
    level = SkillLevel.ABLE
    said_by = AssessmentSource.LEADER
    service_date = date(2026, 3, 1)
    reported_in = factory.LazyFunction(any_period)


class VneidConfirmationFactory(RecordedFactory):
    class Meta:
        model = VneidConfirmation

    mentee = factory.SubFactory(MenteeFactory)
    ward_id = factory.LazyAttribute(lambda row: row.mentee.ward_id)
    basis = VneidBasis.SELF_REPORTED
    service_date = date(2026, 3, 1)
    reported_in = factory.LazyFunction(any_period)


class PlanTargetFactory(RecordedFactory):
    """Eight mentors of the province by the end of 2026; of a ward with `ward_id`."""

    class Meta:
        model = PlanTarget

    ward_id = None
    indicator = TargetIndicator.MENTORS
    due_on = date(2026, 12, 31)
    value = 8
    valid_from = date(2026, 1, 1)
    source = "Kế hoạch của xã"


class WeeklyTopicFactory(RecordedFactory):
    class Meta:
        model = WeeklyTopic

    monday = date(2026, 8, 31)
    title = "Nhận ra tin nhắn lừa đảo"
    body = "Không bấm liên kết lạ."
