"""What the services of roster files share: a plan becomes rows. Nothing here commits."""

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import delete

from app import clock
from app.access.scope import WardScope
from app.exchange.records import RosterRole
from app.queries.roster_matching import SPELLS, list_hamlet_ids
from app.roster.network import NewFacts, Someone
from app.roster.plan import RosterPlan
from app.services.bulk_rows import Always, Columns, insert_rows, reserve_ids, with_room
from app.services.person_writing import NO_BASIS
from app.services.transaction import Unit
from models import (
    Base,
    Consent,
    Hamlet,
    MentorCapacity,
    Mentorship,
    Person,
    PersonGroup,
    PersonLanguage,
    RosterImportCells,
    RosterImportPart,
    db,
)
from models.names import fold, normalise_name, sort_key

# The paper that people signed is not at hand, so that its text cannot be named.
ROSTER_CONSENT_TEXT = "roster"
MENTORSHIP_COLUMNS = (
    "mentor_id",
    "mentee_id",
    "mentor_ward_id",
    "mentee_ward_id",
    "started_on",
    "ended_on",
    "end_reason_id",
)


class NewPerson(NamedTuple):
    """A person whom the file makes, and the key by which lists are sorted."""

    someone: Someone
    facts: NewFacts
    sort_key: str


def write_plan(scope: WardScope, plan: RosterPlan, unit: Unit) -> None:
    """Make the new people, roles and mentorships, each kind in one go; their ids go into the plan.

    For use inside the unit's transaction.
    """
    with with_room(db.session()):
        _write_people(_in_order_of_names(plan), _hamlet_ids(scope, plan), unit)
        _write_details(plan, unit)
        _write_spells(plan, unit)
        _write_capacities(plan, unit)
        _write_mentorships(plan, unit)


def keep_rows(import_id: int, parts: Sequence[str]) -> None:
    """Keep what becomes of each row of the file, in the place of what was kept before."""
    session = db.session
    session.execute(delete(RosterImportPart).where(RosterImportPart.roster_import_id == import_id))
    columns: Columns = {"roster_import_id": Always(import_id), "content": parts}
    insert_rows(session(), RosterImportPart, columns)


def forget_cells(import_id: int) -> None:
    """Let go of the cells of a file: nobody is asked any more what its columns hold."""
    of_file = RosterImportCells.roster_import_id == import_id
    db.session.execute(delete(RosterImportCells).where(of_file))


def only_ward(plan: RosterPlan) -> int | None:
    """Return the ward in whose history the import belongs, None where it is about several."""
    ward_ids = {spell.ward_id for spell in plan.spells}
    ward_ids |= {mentee.ward_id for mentee, _ in plan.pairings}
    return ward_ids.pop() if len(ward_ids) == 1 else None


def _write_people(
    made: Sequence[NewPerson], hamlets: Mapping[tuple[int, str], int], unit: Unit
) -> None:
    people = [new.someone for new in made]
    for someone, person_id in zip(people, _ids(Person, len(people)), strict=True):
        someone.id = person_id
    columns: Columns = {
        "id": [someone.id for someone in people],
        "full_name": [someone.full_name for someone in people],
        "search_text": [someone.name_key for someone in people],
        "sort_key": [new.sort_key for new in made],
        "birth_year": [someone.birth_year for someone in people],
        "gender": [someone.gender for someone in people],
        "phone": [someone.phone for someone in people],
        "hamlet_id": [
            hamlets.get((facts.ward_id, fold(someone.hamlet))) if someone.hamlet else None
            for someone, facts, _ in made
        ],
        "note": [new.facts.note for new in made],
    }
    _insert(unit, Person, columns)


def _in_order_of_names(plan: RosterPlan) -> list[NewPerson]:
    """Return the new people so that the indexes of names are written page by page.

    Namesakes stay as they stand in the file, which tells them apart when it comes in again.
    """
    made = [NewPerson(one, facts, sort_key(one.full_name)) for one, facts in _new(plan)]
    return sorted(made, key=attrgetter("sort_key"))


def _new(plan: RosterPlan) -> Iterator[tuple[Someone, NewFacts]]:
    return ((one, one.facts) for one in plan.people if one.facts is not None)


def _hamlet_ids(scope: WardScope, plan: RosterPlan) -> dict[tuple[int, str], int]:
    # As the first row of the file spells it.
    named: dict[tuple[int, str], str] = {}
    for someone, facts in _new(plan):
        if someone.hamlet:
            named.setdefault((facts.ward_id, fold(someone.hamlet)), someone.hamlet)
    known = list_hamlet_ids(scope, {ward_id for ward_id, _ in named})
    missing = [key for key in named if key not in known]
    known |= zip(missing, _ids(Hamlet, len(missing)), strict=True)
    if missing:
        # Beside the change log, as `find_or_make_hamlet` does: places stay when an import goes.
        columns: Columns = {
            "id": [known[key] for key in missing],
            "ward_id": [ward_id for ward_id, _ in missing],
            "name": [normalise_name(named[key]) for key in missing],
            "search_text": [folded for _, folded in missing],
            "entered_at": Always(clock.now()),
            "entered_by_id": Always(scope.account_id),
            "version": Always(1),
        }
        insert_rows(db.session(), Hamlet, columns)
    return known


def _write_details(plan: RosterPlan, unit: Unit) -> None:
    made = list(_new(plan))
    consents = [(one.id, *facts.consent) for one, facts in made if facts.consent is not None]
    _insert_rows(
        unit,
        Consent,
        ("person_id", "method", "given_on"),
        consents,
        text_version=Always(ROSTER_CONSENT_TEXT),
    )
    groups = [
        (one.id, group_id, *(based or NO_BASIS))
        for one, facts in made
        if facts.group_bases
        for group_id, based in sorted(facts.group_bases.items())
    ]
    _insert_rows(unit, PersonGroup, ("person_id", "target_group_id", "basis", "basis_on"), groups)
    languages = [
        (one.id, language_id)
        for one, facts in made
        if facts.language_ids
        for language_id in sorted(facts.language_ids)
    ]
    _insert_rows(unit, PersonLanguage, ("person_id", "language_id"), languages)


def _write_spells(plan: RosterPlan, unit: Unit) -> None:
    for role, model in SPELLS.items():
        spells = [spell for spell in plan.spells if spell.role is role]
        for spell, spell_id in zip(spells, _ids(model, len(spells)), strict=True):
            spell.id = spell_id
        columns: Columns = {
            "id": [spell.id for spell in spells],
            "person_id": [spell.someone.id for spell in spells],
            "ward_id": [spell.ward_id for spell in spells],
            "started_on": [spell.started_on for spell in spells],
            "ended_on": [spell.ended_on for spell in spells],
            "end_reason_id": [spell.reason_id for spell in spells],
        }
        _insert(unit, model, columns)


def _write_capacities(plan: RosterPlan, unit: Unit) -> None:
    rows = [
        (spell.id, spell.started_on, spell.capacity)
        for spell in plan.spells
        if spell.role is RosterRole.MENTOR and spell.capacity is not None
    ]
    _insert_rows(unit, MentorCapacity, ("mentor_id", "effective_on", "capacity"), rows)


def _write_mentorships(plan: RosterPlan, unit: Unit) -> None:
    rows = [
        (
            pairing.mentor.id,
            mentee.id,
            pairing.mentor.ward_id,
            mentee.ward_id,
            pairing.started_on,
            pairing.ended_on,
            pairing.reason_id,
        )
        for mentee, pairing in plan.pairings
        if pairing.mentor is not None
    ]
    _insert_rows(unit, Mentorship, MENTORSHIP_COLUMNS, rows)


def _insert_rows(
    unit: Unit,
    model: type[Base],
    names: Sequence[str],
    rows: Sequence[tuple[object, ...]],
    **same: Always,
) -> None:
    if rows:
        columns: Columns = {
            name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)
        }
        unit.insert(model, {"id": _ids(model, len(rows)), **columns, **same})


def _insert(unit: Unit, model: type[Base], columns: Columns) -> None:
    if columns["id"]:
        unit.insert(model, columns)


def _ids(model: type[Base], count: int) -> Sequence[int]:
    return reserve_ids(db.session(), model, count) if count else ()
