"""Long lists: written in bulk and piece by piece, cut off, gone on with, taken back as one."""

import gc
from collections import Counter
from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from app.access.scope import WardScope
from app.roster.network import RoleSpell, Someone
from app.roster.staging import kept_rows
from app.services import roster_applying
from app.services.apply_preview import apply_preview
from app.services.check_site import check_site
from app.services.import_roster import ImportReport, import_roster
from app.services.preview_roster import preview_roster
from app.services.roster_writing import write_plan
from app.services.transaction import transaction
from app.services.undo_batch import undo_batch
from models import (
    Batch,
    Change,
    Consent,
    Mentee,
    Mentor,
    MentorCapacity,
    Mentorship,
    Person,
    PersonGroup,
    PersonLanguage,
    RosterImport,
    RosterImportPart,
    SupportPost,
    db,
)
from models.enums import BatchState, ConsentMethod, Gender, ImportState
from tests.factories.base import any_ward
from tests.factories.network import MenteeFactory, PersonFactory
from tests.factories.rosters import Recorded, bring_in, mentorships, outcomes, recorded, rows_file

pytestmark = [pytest.mark.usefixtures("flask_app"), pytest.mark.usefixtures("midday")]
EVERYWHERE = WardScope.everywhere()
TODAY = date(2026, 3, 10)
STAMPS = {"id", "batch_id"}
LIST = rows_file(
    ["Rơ Châm Dih", "người học", 1958, None, "Siu Phen"],
    ["Siu Phen", "mentor", 1990, "0912000001"],
    ["Đinh Hrê", "người học", 1960, None, "Kpă Nay"],
    ["Kpă Nay", "mentor", 1991, "0912000002"],
    ["Siu Blơ", "người học", 1961, None, "Siu Phen"],
    ["Ksor Lan", "hỗ trợ", 1985],
)
WHOLE = Recorded(6, 2, 3, 1, 3)


class CutOffError(Exception):
    """What stops a process in the middle."""


@pytest.fixture
def midday():
    with time_machine.travel("2026-03-10T05:00:00Z", tick=False):
        yield


@pytest.fixture
def small_pieces(monkeypatch):
    """Let two roles be a piece, so that six take three transactions and one to finish."""
    for size in ("AT_ONCE", "PIECE"):
        monkeypatch.setattr(roster_applying, size, 2)


def cut_off_after(pieces: int) -> ImportReport:
    """Bring the list in until so many pieces are written."""
    left = [None] * pieces

    def stop(_done: int, _all: int) -> None:
        left.pop()
        if not left:
            raise CutOffError

    with pytest.raises(CutOffError):
        import_roster(
            EVERYWHERE, LIST, "danh sách.xlsx", ward_id=any_ward("21553").id, progress=stop
        )


def the_batch() -> Batch:
    return db.session.scalars(select(Batch).where(Batch.kind == "roster_imported")).one()


def the_import() -> RosterImport:
    return db.session.scalars(select(RosterImport)).one()


def kept_people() -> int:
    parts = db.session.scalars(select(RosterImportPart.content))
    return sum(row.person_id is not None for row in kept_rows(parts))


def people_and_roles_in_memory() -> set[int]:
    return {id(one) for one in gc.get_objects() if isinstance(one, Someone | RoleSpell)}


def values(model: type, **known: object) -> dict[str, object]:
    """Return the only row with these values, without what differs from row to row."""
    row = db.session.execute(select(model.__table__).filter_by(**known)).mappings().one()
    return {name: value for name, value in row.items() if name not in STAMPS}


def test_rows_written_in_bulk_are_those_that_mapped_objects_would_be():
    headings = (
        "Họ và tên",
        "Vai trò",
        "Năm sinh",
        "Giới tính",
        "Sức nhận",
        "Đồng ý",
        "Nhóm đối tượng",
        "Ngôn ngữ",
        "Ghi chú",
    )
    row = ["Siu  H'Phen", "mentor", 1990, "Nữ", 7, "Phiếu giấy 01/02/2026", "Hộ nghèo", "Jrai", "a"]
    bring_in(rows_file(row, headings=headings))
    person = db.session.scalars(select(Person)).one()
    group = db.session.scalars(select(PersonGroup)).one()
    language = db.session.scalars(select(PersonLanguage)).one()
    with transaction(EVERYWHERE, "roster_imported"):
        mapped = Person(full_name="Siu  H'Phen", birth_year=1990, gender=Gender.FEMALE, note="a")
        db.session.add(mapped)
        db.session.flush()
        spell = Mentor(person_id=mapped.id, ward_id=any_ward("21553").id, started_on=TODAY)
        db.session.add(spell)
        db.session.flush()
        db.session.add(MentorCapacity(mentor_id=spell.id, effective_on=TODAY, capacity=7))
        db.session.add(
            Consent(
                person_id=mapped.id,
                method=ConsentMethod.PAPER,
                given_on=date(2026, 2, 1),
                text_version="roster",
            )
        )
        db.session.add(
            PersonGroup(
                person_id=mapped.id,
                target_group_id=group.target_group_id,
                basis=group.basis,
                basis_on=group.basis_on,
            )
        )
        db.session.add(PersonLanguage(person_id=mapped.id, language_id=language.language_id))

    assert values(Person, id=person.id) == values(Person, id=mapped.id)
    for model in (Mentor, Consent, PersonGroup, PersonLanguage):
        in_bulk, by_object = values(model, person_id=person.id), values(model, person_id=mapped.id)
        assert in_bulk | {"person_id": mapped.id} == by_object
    capacities = db.session.scalars(select(MentorCapacity).order_by(MentorCapacity.id)).all()
    assert [(c.capacity, c.effective_on, c.version) for c in capacities] == [(7, TODAY, 1)] * 2


def test_every_row_written_in_bulk_is_in_the_log_once_and_the_chain_holds():
    bring_in(LIST)

    batch = the_batch()
    logged = db.session.scalars(select(Change)).all()
    told = Counter((row.object_kind, object_id) for row in logged for object_id in row.object_ids)
    models = Person, Mentor, Mentee, SupportPost, Mentorship
    made = [
        (model.__tablename__, row_id)
        for model in models
        for row_id in db.session.scalars(select(model.id))
    ]
    assert (told, len(made)) == (Counter(made), 15)
    assert set(db.session.scalars(select(Person.batch_id))) == {batch.id}
    assert batch.object_count == 15
    assert check_site(EVERYWHERE) == []


@pytest.mark.usefixtures("small_pieces")
def test_a_long_list_is_written_in_pieces_and_is_one_action():
    told = []

    report = import_roster(
        EVERYWHERE,
        LIST,
        "danh sách.xlsx",
        ward_id=any_ward("21553").id,
        progress=lambda done, whole: told.append((done, whole)),
    )

    assert told == [(2, 6), (4, 6), (6, 6)]
    assert (recorded(), outcomes(report)) == (WHOLE, ["created"] * 6)
    assert (the_batch().state, the_batch().object_count) == (BatchState.DONE, 15)
    assert (the_import().state, kept_people()) == (ImportState.APPLIED, 6)
    assert check_site(EVERYWHERE) == []


@pytest.mark.usefixtures("small_pieces")
def test_an_import_that_was_cut_off_is_shown_as_running_and_goes_on_with_the_same_file():
    cut_off_after(2)
    state, half = the_batch().state, recorded()

    report = bring_in(LIST)

    assert (state, half.people) == (BatchState.RUNNING, 4)
    assert (recorded(), report.is_written) == (WHOLE, True)
    assert (the_batch().state, the_import().state) == (BatchState.DONE, ImportState.APPLIED)
    assert check_site(EVERYWHERE) == []


@pytest.mark.usefixtures("small_pieces")
def test_an_import_that_was_cut_off_after_its_last_piece_is_finished():
    cut_off_after(3)

    report = bring_in(LIST)

    assert (recorded(), report.is_written, kept_people()) == (WHOLE, True, 6)
    assert the_batch().state is BatchState.DONE


@pytest.mark.usefixtures("small_pieces")
def test_an_import_that_was_cut_off_is_taken_back_and_begun_anew():
    cut_off_after(2)

    undo_batch(EVERYWHERE, the_batch().id)
    after_undo = recorded()
    bring_in(LIST)

    assert after_undo == Recorded(0, 0, 0, 0, 0)
    assert recorded() == WHOLE
    states = db.session.scalars(select(RosterImport.state).order_by(RosterImport.id)).all()
    assert states == [ImportState.DISCARDED, ImportState.APPLIED]


@pytest.mark.usefixtures("small_pieces")
def test_whoever_is_entered_between_two_pieces_is_not_doubled():
    ward = any_ward("21553")

    def enter(done: int, _all: int) -> None:
        if done == 4:
            person = PersonFactory(full_name="Siu Blơ", birth_year=1961, phone=None)
            MenteeFactory(person=person, ward=ward, started_on=TODAY)

    report = import_roster(EVERYWHERE, LIST, "a.xlsx", ward_id=ward.id, progress=enter)

    assert recorded() == WHOLE
    assert outcomes(report) == ["created"] * 6
    assert ("Siu Phen", "Siu Blơ", TODAY, None) in mentorships()


@pytest.mark.usefixtures("small_pieces")
def test_a_long_list_is_undone_as_one():
    bring_in(LIST)

    undo_batch(EVERYWHERE, the_batch().id)

    assert recorded() == Recorded(0, 0, 0, 0, 0)
    assert check_site(EVERYWHERE) == []


@pytest.mark.usefixtures("small_pieces")
def test_a_preview_that_was_cut_off_while_it_was_applied_goes_on(monkeypatch):
    import_id = preview_roster(EVERYWHERE, LIST, "a.xlsx", ward_id=any_ward("21553").id)
    calls = []

    def failing(*arguments: object) -> None:
        calls.append(arguments)
        if len(calls) == 2:
            raise CutOffError
        write_plan(*arguments)

    monkeypatch.setattr(roster_applying, "write_plan", failing)
    with pytest.raises(CutOffError):
        apply_preview(EVERYWHERE, import_id, only_good=False)
    half = recorded()

    receipt = apply_preview(EVERYWHERE, import_id, only_good=False)

    assert half.people == 2
    assert (recorded(), the_batch().id) == (WHOLE, receipt.batch_id)
    assert kept_people() == 6


def test_what_an_import_planned_leaves_nothing_to_the_collector():
    gc.collect()
    others = people_and_roles_in_memory()
    gc.disable()
    try:
        bring_in(LIST)
        left = people_and_roles_in_memory() - others
    finally:
        gc.enable()

    assert left == set()
