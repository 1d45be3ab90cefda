"""Which actions may be taken back or put back, and by whom; what such services share."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app import clock
from app.access.policy import ADMINISTRATION_KINDS, LASTING_KINDS, NEVER_UNDONE_KINDS
from app.access.scope import WardScope
from app.errors import AlreadyUndoneError, LaterChangeError, OutOfScopeError, UndoExpiredError
from app.learning_errors import LinkStaysError
from app.period_errors import NotUndoneError
from app.services.bulk_undo import UNDO
from app.services.single_rows import is_repeated_row
from models import Batch, Grant, db
from models.enums import BatchState

UNDO_DAYS = 30


@contextmanager
def replaced_as_later_changes() -> Iterator[None]:
    """Refuse to put back what has been replaced since: a spell's days, a duty turn's place."""
    try:
        yield
    except IntegrityError as error:
        if "no_overlap" in str(error.orig) or is_repeated_row(error):
            raise LaterChangeError from error
        raise


def undoable_batch(scope: WardScope, batch_id: int) -> Batch:
    """Return an action of the scope that still stands and is not older than 30 days.

    Raises `OutOfScopeError`, `LinkStaysError`, `NotUndoneError`, `AlreadyUndoneError`,
    `UndoExpiredError`.
    """
    batch = db.session.get(Batch, batch_id)
    if batch is None or not _is_theirs(scope, batch):
        raise OutOfScopeError(Batch, batch_id)
    if batch.kind in LASTING_KINDS:
        raise LinkStaysError
    if batch.kind in NEVER_UNDONE_KINDS:
        raise NotUndoneError
    if batch.state is BatchState.UNDONE:
        raise AlreadyUndoneError
    if clock.now() - batch.done_at > timedelta(days=UNDO_DAYS):
        raise UndoExpiredError(days=UNDO_DAYS)
    return batch


def _is_theirs(scope: WardScope, batch: Batch) -> bool:
    is_own = batch.account_id is not None and batch.account_id == scope.account_id
    if {batch.kind, batch.undoes.kind if batch.undoes else None} & ADMINISTRATION_KINDS:
        # How the site is looked after is done anew, not put back.
        return is_own and batch.kind != UNDO
    return scope.includes(batch.ward_id) or (is_own and _still_works_there(batch))


def _still_works_there(batch: Batch) -> bool:
    """Say whether who did it holds a role in its ward today; what has no ward is theirs anyway."""
    if batch.ward_id is None:
        return True
    held = (Grant.account_id == batch.account_id) & (Grant.ward_id == batch.ward_id)
    is_open = Grant.is_open_on(clock.today())
    return db.session.scalar(select(Grant.id).where(held, is_open).limit(1)) is not None
