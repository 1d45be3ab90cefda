"""Records that a person agreed again, or withdrew what they had agreed to."""

from datetime import date

from app.access.scope import WardScope
from app.errors import NoConsentError, WithdrawnBeforeGivenError
from app.formatting import format_day
from app.queries.people import get_person, list_open_consents
from app.queries.spells import SpellKey, get_spell
from app.services.person_writing import ConsentDetails, add_consent
from app.services.transaction import Receipt, transaction


def record_consent(
    scope: WardScope, key: SpellKey, details: ConsentDetails, *, request_key: str | None = None
) -> Receipt:
    """Add a consent of the person who holds the role; what was agreed to before stays listed.

    Raises `GuardianNeededError` and `OutOfScopeError`.
    """
    with transaction(scope, "consent_recorded", request_key=request_key) as unit:
        spell = get_spell(scope, key)
        add_consent(scope, get_person(scope, spell.person_id), details)
        unit.about(spell, ward_id=spell.ward_id)
    return unit.receipt


def withdraw_consent(
    scope: WardScope, key: SpellKey, *, on: date, request_key: str | None = None
) -> Receipt:
    """Mark every consent of the person that is in force as withdrawn on a day.

    The person's roles go on until they are ended. Raises `NoConsentError` where none is in force,
    `WithdrawnBeforeGivenError` for a day before the latest was given, and `OutOfScopeError`.
    """
    with transaction(scope, "consent_withdrawn", request_key=request_key) as unit:
        spell = get_spell(scope, key)
        consents = list_open_consents(scope, get_person(scope, spell.person_id))
        if not consents:
            raise NoConsentError
        latest = max(consent.given_on for consent in consents)
        if on < latest:
            raise WithdrawnBeforeGivenError(day=format_day(latest))
        for consent in consents:
            consent.withdrawn_on = on
        unit.about(spell, ward_id=spell.ward_id)
    return unit.receipt
