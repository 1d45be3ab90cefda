"""Activities in lists and calendars: with filters, in any order, a window or all of them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Select,
    and_,
    bindparam,
    exists,
    func,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute

from app.access.scope import WardScope
from app.queries.kept_statements import kept_statement, read_scoped
from app.queries.list_order import By, Order, directed
from app.queries.windows import FoundLines, Window
from models import (
    Activity,
    ActivityHost,
    ActivityPerson,
    ActivityTag,
    Mentor,
    Person,
    Tag,
    Ward,
    db,
)
from models.enums import ActivityKind

DAY, KIND, TOPIC, TURNS = "ngay", "loai", "noi-dung", "luot"
LATEST_FIRST = Order(DAY, is_descending=True)
FIRST, LAST = bindparam("first", type_=Date()), bindparam("last", type_=Date())
IDS: BindParameter[Any] = bindparam("ids", expanding=True)
Column = InstrumentedAttribute[Any]


class ActivityFilter(NamedTuple):
    """What a list is narrowed to: days `[first_day, last_day]` and codes; "" and None are all."""

    first_day: date
    last_day: date
    ward_code: str = ""
    kind: ActivityKind | None = None
    is_held: bool | None = None
    tag: str = ""


class ActivityLine(NamedTuple):
    """One line of the list; `people` are those who are known by name."""

    id: int
    service_date: date
    kind: ActivityKind
    topic: str
    place: str | None
    is_held: bool
    turns: int | None
    ward_name: str
    people: int
    hosts: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class CalendarEntry(NamedTuple):
    """An activity as a calendar shows it."""

    id: int
    service_date: date
    kind: ActivityKind
    topic: str
    is_held: bool
    turns: int | None
    ward_name: str


def list_activities(
    scope: WardScope, chosen: ActivityFilter, window: Window
) -> FoundLines[ActivityLine]:
    """Return a window of the activities that a filter finds, and how many there are."""
    counted = select(func.count(Activity.id)).where(_is_wanted(scope, chosen))
    total = db.session.scalar(counted) or 0
    ordered = _in_order(scope, chosen, window.order)
    ids = list(db.session.scalars(ordered.offset(window.offset(total)).limit(window.size)))
    return FoundLines(list_activity_lines(scope, ids), total, has_more=False)


def list_activity_ids(scope: WardScope, chosen: ActivityFilter, order: Order) -> list[int]:
    """Return the ids of all activities that a filter finds, in order."""
    return list(db.session.scalars(_in_order(scope, chosen, order)))


def list_activity_lines(scope: WardScope, ids: Sequence[int]) -> list[ActivityLine]:
    """Return the lines of activities of the scope, in the order of the ids."""
    rows = {row.id: row for row in read_scoped(scope, _lines, ids=list(ids))}
    hosts = _names(read_scoped(scope, _host_names, ids=list(ids)))
    tags = _names(read_scoped(scope, _tag_labels, ids=list(ids)))
    return [ActivityLine._make((*rows[one], hosts.get(one, ()), tags.get(one, ()))) for one in ids]


def list_calendar(
    scope: WardScope, first: date, last: date, *, at_most: int
) -> list[CalendarEntry]:
    """Return the activities from one day to another, both included, by day, at most so many."""
    rows = read_scoped(scope, _calendar, at_most, first=first, last=last)
    return [CalendarEntry._make(row) for row in rows]


def count_by_day(scope: WardScope, first: date, last: date) -> dict[date, int]:
    """Return how many activities there are on each day from one to another, both included."""
    rows = read_scoped(scope, _day_counts, first=first, last=last)
    return {row.service_date: row.how_many for row in rows}


def _names(rows: Sequence[Any]) -> dict[int, tuple[str, ...]]:
    found: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    for activity_id, name in rows:
        found[activity_id] += (name,)
    return found


def _is_wanted(scope: WardScope, chosen: ActivityFilter) -> ColumnElement[bool]:
    conditions = [
        scope.limit(Activity.ward_id),
        Activity.service_date.between(chosen.first_day, chosen.last_day),
    ]
    if chosen.ward_code:
        ward = select(Ward.id).where(Ward.code == chosen.ward_code)
        conditions.append(Activity.ward_id == ward.scalar_subquery())
    if chosen.kind is not None:
        conditions.append(Activity.kind == chosen.kind)
    if chosen.is_held is not None:
        conditions.append(Activity.is_held.is_(chosen.is_held))
    if chosen.tag:
        tag = select(Tag.id).where(Tag.code == chosen.tag).scalar_subquery()
        conditions.append(
            exists().where(
                ActivityTag.activity_id == Activity.id,
                ActivityTag.tag_id == tag,
                ActivityTag.deleted_at.is_(None),
            )
        )
    return and_(*conditions)


def _in_order(scope: WardScope, chosen: ActivityFilter, order: Order) -> Select[int]:
    statement = select(Activity.id).where(_is_wanted(scope, chosen))
    by: dict[str, Column] = {
        By.WARD: Ward.search_text,
        KIND: Activity.kind,
        TOPIC: Activity.topic,
        TURNS: Activity.turns,
    }
    column = by.get(order.column, Activity.service_date)
    if order.column == By.WARD:
        statement = statement.join(Ward, Ward.id == Activity.ward_id)
    by_entry = Activity.id.desc() if order.is_descending else Activity.id.asc()
    if column is Activity.service_date:
        return statement.order_by(directed(column, order), by_entry)
    latest = Activity.service_date.desc(), Activity.id.desc()
    return statement.order_by(directed(column, order), *latest)


@kept_statement
def _lines(scope: WardScope) -> Select[*tuple[Any, ...]]:
    people = (
        select(func.count(ActivityPerson.id))
        .where(ActivityPerson.activity_id == Activity.id)
        .scalar_subquery()
    )
    return (
        select(
            Activity.id,
            Activity.service_date,
            Activity.kind,
            Activity.topic,
            Activity.place,
            Activity.is_held,
            Activity.turns,
            Ward.name,
            people,
        )
        .join(Ward, Ward.id == Activity.ward_id)
        .where(Activity.id.in_(IDS), scope.limit(Activity.ward_id))
    )


@kept_statement
def _host_names(scope: WardScope) -> Select[*tuple[Any, ...]]:
    return (
        select(ActivityHost.activity_id, Person.full_name)
        .join(Activity, Activity.id == ActivityHost.activity_id)
        .join(Mentor, Mentor.id == ActivityHost.mentor_id)
        .join(Person, Person.id == Mentor.person_id)
        .where(Activity.id.in_(IDS), scope.limit(Activity.ward_id))
        .order_by(Person.sort_key, ActivityHost.id)
    )


@kept_statement
def _tag_labels(scope: WardScope) -> Select[*tuple[Any, ...]]:
    return (
        select(ActivityTag.activity_id, Tag.label)
        .join(Activity, Activity.id == ActivityTag.activity_id)
        .join(Tag, Tag.id == ActivityTag.tag_id)
        .where(Activity.id.in_(IDS), scope.limit(Activity.ward_id))
        .order_by(Tag.position, ActivityTag.id)
    )


@kept_statement
def _calendar(scope: WardScope, at_most: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Activity.id,
            Activity.service_date,
            Activity.kind,
            Activity.topic,
            Activity.is_held,
            Activity.turns,
            Ward.name,
        )
        .join(Ward, Ward.id == Activity.ward_id)
        .where(scope.limit(Activity.ward_id), Activity.service_date.between(FIRST, LAST))
        .order_by(Activity.service_date, Ward.code, Activity.id)
        .limit(at_most)
    )


@kept_statement
def _day_counts(scope: WardScope) -> Select[*tuple[Any, ...]]:
    return (
        select(Activity.service_date, func.count(Activity.id).label("how_many"))
        .where(scope.limit(Activity.ward_id), Activity.service_date.between(FIRST, LAST))
        .group_by(Activity.service_date)
    )
