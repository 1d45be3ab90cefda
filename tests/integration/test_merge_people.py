"""Two records of one person become one, and two again when that is undone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from app import clock
from app.access.scope import WardScope
from app.errors import (
    EditConflictError,
    MergeBothPairedError,
    MergedIntoItselfError,
    MergeHoldsAccountError,
    MergeRolesOverlapError,
    MergeRolesUnseenError,
    OutOfScopeError,
    PersonMergedError,
)
from app.queries.audit import audit_scope
from app.queries.merging import get_merge_pair
from app.services.merge_people import SETTLED, MergeOrder, merge_people
from app.services.repointing import namings
from app.services.undo_batch import undo_batch
from models import AccountPerson, Language, Mentee, Mentorship, Person, PersonLanguage, db
from tests.factories.accounts import AccountFactory
from tests.factories.base import any_ward
from tests.factories.network import (
    ContactFactory,
    HandoffFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PersonFactory,
    SupportPostFactory,
)

EVERYWHERE = WardScope.everywhere()
HERE, THERE = "23941", "23575"
TODAY = date(2026, 6, 30)
SPRING, SUMMER = date(2026, 3, 1), date(2026, 6, 1)


@pytest.fixture(autouse=True)
def last_day_of_june(flask_app):
    with time_machine.travel("2026-06-30T03:00:00Z", tick=False):
        yield


def order(kept, archived, *, taken=()):
    pair = get_merge_pair(EVERYWHERE, kept.id, archived.id)
    return MergeOrder(
        kept_id=kept.id,
        archived_id=archived.id,
        taken=frozenset(taken),
        seen_edition=pair.edition,
    )


def merge(kept, archived, *, scope=EVERYWHERE, taken=()):
    db.session.commit()
    return merge_people(scope, order(kept, archived, taken=taken))


def everything():
    """All that a merge may change, by table and row, without versions."""
    db.session.expire_all()
    return {
        (model.__tablename__, row.id): {
            column.key: getattr(row, column.key)
            for column in model.__mapper__.column_attrs
            if column.key != "version"
        }
        for model in (Person, Mentee, Mentorship, PersonLanguage)
        for row in db.session.scalars(select(model))
    }


def twins(**roles):
    """Two records of one name, each with a role of a mentee here since a day."""
    ward = any_ward(HERE)
    return [
        MenteeFactory(person=PersonFactory(full_name="Rơ Châm Dih"), ward=ward, started_on=day)
        for day in roles.values()
    ]


def test_who_was_registered_twice_is_one_person_with_one_role_afterwards():
    one, two = twins(one=SUMMER, two=SPRING)
    pair = MentorshipFactory(mentee=two, mentor=MentorFactory(ward=two.ward), started_on=SPRING)
    handoff = HandoffFactory(mentee=two, handed_on=SPRING)
    before = audit_scope(EVERYWHERE, TODAY).totals

    merge(one.person, two.person)

    db.session.expire_all()
    [role] = db.session.scalars(select(Mentee)).all()
    assert (role.id, role.person_id, role.started_on) == (one.id, one.person_id, SPRING)
    assert (pair.mentee_id, handoff.mentee_id) == (one.id, one.id)
    assert two.person.merged_into_id == one.person_id
    after = audit_scope(EVERYWHERE, TODAY).totals
    assert (before.mentees, before.mentees_waiting) == (2, 1)
    assert (after.mentees, after.mentees_waiting, after.mentorships_open) == (1, 0, 1)


def test_undoing_the_merge_makes_two_of_them_again():
    one, two = twins(one=SUMMER, two=SPRING)
    MentorshipFactory(mentee=two, mentor=MentorFactory(ward=two.ward), started_on=SPRING)
    speak((one.person, "jrai"), (two.person, "jrai"), (two.person, "bahnar"))
    db.session.commit()
    before = everything()

    receipt = merge(one.person, two.person, taken={"birth_year", "phone"})
    merged = everything()
    undo_batch(EVERYWHERE, receipt.batch_id)

    assert merged != before
    assert everything() == before


def speak(*pairs):
    for person, code in pairs:
        language = db.session.scalars(select(Language).where(Language.code == code)).one()
        db.session.add(
            PersonLanguage(person_id=person.id, language_id=language.id, entered_at=clock.now())
        )
    db.session.flush()


def test_fields_come_from_where_they_were_chosen():
    kept = PersonFactory(full_name="Nay Lan", birth_year=1990, phone=None)
    archived = PersonFactory(full_name="Nay H'Lan", birth_year=1991, phone="+84905000001")
    for person in (kept, archived):
        SupportPostFactory(person=person, ward=any_ward(HERE if person is kept else THERE))

    merge(kept, archived, taken={"full_name", "phone"})

    db.session.expire_all()
    facts = kept.full_name, kept.search_text, kept.birth_year, kept.phone
    assert facts == ("Nay H'Lan", "nay hlan", 1990, "+84905000001")


def test_languages_of_both_are_kept_once():
    one, two = twins(one=SPRING, two=SPRING)
    speak((one.person, "jrai"), (two.person, "jrai"), (two.person, "bahnar"))

    merge(one.person, two.person)

    db.session.expire_all()
    assert {row.language.code for row in one.person.languages} == {"jrai", "bahnar"}
    assert len(one.person.languages) == 2


def test_roles_that_follow_each_other_stay_apart_and_become_those_of_one_person():
    ward = any_ward(HERE)
    first = MenteeFactory(ward=ward, started_on=SPRING, ended_on=SUMMER)
    then = MenteeFactory(ward=ward, started_on=SUMMER)

    merge(first.person, then.person)

    db.session.expire_all()
    assert {role.person_id for role in (first, then)} == {first.person_id}
    assert (first.ended_on, then.started_on) == (SUMMER, SUMMER)


def test_two_mentors_records_keep_all_mentees_and_the_capacity_of_the_kept_one():
    one, two = (MentorFactory(ward=any_ward(HERE), started_on=SPRING) for _ in range(2))
    pairs = [
        MentorshipFactory(mentor=mentor, mentee=MenteeFactory(ward=mentor.ward, started_on=SPRING))
        for mentor in (one, two, two)
    ]

    merge(one.person, two.person)

    db.session.expire_all()
    assert {pair.mentor_id for pair in pairs} == {one.id}
    assert audit_scope(EVERYWHERE, TODAY).totals.mentors == 1


def test_who_has_a_mentor_under_both_records_is_settled_first():
    mentees = twins(one=SPRING, two=SPRING)
    for mentee in mentees:
        MentorshipFactory(mentee=mentee, mentor=MentorFactory(ward=mentee.ward))

    with pytest.raises(MergeBothPairedError):
        merge(*(mentee.person for mentee in mentees))


def test_who_guides_the_other_record_is_another_person_or_to_be_settled_first():
    mentor = MentorFactory(ward=any_ward(HERE))
    mentee = MenteeFactory(ward=mentor.ward)
    MentorshipFactory(mentor=mentor, mentee=mentee)

    with pytest.raises(MergeBothPairedError):
        merge(mentor.person, mentee.person)


def test_one_role_in_two_wards_at_a_time_is_settled_first():
    one = MenteeFactory(ward=any_ward(HERE), started_on=SPRING)
    two = MenteeFactory(ward=any_ward(THERE), started_on=SUMMER)

    with pytest.raises(MergeRolesOverlapError):
        merge(one.person, two.person)


def test_support_people_of_two_wards_may_be_one_who_serves_both():
    one, two = (SupportPostFactory(ward=any_ward(code)) for code in (HERE, THERE))

    merge(one.person, two.person)

    db.session.expire_all()
    assert one.person_id == two.person_id


def test_a_ward_merges_nobody_who_has_a_role_elsewhere():
    one, two = twins(one=SPRING, two=SPRING)
    SupportPostFactory(person=two.person, ward=any_ward(THERE))
    db.session.commit()
    wanted = order(one.person, two.person)

    with pytest.raises(MergeRolesUnseenError):
        merge_people(WardScope.of([any_ward(HERE).id]), wanted)
    with pytest.raises(OutOfScopeError):
        merge_people(WardScope.of([any_ward("21607").id]), wanted)


def test_the_record_with_an_account_is_the_one_that_is_kept():
    one, two = twins(one=SPRING, two=SPRING)
    db.session.add(
        AccountPerson(account=AccountFactory(), person=two.person, entered_at=clock.now())
    )
    db.session.commit()

    pair = get_merge_pair(EVERYWHERE, one.person_id, two.person_id)

    assert (pair.kept.id, pair.archived.id) == (two.person_id, one.person_id)
    with pytest.raises(MergeHoldsAccountError):
        merge(one.person, two.person)


def test_a_record_that_was_changed_since_it_was_seen_is_not_merged():
    one, two = twins(one=SPRING, two=SPRING)
    db.session.commit()
    seen = order(one.person, two.person)
    two.person.note = "mới"
    db.session.commit()

    with pytest.raises(EditConflictError):
        merge_people(EVERYWHERE, seen)


def test_a_record_is_merged_once_and_not_into_itself():
    one, two = twins(one=SPRING, two=SPRING)
    db.session.commit()
    wanted = order(one.person, two.person)
    merge_people(EVERYWHERE, wanted)

    with pytest.raises(OutOfScopeError):
        merge_people(EVERYWHERE, wanted)
    with pytest.raises(MergedIntoItselfError):
        merge_people(EVERYWHERE, replace(wanted, archived_id=wanted.kept_id))


def test_nothing_is_merged_into_a_record_that_was_archived_itself():
    one, two = twins(one=SPRING, two=SPRING)
    db.session.commit()
    wanted = order(one.person, two.person)
    one.person.merged_into_id = PersonFactory().id
    db.session.commit()

    with pytest.raises(PersonMergedError):
        merge_people(EVERYWHERE, wanted)


def test_meetings_of_a_closed_report_do_not_keep_two_records_of_a_mentor_apart():
    one, two = (MentorFactory(ward=any_ward(HERE), started_on=SPRING) for _number in range(2))
    met = ContactFactory(mentor=two, service_date=SPRING)
    db.session.commit()
    met.reported_in.closed_at = clock.now()
    db.session.commit()

    receipt = merge(one.person, two.person)

    db.session.expire_all()
    assert met.mentor_id == one.id
    undo_batch(EVERYWHERE, receipt.batch_id)
    db.session.expire_all()
    assert met.mentor_id == two.id


def test_records_that_were_merged_before_lead_to_the_one_that_is_kept_now():
    one, two = twins(one=SPRING, two=SPRING)
    older = MenteeFactory(ward=any_ward(HERE), started_on=SPRING, ended_on=SPRING + timedelta(9))
    db.session.commit()
    older.person.merged_into_id = two.person_id

    merge(one.person, two.person)

    db.session.expire_all()
    assert older.person.merged_into_id == one.person_id


def test_every_column_that_names_a_person_is_settled_or_repointed():
    named = {(naming.model.__tablename__, naming.attribute) for naming in namings(Person)}
    settled = {(naming.model.__tablename__, naming.attribute) for naming in SETTLED}

    assert named - settled == {
        ("account_people", "person_id"),
        ("activity_people", "person_id"),
        ("consents", "person_id"),
        ("pauses", "substitute_person_id"),
        ("persons", "merged_into_id"),
    }
    assert settled <= named
