"""Makes an account with its roles and the one-time link that its owner sets the password with."""

from collections.abc import Iterable
from dataclasses import dataclass

from app import clock
from app.access.scope import WardScope
from app.services.account_rows import GrantTerms, new_account, new_grant, refuse_taken_username
from app.services.one_time_links import add_link
from app.services.transaction import Receipt, transaction
from models import db
from models.enums import LinkPurpose


@dataclass(frozen=True, slots=True)
class Invitation:
    """What came of making an account or a new link; the token is shown once and not stored."""

    receipt: Receipt
    token: str


def create_account(
    scope: WardScope,
    *,
    username: str,
    display_name: str,
    grants: Iterable[GrantTerms],
    request_key: str | None = None,
) -> Invitation:
    """Make an account that holds some roles and has no password yet; raise `UsernameTakenError`."""
    moment = clock.now()
    with transaction(scope, "account_created", request_key=request_key) as unit:
        session = db.session()
        refuse_taken_username(session, username)
        account = new_account(session, username, display_name, moment)
        session.add_all(new_grant(scope, account.id, terms, moment) for terms in grants)
        token = add_link(session, LinkPurpose.INVITATION, account.id, moment)
        unit.about(account)
    return Invitation(unit.receipt, token)
