"""One transaction: stamped, logged, undoable; re-sent forms and overlaps are recognised."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.access.scope import WardScope
from app.errors import AlreadyDoneError, LaterChangeError, OverlapError
from app.services.single_rows import Step, insertion
from app.services.transaction import transaction
from app.services.undo_batch import undo_batch
from models import Batch, Change, DeskDay, Mentee, Mentor, Person, db
from models.enums import HelpMode, Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import MenteeFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("flask_app")


def leader_scope() -> WardScope:
    account = account_with(Role.WARD_LEADER)
    return WardScope.of([any_ward().id], account.id)


def test_a_new_row_is_stamped_with_who_and_when_and_logged() -> None:
    scope = leader_scope()

    with transaction(scope, "mentee_registered", ward_id=any_ward().id) as unit:
        person = Person(full_name="Rơ Châm H'Dih")
        db.session.add(person)
        unit.about(person)

    row = db.session.get(Person, unit.receipt.object_id)
    assert row is not None
    assert (row.entered_by_id, row.batch_id) == (scope.account_id, unit.receipt.batch_id)
    logged = db.session.execute(select(Change.object_kind, Change.object_id, Change.action)).all()
    assert logged == [("persons", row.id, "created")]


def test_the_same_form_key_makes_one_row() -> None:
    scope = leader_scope()
    key = "a-key-of-one-form"
    with transaction(scope, "mentee_registered", request_key=key) as unit:
        person = Person(full_name="Trần Thị Bé")
        db.session.add(person)
        unit.about(person)

    with (
        pytest.raises(AlreadyDoneError) as repeat,
        transaction(scope, "mentee_registered", request_key=key),
    ):
        db.session.add(Person(full_name="Trần Thị Bé"))

    assert repeat.value.object_id == unit.receipt.object_id
    assert len(db.session.scalars(select(Person)).all()) == 1


def test_a_person_is_never_mentee_twice_on_one_day() -> None:
    mentee = MenteeFactory(started_on=date(2026, 1, 5))
    scope, person_id, ward_id = leader_scope(), mentee.person_id, mentee.ward_id

    with pytest.raises(OverlapError), transaction(scope, "mentee_registered"):
        db.session.add(Mentee(person_id=person_id, ward_id=ward_id, started_on=date(2026, 3, 1)))

    assert len(db.session.scalars(select(Mentee)).all()) == 1


def test_undoing_hides_what_was_made_and_restores_what_was_changed() -> None:
    person_id, scope = PersonFactory(full_name="Lê Văn Tám").id, leader_scope()
    with transaction(scope, "person_edited", ward_id=any_ward().id) as unit:
        person = db.session.get(Person, person_id)
        assert person is not None
        person.full_name = "Lê Văn Chín"
        mentor = Mentor(person_id=person.id, ward_id=any_ward().id, started_on=date(2026, 1, 1))
        db.session.add(mentor)
        unit.about(mentor)

    undo_batch(scope, unit.receipt.batch_id)

    person = db.session.get(Person, person_id)
    assert person is not None
    assert (person.full_name, person.search_text) == ("Lê Văn Tám", "le van tam")
    assert db.session.scalars(select(Mentor)).all() == []


def test_an_action_that_something_newer_depends_on_cannot_be_undone() -> None:
    scope = leader_scope()
    with transaction(scope, "mentor_registered", ward_id=any_ward().id) as unit:
        person = Person(full_name="Siu Phen")
        db.session.add(person)
        unit.about(person)
    with transaction(scope, "mentor_registered", ward_id=any_ward().id):
        db.session.add(
            Mentor(
                person_id=unit.receipt.object_id,
                ward_id=any_ward().id,
                started_on=date(2026, 1, 1),
            )
        )

    with pytest.raises(LaterChangeError):
        undo_batch(scope, unit.receipt.batch_id)


def test_undoing_twice_is_refused(flask_app: Flask) -> None:
    from app.errors import AlreadyUndoneError

    del flask_app
    scope = leader_scope()
    with transaction(scope, "mentor_registered", ward_id=any_ward().id) as unit:
        person = Person(full_name="Siu Phen")
        db.session.add(person)
        unit.about(person)
    undo_batch(scope, unit.receipt.batch_id)

    with pytest.raises(AlreadyUndoneError):
        undo_batch(scope, unit.receipt.batch_id)


def test_what_a_unit_writes_last_is_written_with_it_or_not_at_all() -> None:
    scope = leader_scope()
    cell = {"ward_id": any_ward().id, "mode": HelpMode.TOGETHER, "people": 0}

    def counted(day: int, sessions: int | None) -> Step:
        return insertion(DeskDay, cell | {"service_date": date(2026, 9, day), "sessions": sessions})

    with transaction(scope, "session_logged") as unit:
        unit.last_steps += [counted(1, 5), counted(2, 6)]
    with pytest.raises(IntegrityError), transaction(scope, "session_logged") as refused:
        refused.last_steps += [counted(3, 7), counted(4, None)]

    sessions = select(DeskDay.sessions).order_by(DeskDay.service_date)
    assert db.session.scalars(sessions).all() == [5, 6]
    assert db.session.scalars(select(Batch.id)).all() == [unit.batch_id]
