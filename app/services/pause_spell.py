"""Lets somebody pause a role for some time."""

from app.access.scope import WardScope
from app.queries.spells import SpellKey, get_spell
from app.services.pause_rules import PauseTerms, begin_pause
from app.services.transaction import Receipt, transaction


def pause_spell(
    scope: WardScope, key: SpellKey, terms: PauseTerms, *, request_key: str | None = None
) -> Receipt:
    """Record that somebody is away from a role until a day, and who stands in.

    Pairings stay as they are. Raises what `begin_pause` does, and `OutOfScopeError`.
    """
    with transaction(scope, f"{key.role.value}_paused", request_key=request_key) as unit:
        spell = get_spell(scope, key)
        begin_pause(scope, spell, terms)
        unit.about(spell, ward_id=spell.ward_id)
    return unit.receipt
