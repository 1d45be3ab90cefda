"""Lets many people of one role pause, move, leave or be paired: one action, taken back as one."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, NamedTuple

from app.access.scope import WardScope
from app.errors import RuleBrokenError
from app.queries.pairing import lock_mentor
from app.queries.pauses import pauses_of
from app.queries.spells import RoleSpellRow, list_holders_elsewhere, load_spells, spell_records
from app.services.ending_rules import end_roles, refuse_end
from app.services.move_rules import (
    MoveTerms,
    move_roles,
    refuse_move,
    refuse_ward,
)
from app.services.pairing_rules import begin_mentorships, pairing_rule, refuse_lack_of_room
from app.services.pause_rules import PauseTerms, begin_pauses, refuse_pause
from app.services.transaction import Receipt, transaction
from models import Mentee
from models.base import Base
from models.enums import PersonRole

PAIRED = "mentees_paired"


class ManyChange(ABC):
    """What is to happen to each of many spells of one role; a few statements however many."""

    suffix: ClassVar[str]

    def kind(self, role: PersonRole) -> str:
        """Return the kind of the action, for the change log."""
        return f"{role.value}s_{self.suffix}"

    @abstractmethod
    def rule(self, scope: WardScope, spells: Sequence[RoleSpellRow]) -> "Rule":
        """Return what raises the `RuleBrokenError` of a spell that this cannot happen to."""

    def refuse_together(self, scope: WardScope, spells: Sequence[RoleSpellRow]) -> None:  # noqa: B027  # most need not
        """Raise a `RuleBrokenError` where it can happen to each of them, but not to all."""

    @abstractmethod
    def apply(self, scope: WardScope, spells: Sequence[RoleSpellRow]) -> Base:
        """Let it happen to all of them, and return the row that the action is about.

        Raises the `RuleBrokenError` of the first to whom it cannot.
        """


Rule = Callable[[RoleSpellRow], None]


@dataclass(frozen=True, slots=True)
class ManyPauses(ManyChange):
    """Everybody is away for the same days."""

    suffix: ClassVar[str] = "paused"
    terms: PauseTerms

    def rule(self, scope: WardScope, spells: Sequence[RoleSpellRow]) -> Rule:
        """As `refuse_pause` does."""
        pauses = pauses_of(scope, spells)
        return lambda spell: refuse_pause(spell, pauses[spell.id], self.terms)

    def apply(self, scope: WardScope, spells: Sequence[RoleSpellRow]) -> Base:
        """Begin the pauses."""
        begin_pauses(scope, spells, self.terms)
        return spells[0]


@dataclass(frozen=True, slots=True)
class ManyMoves(ManyChange):
    """Everybody goes on in the same ward, with their open pairings."""

    suffix: ClassVar[str] = "moved"
    terms: MoveTerms

    def rule(self, scope: WardScope, spells: Sequence[RoleSpellRow]) -> Rule:
        """As `refuse_move` does; `WardGoneError` at once."""
        refuse_ward(self.terms.ward_id)
        terms, records = self.terms, spell_records(scope, spells)
        held = list_holders_elsewhere(scope, spells, terms.ward_id, terms.on)
        return lambda spell: refuse_move(spell, records[spell.id], terms, held)

    def apply(self, scope: WardScope, spells: Sequence[RoleSpellRow]) -> Base:
        """Move them."""
        move_roles(scope, spells, self.terms)
        return spells[0]


@dataclass(frozen=True, slots=True)
class ManyEnds(ManyChange):
    """Everybody's role is over from the same day for the same reason; pairings end with it."""

    suffix: ClassVar[str] = "ended"
    on: date
    reason_id: int

    def rule(self, scope: WardScope, spells: Sequence[RoleSpellRow]) -> Rule:
        """As `refuse_end` does."""
        records = spell_records(scope, spells)
        return lambda spell: refuse_end(spell, records[spell.id], self.on)

    def apply(self, scope: WardScope, spells: Sequence[RoleSpellRow]) -> Base:
        """End them."""
        end_roles(scope, spells, on=self.on, reason_id=self.reason_id)
        return spells[0]


@dataclass(frozen=True, slots=True)
class ManyPairings(ManyChange):
    """All of these mentees learn with the same mentor from the same day."""

    mentor_id: int
    on: date

    def kind(self, role: PersonRole) -> str:
        """Pairing several people is what it always was."""
        del role
        return PAIRED

    def rule(self, scope: WardScope, spells: Sequence[RoleSpellRow]) -> Rule:
        """As `pairing_rule` does."""
        refuse = pairing_rule(
            scope, lock_mentor(scope, self.mentor_id), _mentees(spells), on=self.on
        )
        return lambda spell: refuse(*_mentees([spell]))

    def refuse_together(self, scope: WardScope, spells: Sequence[RoleSpellRow]) -> None:
        """Nobody has room for any number of people."""
        refuse_lack_of_room(scope, lock_mentor(scope, self.mentor_id), len(spells))

    def apply(self, scope: WardScope, spells: Sequence[RoleSpellRow]) -> Base:
        """Begin the pairs."""
        mentor = lock_mentor(scope, self.mentor_id)
        return begin_mentorships(scope, mentor, _mentees(spells), on=self.on)[0]


def _mentees(spells: Sequence[RoleSpellRow]) -> list[Mentee]:
    return [spell for spell in spells if isinstance(spell, Mentee)]


class Foreseen(NamedTuple):
    """To whom a change can happen, by id, and why it cannot to the others."""

    able: list[int]
    refused: dict[int, RuleBrokenError]


def foresee(
    scope: WardScope, role: PersonRole, ids: Collection[int], change: ManyChange
) -> Foreseen:
    """Say what a change would do to spells of the scope; nothing is written.

    Raises what `refuse_together` does, `WardGoneError`, and `OutOfScopeError` when one is outside
    the scope.
    """
    spells = load_spells(scope, role, ids, is_locked=False)
    rule, refused = change.rule(scope, spells), {}
    for spell in spells:
        try:
            rule(spell)
        except RuleBrokenError as error:
            refused[spell.id] = error
    able = [spell for spell in spells if spell.id not in refused]
    change.refuse_together(scope, able)
    return Foreseen([spell.id for spell in able], refused)


def change_spells(
    scope: WardScope,
    role: PersonRole,
    ids: Collection[int],
    change: ManyChange,
    *,
    request_key: str | None = None,
) -> Receipt:
    """Let a change happen to all of these spells, or to none.

    Raises the `RuleBrokenError` of the first to whom it cannot, and `OutOfScopeError`.
    """
    with transaction(scope, change.kind(role), request_key=request_key) as unit:
        spells = load_spells(scope, role, ids)
        wards = {spell.ward_id for spell in spells}
        subject = change.apply(scope, spells)
        unit.about(subject, ward_id=wards.pop() if len(wards) == 1 else None)
    return unit.receipt
