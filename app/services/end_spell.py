"""Ends a role: mentor, mentee or support post, together with the pairings that hang on it."""

from datetime import date

from app.access.scope import WardScope
from app.queries.spells import SpellKey, get_spell
from app.services.ending_rules import end_role
from app.services.transaction import Receipt, transaction


def end_spell(
    scope: WardScope,
    key: SpellKey,
    *,
    on: date,
    reason_id: int,
    request_key: str | None = None,
) -> Receipt:
    """End the role from a day on (no longer open on that day), and its open pairings with it.

    Raises what `end_role` does, and `OutOfScopeError`.
    """
    kind = f"{key.role.value}_ended"
    with transaction(scope, kind, request_key=request_key) as unit:
        spell = get_spell(scope, key)
        end_role(scope, spell, on=on, reason_id=reason_id)
        unit.about(spell, ward_id=spell.ward_id)
    return unit.receipt
