"""A long plan in pieces that can be written one after another, and put together again."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from app.roster.network import Pairing, RoleSpell, Someone
from app.roster.plan import RosterPlan, RowPlan
from models.enums import RowOutcome


def pieces_of(plan: RosterPlan, size: int) -> Iterator[RosterPlan]:
    """Yield plans of at most `size` new roles each, without rows, in the order of planning.

    Mentors were planned first, so that whom a piece names is in it or in one before; new pairs of
    roles that are recorded already come with the last.
    """
    written: set[int] = set()
    spells = plan.spells
    starts = range(0, len(spells), size) or [0] * bool(plan.pairings)
    piece_of = {id(spell): place // size for place, spell in enumerate(spells)}
    pairings: list[list[tuple[RoleSpell, Pairing]]] = [[] for _ in starts]
    for pair in plan.pairings:
        pairings[piece_of.get(id(pair[0]), -1)].append(pair)
    for start, of_piece in zip(starts, pairings, strict=True):
        piece = spells[start : start + size]
        people = list(_new_people(piece, written))
        yield replace(plan, rows=(), people=people, spells=piece, pairings=of_piece)


def as_written(plans: Sequence[RosterPlan], written: Sequence[RosterPlan]) -> RosterPlan:
    """Return what became of a file that was planned several times while it was written.

    A row that a later plan found to be recorded already was made by an earlier one.
    """
    newest = plans[-1]
    made = {
        _place(row): row
        for plan in plans[:-1]
        for row in plan.rows
        if row.outcome is RowOutcome.CREATED
    }
    return replace(
        newest,
        rows=[
            made.get(_place(row), row) if row.outcome is RowOutcome.UNCHANGED else row
            for row in newest.rows
        ],
        people=list(chain.from_iterable(piece.people for piece in written)),
        spells=list(chain.from_iterable(piece.spells for piece in written)),
        pairings=list(chain.from_iterable(piece.pairings for piece in written)),
    )


def _new_people(spells: Sequence[RoleSpell], written: set[int]) -> Iterator[Someone]:
    """Yield whoever the file makes, with the first of their roles."""
    for spell in spells:
        someone = spell.someone
        if someone.facts is not None and id(someone) not in written:
            written.add(id(someone))
            yield someone


def _place(plan: RowPlan) -> tuple[str, int]:
    return plan.row.sheet, plan.row.row_number
