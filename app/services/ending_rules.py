"""What the services that end a role share, whether it is over or goes on elsewhere; no commit."""

from collections.abc import Sequence
from datetime import date, timedelta

from app.access.scope import WardScope
from app.errors import EndsTooEarlyError, SpellEndedError
from app.formatting import format_day
from app.queries.catalogues_for_forms import get_end_reason
from app.queries.people import get_person, list_open_consents
from app.queries.spells import RoleSpellRow, last_duty_on, last_meeting_on, list_spell_pairings
from models import EndReason, Mentor, Mentorship, db

ONE_DAY = timedelta(days=1)
# The reason, by its code, that says more than that the role is over.
CONSENT_WITHDRAWN = "withdrew"


def end_role(
    scope: WardScope, spell: RoleSpellRow, *, on: date, reason_id: int
) -> list[Mentorship]:
    """End a role from a day on, and its open pairings with it; return these.

    A mentor's pairings end because the mentor left; a mentee's end for the mentee's own reason.
    Who leaves by withdrawing consent has withdrawn every consent that was still in force.
    Raises `SpellEndedError`, and `EndsTooEarlyError` when something was recorded later.
    """
    if spell.ended_on is not None:
        raise SpellEndedError(day=format_day(spell.ended_on))
    reason = db.session.get_one(EndReason, reason_id)
    pairings = list_spell_pairings(scope, spell)
    earliest = earliest_end(scope, spell, pairings)
    if on < earliest:
        raise EndsTooEarlyError(earliest=format_day(earliest))
    ending = [pairing for pairing in pairings if pairing.ended_on is None]
    pairing_reason = _reason_for_pairings(spell, reason)
    for pairing in ending:
        pairing.ended_on, pairing.end_reason = on, pairing_reason
    spell.ended_on, spell.end_reason = on, reason
    if reason.code == CONSENT_WITHDRAWN:
        for consent in list_open_consents(scope, get_person(scope, spell.person_id)):
            consent.withdrawn_on = max(on, consent.given_on)
    return ending


def earliest_end(scope: WardScope, spell: RoleSpellRow, pairings: Sequence[Mentorship]) -> date:
    """Return the first day from which the role may end without cutting off what is recorded."""
    days = [max([spell.started_on, *(pairing.started_on for pairing in pairings)]) + ONE_DAY]
    days += [pairing.ended_on for pairing in pairings if pairing.ended_on is not None]
    # A meeting on the last day of a pairing still belongs to it; a duty turn needs an open post.
    meeting, duty = last_meeting_on(scope, spell), last_duty_on(scope, spell)
    if meeting is not None:
        days.append(meeting)
    if duty is not None:
        days.append(duty + ONE_DAY)
    return max(days)


def _reason_for_pairings(spell: RoleSpellRow, reason: EndReason) -> EndReason:
    if isinstance(spell, Mentor):
        return get_end_reason("mentor_left")
    return reason if reason.for_mentorship else get_end_reason("mentee_left")
