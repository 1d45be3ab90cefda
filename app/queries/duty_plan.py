"""What is known of who sits at a desk in some days: posts, weekly pattern, leave, turns, holidays.

All of it comes by one statement, as the work list asks for it, too.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    FromClause,
    Integer,
    Row,
    Select,
    String,
    bindparam,
    cast,
    literal,
    null,
    select,
    type_coerce,
    union,
    union_all,
)

from app.access.scope import WardScope
from app.queries.kept_statements import kept_statement
from app.queries.tables import (
    DUTY_HOLIDAYS,
    DUTY_LEAVES,
    DUTY_PATTERNS,
    DUTY_TURNS,
    PAUSES,
    POSTS,
    living,
    many_rows,
)
from app.queries.wards import list_bordering_ids
from models.enums import HalfDay

FIRST_DAY, LAST_DAY = bindparam("first_day", type_=Date()), bindparam("last_day", type_=Date())
NO_DAY, NO_NUMBER, NO_TEXT = cast(null(), Date), cast(null(), Integer), cast(null(), String)


class _Told(NamedTuple):
    """What the rows of one table tell, as columns of the one statement; `days` unless a spell."""

    ward: ColumnElement[Any] = NO_NUMBER
    post: ColumnElement[Any] = NO_NUMBER
    half: ColumnElement[Any] = NO_TEXT
    number: ColumnElement[Any] = NO_NUMBER
    days: tuple[ColumnElement[Any], ColumnElement[Any]] | None = None


class PostFact(NamedTuple):
    id: int
    ward_id: int
    person_id: int
    started_on: date
    ended_on: date | None


class PatternFact(NamedTuple):
    """Half a week's day that a post takes from a day on; see `models.duty.DutyPattern`."""

    post_id: int
    week_half: int
    started_on: date
    ended_on: date | None


class LeaveFact(NamedTuple):
    """Days `[started_on, ended_on)` away, without a `half_day` the whole days."""

    id: int
    ward_id: int
    post_id: int
    started_on: date
    ended_on: date
    half_day: HalfDay | None
    substitute_post_id: int | None


class PauseFact(NamedTuple):
    post_id: int
    started_on: date
    ended_on: date


class TurnFact(NamedTuple):
    """A recorded turn; `ward_id` is the desk where it is taken."""

    id: int
    ward_id: int
    post_id: int
    day: date
    half_day: HalfDay
    is_performed: bool


class HolidayFact(NamedTuple):
    id: int
    ward_id: int
    day: date
    half_day: HalfDay


class DutyFacts(NamedTuple):
    """All of some days; posts of other wards are there where one stands in for another."""

    posts: list[PostFact]
    patterns: list[PatternFact]
    leaves: list[LeaveFact]
    pauses: list[PauseFact]
    turns: list[TurnFact]
    holidays: list[HolidayFact]


def read_duty_facts(scope: WardScope, first_day: date, last_day: date) -> DutyFacts:
    """Return what is known of the desks of the scope in the days `[first_day, last_day]`."""
    facts = DutyFacts([], [], [], [], [], [])
    values = {"first_day": first_day, "last_day": last_day, **scope.parameters()}
    for row in many_rows(_statement(scope.as_parameter()), values):
        _take_in(facts, row)
    return facts


def read_duty_facts_around(
    scope: WardScope, ward_id: int, first_day: date, last_day: date
) -> DutyFacts:
    """Return what is known of the desks of a ward of the scope, and of the wards around it.

    Who reads it may show no name of another ward with it.
    """
    scope.require(ward_id)
    around = WardScope.of([ward_id, *list_bordering_ids(scope, ward_id)], scope.account_id)
    return read_duty_facts(around, first_day, last_day)


def _take_in(facts: DutyFacts, row: Row[*tuple[Any, ...]]) -> None:
    """Add one row of the statement to the facts of its kind."""
    _kind, row_id, ward_id, post_id, first, end, half, number = row
    match row.kind:
        case "post":
            facts.posts.append(PostFact(row_id, ward_id, number, first, end))
        case "pattern":
            facts.patterns.append(PatternFact(post_id, number, first, end))
        case "leave":
            half_day = None if half is None else HalfDay(half)
            facts.leaves.append(LeaveFact(row_id, ward_id, post_id, first, end, half_day, number))
        case "pause":
            facts.pauses.append(PauseFact(post_id, first, end))
        case "turn":
            is_performed = bool(number)
            facts.turns.append(
                TurnFact(row_id, ward_id, post_id, first, HalfDay(half), is_performed)
            )
        case "holiday":
            facts.holidays.append(HolidayFact(row_id, ward_id, first, HalfDay(half)))


@kept_statement
def _statement(scope: WardScope) -> CompoundSelect[Any]:
    return union_all(*_spells(scope), *_leaves(scope), *_turns(scope), _holidays(scope))


def _wanted_posts(scope: WardScope) -> Select[Any]:
    """Select the posts of the scope, and those elsewhere for whom one of these stands in."""
    absent, substitute = DUTY_LEAVES.c.support_post_id, DUTY_LEAVES.c.substitute_post_id
    own = select(POSTS.c.id).where(scope.limit(POSTS.c.ward_id), living(POSTS), _lies_in(POSTS))
    elsewhere = (
        select(absent)
        .join(POSTS, POSTS.c.id == substitute)
        .where(scope.limit(POSTS.c.ward_id), living(DUTY_LEAVES, POSTS), _lies_in(DUTY_LEAVES))
    )
    wanted = union(own, elsewhere).subquery()
    return select(wanted.c.id)


def _spells(scope: WardScope) -> Iterable[Select[Any]]:
    wanted, of_post = _wanted_posts(scope), DUTY_PATTERNS.c.support_post_id
    posts = _Told(ward=POSTS.c.ward_id, post=POSTS.c.id, number=POSTS.c.person_id)
    yield _part("post", POSTS, posts).where(POSTS.c.id.in_(wanted))
    patterns = _Told(post=of_post, number=DUTY_PATTERNS.c.week_half)
    yield _part("pattern", DUTY_PATTERNS, patterns).where(
        of_post.in_(wanted), _lies_in(DUTY_PATTERNS)
    )
    paused = PAUSES.c.support_post_id
    yield _part("pause", PAUSES, _Told(post=paused)).where(paused.in_(wanted), _lies_in(PAUSES))


def _leaves(scope: WardScope) -> Iterable[Select[Any]]:
    of_ward, absent = scope.limit(DUTY_LEAVES.c.ward_id), DUTY_LEAVES.c.support_post_id
    told = _Told(
        ward=DUTY_LEAVES.c.ward_id,
        post=absent,
        half=type_coerce(DUTY_LEAVES.c.half_day, String()),
        number=DUTY_LEAVES.c.substitute_post_id,
    )
    for is_wanted in (of_ward, absent.in_(_wanted_posts(scope)) & ~of_ward):
        yield _part("leave", DUTY_LEAVES, told).where(is_wanted, _lies_in(DUTY_LEAVES))


def _turns(scope: WardScope) -> Iterable[Select[Any]]:
    of_ward, day = scope.limit(DUTY_TURNS.c.ward_id), DUTY_TURNS.c.service_date
    post = DUTY_TURNS.c.support_post_id
    told = _Told(
        ward=DUTY_TURNS.c.ward_id,
        post=post,
        half=type_coerce(DUTY_TURNS.c.half_day, String()),
        number=cast(DUTY_TURNS.c.is_performed, Integer),
        days=(day, NO_DAY),
    )
    for is_wanted in (of_ward, post.in_(_wanted_posts(scope)) & ~of_ward):
        yield _part("turn", DUTY_TURNS, told).where(is_wanted, day.between(FIRST_DAY, LAST_DAY))


def _holidays(scope: WardScope) -> Select[Any]:
    ward_id, day = DUTY_HOLIDAYS.c.ward_id, DUTY_HOLIDAYS.c.day
    half = type_coerce(DUTY_HOLIDAYS.c.half_day, String())
    told = _Told(ward=ward_id, half=half, days=(day, NO_DAY))
    is_wanted = scope.limit(ward_id) & day.between(FIRST_DAY, LAST_DAY)
    return _part("holiday", DUTY_HOLIDAYS, told).where(is_wanted)


def _part(kind: str, table: FromClause, told: _Told) -> Select[Any]:
    first, end = told.days or (table.c.started_on, table.c.ended_on)
    columns = (table.c.id, told.ward, told.post, first, end, told.half, told.number)
    names = ("id", "ward_id", "post_id", "first", "end", "half", "number")
    labelled = (column.label(name) for column, name in zip(columns, names, strict=True))
    return select(literal(kind, String()).label("kind"), *labelled).where(living(table))


def _lies_in(spells: FromClause) -> ColumnElement[bool]:
    ended_on = spells.c.ended_on
    return (spells.c.started_on <= LAST_DAY) & (ended_on.is_(None) | (ended_on > FIRST_DAY))
