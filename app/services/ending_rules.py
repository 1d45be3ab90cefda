"""What the services that end a role share, whether it is over or goes on elsewhere; no commit."""

from collections.abc import Sequence
from datetime import date, timedelta

from app.access.scope import WardScope
from app.errors import EndsTooEarlyError, SpellEndedError
from app.formatting import format_day
from app.queries.catalogues_for_forms import CONSENT_WITHDRAWN, get_end_reason
from app.queries.people import get_person, list_open_consents
from app.queries.spells import RoleSpellRow, SpellRecord, spell_records
from models import EndReason, Mentor, Mentorship, SupportPost, db

ONE_DAY = timedelta(days=1)


def end_role(
    scope: WardScope, spell: RoleSpellRow, *, on: date, reason_id: int
) -> list[Mentorship]:
    """End a role from a day on, and its open pairings with it; return these.

    A mentor's pairings end because the mentor left; a mentee's end for the mentee's own reason.
    Who leaves by withdrawing consent has withdrawn every consent that was still in force.
    Raises `SpellEndedError`, and `EndsTooEarlyError` when something was recorded later.
    """
    ending = end_roles(scope, [spell], on=on, reason_id=reason_id)
    if spell.end_reason is not None and spell.end_reason.code == CONSENT_WITHDRAWN:
        for consent in list_open_consents(scope, get_person(scope, spell.person_id)):
            consent.withdrawn_on = max(on, consent.given_on)
    return ending


def end_roles(
    scope: WardScope, spells: Sequence[RoleSpellRow], *, on: date, reason_id: int
) -> list[Mentorship]:
    """End roles of one kind as `end_role` does, all of them or none; consents stay as they are."""
    reason = db.session.get_one(EndReason, reason_id)
    records = spell_records(scope, spells)
    for spell in spells:
        refuse_end(spell, records[spell.id], on)
    pairing_reason = _reason_for_pairings(spells[0], reason) if spells else reason
    ending = [pairing for spell in spells for pairing in records[spell.id].open_pairings]
    for pairing in ending:
        pairing.ended_on, pairing.end_reason = on, pairing_reason
    for spell in spells:
        spell.ended_on, spell.end_reason = on, reason
    return ending


def refuse_end(spell: RoleSpellRow, record: SpellRecord, on: date) -> None:
    """Raise `SpellEndedError`, or `EndsTooEarlyError` when something was recorded later."""
    if spell.ended_on is not None:
        raise SpellEndedError(day=format_day(spell.ended_on))
    earliest = _earliest_end(spell, record)
    if on < earliest:
        raise EndsTooEarlyError(earliest=format_day(earliest))


def _earliest_end(spell: RoleSpellRow, record: SpellRecord) -> date:
    """Return the first day from which the role may end without cutting off what is recorded."""
    pairings = record.pairings
    days = [max([spell.started_on, *(pairing.started_on for pairing in pairings)]) + ONE_DAY]
    days += [pairing.ended_on for pairing in pairings if pairing.ended_on is not None]
    # A meeting on the last day of a pairing still belongs to it; a duty turn needs an open post.
    if record.last_meeting_on is not None:
        days.append(record.last_meeting_on)
    if record.last_duty_on is not None:
        days.append(record.last_duty_on + ONE_DAY)
    return max(days)


def _reason_for_pairings(spell: RoleSpellRow, reason: EndReason) -> EndReason:
    if isinstance(spell, SupportPost):
        return reason
    if isinstance(spell, Mentor):
        return get_end_reason("mentor_left")
    return reason if reason.for_mentorship else get_end_reason("mentee_left")
