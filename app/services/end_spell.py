"""Ends a role: mentor, mentee or support post, together with the pairings that hang on it."""

from datetime import date

from app.access.scope import WardScope
from app.errors import EndsTooEarlyError, SpellEndedError
from app.formatting import format_day
from app.queries.catalogues_for_forms import get_end_reason
from app.queries.people import get_person, list_open_consents
from app.queries.spells import RoleSpellRow, SpellKey, get_spell, list_spell_pairings
from app.services.ending_rules import earliest_end
from app.services.transaction import Receipt, transaction
from models import EndReason, Mentor, db

# The reason, by its code, that says more than that the role is over.
CONSENT_WITHDRAWN = "withdrew"


def end_spell(
    scope: WardScope,
    key: SpellKey,
    *,
    on: date,
    reason_id: int,
    request_key: str | None = None,
) -> Receipt:
    """End the role from a day on (no longer open on that day), and its open pairings with it.

    A mentor's pairings end because the mentor left; a mentee's end for the mentee's own reason.
    Who leaves by withdrawing consent has withdrawn every consent that was still in force.
    Raises `SpellEndedError`, `EndsTooEarlyError` when something was recorded later, and
    `OutOfScopeError`.
    """
    kind = f"{key.role.value}_ended"
    with transaction(scope, kind, request_key=request_key) as unit:
        spell = get_spell(scope, key)
        if spell.ended_on is not None:
            raise SpellEndedError(day=format_day(spell.ended_on))
        reason = db.session.get_one(EndReason, reason_id)
        pairings = list_spell_pairings(scope, spell)
        earliest = earliest_end(scope, spell, pairings)
        if on < earliest:
            raise EndsTooEarlyError(earliest=format_day(earliest))
        pairing_reason = _reason_for_pairings(spell, reason)
        for pairing in pairings:
            if pairing.ended_on is None:
                pairing.ended_on, pairing.end_reason = on, pairing_reason
        spell.ended_on, spell.end_reason = on, reason
        if reason.code == CONSENT_WITHDRAWN:
            for consent in list_open_consents(scope, get_person(scope, spell.person_id)):
                consent.withdrawn_on = max(on, consent.given_on)
        unit.about(spell, ward_id=spell.ward_id)
    return unit.receipt


def _reason_for_pairings(spell: RoleSpellRow, reason: EndReason) -> EndReason:
    if isinstance(spell, Mentor):
        return get_end_reason("mentor_left")
    return reason if reason.for_mentorship else get_end_reason("mentee_left")
