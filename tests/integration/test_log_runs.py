"""A row of the change log may tell the same of a run of objects; whoever reads it sees them all."""

import hashlib
import random
from datetime import date

import pytest
from sqlalchemy import delete, func, literal, select, update
from sqlalchemy.exc import IntegrityError

from app import clock
from app.access.scope import WardScope
from app.errors import LaterChangeError
from app.queries import change_feed
from app.queries.change_feed import LoggedChange, Step, database_version, look_from
from app.services.check_site import check_site, first_broken_link
from app.services.load_demonstration import load_demonstration
from app.services.object_runs import ObjectRun, runs_of
from app.services.remove_demonstration import remove_demonstration
from app.services.transaction import Receipt, transaction
from app.services.undo_batch import undo_batch
from models import Change, ChangedValue, Hamlet, Mentee, Mentor, Person, db
from models.change_log import MOST_IN_A_RUN, tells_of
from tests.factories.base import any_ward
from tests.factories.network import MentorFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("flask_app")
EVERYWHERE = WardScope.everywhere()


def make_people(*ids: int) -> Receipt:
    """Write people in bulk, with these ids."""
    names = [f"Nguyễn Văn {person_id}" for person_id in ids]
    with transaction(EVERYWHERE, "roster_imported") as unit:
        unit.insert(
            Person,
            {"id": ids, "full_name": names, "search_text": names, "sort_key": names},
        )
    return unit.receipt


def rename(person_id: int) -> Receipt:
    with transaction(EVERYWHERE, "person_edited") as unit:
        person = db.session.get_one(Person, person_id)
        person.full_name = "Siu Phen"
        unit.about(person)
    return unit.receipt


def log() -> list[tuple[str, int, int]]:
    """What was done, from which object on, to how many."""
    told = select(Change.action, Change.object_id, Change.object_count).order_by(Change.id)
    return [tuple(row) for row in db.session.execute(told)]


def living(model: type) -> list[int]:
    return list(db.session.scalars(select(model.id).order_by(model.id)))


def test_ids_are_told_in_runs_no_longer_than_a_row_may_tell() -> None:
    assert list(runs_of([])) == []
    assert list(runs_of([7])) == [ObjectRun(7, 1)]
    assert list(runs_of([1, 2, 3, 7, 8, 6, 5])) == [
        ObjectRun(1, 3),
        ObjectRun(7, 2),
        ObjectRun(6, 1),
        ObjectRun(5, 1),
    ]
    assert list(runs_of(range(1, 2_502))) == [
        ObjectRun(1, 1_000),
        ObjectRun(1_001, 1_000),
        ObjectRun(2_001, 501),
    ]


def test_what_is_written_in_bulk_takes_a_row_for_each_run_and_an_id_for_each_object() -> None:
    make_people(10, 11, 12, 13, 20, 30, 31)
    rename(11)

    assert log() == [("created", 10, 4), ("created", 20, 1), ("created", 30, 2), ("updated", 11, 1)]
    ids = db.session.scalars(select(Change.id).order_by(Change.id)).all()
    assert [change_id - ids[0] for change_id in ids] == [0, 1, 3, 4]
    assert check_site(EVERYWHERE) == []


def test_the_database_refuses_a_run_that_lookups_would_miss() -> None:
    make_people(1)

    for length in (0, MOST_IN_A_RUN + 1):
        with pytest.raises(IntegrityError):
            db.session.execute(update(Change).values(object_count=length))
        db.session.rollback()


def test_a_row_about_one_object_is_hashed_as_it_was_before_there_were_runs() -> None:
    make_people(5)
    change = db.session.scalars(select(Change)).one()

    moment = change.changed_at.isoformat(timespec="microseconds")
    parts = f'["","{moment}",null,{change.batch_id},"persons",5,"created"]'

    assert change.digest == hashlib.sha256(parts.encode()).hexdigest()


@pytest.mark.parametrize("length", [1, 3, 5])
def test_the_chain_shows_that_a_run_was_made_longer_or_shorter(length: int) -> None:
    make_people(*range(10, 14))
    [change_id] = db.session.scalars(select(Change.id)).all()
    db.session.execute(update(Change).values(object_count=length))
    db.session.commit()

    assert first_broken_link(EVERYWHERE) == change_id


@pytest.mark.parametrize("seed", range(3))
def test_every_row_about_an_object_is_found_and_no_other(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # a test's rows are no secret
    batch_id = make_people(1).batch_id
    db.session.execute(delete(Change))
    for _ in range(60):
        first, count = chance.randint(1, 2_500), chance.choice((1, 1, 2, 40, 999, MOST_IN_A_RUN))
        kind = chance.choice(("persons", "mentors"))
        change = Change(object_kind=kind, object_id=first, object_count=count, batch_id=batch_id)
        change.changed_at, change.action, change.digest = clock.now(), "updated", ""
        db.session.add(change)
    db.session.flush()
    changes = db.session.scalars(select(Change)).all()

    for _ in range(60):
        first = chance.randint(1, 3_600)
        last = first + chance.choice((0, 0, 1, 500, 1_500))
        found = select(Change.id).where(tells_of(Change, "persons", literal(first), literal(last)))
        assert set(db.session.scalars(found)) == {
            change.id
            for change in changes
            if change.object_kind == "persons"
            and not set(change.object_ids).isdisjoint(range(first, last + 1))
        }


def test_the_feed_tells_of_each_object_of_a_run_and_counts_them(monkeypatch) -> None:
    make_people(1)
    seen = database_version()
    make_people(10, 11, 12, 13)
    change_id = db.session.scalar(select(func.max(Change.id)))

    monkeypatch.setattr(change_feed, "MOST_CHANGES", 4)
    followed = look_from(seen)
    monkeypatch.setattr(change_feed, "MOST_CHANGES", 3)
    left = look_from(seen)

    assert (followed.step, followed.version) == (Step.AHEAD, database_version())
    assert followed.changes == [
        LoggedChange(change_id, "persons", person_id, "created") for person_id in range(10, 14)
    ]
    assert left.step is Step.ELSEWHERE


def test_undoing_what_was_made_in_bulk_is_told_in_runs_with_their_values_kept_once() -> None:
    made = make_people(10, 11, 12, 20)
    stays = make_people(13)

    undone = undo_batch(EVERYWHERE, made.batch_id)

    assert living(Person) == [13]
    assert log()[-2:] == [("deleted", 10, 3), ("deleted", 20, 1)]
    assert db.session.scalar(select(func.count(ChangedValue.id))) == 2
    assert stays.batch_id < undone.batch_id
    assert check_site(EVERYWHERE) == []


@pytest.mark.parametrize("person_id", [10, 12, 14])
def test_a_later_change_anywhere_in_a_run_stands_in_the_way_of_its_undo(person_id: int) -> None:
    made = make_people(*range(10, 15))
    edited = rename(person_id)

    with pytest.raises(LaterChangeError):
        undo_batch(EVERYWHERE, made.batch_id)
    undo_batch(EVERYWHERE, edited.batch_id)
    undo_batch(EVERYWHERE, made.batch_id)

    assert living(Person) == []


@pytest.mark.parametrize("person_id", [9, 15])
def test_a_later_change_beside_a_run_does_not_concern_it(person_id: int) -> None:
    make_people(9, 15)
    made = make_people(*range(10, 15))
    rename(person_id)

    undo_batch(EVERYWHERE, made.batch_id)

    assert living(Person) == [9, 15]


def test_somebody_of_a_run_who_has_a_role_since_stands_in_the_way_of_its_undo() -> None:
    made = make_people(*range(10, 15))
    MentorFactory(person=db.session.get_one(Person, 13))

    with pytest.raises(LaterChangeError):
        undo_batch(EVERYWHERE, made.batch_id)


def test_a_unit_that_made_a_run_and_changed_something_is_undone_row_by_row() -> None:
    person = PersonFactory(full_name="Siu Phen")
    ids = range(person.id + 1, person.id + 4)
    names = ["Siu Blơ"] * 3
    columns = {"id": ids, "full_name": names, "search_text": names, "sort_key": names}
    with transaction(EVERYWHERE, "roster_imported") as unit:
        unit.insert(Person, columns)
        db.session.get_one(Person, person.id).full_name = "Siu Phên"

    undo_batch(EVERYWHERE, unit.receipt.batch_id)

    assert living(Person) == [person.id]
    assert db.session.get_one(Person, person.id).full_name == "Siu Phen"
    assert check_site(EVERYWHERE) == []


def test_a_hamlet_made_in_passing_stays_when_the_rest_is_taken_back_at_once() -> None:
    ward_id = any_ward().id
    with transaction(EVERYWHERE, "roster_imported") as unit:
        db.session.add(Hamlet(ward_id=ward_id, name="Làng Kép"))
        names = ["Siu Blơ"] * 3
        columns = {"full_name": names, "search_text": names, "sort_key": names}
        unit.insert(Person, {"id": range(10, 13), **columns})

    undo_batch(EVERYWHERE, unit.receipt.batch_id)

    assert (living(Person), len(living(Hamlet))) == ([], 1)
    assert log()[-1] == ("deleted", 10, 3)


def test_a_run_is_told_without_what_went_with_the_demonstration() -> None:
    load_demonstration(mentors=130, mentees=700, sessions=200)
    made_up = select(Mentee.person_id).where(Mentee.person_id.not_in(select(Mentor.person_id)))
    made_up_ids = db.session.scalars(made_up.order_by(Mentee.person_id).limit(2)).all()
    people = [PersonFactory().id for _ in range(5)]
    people[2:2] = made_up_ids
    first = db.session.scalar(select(func.max(Mentor.id))) + 1
    days = [date(2026, 1, 5)] * len(people)
    columns = {"person_id": people, "ward_id": [any_ward().id] * len(people), "started_on": days}
    with transaction(EVERYWHERE, "roster_imported") as unit:
        unit.insert(Mentor, {"id": range(first, first + len(people)), **columns})
    undo_batch(EVERYWHERE, unit.receipt.batch_id)

    removed = remove_demonstration()

    assert removed.real_rows == {"mentors": 2}
    assert log() == [
        ("created", first, 2),
        ("created", first + 4, 3),
        ("deleted", first, 2),
        ("deleted", first + 4, 3),
    ]
    of_value = select(Change.object_id).join(ChangedValue).order_by(Change.id)
    assert db.session.scalars(of_value).all() == [first, first + 4]
    assert check_site(EVERYWHERE) == []
