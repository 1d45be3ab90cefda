"""Moves a mentor, mentee or support person to another ward."""

from app.access.scope import WardScope
from app.queries.spells import SpellKey, get_spell
from app.services.move_rules import MoveTerms, move_role
from app.services.transaction import Receipt, transaction


def move_spell(
    scope: WardScope, key: SpellKey, terms: MoveTerms, *, request_key: str | None = None
) -> Receipt:
    """Let a role go on in another ward, any ward of the province, from a day on.

    It is the old ward that lets somebody go. Raises what `move_role` does, `OverlapError` where
    the person holds the role there already, and `OutOfScopeError`. The receipt names the old spell.
    """
    with transaction(scope, f"{key.role.value}_moved", request_key=request_key) as unit:
        spell = get_spell(scope, key)
        move_role(scope, spell, terms)
        unit.about(spell, ward_id=spell.ward_id)
    return unit.receipt
