"""Sets a value of the site from a day on."""

from datetime import date

from sqlalchemy import select

from app import clock
from app.access.scope import WardScope
from app.errors import EditConflictError
from app.queries.settings import get_written_setting
from app.services.transaction import Receipt, transaction
from models import Setting, db


def set_setting(
    scope: WardScope, key: str, *, value: str, effective_on: date, seen_edition: int | None = None
) -> Receipt:
    """Let a setting have a value from a day until the next entry of the same key.

    A second value for the same day replaces the first. `key` names a field of `SiteSettings`.
    Raises `EditConflictError` when the setting changed since `seen_edition`, if one was seen.
    """
    with transaction(scope, "setting_changed") as unit:
        if seen_edition not in {None, get_written_setting(scope, key).edition}:
            raise EditConflictError
        session = db.session()
        same_day = (Setting.key == key) & (Setting.effective_on == effective_on)
        setting = session.scalar(select(Setting).where(same_day))
        if setting is None:
            setting = Setting(key=key, effective_on=effective_on)
            session.add(setting)
        setting.value = value
        setting.set_by_id = scope.account_id
        setting.set_at = clock.now()
        unit.about(setting)
    return unit.receipt
