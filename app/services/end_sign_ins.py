"""Ends sign-ins: one's own device, all other devices, or every one of an account."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app import clock
from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.services.transaction import technical_write
from models import SignIn


def end_sign_in(scope: WardScope, sign_in_id: int) -> None:
    """End one sign-in of the account that asks; raise `OutOfScopeError` for anybody else's."""
    with technical_write() as session:
        sign_in = session.get(SignIn, sign_in_id)
        if sign_in is None or sign_in.account_id != scope.account_id:
            raise OutOfScopeError(SignIn, sign_in_id)
        sign_in.ended_at = sign_in.ended_at or clock.now()


def end_other_sign_ins(scope: WardScope, kept_id: int) -> None:
    """End every sign-in of the account that asks but the one it asks with."""
    with technical_write() as session:
        close_sign_ins(session, scope.account_id, clock.now(), kept_id=kept_id)


def close_sign_ins(
    session: Session, account_id: int | None, moment: datetime, *, kept_id: int | None = None
) -> None:
    """Mark the open sign-ins of an account as ended; the caller commits."""
    statement = update(SignIn).where(SignIn.account_id == account_id, SignIn.ended_at.is_(None))
    if kept_id is not None:
        statement = statement.where(SignIn.id != kept_id)
    session.execute(statement.values(ended_at=moment))
