"""Gives an account a password that somebody else chose; its owner must change it."""

from app.access.scope import WardScope
from app.services.account_rows import load_account
from app.services.passwords import hash_password
from app.services.transaction import Receipt, transaction
from models import db


def set_password(scope: WardScope, account_id: int, password: str) -> Receipt:
    """Set a first password, to be changed at the first sign-in."""
    with transaction(scope, "password_set_by_operator") as unit:
        account = load_account(db.session(), account_id)
        account.password_hash = hash_password(password)
        account.must_change_password = True
        unit.about(account)
    return unit.receipt
