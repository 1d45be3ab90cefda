"""Who came from another ward of late, and who was or is due back from time away."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    CompoundSelect,
    Date,
    Select,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from app import clock
from app.access.scope import WardScope
from app.queries.kept_answers import KeptAnswers
from app.queries.kept_statements import kept_statement, read_scoped
from app.queries.pauses import PAUSED_SPELL
from app.queries.people import SPELLS
from models import Change, Mentee, Mentorship, Pause, Person, Ward
from models.base import UtcDateTime
from models.change_log import tells_of
from models.enums import PersonRole, WardKind

# Of every ward's leader, two questions each; their home page asks.
MOST_KEPT = 512
MADE_OF = {"mentors", "mentees", "support_posts", "mentorships", "pauses", "persons", "wards"}
# For so long an arrival is news.
ARRIVAL_DAYS = 14
# So many days before and after the day of return somebody is asked about.
RETURN_DAYS = 7


DAY = bindparam("day", type_=Date())


class Arrival(NamedTuple):
    """Somebody whose role goes on in another ward; `is_waiting` is a mentee without a mentor."""

    role: PersonRole
    spell_id: int
    full_name: str
    ward_kind: WardKind
    ward: str
    origin_kind: WardKind
    origin: str
    started_on: date
    is_waiting: bool
    entered_by_id: int | None

    @property
    def ward_name(self) -> str:
        """Where they are now, as in «xã Ia Dom»."""
        return f"{self.ward_kind.value} {self.ward}"

    @property
    def origin_name(self) -> str:
        """Where they came from."""
        return f"{self.origin_kind.value} {self.origin}"


class Return(NamedTuple):
    """Somebody whose time away ends on `due_on`, the first day back."""

    role: PersonRole
    spell_id: int
    full_name: str
    ward_kind: WardKind
    ward: str
    due_on: date

    @property
    def ward_name(self) -> str:
        """Where they are, as in «xã Ia Dom»."""
        return f"{self.ward_kind.value} {self.ward}"


class _Asked(NamedTuple):
    ward_ids: frozenset[int] | None
    day: date


_ARRIVALS: KeptAnswers[_Asked, tuple[Arrival, ...]] = KeptAnswers(MOST_KEPT, MADE_OF)
_RETURNS: KeptAnswers[_Asked, tuple[Return, ...]] = KeptAnswers(MOST_KEPT, MADE_OF)


def list_arrivals(scope: WardScope, day: date) -> list[Arrival]:
    """Return the mentors and mentees who came from another ward within 14 days, the latest first.

    The day of the move counts, or that on which it was recorded, whichever is later. Whoever
    recorded the move knows of it and is not told.
    """
    asked = _Asked(scope.ward_ids, day)
    arrivals = _ARRIVALS.answer(asked, lambda: _read_arrivals(scope, day))
    own = scope.account_id
    return [one for one in arrivals if own is None or one.entered_by_id != own]


def _read_arrivals(scope: WardScope, day: date) -> tuple[Arrival, ...]:
    first_day = day - timedelta(days=ARRIVAL_DAYS - 1)
    midnight = datetime.combine(first_day, time(), clock.LOCAL_ZONE)
    values = {"day": day, "first_day": first_day, "midnight": midnight}
    rows = read_scoped(scope, _arrivals, **values)
    arrivals = (Arrival(PersonRole(role), *values) for role, *values in rows)
    return tuple(sorted(arrivals, key=lambda one: (-one.started_on.toordinal(), one.full_name)))


@kept_statement
def _arrivals(scope: WardScope) -> CompoundSelect[*tuple[Any, ...]]:
    return union_all(*_arrivals_of_roles(scope))


def _arrivals_of_roles(scope: WardScope) -> Iterator[Select[*tuple[Any, ...]]]:
    for role in (PersonRole.MENTOR, PersonRole.MENTEE):
        spell: Any = SPELLS[role]
        before, ward, origin = aliased(spell), aliased(Ward), aliased(Ward)
        is_taught = (
            exists().where(
                Mentorship.mentee_id == spell.id,
                Mentorship.is_open_on(DAY),
                Mentorship.deleted_at.is_(None),
            )
            if spell is Mentee
            else literal(value=True)
        )
        yield (
            select(
                literal(role.value),
                spell.id,
                Person.full_name,
                ward.kind,
                ward.name,
                origin.kind,
                origin.name,
                spell.started_on,
                ~is_taught,
                spell.entered_by_id,
            )
            .join(Person, Person.id == spell.person_id)
            .join(ward, ward.id == spell.ward_id)
            .join(before, before.id == spell.continues_id)
            .join(origin, origin.id == before.ward_id)
            .where(
                scope.limit(spell.ward_id),
                spell.is_open_on(DAY),
                before.ward_id != spell.ward_id,
                or_(
                    spell.started_on >= bindparam("first_day", type_=Date()),
                    spell.entered_at >= bindparam("midnight", type_=UtcDateTime()),
                ),
            )
        )


def list_returns(scope: WardScope, day: date) -> list[Return]:
    """Return who is due back within 7 days, or was so in the last 7, the earliest first.

    A day of return that was set on that day or later is known to be true: nobody is asked about it.
    """
    asked = _Asked(scope.ward_ids, day)
    return list(_RETURNS.answer(asked, lambda: _read_returns(scope, day)))


def _read_returns(scope: WardScope, day: date) -> tuple[Return, ...]:
    near = timedelta(days=RETURN_DAYS)
    values = {"day": day, "earliest": day - near + timedelta(days=1), "latest": day + near}
    rows = read_scoped(scope, _returns, **values)
    returns = (
        Return(PersonRole(role), *values)
        for role, *values, set_at in rows
        if set_at is None or clock.local_date(set_at) < values[-1]
    )
    return tuple(sorted(returns, key=lambda one: (one.due_on, one.full_name)))


@kept_statement
def _returns(scope: WardScope) -> CompoundSelect[*tuple[Any, ...]]:
    return union_all(*_returns_of_roles(scope))


def _returns_of_roles(scope: WardScope) -> Iterator[Select[*tuple[Any, ...]]]:
    latest = bindparam("latest", type_=Date())
    set_at = (
        select(func.max(Change.changed_at))
        .where(tells_of(Change, "pauses", Pause.id, Pause.id))
        .scalar_subquery()
    )
    for role, column in PAUSED_SPELL.items():
        spell: Any = SPELLS[role]
        later = aliased(Pause)
        goes_on = exists().where(
            getattr(later, column.key) == column,
            later.started_on >= Pause.ended_on,
            later.started_on <= latest,
            later.deleted_at.is_(None),
        )
        yield (
            select(
                literal(role.value),
                spell.id,
                Person.full_name,
                Ward.kind,
                Ward.name,
                Pause.ended_on,
                set_at,
            )
            .select_from(Pause)
            .join(spell, spell.id == column)
            .join(Person, Person.id == spell.person_id)
            .join(Ward, Ward.id == spell.ward_id)
            .where(
                scope.limit(spell.ward_id),
                spell.is_open_on(DAY),
                Pause.started_on <= DAY,
                Pause.ended_on.between(bindparam("earliest", type_=Date()), latest),
                ~goes_on,
            )
        )
