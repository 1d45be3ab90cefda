"""Logs a turn of help at the desk."""

from app.access.scope import WardScope
from app.services.session_writing import SessionDetails, add_groups, write_day, write_details
from app.services.transaction import Receipt, transaction
from models import HelpSession, db


def log_session(
    scope: WardScope, ward_id: int, details: SessionDetails, *, request_key: str | None = None
) -> Receipt:
    """Log a session of a ward and return the receipt about it.

    One dated in a closed period counts in the next open one. Raises `OutOfScopeError`.
    """
    scope.require(ward_id)
    with transaction(scope, "session_logged", ward_id=ward_id, request_key=request_key) as unit:
        session = HelpSession(ward_id=ward_id)
        write_details(session, details)
        write_day(scope, session, details.service_date)
        db.session.add(session)
        db.session.flush()
        add_groups(session, details.group_ids)
        unit.about(session)
    return unit.receipt
