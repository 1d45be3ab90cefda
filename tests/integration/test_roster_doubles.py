"""Rows of a file that may be about somebody known: offered with whom, chosen, and honoured."""

import pytest
import time_machine
from sqlalchemy import select

from app.access.scope import WardScope
from app.queries.roster_imports import get_import_card, list_import_parts
from app.roster.correcting import row_to_correct
from app.roster.decisions import Decisions
from app.roster.doubles import Choice
from app.roster.staging import ShownPlan, unpack_plan
from app.services import roster_applying
from app.services.apply_preview import apply_preview
from app.services.choose_changes import choose_people
from app.services.correct_row import correct_row
from app.services.preview_roster import preview_roster
from app.services.undo_batch import undo_batch
from models import Person, db
from tests.factories.accounts import AccountFactory
from tests.factories.base import any_ward
from tests.factories.network import MentorFactory, PersonFactory
from tests.factories.rosters import Recorded, recorded, rows_file

pytestmark = pytest.mark.usefixtures("flask_app", "midday")


@pytest.fixture
def midday():
    with time_machine.travel("2026-03-10T05:00:00Z", tick=False):
        yield


@pytest.fixture
def scope():
    return WardScope.of([any_ward().id], AccountFactory().id)


def known(name: str, year: int | None = None, phone: str | None = None) -> str:
    """Record a mentor and return the reference to the person."""
    person = PersonFactory(full_name=name, birth_year=year, phone=phone)
    MentorFactory(person=person, ward=any_ward())
    return f"p{person.id}"


def preview(scope, *rows) -> int:
    return preview_roster(scope, rows_file(*rows), "ds.xlsx", ward_id=any_ward().id)


def plan_of(scope, import_id) -> ShownPlan:
    return unpack_plan(list_import_parts(scope, import_id))


def offered(scope, import_id) -> dict[int, list[str]]:
    doubted = plan_of(scope, import_id).doubted
    return {row.row_number: [*row.candidates] for row in doubted}


def choose(scope, import_id, row: int, who: str | None) -> None:
    among = tuple(offered(scope, import_id)[row])
    choose_people(scope, import_id, {("Sheet1", row): Choice(who, among)})


def test_whoever_may_be_known_or_stand_twice_in_the_file_is_offered(scope):
    got_new_phone = known("Siu Phen", 1990, "+84912000001")
    shares_phone = known("Rơ Mah Y", 1970, "+84912000003")

    import_id = preview(
        scope,
        ["Siu Phen", "mentor", 1990, "0912000002"],
        ["Kpă Nay", "mentor", 1991, "0912000003"],
        ["Siu Blơ", "mentor", 1980, "0912000004"],
        ["Siu Blơ", "mentor"],
    )

    assert offered(scope, import_id) == {
        2: [got_new_phone],
        3: [shares_phone],
        5: ["r4.Sheet1"],
    }


def test_a_row_said_to_be_somebody_known_makes_no_second_person_and_is_undone_with_the_rest(scope):
    siu = known("Siu Phen", 1990, "+84912000001")
    import_id = preview(scope, ["Siu Phen", "người học", 1990, "0912000002"])

    choose(scope, import_id, 2, siu)
    receipt = apply_preview(scope, import_id, only_good=False)

    assert recorded() == Recorded(1, 1, 1, 0, 0)
    assert db.session.scalars(select(Person.phone)).all() == ["+84912000001"]
    undo_batch(scope, receipt.batch_id)
    assert recorded() == Recorded(1, 1, 0, 0, 0)


def test_a_row_said_to_be_somebody_else_makes_a_new_person_and_is_doubted_no_more(scope):
    known("Siu Phen", 1990, "+84912000001")
    row = ["Siu Phen", "mentor", 1990, "0912000002"]
    import_id = preview(scope, row)

    choose(scope, import_id, 2, None)

    assert plan_of(scope, import_id).problems == []
    apply_preview(scope, import_id, only_good=False)
    assert recorded() == Recorded(2, 2, 0, 0, 0)
    assert plan_of(scope, preview(scope, row)).counts.unchanged == 1


@pytest.mark.parametrize("is_known", [True, False])
def test_a_row_that_fits_several_namesakes_is_kept_out_until_somebody_chooses(scope, is_known):
    namesakes = [known("Siu Phen", 1990), known("Siu Phen", 1990)]
    import_id = preview(scope, ["Siu Phen", "người học", 1990])
    before = plan_of(scope, import_id).counts.rejected

    choose(scope, import_id, 2, namesakes[1] if is_known else None)
    apply_preview(scope, import_id, only_good=False)

    assert (before, recorded()) == (1, Recorded(2 if is_known else 3, 2, 1, 0, 0))


def test_two_rows_of_a_file_said_to_be_one_count_once_and_complete_each_other(scope):
    import_id = preview(scope, ["Siu Phen", "mentor"], ["Siu Phen", "mentor", 1990, "0912000001"])

    choose(scope, import_id, 3, "r2.Sheet1")

    counts = plan_of(scope, import_id).counts
    assert (counts.people, counts.created, counts.duplicate) == (1, 1, 1)
    apply_preview(scope, import_id, only_good=False)
    assert db.session.execute(select(Person.birth_year, Person.phone)).all() == [
        (1990, "+84912000001")
    ]


def test_a_choice_holds_where_a_long_import_is_planned_again_in_the_middle(scope, monkeypatch):
    for size in ("AT_ONCE", "PIECE"):
        monkeypatch.setattr(roster_applying, size, 1)
    siu = known("Siu Phen", 1990, "+84912000001")
    import_id = preview(
        scope,
        ["Siu Phen", "mentor", 1990, "0912000002"],
        ["Siu Phen", "người học", 1990, "0912000003"],
        ["Kpă Nay", "người học", 1960],
    )
    choose(scope, import_id, 2, None)
    choose(scope, import_id, 3, siu)
    monkeypatch.setattr(roster_applying, "has_changed", lambda _mark: True)

    apply_preview(scope, import_id, only_good=False)

    assert recorded() == Recorded(3, 2, 2, 0, 0)


def test_a_row_that_is_corrected_asks_again_whom_it_is_about(scope):
    siu = known("Siu Phen", 1990, "+84912000001")
    import_id = preview(scope, ["Siu Phen", "người học", 1990, "0912000002"])
    choose(scope, import_id, 2, siu)
    card = get_import_card(scope, import_id)
    decisions = Decisions.from_values(card.decisions)
    shown = row_to_correct(list_import_parts(scope, import_id), decisions, ("Sheet1", 2))

    correct_row(scope, import_id, ("Sheet1", 2), shown.texts)

    assert Decisions.from_values(get_import_card(scope, import_id).decisions).people == {}
    assert offered(scope, import_id) == {2: [siu]}
