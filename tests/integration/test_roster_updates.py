"""What a file says otherwise of known people: offered, chosen, recorded, and taken back."""

import pytest
import time_machine
from sqlalchemy import select

from app import clock
from app.access.scope import WardScope
from app.errors import ImportClosedError, NothingToImportError
from app.queries.roster_imports import list_import_parts
from app.roster.changes import FieldChange
from app.roster.decisions import TakenOver
from app.roster.staging import unpack_plan, unpack_row
from app.services.apply_preview import apply_preview
from app.services.choose_changes import choose_for_all, choose_rows
from app.services.preview_roster import preview_roster
from app.services.undo_batch import undo_batch
from models import Language, MentorCapacity, Person, PersonGroup, PersonLanguage, TargetGroup, db
from tests.factories.accounts import AccountFactory
from tests.factories.base import any_ward
from tests.factories.network import MentorFactory, PersonFactory
from tests.factories.rosters import bring_in, rows_file

pytestmark = pytest.mark.usefixtures("flask_app", "midday")
HEADINGS = ("Họ và tên", "Vai trò", "Năm sinh", "Điện thoại", "Giới tính", "Thôn/làng/tổ")
CONTENT = rows_file(
    ["Siu Phen", "mentor", 1991, "0912000001", "Nữ", "Làng Ốp"],
    ["Kpă Nay", "mentor", 1960, "0912000002"],
    headings=HEADINGS,
)
SIU, KPA = ("Sheet1", 2), ("Sheet1", 3)


@pytest.fixture
def midday():
    with time_machine.travel("2026-03-10T05:00:00Z", tick=False):
        yield


@pytest.fixture
def scope():
    for name, year, phone in (("Siu Phen", 1990, "+84912000001"), ("Kpă Nay", 1960, None)):
        person = PersonFactory(full_name=name, birth_year=year, phone=phone, gender=None)
        MentorFactory(person=person, ward=any_ward())
    return WardScope.of([any_ward().id], AccountFactory().id)


def preview(scope) -> int:
    return preview_roster(scope, CONTENT, "ds.xlsx", ward_id=any_ward().id)


def taken(scope, import_id) -> list[list[str]]:
    plan = unpack_plan(list_import_parts(scope, import_id))
    items = map(unpack_row, plan.rows)
    return [[change.name for change in item.changes if change.is_taken] for item in items]


def people() -> list[tuple[object, ...]]:
    rows = db.session.scalars(select(Person).order_by(Person.id)).all()
    return [(row.birth_year, row.phone, row.gender, row.hamlet and row.hamlet.name) for row in rows]


BEFORE = [(1990, "+84912000001", None, None), (1960, None, None, None)]


def test_the_preview_shows_old_and_new_and_fills_in_what_is_not_recorded(scope):
    import_id = preview(scope)

    plan = unpack_plan(list_import_parts(scope, import_id))

    assert [list(unpack_row(kept).changes) for kept in plan.rows] == [
        [
            FieldChange("birth_year", 1990, 1991),
            FieldChange("gender", None, "female", is_taken=True),
            FieldChange("hamlet", None, "Làng Ốp", is_taken=True),
        ],
        [FieldChange("phone", None, "+84912000002", is_taken=True)],
    ]
    assert (plan.updated, list(plan.problems), people()) == (2, [], BEFORE)


def test_what_is_taken_over_is_recorded_changes_nothing_again_and_is_undone_as_one(scope):
    import_id = preview(scope)

    receipt = apply_preview(scope, import_id, only_good=False)

    assert people() == [
        (1990, "+84912000001", "female", "Làng Ốp"),
        (1960, "+84912000002", None, None),
    ]
    assert taken(scope, preview(scope)) == [[], []]
    undo_batch(scope, receipt.batch_id)
    assert people() == BEFORE


def test_a_row_overrules_what_is_recorded_where_somebody_says_so(scope):
    import_id = preview(scope)

    choose_rows(scope, import_id, {SIU: True, KPA: False})

    assert taken(scope, import_id) == [["birth_year", "gender", "hamlet"], ["phone"]]
    apply_preview(scope, import_id, only_good=False)
    assert people()[0] == (1991, "+84912000001", "female", "Làng Ốp")


def test_a_choice_for_all_counts_for_every_row(scope):
    import_id = preview(scope)
    choose_rows(scope, import_id, {SIU: False})

    choose_for_all(scope, import_id, TakenOver.ALL)
    everything = taken(scope, import_id)
    choose_for_all(scope, import_id, TakenOver.NOTHING)

    assert everything == [["birth_year", "gender", "hamlet"], ["phone"]]
    assert taken(scope, import_id) == [[], []]
    with pytest.raises(NothingToImportError):
        apply_preview(scope, import_id, only_good=False)


def test_nothing_is_chosen_any_more_once_the_file_is_applied(scope):
    import_id = preview(scope)
    apply_preview(scope, import_id, only_good=False)

    with pytest.raises(ImportClosedError):
        choose_for_all(scope, import_id, TakenOver.ALL)


def test_a_phone_that_is_filled_in_and_is_somebody_elses_too_is_told(scope):
    other = PersonFactory(full_name="Siu Blơ", phone="+84912000002")
    MentorFactory(person=other, ward=any_ward())

    plan = unpack_plan(list_import_parts(scope, preview(scope)))

    assert [(problem.row, problem.message.partition(".")[0]) for problem in plan.problems] == [
        (3, "Số 0912 000 002 cũng là của Siu Blơ")
    ]


def test_the_command_leaves_known_people_as_they_are_and_says_so(scope):
    report = bring_in(CONTENT)

    assert (report.is_written, people()) == (False, BEFORE)
    assert "năm sinh 1991" in report.plan.problems[0].message


def test_names_notes_groups_languages_and_capacities_are_taken_over_and_taken_back(scope):
    group, sensitive = (
        db.session.scalars(
            select(TargetGroup).where(TargetGroup.is_sensitive.is_(kind)).order_by(TargetGroup.id)
        ).first()
        for kind in (False, True)
    )
    spoken, other = db.session.scalars(select(Language).order_by(Language.position)).all()[:2]
    siu = db.session.scalars(select(Person).order_by(Person.id)).first()
    db.session.add(PersonLanguage(person=siu, language=spoken, entered_at=clock.now()))
    db.session.commit()
    headings = ("Họ và tên", "Vai trò", "Năm sinh", "Ghi chú", "Nhóm", "Ngôn ngữ", "Sức nhận")
    labels = f"{group.label}; {sensitive.label}"
    row = ["Siu Phên", "mentor", 1990, "Dạy tối", labels, other.label, 12]
    content = rows_file(row, headings=headings)
    import_id = preview_roster(scope, content, "ds.xlsx", ward_id=any_ward().id)

    plan = unpack_plan(list_import_parts(scope, import_id))
    choose_for_all(scope, import_id, TakenOver.ALL)
    receipt = apply_preview(scope, import_id, only_good=False)

    assert [*unpack_row(plan.rows[0]).changes] == [
        FieldChange("full_name", "Siu Phen", "Siu Phên"),
        FieldChange("note", None, "Dạy tối", is_taken=True),
        FieldChange("groups", None, group.label, is_taken=True),
        FieldChange("languages", spoken.label, f"{spoken.label}; {other.label}"),
        FieldChange("capacity", None, 12, is_taken=True),
    ]
    assert [problem.message.partition(" là ")[0] for problem in plan.problems] == [
        f"Nhóm “{sensitive.label}”"
    ]
    assert details_of(siu) == (
        "Siu Phên",
        "Dạy tối",
        [group.id],
        sorted([spoken.id, other.id]),
        [12],
    )
    undo_batch(scope, receipt.batch_id)
    assert details_of(siu) == ("Siu Phen", None, [], [spoken.id], [])


def details_of(person: Person) -> tuple[object, ...]:
    db.session.expire_all()
    kept = (PersonGroup.target_group_id, PersonLanguage.language_id, MentorCapacity.capacity)
    return (
        person.full_name,
        person.note,
        *(db.session.scalars(select(column).order_by(column)).all() for column in kept),
    )


@pytest.mark.parametrize("name", ["SIU PHEN", "siu phen", "Siu Phen"])
def test_capitals_are_no_other_spelling_of_a_name(scope, name):
    import_id = preview_roster(
        scope, rows_file([name, "mentor", 1990]), "ds.xlsx", ward_id=any_ward().id
    )

    assert unpack_plan(list_import_parts(scope, import_id)).changed == []
