"""Logs a turn of help at the desk."""

from app.access.scope import WardScope
from app.services.derived_rows import counting_new_sessions
from app.services.session_writing import SessionDetails, add_groups, day_values, detail_values
from app.services.transaction import Receipt, transaction
from models import HelpSession


def log_session(
    scope: WardScope, ward_id: int, details: SessionDetails, *, request_key: str | None = None
) -> Receipt:
    """Log a session of a ward and return the receipt about it.

    One dated in a closed period counts in the next open one. Raises `OutOfScopeError`.
    """
    scope.require(ward_id)
    with transaction(scope, "session_logged", ward_id=ward_id, request_key=request_key) as unit:
        values = {
            "ward_id": ward_id,
            **detail_values(details),
            **day_values(
                scope, unit.connection, ward_id, details.service_date, details.service_time
            ),
        }
        session_id = unit.add(HelpSession, values)
        people = int(details.is_first_this_year)
        counting = counting_new_sessions(unit.connection, values, sessions=1, people=people)
        unit.last_steps.extend(counting)
        add_groups(unit, session_id, details.group_ids)
        unit.about_row(HelpSession, session_id)
    return unit.receipt
