"""What the activities of the plan amount to: held ones, turns, people and hosts, between two days.

Turns (lượt) and people (người) are never added together, and people of several wards or kinds are
not either: who took part in two of them is one person. Planned activities count nowhere.
"""

from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, func, or_, select, union

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


class WardName(NamedTuple):
    """A ward as a list names it."""

    id: int
    code: str
    name: str


def list_activity_figures(scope: WardScope, first: date, last: date) -> list[WardFigures]:
    """Return the figures per ward and kind of what was held from one day to another, both included.

    A ward or a kind without any is left out: nothing was entered, which is not the same as none.
    """
    days = {"first": first, "last": last}
    people = _by_ward_and_kind(read_scoped(scope, _people_of_wards, **days))
    hosts = _by_ward_and_kind(read_scoped(scope, _hosts_of_wards, **days))
    return [
        WardFigures(
            ward_id,
            kind,
            ActivityFigures(
                held, turns, people.get((ward_id, kind), 0), hosts.get((ward_id, kind), 0)
            ),
        )
        for ward_id, kind, held, turns in read_scoped(scope, _held_of_wards, **days)
    ]


def sum_activities(
    scope: WardScope, first: date, last: date, kind: ActivityKind | None = None
) -> ActivityFigures:
    """Return the figures of all wards of the scope together, of one kind or of all of them."""
    days = {"first": first, "last": last}
    [(held, turns)] = read_scoped(scope, _held, kind, **days)
    [(people,)] = read_scoped(scope, _people, kind, **days)
    [(hosts,)] = read_scoped(scope, _hosts, kind, **days)
    return ActivityFigures(held, turns or 0, people, hosts)


def list_turns_by_group(scope: WardScope, first: date, last: date) -> list[WardTurns]:
    """Return turns per ward, kind and target group; somebody of two groups is a turn of each."""
    rows = read_scoped(scope, _turns_by_group, first=first, last=last)
    return [WardTurns._make(row) for row in rows]


def list_movements(scope: WardScope, first: date, last: date) -> list[MovementFigures]:
    """Return for each movement how many people of the network take part, each of them once.

    Who carries the mark and holds a role on the last day, or is known to have taken part in an
    activity with the mark from the first day to the last. Teams are no movements.
    """
    days = {"first": first, "last": last}
    people = {row.tag_id: row.people for row in read_scoped(scope, _movement_people, **days)}
    held = {row.tag_id: row.held for row in read_scoped(scope, _movement_activities, **days)}
    tags = select(Tag.id, Tag.code, Tag.label).where(Tag.is_team.is_(False), Tag.is_active)
    return [
        MovementFigures(code, label, people.get(tag_id, 0), held.get(tag_id, 0))
        for tag_id, code, label in db.session.execute(tags.order_by(Tag.position, Tag.id))
    ]


def list_wards_without_class(scope: WardScope, monday: date) -> list[WardName]:
    """Return the wards of the scope in which no community class was held in a week (II.3.6)."""
    rows = read_scoped(scope, _without_class, first=monday, last=monday + WEEK - timedelta(days=1))
    return [WardName._make(row) for row in rows]


def _is_counted(scope: WardScope) -> ColumnElement[bool]:
    return and_(
        scope.limit(Activity.ward_id),
        Activity.is_held,
        Activity.service_date.between(FIRST, LAST),
    )


def _by_ward_and_kind(rows: Any) -> dict[tuple[int, ActivityKind], int]:  # noqa: ANN401  # rows
    return {(ward_id, kind): how_many for ward_id, kind, how_many in rows}


@kept_statement
def _held_of_wards(scope: WardScope) -> Select[*tuple[Any, ...]]:
    return (
        select(Activity.ward_id, Activity.kind, func.count(), func.sum(Activity.turns))
        .join(Ward, Ward.id == Activity.ward_id)
        .where(_is_counted(scope))
        .group_by(Activity.ward_id, Activity.kind, Ward.code)
        .order_by(Ward.code, Activity.kind)
    )


@kept_statement
def _people_of_wards(scope: WardScope) -> Select[*tuple[Any, ...]]:
    return _people_known(scope, Activity.ward_id, Activity.kind).group_by(
        Activity.ward_id, Activity.kind
    )


@kept_statement
def _hosts_of_wards(scope: WardScope) -> Select[*tuple[Any, ...]]:
    return _hosts_known(scope, Activity.ward_id, Activity.kind).group_by(
        Activity.ward_id, Activity.kind
    )


@kept_statement
def _held(scope: WardScope, kind: ActivityKind | None) -> Select[*tuple[Any, ...]]:
    held = select(func.count(), func.sum(Activity.turns)).where(_is_counted(scope))
    return _of_kind(held, kind)


@kept_statement
def _people(scope: WardScope, kind: ActivityKind | None) -> Select[*tuple[Any, ...]]:
    return _of_kind(_people_known(scope), kind)


@kept_statement
def _hosts(scope: WardScope, kind: ActivityKind | None) -> Select[*tuple[Any, ...]]:
    return _of_kind(_hosts_known(scope), kind)


def _of_kind(
    statement: Select[*tuple[Any, ...]], kind: ActivityKind | None
) -> Select[*tuple[Any, ...]]:
    return statement if kind is None else statement.where(Activity.kind == kind)


def _people_known(scope: WardScope, *per: Any) -> Select[*tuple[Any, ...]]:  # noqa: ANN401  # columns
    return (
        select(*per, func.count(CANONICAL.distinct()))
        .select_from(ActivityPerson)
        .join(Activity, Activity.id == ActivityPerson.activity_id)
        .join(Person, Person.id == ActivityPerson.person_id)
        .where(_is_counted(scope))
    )


def _hosts_known(scope: WardScope, *per: Any) -> Select[*tuple[Any, ...]]:  # noqa: ANN401  # columns
    return (
        select(*per, func.count(CANONICAL.distinct()))
        .select_from(ActivityHost)
        .join(Activity, Activity.id == ActivityHost.activity_id)
        .join(Mentor, Mentor.id == ActivityHost.mentor_id)
        .join(Person, Person.id == Mentor.person_id)
        .where(_is_counted(scope))
    )


@kept_statement
def _turns_by_group(scope: WardScope) -> Select[*tuple[Any, ...]]:
    return (
        select(Activity.ward_id, Activity.kind, TargetGroup.code, func.sum(ActivityTurns.turns))
        .join(Activity, Activity.id == ActivityTurns.activity_id)
        .join(TargetGroup, TargetGroup.id == ActivityTurns.target_group_id)
        .join(Ward, Ward.id == Activity.ward_id)
        .where(_is_counted(scope))
        .group_by(
            Activity.ward_id, Activity.kind, TargetGroup.code, TargetGroup.position, Ward.code
        )
        .order_by(Ward.code, Activity.kind, TargetGroup.position)
    )


@kept_statement
def _movement_people(scope: WardScope) -> Select[*tuple[Any, ...]]:
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
        .where(_is_counted(scope))
    )
    once = union(*carrying, taking_part).subquery()
    return select(once.c.tag_id, func.count().label("people")).group_by(once.c.tag_id)


@kept_statement
def _movement_activities(scope: WardScope) -> Select[*tuple[Any, ...]]:
    return (
        select(ActivityTag.tag_id, func.count(Activity.id.distinct()).label("held"))
        .join(Activity, Activity.id == ActivityTag.activity_id)
        .where(_is_counted(scope))
        .group_by(ActivityTag.tag_id)
    )


@kept_statement
def _without_class(scope: WardScope) -> Select[*tuple[Any, ...]]:
    taught = select(Activity.ward_id).where(
        _is_counted(scope), Activity.kind == ActivityKind.COMMUNITY_CLASS
    )
    return (
        select(Ward.id, Ward.code, Ward.name)
        .where(scope.limit(Ward.id), Ward.valid_to.is_(None), Ward.id.not_in(taught))
        .order_by(Ward.code)
    )
