"""Changes the day on which somebody comes back to a role: sooner, later, or not away at all."""

from datetime import date

from app.access.scope import WardScope
from app.queries.pauses import get_pause
from app.queries.spells import SpellKey, get_spell
from app.role_errors import NotPausedError
from app.services.pause_rules import change_return
from app.services.transaction import Receipt, transaction


def set_return(
    scope: WardScope, key: SpellKey, pause_id: int, *, on: date, request_key: str | None = None
) -> Receipt:
    """Let a pause end on a day; on its first day or before, it is taken back.

    Raises `NotPausedError` where the pause is there no more, `PausesOverlapError`, and
    `OutOfScopeError`.
    """
    kind = f"{key.role.value}_return_set"
    with transaction(scope, kind, request_key=request_key) as unit:
        spell = get_spell(scope, key)
        pause = get_pause(scope, key, pause_id)
        if pause is None:
            raise NotPausedError
        change_return(scope, spell, pause, on=on)
        unit.about(spell, ward_id=spell.ward_id)
    return unit.receipt
