"""What was deleted of late in the wards of a scope, by the action that deleted it."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, String, and_, exists, func, literal, select, union_all
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement

from app.access.policy import ADMINISTRATION_KINDS
from app.access.scope import WardScope
from app.queries.authors import name_authors
from app.queries.deleted_rows import DELETED, ROWS_RESTORED, RowKey, put_back_alone
from app.queries.history import is_shown
from models import (
    Activity,
    Batch,
    Change,
    Contact,
    DutyLeave,
    DutyTurn,
    HelpSession,
    Mentee,
    Mentor,
    Mentorship,
    Person,
    Procedure,
    SupportPost,
    Ward,
    db,
)
from models.enums import BatchState

# What lies in the bin, what says most about an action first; the rest goes and comes with these.
BIN_KINDS = (
    "mentorships", "mentors", "mentees", "support_posts", "contacts", "help_sessions",
    "duty_turns", "duty_leaves", "activities",
)  # fmt: skip
# They mark rows that live on in others: two records became one.
NO_DELETIONS = ("people_merged",)
WITH_DELETED = {"include_deleted": True}
NAMED_OF_EACH = 3
# In the order of the parts of `_named`.
PART_KINDS = (
    "mentors", "mentees", "support_posts", "mentorships", "contacts", "help_sessions",
    "duty_turns", "duty_leaves", "activities",
)  # fmt: skip


class Deletion(NamedTuple):
    """An action that deleted something; `undoes` is the kind of action it took back, if any."""

    id: int
    kind: str
    undoes: str | None
    done_at: datetime
    account: str | None
    ward_name: str | None


class DeletedRow(NamedTuple):
    """One of the rows: whose it is or what it was about, and its day."""

    kind: str
    id: int
    name: str
    day: date


class Contents(NamedTuple):
    """What of an action lies in the bin: how many of each kind, and some of the first of them.

    `is_part` says that other rows were put back alone.
    """

    counts: dict[str, int]
    rows: list[DeletedRow]
    is_part: bool = False


def count_deletions(scope: WardScope, *, since: datetime, kinds: Collection[str]) -> int:
    """Return how many actions deleted rows of some kinds and have not been taken back."""
    statement = select(func.count()).select_from(Batch).where(*_is_in_bin(scope, since, kinds))
    return db.session.scalar(statement) or 0


def list_deletions(
    scope: WardScope, *, since: datetime, kinds: Collection[str], offset: int, limit: int
) -> list[Deletion]:
    """Return part of the actions that deleted rows of some kinds, the newest first."""
    undone = aliased(Batch)
    statement = (
        select(Batch.id, Batch.kind, undone.kind, Batch.done_at, Batch.account_id, Ward.name)
        .outerjoin(Ward, Ward.id == Batch.ward_id)
        .outerjoin(undone, undone.id == Batch.undoes_id)
        .where(*_is_in_bin(scope, since, kinds))
        .order_by(Batch.done_at.desc(), Batch.id.desc())
        .offset(offset)
        .limit(limit)
    )
    rows = db.session.execute(statement).all()
    authors = name_authors(scope, {account_id for *_kinds, account_id, _ward in rows})
    return [
        Deletion(batch_id, kind, undoes, done_at, authors.name_at(account_id, done_at), ward_name)
        for batch_id, kind, undoes, done_at, account_id, ward_name in rows
    ]


def list_contents(
    scope: WardScope, batch_ids: Collection[int], *, desk: WardScope
) -> dict[int, Contents]:
    """Return what actions deleted, by action; people are named within the scope.

    What belongs to a desk is named within the scope `desk`.
    """
    told = select(Change.batch_id, Change.object_kind, Change.object_id, Change.object_count).where(
        Change.batch_id.in_(batch_ids),
        Change.action == DELETED,
        Change.object_kind.in_(BIN_KINDS),
    )
    alone = put_back_alone(scope, batch_ids)
    found = {
        batch_id: Contents(defaultdict(int), [], is_part=batch_id in alone)
        for batch_id in batch_ids
    }
    shown: dict[RowKey, int] = {}
    for batch_id, kind, first_id, count in db.session.execute(told.order_by(Change.id)):
        keys = [RowKey(kind, first_id + step) for step in range(count)]
        left = [key for key in keys if key not in alone[batch_id]] if batch_id in alone else keys
        counts = found[batch_id].counts
        if left and counts[kind] < NAMED_OF_EACH:
            shown[left[0]] = batch_id
        if left:
            counts[kind] += len(left)
    for row in name_deleted(scope, shown, desk=desk):
        found[shown[RowKey(row.kind, row.id)]].rows.append(row)
    return found


def name_deleted(
    scope: WardScope, keys: Collection[RowKey], *, desk: WardScope
) -> list[DeletedRow]:
    """Return deleted rows with their names, as far as the scopes reach, by kind and id."""
    if not keys:
        return []
    ids: dict[str, list[int]] = defaultdict(list)
    for kind, row_id in keys:
        ids[kind].append(row_id)
    named = db.session.execute(
        union_all(*_named_of(scope, desk, ids)), execution_options=WITH_DELETED
    )
    return sorted(map(DeletedRow._make, named), key=lambda row: (row.kind, row.id))


def _is_in_bin(
    scope: WardScope, since: datetime, kinds: Collection[str]
) -> tuple[ColumnElement[bool], ...]:
    undone = aliased(Batch)
    has_deleted = exists().where(
        Change.batch_id == Batch.id, Change.action == DELETED, Change.object_kind.in_(kinds)
    )
    # What came back alone and went again lies in the bin with the rest of its own action.
    is_elsewhere = exists().where(
        undone.id == Batch.undoes_id,
        undone.kind.in_(sorted({ROWS_RESTORED, *ADMINISTRATION_KINDS})),
    )
    return (
        *is_shown(scope, since),
        Batch.state == BatchState.DONE,
        Batch.kind.not_in(NO_DELETIONS),
        has_deleted,
        ~is_elsewhere,
    )


def _named_of(
    scope: WardScope, desk: WardScope, ids: dict[str, list[int]]
) -> Iterator[Select[*tuple[Any, ...]]]:
    """Yield the parts about kinds that occur: a database looks long for none of many."""
    parts = _named(scope, desk, ids)
    return (part for kind, part in zip(PART_KINDS, parts, strict=True) if ids.get(kind))


def _named(
    scope: WardScope, desk: WardScope, ids: dict[str, list[int]]
) -> Iterator[Select[*tuple[Any, ...]]]:
    for spell in (Mentor, Mentee, SupportPost):
        yield _row(spell, ids, Person.full_name, spell.started_on).where(
            spell.person_id == Person.id, scope.limit(spell.ward_id)
        )
    teacher = aliased(Person)
    yield _row(
        Mentorship, ids, teacher.full_name + " – " + Person.full_name, Mentorship.started_on
    ).where(
        and_(Mentor.id == Mentorship.mentor_id, teacher.id == Mentor.person_id),
        and_(Mentee.id == Mentorship.mentee_id, Person.id == Mentee.person_id),
        scope.limit(Mentorship.mentor_ward_id) | scope.limit(Mentorship.mentee_ward_id),
    )
    yield _row(Contact, ids, Person.full_name, Contact.service_date).where(
        Mentor.id == Contact.mentor_id,
        Person.id == Mentor.person_id,
        scope.limit(Contact.ward_id),
    )
    yield _row(HelpSession, ids, Procedure.label, HelpSession.service_date).where(
        Procedure.id == HelpSession.procedure_id, desk.limit(HelpSession.ward_id)
    )
    for turn, day in ((DutyTurn, DutyTurn.service_date), (DutyLeave, DutyLeave.started_on)):
        yield _row(turn, ids, Person.full_name, day).where(
            SupportPost.id == turn.support_post_id,
            Person.id == SupportPost.person_id,
            desk.limit(turn.ward_id),
        )
    yield _row(Activity, ids, Activity.topic, Activity.service_date).where(
        scope.limit(Activity.ward_id)
    )


def _row(model: Any, ids: dict[str, list[int]], name: Any, day: Any) -> Select[*tuple[Any, ...]]:  # noqa: ANN401  # any of the tables above
    kind = model.__tablename__
    return select(literal(kind, String), model.id, name, day).where(model.id.in_(ids.get(kind, [])))
