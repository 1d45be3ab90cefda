"""Registering, editing and ending on both databases: one person, many roles, all undoable."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.access.scope import WardScope
from app.errors import (
    EditConflictError,
    EndsTooEarlyError,
    LikelySamePersonError,
    OutOfScopeError,
    OverlapError,
    SensitiveBasisMissingError,
)
from app.queries.people import get_edition, get_person_detail, list_roles
from app.queries.spells import SpellKey
from app.services.edit_person import edit_person
from app.services.end_spell import end_spell
from app.services.person_writing import ConsentDetails, PersonDetails
from app.services.register_person import Registration, register_person
from app.services.undo_batch import undo_batch
from models import (
    Consent,
    Hamlet,
    Language,
    Mentee,
    Mentor,
    MentorCapacity,
    Mentorship,
    Person,
    PersonLanguage,
    TargetGroup,
    db,
)
from models.enums import ConsentMethod, GroupBasis, PersonRole, Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PersonFactory,
    PersonGroupFactory,
    end_reason,
)

OTHER_WARD = "21583"

pytestmark = pytest.mark.usefixtures("flask_app", "on_10_march")


@pytest.fixture
def on_10_march():
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False):
        yield


def leader_scope() -> WardScope:
    account = account_with(Role.WARD_LEADER)
    return WardScope.of([any_ward().id], account.id)


def registration(role: PersonRole = PersonRole.MENTOR, **values) -> Registration:
    details = {"full_name": "Ksor H'Thoan", "birth_year": 1962} | values.pop("person", {})
    return Registration(
        role=role,
        ward_id=values.pop("ward_id", any_ward().id),
        person=PersonDetails(**details),
        consent=ConsentDetails(method=ConsentMethod.PAPER, given_on=date(2026, 1, 5)),
        started_on=values.pop("started_on", date(2026, 1, 5)),
        **values,
    )


def ids(model: type, *codes: str) -> frozenset[int]:
    return frozenset(db.session.scalars(select(model.id).where(model.code.in_(codes))))


def test_everything_of_a_registration_is_taken_back_but_the_place():
    scope = leader_scope()
    person = {"hamlet": "Làng Ốp", "language_ids": ids(Language, "jrai", "vi")}
    receipt = register_person(scope, registration(person=person, capacity=7))

    undo_batch(scope, receipt.batch_id)

    left = [
        len(db.session.scalars(select(model)).all())
        for model in (Person, Mentor, MentorCapacity, Consent, PersonLanguage, Hamlet)
    ]
    assert left == [0, 0, 0, 0, 0, 1]


def test_a_place_is_one_row_however_it_is_spelled():
    scope = leader_scope()
    register_person(scope, registration(person={"hamlet": "Làng Ốp"}))
    register_person(
        scope, registration(PersonRole.MENTEE, person={"full_name": "Nay", "hamlet": "làng ốp"})
    )

    assert db.session.scalars(select(Hamlet.name)).all() == ["Làng Ốp"]
    assert len(set(db.session.scalars(select(Person.hamlet_id)))) == 1


def test_somebody_alike_is_never_made_twice_without_a_decision():
    scope = leader_scope()
    register_person(scope, registration())

    with pytest.raises(LikelySamePersonError):
        register_person(scope, registration(PersonRole.MENTEE))

    assert len(db.session.scalars(select(Person)).all()) == 1


def test_two_different_phones_are_two_people_although_born_in_one_year():
    scope = leader_scope()
    register_person(scope, registration(person={"phone": "+84912345678"}))

    register_person(scope, registration(person={"phone": "+84987654321"}))

    assert len(db.session.scalars(select(Person)).all()) == 2


def test_a_known_person_is_completed_and_never_overwritten():
    scope = leader_scope()
    known = PersonFactory(full_name="Ksor H’Thoan", birth_year=1962, note="Biết tiếng Jrai")
    MenteeFactory(person=known)
    typed = {"phone": "+84912345678", "birth_year": 1963, "note": "khác", "hamlet": "Thôn 2"}

    register_person(scope, registration(person=typed, same_person_id=known.id))

    person = db.session.get_one(Person, known.id)
    assert (person.birth_year, person.phone, person.note, person.hamlet.name) == (
        1962,
        "+84912345678",
        "Biết tiếng Jrai",
        "Thôn 2",
    )


def test_a_person_of_another_ward_cannot_be_taken_over():
    foreign = MenteeFactory(ward=any_ward(OTHER_WARD)).person_id
    scope = leader_scope()

    with pytest.raises(OutOfScopeError):
        register_person(scope, registration(same_person_id=foreign))
    with pytest.raises(OutOfScopeError):
        register_person(scope, registration(ward_id=any_ward(OTHER_WARD).id))

    assert db.session.scalars(select(Mentor)).all() == []


def test_one_person_is_mentor_once_at_a_time():
    known = MentorFactory(person=PersonFactory(full_name="Ksor H’Thoan", birth_year=1962))
    person_id, scope = known.person_id, leader_scope()

    with pytest.raises(OverlapError):
        register_person(scope, registration(same_person_id=person_id))


def test_a_sensitive_group_without_a_basis_stores_nothing():
    scope = leader_scope()

    with pytest.raises(SensitiveBasisMissingError):
        register_person(
            scope, registration(person={"group_ids": ids(TargetGroup, "poor", "farmer")})
        )

    assert db.session.scalars(select(Person)).all() == []


def test_roles_that_were_taken_back_are_not_listed():
    scope = leader_scope()
    mentee = MenteeFactory()
    person_id = mentee.person_id
    receipt = register_person(scope, registration(same_person_id=person_id))
    undo_batch(scope, receipt.batch_id)

    assert [role.role for role in list_roles(scope, [person_id])] == [PersonRole.MENTEE]


def test_a_change_of_languages_alone_is_a_conflict_for_the_second_editor():
    scope = leader_scope()
    receipt = register_person(scope, registration())
    key = SpellKey(PersonRole.MENTOR, receipt.object_id)
    person_id = db.session.get_one(Mentor, receipt.object_id).person_id
    seen = get_edition(scope, person_id)
    details = PersonDetails(full_name="Ksor H'Thoan", birth_year=1962)
    edit_person(
        scope,
        key,
        PersonDetails(
            full_name="Ksor H'Thoan", birth_year=1962, language_ids=ids(Language, "jrai")
        ),
        seen_edition=seen,
    )

    with pytest.raises(EditConflictError):
        edit_person(scope, key, details, seen_edition=seen)

    assert [row.label for row in get_person_detail(scope, person_id).languages] == [
        "Jrai (Gia Rai)"
    ]


@pytest.fixture
def farmer(flask_app: Flask) -> Iterator[TargetGroup]:
    """A group that the office no longer offers; the catalogues outlive the test."""
    group = db.session.query(TargetGroup).filter_by(code="farmer").one()
    group.is_active = False
    db.session.commit()
    yield group
    db.session.rollback()
    group.is_active = True
    db.session.commit()


def test_editing_keeps_what_the_form_does_not_show(farmer):
    scope = leader_scope()
    poor, disabled = (
        db.session.query(TargetGroup).filter_by(code=code).one() for code in ("poor", "disabled")
    )
    person = MenteeFactory().person
    rows = [
        PersonGroupFactory(person=person, target_group=poor, basis_on=date(2026, 1, 1)),
        PersonGroupFactory(person=person, target_group=disabled, basis_on=date(2026, 2, 2)),
        PersonGroupFactory(person=person, target_group=farmer, basis=None, basis_on=None),
    ]
    mentee_id = db.session.scalars(select(Mentee.id)).one()

    edit_person(
        scope,
        SpellKey(PersonRole.MENTEE, mentee_id),
        PersonDetails(
            full_name="Nay Hla",
            group_ids=frozenset({poor.id, disabled.id}),
            group_basis=GroupBasis.CONSENT,
            group_basis_on=date(2026, 3, 3),
        ),
        seen_edition=get_edition(scope, person.id),
    )

    assert [(row.basis_on, row.deleted_at) for row in rows] == [
        (date(2026, 3, 3), None),
        (date(2026, 2, 2), None),
        (None, None),
    ]


def test_undoing_an_edit_brings_back_name_languages_and_capacity():
    scope = leader_scope()
    receipt = register_person(
        scope, registration(person={"language_ids": ids(Language, "vi")}, capacity=7)
    )
    mentor = db.session.get_one(Mentor, receipt.object_id)
    edited = edit_person(
        scope,
        SpellKey(PersonRole.MENTOR, mentor.id),
        PersonDetails(full_name="Ksor Thoan", language_ids=ids(Language, "jrai")),
        seen_edition=get_edition(scope, mentor.person_id),
        capacity=12,
    )

    undo_batch(scope, edited.batch_id)

    detail = get_person_detail(scope, db.session.get_one(Mentor, receipt.object_id).person_id)
    assert (detail.full_name, [row.label for row in detail.languages]) == (
        "Ksor H'Thoan",
        ["Kinh (tiếng Việt)"],
    )
    assert db.session.scalars(select(MentorCapacity.capacity)).all() == [7]


def test_a_mentor_who_leaves_ends_every_pairing_and_undoing_restores_them():
    scope = leader_scope()
    mentor = MentorFactory()
    for _ in range(2):
        MentorshipFactory(mentor=mentor)
    key = SpellKey(PersonRole.MENTOR, mentor.id)

    receipt = end_spell(scope, key, on=date(2026, 3, 10), reason_id=end_reason("moved").id)

    ends = db.session.execute(select(Mentorship.ended_on, Mentorship.end_reason_id)).all()
    assert ends == [(date(2026, 3, 10), end_reason("mentor_left").id)] * 2
    undo_batch(scope, receipt.batch_id)
    assert db.session.scalars(select(Mentorship.ended_on)).all() == [None, None]
    assert db.session.scalars(select(Mentor.ended_on)).all() == [None]


def test_a_role_cannot_end_before_what_was_recorded_for_it():
    scope = leader_scope()
    pairing = MentorshipFactory(started_on=date(2026, 2, 1))
    key = SpellKey(PersonRole.MENTEE, pairing.mentee_id)

    with pytest.raises(EndsTooEarlyError) as refusal:
        end_spell(scope, key, on=date(2026, 2, 1), reason_id=end_reason("mentee_left").id)

    assert refusal.value.details == {"earliest": "02/02/2026"}
    assert db.session.scalars(select(Mentee.ended_on)).all() == [None]
