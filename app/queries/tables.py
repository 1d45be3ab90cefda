"""Tables for statements that pass the ORM by: for many rows it costs more than the database does.

Nothing hides deleted rows here, so each such statement says `living(...)` of each of its tables.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Date,
    Dialect,
    FromClause,
    Select,
    and_,
    func,
    or_,
    type_coerce,
)
from sqlalchemy.types import TypeDecorator

from models import (
    AccountPerson,
    Attendance,
    ConfirmedSession,
    Contact,
    DeskDay,
    DistinctPeople,
    DutyHoliday,
    DutyLeave,
    DutyPattern,
    DutyTurn,
    EndReason,
    Hamlet,
    Handoff,
    HelpSession,
    Language,
    Mentee,
    Mentor,
    MentorCapacity,
    Mentorship,
    Pause,
    Person,
    PersonLanguage,
    SupportPost,
    Ward,
    WardBorder,
    db,
)

ACCOUNT_PEOPLE = AccountPerson.__table__
ATTENDANCES = Attendance.__table__
CAPACITIES = MentorCapacity.__table__
CONFIRMED_SESSIONS = ConfirmedSession.__table__
CONTACTS = Contact.__table__
DESK_DAYS = DeskDay.__table__
DISTINCT_PEOPLE = DistinctPeople.__table__
DUTY_HOLIDAYS = DutyHoliday.__table__
DUTY_LEAVES = DutyLeave.__table__
DUTY_PATTERNS = DutyPattern.__table__
DUTY_TURNS = DutyTurn.__table__
END_REASONS = EndReason.__table__
HAMLETS = Hamlet.__table__
HANDOFFS = Handoff.__table__
HELP_SESSIONS = HelpSession.__table__
LANGUAGES = Language.__table__
MENTEES = Mentee.__table__
MENTORS = Mentor.__table__
MENTORSHIPS = Mentorship.__table__
PAUSES = Pause.__table__
PERSONS = Person.__table__
PERSON_LANGUAGES = PersonLanguage.__table__
POSTS = SupportPost.__table__
WARDS = Ward.__table__
WARD_BORDERS = WardBorder.__table__

# The person that another one was merged into counts for both.
CANONICAL_ID = func.coalesce(PERSONS.c.merged_into_id, PERSONS.c.id)

ROWS_AT_ONCE = 1_000


class _Days(dict[Any, date | None]):
    """Each day once, by what the driver gives for it: the day itself or its text."""

    def __missing__(self, given: date | str) -> date:
        day = given if isinstance(given, date) else date.fromisoformat(given)
        self[given] = day
        return day


class _SharedDate(TypeDecorator[date]):
    """A date of which equal values come back as one object.

    A network has ten times as many dates as rows, and no more days than some years have.
    """

    impl = Date
    cache_ok = True
    days = _Days({None: None})

    def result_processor(
        self,
        dialect: Dialect,  # noqa: ARG002  # as SQLAlchemy has it
        coltype: object,  # noqa: ARG002  # as SQLAlchemy has it
    ) -> Callable[[Any | None], date | None]:
        """Return how a value of the driver becomes a date."""
        return self.days.__getitem__


class SharedNumbers(dict[int, int]):
    """Each number once, for one reading: ids of people and spells are found in many rows."""

    def __missing__(self, number: int) -> int:
        self[number] = number
        return number


def shared_date(day: ColumnElement[date] | ColumnElement[date | None]) -> ColumnElement[Any]:
    """Return the date as one object for all rows with the same one."""
    return type_coerce(day, _SharedDate())


def living(*tables: FromClause) -> ColumnElement[bool]:
    """Return the condition that the rows of the tables were not deleted."""
    return and_(*(table.c.deleted_at.is_(None) for table in tables))


def open_on(spells: FromClause, day: BindParameter[date]) -> ColumnElement[bool]:
    """Return the condition that a spell is open on a day: `Spell.is_open_on` for a table."""
    return and_(
        spells.c.started_on <= day, or_(spells.c.ended_on.is_(None), spells.c.ended_on > day)
    )


def chain_of(spells: FromClause) -> ColumnElement[int]:
    """Return the id of the first link of the chain that a spell or a pairing belongs to."""
    return func.coalesce(spells.c.origin_id, spells.c.id)


def many_rows(
    statement: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]],
    values: Mapping[str, Any] | None = None,
) -> Iterator[Any]:
    """Return the rows of a statement; for many rows faster than one by one or all at once."""
    return chain.from_iterable(db.session.execute(statement, values).partitions(ROWS_AT_ONCE))
