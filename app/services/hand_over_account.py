"""Hands the roles of somebody who leaves over to the one who follows, in one step."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app import clock
from app.access.scope import WardScope
from app.formatting import format_day
from app.role_errors import HandedOverTooEarlyError, NothingToHandOverError
from app.services.account_rows import (
    GrantTerms,
    lasting_administrators,
    load_account,
    new_account,
    new_grant,
    refuse_loss_of_administrators,
    refuse_taken_username,
)
from app.services.create_account import Invitation
from app.services.one_time_links import add_link
from app.services.transaction import transaction
from models import Grant, db
from models.enums import LinkPurpose


class Successor(NamedTuple):
    """Who follows, under which name they sign in, and from which day."""

    username: str
    display_name: str
    on: date


def hand_over_account(
    scope: WardScope, account_id: int, successor: Successor, *, request_key: str | None = None
) -> Invitation:
    """Make an account for the successor that holds from a day on what this one then loses.

    The account of who leaves stays, so that the log keeps the old name. Raises
    `NothingToHandOverError`, `UsernameTakenError`, `HandedOverTooEarlyError`, and
    `LastAdministratorError`: the successor has no password yet.
    """
    moment, today = clock.now(), clock.today()
    with transaction(scope, "account_handed_over", request_key=request_key) as unit:
        session = db.session()
        before = lasting_administrators(session, today)
        grants = _lasting_grants(session, load_account(session, account_id).id, successor.on)
        if not grants:
            raise NothingToHandOverError
        refuse_taken_username(session, successor.username)
        follower = new_account(session, successor.username, successor.display_name, moment)
        for grant in grants:
            if successor.on < grant.started_on:
                raise HandedOverTooEarlyError(started_on=format_day(grant.started_on))
            terms = GrantTerms(grant.role, grant.ward_id, successor.on, grant.ended_on)
            session.add(new_grant(scope, follower.id, terms, moment))
            grant.ended_on = successor.on
        token = add_link(session, LinkPurpose.INVITATION, follower.id, moment)
        refuse_loss_of_administrators(session, before, today)
        unit.about(follower)
    return Invitation(unit.receipt, token)


def _lasting_grants(session: Session, account_id: int, day: date) -> Sequence[Grant]:
    """Return the roles that an account holds on a day or later."""
    statement = (
        select(Grant)
        .where(Grant.account_id == account_id, or_(Grant.ended_on.is_(None), Grant.ended_on > day))
        .order_by(Grant.id)
    )
    return session.scalars(statement).all()
