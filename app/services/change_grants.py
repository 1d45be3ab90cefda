"""Gives an account a role over some days, and ends one."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app import clock
from app.access.scope import WardScope
from app.errors import (
    GrantEndedError,
    GrantEndsTooEarlyError,
    GrantOverlapError,
    OutOfScopeError,
)
from app.formatting import format_day
from app.services.account_rows import (
    GrantTerms,
    lasting_administrators,
    load_account,
    new_grant,
    refuse_loss_of_administrators,
)
from app.services.transaction import Receipt, transaction
from models import Grant, db


def add_grant(
    scope: WardScope,
    account_id: int,
    terms: GrantTerms,
    *,
    request_key: str | None = None,
) -> Receipt:
    """Let an account hold a role over some days.

    Raises `GrantOverlapError` when it holds the same role over the same ward on some of them.
    """
    with transaction(scope, "grant_added", request_key=request_key) as unit:
        session = db.session()
        account = load_account(session, account_id)
        grant = new_grant(scope, account.id, terms, clock.now())
        _refuse_overlap(session, grant)
        session.add(grant)
        unit.about(account)
    return unit.receipt


def end_grant(scope: WardScope, account_id: int, grant_id: int, *, on: date) -> Receipt:
    """Take a role back from a day on.

    Raises `GrantEndsTooEarlyError`, `GrantEndedError` (a role that has an end is never prolonged)
    and, when nobody would be left to look after the site, `LastAdministratorError`.
    """
    today = clock.today()
    with transaction(scope, "grant_ended") as unit:
        session = db.session()
        before = lasting_administrators(session, today)
        grant = session.get(Grant, grant_id)
        if grant is None or grant.account_id != account_id:
            raise OutOfScopeError(Grant, grant_id)
        if on < grant.started_on:
            raise GrantEndsTooEarlyError(started_on=format_day(grant.started_on))
        if grant.ended_on is not None and on > grant.ended_on:
            raise GrantEndedError(ended_on=format_day(grant.ended_on))
        grant.ended_on = on
        refuse_loss_of_administrators(session, before, today)
        unit.about(load_account(session, account_id))
    return unit.receipt


def _refuse_overlap(session: Session, grant: Grant) -> None:
    same = select(Grant.id).where(
        Grant.account_id == grant.account_id,
        Grant.role == grant.role,
        Grant.ward_id.is_not_distinct_from(grant.ward_id),
        or_(Grant.ended_on.is_(None), Grant.ended_on > grant.started_on),
    )
    if grant.ended_on is not None:
        same = same.where(Grant.started_on < grant.ended_on)
    if session.scalar(same.limit(1)) is not None:
        raise GrantOverlapError
