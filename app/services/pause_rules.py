"""What the services that let people pause share: the rules, and the two steps; no commit."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app import clock
from app.access.scope import WardScope
from app.errors import SpellEndedError
from app.formatting import format_day
from app.queries.pauses import PAUSED_SPELL, ROLE_OF_SPELL, list_substitutes, pauses_of
from app.queries.spells import RoleSpellRow, SpellKey
from app.role_errors import PauseBeforeStartError, PausesOverlapError, SubstituteUnfitError
from models import Pause, db


class PauseTerms(NamedTuple):
    """Away from `started_on`, back on `ended_on`; who stands in meanwhile, if anybody."""

    started_on: date
    ended_on: date
    substitute_person_id: int | None = None


def begin_pause(scope: WardScope, spell: RoleSpellRow, terms: PauseTerms) -> Pause:
    """Let somebody pause a role.

    Raises what `refuse_pause` does, and `SubstituteUnfitError` for a substitute who does not hold
    the same role in the ward.
    """
    refuse_pause(spell, pauses_of(scope, [spell])[spell.id], terms)
    if terms.substitute_person_id is not None:
        role = ROLE_OF_SPELL[type(spell)]
        fit = list_substitutes(scope, SpellKey(role, spell.id), clock.today())
        if terms.substitute_person_id not in {one.person_id for one in fit}:
            raise SubstituteUnfitError
    return _add_pause(spell, terms)


def begin_pauses(scope: WardScope, spells: Sequence[RoleSpellRow], terms: PauseTerms) -> None:
    """Let people of one role pause without substitutes, all or none; raises `refuse_pause`'s."""
    pauses = pauses_of(scope, spells)
    for spell in spells:
        refuse_pause(spell, pauses[spell.id], terms)
        _add_pause(spell, terms)


def refuse_pause(spell: RoleSpellRow, pauses: Sequence[Pause], terms: PauseTerms) -> None:
    """Raise `SpellEndedError`, `PauseBeforeStartError` or `PausesOverlapError`."""
    if spell.ended_on is not None:
        raise SpellEndedError(day=format_day(spell.ended_on))
    if terms.started_on < spell.started_on:
        raise PauseBeforeStartError(day=format_day(spell.started_on))
    _refuse_second_pause(pauses, terms.started_on, terms.ended_on)


def change_return(scope: WardScope, spell: RoleSpellRow, pause: Pause, *, on: date) -> None:
    """Let a pause end on another day; who is back before it began was never away.

    Raises `PausesOverlapError` for a return after the next pause began.
    """
    if on <= pause.started_on:
        pause.deleted_at = clock.now()
        return
    others = [one for one in pauses_of(scope, [spell])[spell.id] if one is not pause]
    _refuse_second_pause(others, pause.started_on, on)
    pause.ended_on = on


def _add_pause(spell: RoleSpellRow, terms: PauseTerms) -> Pause:
    column = PAUSED_SPELL[ROLE_OF_SPELL[type(spell)]]
    pause = Pause(**{column.key: spell.id}, **terms._asdict())
    db.session.add(pause)
    return pause


def _refuse_second_pause(pauses: Sequence[Pause], first_day: date, until: date) -> None:
    """Raise `PausesOverlapError` where one of the pauses meets these days."""
    for other in pauses:
        if other.started_on < until and other.ended_on > first_day:
            raise PausesOverlapError(
                first=format_day(other.started_on), until=format_day(other.ended_on)
            )
