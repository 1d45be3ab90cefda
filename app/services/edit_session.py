"""Corrects a help session that is not in a closed report."""

from app import clock
from app.access.scope import WardScope
from app.errors import EditConflictError, PeriodClosedError
from app.queries.help_sessions import get_session_edition, list_session_groups, load_session
from app.services.session_writing import (
    SessionDetails,
    add_groups,
    day_values,
    detail_values,
    write_values,
)
from app.services.transaction import Receipt, Unit, transaction
from models import HelpSession


def edit_session(
    scope: WardScope, session_id: int, details: SessionDetails, *, seen_edition: int
) -> Receipt:
    """Make a session what was entered.

    `seen_edition` is the edition that the reader saw. Raises `EditConflictError` when somebody
    changed it since, `PeriodClosedError`, `OutOfScopeError`.
    """
    with transaction(scope, "session_edited") as unit:
        session = load_session(scope, session_id)
        if get_session_edition(scope, session_id) != seen_edition:
            raise EditConflictError
        # Checked here, since afterwards the session may count in another period.
        if session.reported_in.is_closed:
            raise PeriodClosedError(period=session.reported_in.code)
        write_values(session, detail_values(details))
        if details.service_date != session.service_date:
            write_values(
                session, day_values(scope, unit.connection, session.ward_id, details.service_date)
            )
        _set_groups(scope, unit, session, details.group_ids)
        unit.about(session, ward_id=session.ward_id)
    return unit.receipt


def _set_groups(
    scope: WardScope, unit: Unit, session: HelpSession, group_ids: frozenset[int]
) -> None:
    rows = list_session_groups(scope, session.id)
    for row in rows:
        if row.target_group_id not in group_ids:
            row.deleted_at = clock.now()
    add_groups(unit, session.id, group_ids - {row.target_group_id for row in rows})
