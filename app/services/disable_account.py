"""Disables an account and enables it again."""

from app import clock
from app.access.scope import WardScope
from app.services.account_rows import (
    lasting_administrators,
    load_account,
    refuse_loss_of_administrators,
)
from app.services.end_sign_ins import close_sign_ins
from app.services.transaction import Receipt, transaction
from models import db


def disable_account(scope: WardScope, account_id: int) -> Receipt:
    """Keep an account from signing in, at once and everywhere.

    Raises `LastAdministratorError` for the last one who can look after the site.
    """
    moment, today = clock.now(), clock.today()
    with transaction(scope, "account_disabled") as unit:
        session = db.session()
        before = lasting_administrators(session, today)
        account = load_account(session, account_id)
        account.disabled_at = account.disabled_at or moment
        refuse_loss_of_administrators(session, before, today)
        close_sign_ins(session, account.id, moment)
        unit.about(account)
    return unit.receipt


def enable_account(scope: WardScope, account_id: int) -> Receipt:
    """Let a disabled account sign in again, with the roles it still holds."""
    with transaction(scope, "account_enabled") as unit:
        account = load_account(db.session(), account_id)
        account.disabled_at = None
        unit.about(account)
    return unit.receipt
