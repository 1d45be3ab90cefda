"""Makes one-time links for accounts that exist, and for the administrator who does not yet."""

from app import clock
from app.access.scope import WardScope
from app.services.account_rows import load_account
from app.services.create_account import Invitation
from app.services.one_time_links import add_link
from app.services.transaction import technical_write, transaction
from models import db
from models.enums import LinkPurpose


def issue_link(scope: WardScope, account_id: int) -> Invitation:
    """Make a link to set a password: an invitation where there is none yet, else a reset.

    Earlier links of the account stop working; its password and sign-ins stay until it is used.
    """
    moment = clock.now()
    with transaction(scope, "account_link_issued") as unit:
        session = db.session()
        account = load_account(session, account_id)
        purpose = LinkPurpose.RESET if account.password_hash else LinkPurpose.INVITATION
        token = add_link(session, purpose, account.id, moment)
        unit.about(account)
    return Invitation(unit.receipt, token)


def issue_first_administrator_link() -> str:
    """Make the link with which the first administrator makes an account; return its token."""
    with technical_write() as session:
        return add_link(session, LinkPurpose.FIRST_ADMINISTRATOR, None, clock.now())
