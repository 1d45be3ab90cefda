"""What the services that let people pause share: the rules, and the two steps; no commit."""

from datetime import date
from typing import NamedTuple

from app import clock
from app.access.scope import WardScope
from app.errors import SpellEndedError
from app.formatting import format_day
from app.queries.pauses import PAUSED_SPELL, ROLE_OF_SPELL, list_pauses_between, list_substitutes
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

    Raises `SpellEndedError`, `PauseBeforeStartError`, `PausesOverlapError`, and
    `SubstituteUnfitError` for a substitute who does not hold the same role in the ward.
    """
    if spell.ended_on is not None:
        raise SpellEndedError(day=format_day(spell.ended_on))
    if terms.started_on < spell.started_on:
        raise PauseBeforeStartError(day=format_day(spell.started_on))
    refuse_second_pause(scope, spell, terms.started_on, terms.ended_on)
    role = ROLE_OF_SPELL[type(spell)]
    if terms.substitute_person_id is not None:
        fit = list_substitutes(scope, SpellKey(role, spell.id), clock.today())
        if terms.substitute_person_id not in {one.person_id for one in fit}:
            raise SubstituteUnfitError
    pause = Pause(**{PAUSED_SPELL[role].key: spell.id}, **terms._asdict())
    db.session.add(pause)
    return pause


def change_return(scope: WardScope, spell: RoleSpellRow, pause: Pause, *, on: date) -> None:
    """Let a pause end on another day; who is back before it began was never away.

    Raises `PausesOverlapError` for a return after the next pause began.
    """
    if on <= pause.started_on:
        pause.deleted_at = clock.now()
        return
    refuse_second_pause(scope, spell, pause.started_on, on, besides=pause)
    pause.ended_on = on


def refuse_second_pause(
    scope: WardScope,
    spell: RoleSpellRow,
    first_day: date,
    until: date,
    *,
    besides: Pause | None = None,
) -> None:
    """Raise `PausesOverlapError` where the role has another pause in these days."""
    for other in list_pauses_between(scope, spell, first_day, until):
        if other is not besides:
            raise PausesOverlapError(
                first=format_day(other.started_on), until=format_day(other.ended_on)
            )
