"""Takes rows out of the change log, as nothing but the removal of a demonstration does."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import cast

from sqlalchemy import (
    RowMapping,
    Select,
    Table,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from app.services.change_digests import chain_digest
from app.services.change_recording import wait_for_turn
from app.services.object_runs import runs_of
from models import Change, ChangedValue

CHUNK = 5_000
LOG, VALUES = cast("Table", Change.__table__), cast("Table", ChangedValue.__table__)
SET_DIGEST = update(LOG).where(LOG.c.id == bindparam("place")).values(digest=bindparam("new"))
Ids = Select[tuple[int]]


def forget_changes(session: Session, batches: Ids, objects: Mapping[str, Ids]) -> None:
    """Take out what the log tells of some batches, and of some objects, given by kind.

    What a row tells of further objects stays. The digests behind the gap are made anew.
    """
    wait_for_turn(session)
    places = [_forget_rows(session, batches, objects)]
    for kind, gone in objects.items():
        places += _shorten_runs(session, kind, gone)
    first = min((place for place in places if place is not None), default=None)
    if first is not None:
        _chain_again(session, first)


def _forget_rows(session: Session, batches: Ids, objects: Mapping[str, Ids]) -> int | None:
    """Delete the rows of the batches, and those about a single object; return the first's id."""
    of_objects = [
        (Change.object_kind == kind) & ~Change.is_run & Change.object_id.in_(gone)
        for kind, gone in objects.items()
    ]
    is_gone = or_(Change.batch_id.in_(batches), *of_objects)
    first = session.scalar(select(func.min(Change.id)).where(is_gone))
    of_gone = ChangedValue.change_id.in_(select(Change.id).where(is_gone))
    session.execute(delete(VALUES).where(of_gone))
    session.execute(delete(LOG).where(is_gone))
    return first


def _shorten_runs(session: Session, kind: str, gone: Ids) -> Iterator[int]:
    """Take the objects out of the runs around them; yield the first place of each such run."""
    gone_ids = gone.subquery()
    is_in_run = gone_ids.c.id.between(Change.object_id, Change.last_object_id)
    found = (
        select(*LOG.columns, gone_ids.c.id.label("gone_id"))
        .join(gone_ids, is_in_run)
        .where(Change.object_kind == kind, Change.is_run)
        .order_by(Change.id)
    )
    rows = session.execute(found).mappings().all()
    for _, of_run in groupby(rows, key=itemgetter("id")):
        told = list(of_run)
        _take_apart(session, told[0], {row["gone_id"] for row in told})
        yield told[0]["id"] - told[0]["object_count"] + 1


def _take_apart(session: Session, run: RowMapping, gone: set[int]) -> None:
    """Put the parts that stay in the place of a run, each where the log has room for it."""
    of_run = VALUES.c.change_id == run["id"]
    columns = VALUES.c.field, VALUES.c.old, VALUES.c.new
    values = session.execute(select(*columns).where(of_run)).mappings().all()
    session.execute(delete(VALUES).where(of_run))
    session.execute(delete(LOG).where(LOG.c.id == run["id"]))
    told = {column.name: run[column.name] for column in LOG.columns}
    object_ids = range(run["object_id"], run["object_id"] + run["object_count"])
    for part in runs_of([object_id for object_id in object_ids if object_id not in gone]):
        # A run has as many ids of the log as objects, and stands at the last of them.
        place = run["id"] - (object_ids[-1] - part.last_id)
        row = {**told, "id": place, "object_id": part.first_id, "object_count": part.how_many}
        session.execute(insert(LOG).values(row))
        for value in values:
            session.execute(insert(VALUES).values(change_id=place, **value))


def _chain_again(session: Session, first: int) -> None:
    before = select(LOG.c.digest).where(LOG.c.id < first).order_by(LOG.c.id.desc()).limit(1)
    digest, last = session.scalar(before) or "", first - 1
    behind = select(LOG).order_by(LOG.c.id).limit(CHUNK)
    while rows := session.execute(behind.where(LOG.c.id > last)).mappings().all():
        digests = []
        for row in rows:
            digest = chain_digest(digest, dict(row))
            digests.append({"place": row["id"], "new": digest})
        session.connection().execute(SET_DIGEST, digests)
        last = rows[-1]["id"]
