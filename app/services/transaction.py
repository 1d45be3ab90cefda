"""The only place that commits: one business transaction, logged, stamped and undoable as a unit."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import cast

from sqlalchemy import Connection, Integer, String, Table, bindparam, event, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, UOWTransaction
from sqlalchemy.orm.exc import StaleDataError

from app import clock
from app.access.scope import WardScope
from app.database import WRITING
from app.errors import AlreadyDoneError, EditConflictError, OverlapError, RepeatedRowError
from app.services.bulk_rows import Always, Columns, insert_rows
from app.services.change_recording import (
    CREATED,
    ChangeRecorder,
    Stamp,
    object_kind,
    turn_statement,
    wait_for_turn,
)
from app.services.network_generation import RECORDING
from app.services.single_rows import (
    Step,
    insert_row,
    insert_unless_there,
    is_repeated_row,
    run_together,
)
from app.turns import Turns
from models import Base, Batch, RequestKey, db
from models.enums import BatchState

_BATCHES = cast("Table", Batch.__table__)
_FINISHED_BATCH = (
    update(_BATCHES)
    .where(_BATCHES.c.id == bindparam("finished_id", type_=Integer()))
    .values(
        object_count=_BATCHES.c.object_count + bindparam("more", type_=Integer()),
        object_kind=func.coalesce(
            bindparam("kind_of_object", type_=String()), _BATCHES.c.object_kind
        ),
        object_id=func.coalesce(bindparam("id_of_object", type_=Integer()), _BATCHES.c.object_id),
    )
)

SQLITE_TURNS = Turns()
SECONDS_TO_WAIT = 5.0


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a service gives back: the object it was about, and the unit that can be undone."""

    object_id: int
    batch_id: int


@dataclass(slots=True)
class Unit:
    """A unit of work in progress; `stamp` is what its rows say of it.

    `connection` is the session's: asking the session for it at every statement takes as long as
    running one. `last_steps` are run at the end, when nothing is read any more.
    """

    connection: Connection
    stamp: Stamp
    recorder: ChangeRecorder
    subject: Base | None = None
    object_kind: str | None = None
    object_id: int = 0
    last_steps: list[Step] = field(default_factory=list)

    @property
    def batch(self) -> Batch:
        """The row of the unit as an object of the session, for who changes it or reads on."""
        return db.session().get_one(Batch, self.batch_id)

    @property
    def batch_id(self) -> int:
        """The id of the row of the unit."""
        return self.stamp.batch_id

    def about(self, subject: Base, *, ward_id: int | None = None) -> None:
        """Name the object that the unit is about, and the ward whose history it belongs to."""
        self.subject = subject
        if ward_id is not None:
            self.batch.ward_id = ward_id

    def about_row(self, model: type[Base], row_id: int) -> None:
        """Name the row that the unit is about, where no object stands for it."""
        self.object_kind, self.object_id = model.__tablename__, row_id

    def add(self, model: type[Base], values: Mapping[str, object]) -> int:
        """Insert one row past the session, by column; it is stamped and logged. Return its id."""
        row_id = insert_row(self.connection, model, {**values, **self._stamps()})
        self.recorder.created(model, row_id)
        return row_id

    def insert(self, model: type[Base], columns: Columns) -> None:
        """Insert many rows, given by column with their ids; each one is stamped and logged."""
        stamps = {name: Always(value) for name, value in self._stamps().items()}
        insert_rows(db.session(), model, {**columns, **stamps})
        ids = cast("Sequence[int]", columns["id"])
        self.recorder.write_bulk(db.session(), model, ids, CREATED)

    def _stamps(self) -> dict[str, object]:
        return {
            "entered_at": self.stamp.done_at,
            "entered_by_id": self.stamp.account_id,
            "batch_id": self.stamp.batch_id,
            "version": 1,
        }

    @property
    def receipt(self) -> Receipt:
        """Return what happened; valid once the transaction is over."""
        return Receipt(self.object_id, self.batch_id)


@contextmanager
def transaction(
    scope: WardScope,
    kind: str,
    *,
    ward_id: int | None = None,
    request_key: str | None = None,
    batch_id: int | None = None,
) -> Iterator[Unit]:
    """Run one business transaction: commit once at the end, or nothing happened.

    `kind` is the action's code (its sentence stands in `app.change_wording`). `request_key` is the
    one-time key of the form: if the account sent it before, `AlreadyDoneError` names the first
    result. `batch_id` is that of a unit which takes several transactions, from the second on.
    Raises `EditConflictError` for a stale version, `OverlapError` where the database refuses
    overlapping days, `RepeatedRowError` where it refuses a second row of a kind of which there is
    one.
    """
    session = db.session()
    with _write_lock(session) as connection:
        if batch_id is None:
            stamp = _open_batch(connection, scope, kind, ward_id)
        else:
            wait_for_turn(session)
            batch = session.get_one(Batch, batch_id)
            stamp = Stamp(batch.id, batch.account_id, batch.done_at)
        recorder = ChangeRecorder(stamp)
        unit = Unit(connection, stamp, recorder)
        _claim_key(session, scope, request_key, unit.batch_id)
        with _recording(session, recorder), _translated_errors():
            yield unit
            session.flush()
            rows = recorder.write(connection)
            run_together(connection, [*unit.last_steps, _finished(unit), *rows])


@contextmanager
def technical_write() -> Iterator[Session]:
    """Commit rows that are no business of the change log: sign-ins, counters, previews."""
    session = db.session()
    with _write_lock(session):
        yield session


@contextmanager
def _write_lock(session: Session) -> Iterator[Connection]:
    if session.info.get(WRITING):
        msg = "transactions do not nest"
        raise RuntimeError(msg)
    # What was read so far belongs to an older snapshot, and once a connection is in use its
    # options can no longer change (SQLAlchemy ignores them with a warning): end the read first.
    session.rollback()
    with _turn(session):
        connection = session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
        session.info[WRITING] = True
        try:
            yield connection
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info[WRITING] = False


def _turn(session: Session) -> AbstractContextManager[None]:
    """Queue up before SQLite's one lock, which lets the lucky ones go first."""
    if session.get_bind().dialect.name != "sqlite":
        return nullcontext()
    return SQLITE_TURNS.take(patience=SECONDS_TO_WAIT)


def _claim_key(session: Session, scope: WardScope, request_key: str | None, batch_id: int) -> None:
    """Take the key of a form for this unit, or answer like the one that took it before."""
    if request_key is None or scope.account_id is None:
        return
    is_taken = not insert_unless_there(
        session, RequestKey, account_id=scope.account_id, key=request_key, batch_id=batch_id
    )
    if is_taken:
        is_same = (RequestKey.account_id == scope.account_id) & (RequestKey.key == request_key)
        first = session.scalars(select(Batch).join(RequestKey).where(is_same)).one()
        raise AlreadyDoneError(first.object_id or 0, first.id)


def _open_batch(connection: Connection, scope: WardScope, kind: str, ward_id: int | None) -> Stamp:
    """Take the turn and write the row of the unit, past the unit of work."""
    values = {
        "kind": kind,
        "state": BatchState.DONE,
        "account_id": scope.account_id,
        "ward_id": ward_id,
        "object_count": 0,
        "done_at": (now := clock.now()),
    }
    batch_id = insert_row(connection, Batch, values, after=turn_statement(connection))
    return Stamp(batch_id, scope.account_id, now)


def _finished(unit: Unit) -> Step:
    """Say what the unit was about, past the unit of work: a flush for it takes three times."""
    if unit.subject is not None:
        unit.object_kind = object_kind(unit.subject)
        unit.object_id = unit.subject.id  # type: ignore[attr-defined]
    return (
        _FINISHED_BATCH,
        {
            "finished_id": unit.batch_id,
            "more": unit.recorder.count,
            "kind_of_object": unit.object_kind,
            "id_of_object": unit.object_id if unit.object_kind else None,
        },
    )


@contextmanager
def _recording(session: Session, recorder: ChangeRecorder) -> Iterator[None]:
    session.info[RECORDING] = recorder
    try:
        yield
    finally:
        session.info[RECORDING] = None


@event.listens_for(Session, "before_flush")
def _stamp_new_rows(session: Session, context: UOWTransaction, objects: object) -> None:
    recorder: ChangeRecorder | None = session.info.get(RECORDING)
    if recorder is not None:
        recorder.before_flush(session, context, objects)


@event.listens_for(Session, "after_flush")
def _note_written_rows(session: Session, context: UOWTransaction) -> None:
    recorder: ChangeRecorder | None = session.info.get(RECORDING)
    if recorder is not None:
        recorder.after_flush(session, context)


@contextmanager
def _translated_errors() -> Iterator[None]:
    try:
        yield
    except StaleDataError as error:
        raise EditConflictError from error
    except IntegrityError as error:
        if "no_overlap" in str(error.orig):
            raise OverlapError from error
        if is_repeated_row(error):
            raise RepeatedRowError from error
        raise
