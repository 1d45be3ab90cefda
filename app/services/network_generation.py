"""Draws a new generation of the network for whatever is written past the change log.

A process that keeps the network follows the log (`app/queries/kept_network.py`). What a unit of
work records needs no more than that; everything else is noticed here, in the transaction that
writes it, and the network is read anew.
"""

import secrets
from collections.abc import Iterable

from sqlalchemy import TextClause, event, insert, update
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from app.queries.change_feed import forget_seen
from app.queries.kept_answers import ANSWERED_KINDS
from app.queries.kept_changes import FOLLOWED_KINDS, REBUILDING_KINDS
from app.services.change_recording import TRACKED, object_kind
from models import NetworkGeneration

# In the info of a session: what records the flushes of a unit of work, while there is one.
RECORDING = "recording_unit"
# No tables of the log, yet the network is made of them, too.
UNLOGGED_KINDS = frozenset({"wards", "ward_borders"})
WATCHED = FOLLOWED_KINDS | REBUILDING_KINDS | UNLOGGED_KINDS | ANSWERED_KINDS
READING = ("SELECT", "WITH", "EXPLAIN", "PRAGMA", "SHOW")


def draw_generation(session: Session) -> None:
    """Give the network a new generation, in the session's transaction; commits nothing.

    For writing that no session sees: statements on its connection, rows written in bulk.
    """
    connection = session.connection()
    token = {"token": secrets.token_hex(16)}
    if connection.execute(update(NetworkGeneration), token).rowcount == 0:
        connection.execute(insert(NetworkGeneration), {"id": 1, **token})
    forget_seen(session)


@event.listens_for(Session, "after_flush")
def notice_flush(session: Session, _context: UOWTransaction) -> None:
    """Draw a generation when objects of the network are written outside the log."""
    written = (*session.new, *session.dirty, *session.deleted)
    if any(object_kind(target) in WATCHED for target in _unlogged(session, written)):
        draw_generation(session)


@event.listens_for(Session, "do_orm_execute")
def notice_statement(state: ORMExecuteState) -> None:
    """Draw a generation when a statement writes many rows of the network, or might."""
    if state.is_insert or state.is_update or state.is_delete:
        is_watched = str(getattr(state.statement, "table", "")) in WATCHED
    else:
        is_watched = isinstance(state.statement, TextClause) and _may_write(state.statement)
    if is_watched:
        draw_generation(state.session)


def _unlogged(session: Session, written: Iterable[object]) -> Iterable[object]:
    if not session.info.get(RECORDING):
        return written
    return (target for target in written if not isinstance(target, TRACKED))


def _may_write(statement: TextClause) -> bool:
    return not statement.text.lstrip().upper().startswith(READING)
