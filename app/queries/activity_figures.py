"""What the activities of the plan amount to: held ones, turns, people and hosts, between two days.

Turns (lượt) and people (người) are never added together, and people of several wards or kinds are
not either: who took part in two of them is one person. Planned activities count nowhere.
"""

from datetime import date, timedelta
from enum import Enum, auto
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
    union,
)

from app.access.scope import WardScope
from app.queries.kept_statements import kept_statement, read_scoped
from models import (
    Activity,
    ActivityHost,
    ActivityPerson,
    ActivityTag,
    ActivityTurns,
    Mentee,
    Mentor,
    Person,
    PersonTag,
    SupportPost,
    Tag,
    TargetGroup,
    Ward,
    db,
)
from models.enums import ActivityKind

FIRST, LAST = bindparam("first", type_=Date()), bindparam("last", type_=Date())
PERIOD = bindparam("period_id", type_=Integer())
WEEK = timedelta(days=7)
CANONICAL = func.coalesce(Person.merged_into_id, Person.id)


class ActivityFigures(NamedTuple):
    """How many activities were held, their turns, the distinct known people, distinct hosts."""

    held: int
    turns: int
    people: int
    hosts: int


class WardFigures(NamedTuple):
    """The figures of one kind of activity in one ward."""

    ward_id: int
    kind: ActivityKind
    figures: ActivityFigures


class WardTurns(NamedTuple):
    """The turns of one target group, of one kind of activity, in one ward."""

    ward_id: int
    kind: ActivityKind
    group_code: str
    turns: int


class MovementFigures(NamedTuple):
    """The network's part in a movement that others lead: distinct people, activities held."""

    code: str
    label: str
    people: int
    activities: int


class Days(NamedTuple):
    """What was held from one day to another counts, both included."""

    first: date
    last: date


class Counted(NamedTuple):
    """What a reporting period counts, late entries too; without id it counts nothing.

    `last` is the day on which people have to hold a role.
    """

    period_id: int | None
    last: date


Within = Days | Counted


class _Shape(Enum):
    """Which of the two a kept statement is for; the values are bound when it runs."""

    DAYS = auto()
    PERIOD = auto()


def _shape(within: Within) -> _Shape:
    return _Shape.DAYS if isinstance(within, Days) else _Shape.PERIOD


class WardName(NamedTuple):
    """A ward as a list names it."""

    id: int
    code: str
    name: str


def list_activity_figures(scope: WardScope, within: Within) -> list[WardFigures]:
    """Return the figures per ward and kind of what was held within some days or a period.

    A ward or a kind without any is left out: nothing was entered, which is not the same as none.
    """
    shape, values = _shape(within), within._asdict()
    people = _by_ward_and_kind(read_scoped(scope, _people_of_wards, shape, **values))
    hosts = _by_ward_and_kind(read_scoped(scope, _hosts_of_wards, shape, **values))
    return [
        WardFigures(
            ward_id,
            kind,
            ActivityFigures(
                held, turns, people.get((ward_id, kind), 0), hosts.get((ward_id, kind), 0)
            ),
        )
        for ward_id, kind, held, turns in read_scoped(scope, _held_of_wards, shape, **values)
    ]


def sum_activities(
    scope: WardScope, within: Within, kind: ActivityKind | None = None
) -> ActivityFigures:
    """Return the figures of all wards of the scope together, of one kind or of all of them."""
    shape, values = _shape(within), within._asdict()
    [(held, turns)] = read_scoped(scope, _held, shape, kind, **values)
    [(people,)] = read_scoped(scope, _people, shape, kind, **values)
    [(hosts,)] = read_scoped(scope, _hosts, shape, kind, **values)
    return ActivityFigures(held, turns or 0, people, hosts)


def list_turns_by_group(scope: WardScope, within: Within) -> list[WardTurns]:
    """Return turns per ward, kind and target group; somebody of two groups is a turn of each."""
    rows = read_scoped(scope, _turns_by_group, _shape(within), **within._asdict())
    return [WardTurns._make(row) for row in rows]


def list_movements(scope: WardScope, within: Within) -> list[MovementFigures]:
    """Return for each movement how many people of the network take part, each of them once.

    Who carries the mark and holds a role on the last day, or is known to have taken part in an
    activity with the mark that counts. Teams are no movements.
    """
    shape, values = _shape(within), within._asdict()
    people = {
        row.tag_id: row.people for row in read_scoped(scope, _movement_people, shape, **values)
    }
    held = {
        row.tag_id: row.held for row in read_scoped(scope, _movement_activities, shape, **values)
    }
    tags = select(Tag.id, Tag.code, Tag.label).where(Tag.is_team.is_(False), Tag.is_active)
    return [
        MovementFigures(code, label, people.get(tag_id, 0), held.get(tag_id, 0))
        for tag_id, code, label in db.session.execute(tags.order_by(Tag.position, Tag.id))
    ]


def list_wards_without_class(scope: WardScope, monday: date) -> list[WardName]:
    """Return the wards of the scope in which no community class was held in a week (II.3.6)."""
    sunday = monday + WEEK - timedelta(days=1)
    rows = read_scoped(scope, _without_class, _Shape.DAYS, first=monday, last=sunday)
    return [WardName._make(row) for row in rows]


def _is_counted(scope: WardScope, shape: _Shape) -> ColumnElement[bool]:
    is_within = (
        Activity.service_date.between(FIRST, LAST)
        if shape is _Shape.DAYS
        else Activity.reported_in_id == PERIOD
    )
    return and_(scope.limit(Activity.ward_id), Activity.is_held, is_within)


def _by_ward_and_kind(rows: Any) -> dict[tuple[int, ActivityKind], int]:  # noqa: ANN401  # rows
    return {(ward_id, kind): how_many for ward_id, kind, how_many in rows}


@kept_statement
def _held_of_wards(scope: WardScope, shape: _Shape) -> Select[*tuple[Any, ...]]:
    return (
        select(Activity.ward_id, Activity.kind, func.count(), func.sum(Activity.turns))
        .join(Ward, Ward.id == Activity.ward_id)
        .where(_is_counted(scope, shape))
        .group_by(Activity.ward_id, Activity.kind, Ward.code)
        .order_by(Ward.code, Activity.kind)
    )


@kept_statement
def _people_of_wards(scope: WardScope, shape: _Shape) -> Select[*tuple[Any, ...]]:
    return _people_known(scope, shape, Activity.ward_id, Activity.kind).group_by(
        Activity.ward_id, Activity.kind
    )


@kept_statement
def _hosts_of_wards(scope: WardScope, shape: _Shape) -> Select[*tuple[Any, ...]]:
    return _hosts_known(scope, shape, Activity.ward_id, Activity.kind).group_by(
        Activity.ward_id, Activity.kind
    )


@kept_statement
def _held(scope: WardScope, shape: _Shape, kind: ActivityKind | None) -> Select[*tuple[Any, ...]]:
    held = select(func.count(), func.sum(Activity.turns)).where(_is_counted(scope, shape))
    return _of_kind(held, kind)


@kept_statement
def _people(scope: WardScope, shape: _Shape, kind: ActivityKind | None) -> Select[*tuple[Any, ...]]:
    return _of_kind(_people_known(scope, shape), kind)


@kept_statement
def _hosts(scope: WardScope, shape: _Shape, kind: ActivityKind | None) -> Select[*tuple[Any, ...]]:
    return _of_kind(_hosts_known(scope, shape), kind)


def _of_kind(
    statement: Select[*tuple[Any, ...]], kind: ActivityKind | None
) -> Select[*tuple[Any, ...]]:
    return statement if kind is None else statement.where(Activity.kind == kind)


def _people_known(scope: WardScope, shape: _Shape, *per: Any) -> Select[*tuple[Any, ...]]:  # noqa: ANN401  # columns
    return (
        select(*per, func.count(CANONICAL.distinct()))
        .select_from(ActivityPerson)
        .join(Activity, Activity.id == ActivityPerson.activity_id)
        .join(Person, Person.id == ActivityPerson.person_id)
        .where(_is_counted(scope, shape))
    )


def _hosts_known(scope: WardScope, shape: _Shape, *per: Any) -> Select[*tuple[Any, ...]]:  # noqa: ANN401  # columns
    return (
        select(*per, func.count(CANONICAL.distinct()))
        .select_from(ActivityHost)
        .join(Activity, Activity.id == ActivityHost.activity_id)
        .join(Mentor, Mentor.id == ActivityHost.mentor_id)
        .join(Person, Person.id == Mentor.person_id)
        .where(_is_counted(scope, shape))
    )


@kept_statement
def _turns_by_group(scope: WardScope, shape: _Shape) -> Select[*tuple[Any, ...]]:
    return (
        select(Activity.ward_id, Activity.kind, TargetGroup.code, func.sum(ActivityTurns.turns))
        .join(Activity, Activity.id == ActivityTurns.activity_id)
        .join(TargetGroup, TargetGroup.id == ActivityTurns.target_group_id)
        .join(Ward, Ward.id == Activity.ward_id)
        .where(_is_counted(scope, shape))
        .group_by(
            Activity.ward_id, Activity.kind, TargetGroup.code, TargetGroup.position, Ward.code
        )
        .order_by(Ward.code, Activity.kind, TargetGroup.position)
    )


@kept_statement
def _movement_people(scope: WardScope, shape: _Shape) -> Select[*tuple[Any, ...]]:
    carrying = [
        select(PersonTag.tag_id, CANONICAL.label("person_id"))
        .join(Person, Person.id == PersonTag.person_id)
        .join(spell, spell.person_id == Person.id)
        .where(
            scope.limit(spell.ward_id),
            spell.started_on <= LAST,
            or_(spell.ended_on.is_(None), spell.ended_on > LAST),
        )
        for spell in (Mentor, Mentee, SupportPost)
    ]
    taking_part = (
        select(ActivityTag.tag_id, CANONICAL.label("person_id"))
        .join(Activity, Activity.id == ActivityTag.activity_id)
        .join(ActivityPerson, ActivityPerson.activity_id == Activity.id)
        .join(Person, Person.id == ActivityPerson.person_id)
        .where(_is_counted(scope, shape))
    )
    once = union(*carrying, taking_part).subquery()
    return select(once.c.tag_id, func.count().label("people")).group_by(once.c.tag_id)


@kept_statement
def _movement_activities(scope: WardScope, shape: _Shape) -> Select[*tuple[Any, ...]]:
    return (
        select(ActivityTag.tag_id, func.count(Activity.id.distinct()).label("held"))
        .join(Activity, Activity.id == ActivityTag.activity_id)
        .where(_is_counted(scope, shape))
        .group_by(ActivityTag.tag_id)
    )


@kept_statement
def _without_class(scope: WardScope, shape: _Shape) -> Select[*tuple[Any, ...]]:
    taught = select(Activity.ward_id).where(
        _is_counted(scope, shape), Activity.kind == ActivityKind.COMMUNITY_CLASS
    )
    return (
        select(Ward.id, Ward.code, Ward.name)
        .where(scope.limit(Ward.id), Ward.id.not_in(taught))
        # The wards of that week, which others may have taken in since.
        .where(Ward.valid_from <= LAST, or_(Ward.valid_to.is_(None), Ward.valid_to > FIRST))
        .order_by(Ward.code)
    )
