"""Rows of a preview that may be about somebody who is known: shown with whom, and why."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app.exchange.records import RosterRow, RowPlace
from app.formatting import tell_apart
from app.queries.roster_candidates import KnownCandidate
from app.roster.decisions import Decisions
from app.roster.doubles import person_id_of, place_of
from app.roster.staging import KeptRow, problems_of, unpack_row
from app.texts import _
from app.wording import PERSON_ROLE_LABELS, ROSTER_ROLE_LABELS
from models.enums import RowOutcome
from models.names import fold

# Said of a row in the place of a reference.
SOMEBODY_ELSE = "other"


class DoubtedRow(NamedTuple):
    """A row, what it tells, and who it may be about as (reference, sentence).

    `chosen` is the reference that was chosen, `SOMEBODY_ELSE`, or None. `because` is why it is
    kept out as long as nobody chooses.
    """

    place: RowPlace
    told: str
    because: Sequence[str]
    candidates: Sequence[tuple[str, str]]
    chosen: str | None


def people_of(rows: Iterable[KeptRow]) -> set[int]:
    """Return which recorded people the rows may be about."""
    ids = (person_id_of(one) for row in rows for one in row.candidates or ())
    return {person_id for person_id in ids if person_id is not None}


def doubted_rows(
    rows: Sequence[KeptRow],
    all_rows: Iterable[KeptRow],
    known: Mapping[int, KnownCandidate],
    decisions: Decisions,
) -> list[DoubtedRow]:
    """Return rows of a file for a page; `known` are the people whom they may be about."""
    references = [one for row in rows for one in row.candidates or ()]
    places = {place_of(one) for one in references if person_id_of(one) is None}
    of_file = {
        (row.sheet, row.row_number): unpack_row(row).row
        for row in all_rows
        if (row.sheet, row.row_number) in places
    }
    return [_doubted(kept, decisions, known, of_file) for kept in rows]


def _doubted(
    kept: KeptRow,
    decisions: Decisions,
    known: Mapping[int, KnownCandidate],
    of_file: Mapping[RowPlace, RosterRow],
) -> DoubtedRow:
    row = unpack_row(kept).row
    choice = decisions.people.get((kept.sheet, kept.row_number))
    candidates: list[tuple[str, str]] = []
    for reference in kept.candidates or ():
        person_id = person_id_of(reference)
        if person_id is not None and person_id in known:
            candidates.append((reference, _say_known(row, known[person_id])))
        elif person_id is None and place_of(reference) in of_file:
            candidates.append((reference, _say_other_row(row, of_file[place_of(reference)])))
    is_out = kept.outcome == RowOutcome.REJECTED
    return DoubtedRow(
        (kept.sheet, kept.row_number),
        _say_row(row),
        [problem.message for problem in problems_of(kept)] if is_out else [],
        candidates,
        None if choice is None else choice.who or SOMEBODY_ELSE,
    )


def _say_row(row: RosterRow) -> str:
    role = None if row.role is None else _(ROSTER_ROLE_LABELS[row.role])
    who = ", ".join(part for part in (f"{row.full_name} · {tell_apart(row)}", role) if part)
    return _("Dòng %(row)s: %(who)s", row=row.row_number, who=who)


def _say_known(row: RosterRow, person: KnownCandidate) -> str:
    roles = [f"{_(PERSON_ROLE_LABELS[role.role])} – {role.ward_name}" for role in person.roles[:1]]
    who = " · ".join([person.full_name, tell_apart(person), *roles])
    return _(
        "Là người này: %(who)s (%(why)s)",
        who=who,
        why=_why(row, person.full_name, person.birth_year, person.phone),
    )


def _say_other_row(row: RosterRow, other: RosterRow) -> str:
    return _(
        "Là người ở dòng %(row)s: %(who)s (%(why)s)",
        row=other.row_number,
        who=f"{other.full_name} · {tell_apart(other)}",
        why=_why(row, other.full_name, other.birth_year, other.phone),
    )


def _why(row: RosterRow, full_name: str, birth_year: int | None, phone: str | None) -> str:
    if fold(full_name) != fold(row.full_name):
        return _("cùng số điện thoại, khác tên")
    if row.phone is not None and row.phone == phone:
        return _("cùng tên và số điện thoại")
    if row.birth_year is None or row.birth_year != birth_year:
        return _("cùng tên, không đủ năm sinh và số điện thoại để biết")
    if row.phone is not None and phone is not None:
        return _("cùng tên và năm sinh, khác số điện thoại")
    return _("cùng tên và năm sinh")
