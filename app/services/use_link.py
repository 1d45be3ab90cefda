"""Uses a one-time link: sets the password of an account, or makes the first administrator."""

from sqlalchemy.orm import Session

from app import clock
from app.access.scope import WardScope
from app.errors import LinkExpiredError
from app.services.account_rows import GrantTerms, new_account, new_grant, refuse_taken_username
from app.services.end_sign_ins import close_sign_ins
from app.services.one_time_links import use_up
from app.services.passwords import hash_password
from app.services.sign_in import new_sign_in
from app.services.transaction import transaction
from models import Account, db
from models.enums import LinkPurpose, Role

NOBODY = WardScope.of([])


def use_link(token: str, *, password: str, device: str) -> str:
    """Set the password of the link's account, end its sign-ins, and return a new one's token.

    Raises `LinkExpiredError` for a link that is used, too old, or of a disabled account.
    """
    moment = clock.now()
    with transaction(NOBODY, "password_set_by_link") as unit:
        session = db.session()
        account = _linked_account(session, use_up(session, token, moment).account_id)
        unit.batch.account_id = account.id
        account.password_hash = hash_password(password)
        account.must_change_password = False
        close_sign_ins(session, account.id, moment)
        sign_in, sign_in_token = new_sign_in(account.id, device, moment)
        session.add(sign_in)
        unit.about(account)
    return sign_in_token


def make_first_administrator(
    token: str, *, username: str, display_name: str, password: str, device: str
) -> str:
    """Make the administrator whom the link was printed for; return the token of a new sign-in.

    Raises `LinkExpiredError` and `UsernameTakenError`.
    """
    moment = clock.now()
    with transaction(NOBODY, "first_administrator_created") as unit:
        session = db.session()
        if use_up(session, token, moment).purpose is not LinkPurpose.FIRST_ADMINISTRATOR:
            raise LinkExpiredError
        refuse_taken_username(session, username)
        account = new_account(session, username, display_name, moment)
        account.password_hash = hash_password(password)
        unit.batch.account_id = account.id
        session.add(
            new_grant(NOBODY, account.id, GrantTerms(Role.ADMIN, None, clock.today()), moment)
        )
        sign_in, sign_in_token = new_sign_in(account.id, device, moment)
        session.add(sign_in)
        unit.about(account)
    return sign_in_token


def _linked_account(session: Session, account_id: int | None) -> Account:
    account = session.get(Account, account_id) if account_id else None
    if account is None or not account.is_active:
        raise LinkExpiredError
    return account
