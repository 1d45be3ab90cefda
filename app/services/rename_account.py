"""Changes the name that colleagues see of an account."""

from app.access.scope import WardScope
from app.errors import EditConflictError
from app.queries.accounts import get_account
from app.services.account_rows import load_account
from app.services.transaction import Receipt, transaction
from models import db


def rename_account(
    scope: WardScope, account_id: int, display_name: str, *, seen_edition: int
) -> Receipt:
    """Give an account another name; the username, by which its owner signs in, stays.

    Raises `EditConflictError` when the name was changed since `seen_edition`.
    """
    with transaction(scope, "account_renamed") as unit:
        account = load_account(db.session(), account_id)
        if get_account(scope, account_id).edition != seen_edition:
            raise EditConflictError
        account.display_name = display_name
        unit.about(account)
    return unit.receipt
