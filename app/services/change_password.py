"""Changes one's own password."""

from app import clock
from app.access.scope import WardScope
from app.errors import WrongPasswordError
from app.services.account_rows import load_account
from app.services.end_sign_ins import close_sign_ins
from app.services.passwords import hash_password, is_right_password
from app.services.transaction import Receipt, transaction
from models import db


def change_password(
    scope: WardScope, *, current_password: str, new_password: str, sign_in_id: int
) -> Receipt:
    """Set a new password and end every other sign-in of the account.

    Raises `WrongPasswordError` when the present password is not the one typed.
    """
    with transaction(scope, "password_changed") as unit:
        session = db.session()
        account = load_account(session, scope.account_id or 0)
        if not is_right_password(account.password_hash, current_password):
            raise WrongPasswordError
        account.password_hash = hash_password(new_password)
        account.must_change_password = False
        close_sign_ins(session, account.id, clock.now(), kept_id=sign_in_id)
        unit.about(account)
    return unit.receipt
