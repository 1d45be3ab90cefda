"""Whom to call and ask whether they still manage on their own, and what they answered.

Asked is who was handed on from the desk, from the day a mentor took them on, and who completed,
from that day. The definition stands here alone; the pages and docs/definitions.md tell it.
"""

from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Subquery, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.kept_answers import CALL_KINDS, KeptAnswers
from app.queries.kept_statements import kept_statement, read_scoped
from models import (
    Consent,
    EndReason,
    FollowUp,
    Handoff,
    Mentee,
    Mentorship,
    Person,
    Ward,
    db,
)
from models.enums import FollowUpAnswer, FollowUpOccasion

# Days after the occasion: from when on somebody is called, from when on the call is overdue, and
# when it is too late to learn what two to four weeks have left.
FIRST_DAY, LAST_DAY, TOO_LATE_DAY = 14, 28, 56
# Who was not reached is left alone for so many days.
RETRY_DAYS = 3

# The second scope of a statement: in which wards names are known.
NAMED = "named"


class Call(NamedTuple):
    """Somebody to be called; `since` is the day of the occasion, `phone` E.164 and to be masked.

    `attempts` is how often nobody was reached, `tried_on` the last time.
    """

    mentee_id: int
    occasion: FollowUpOccasion
    since: date
    full_name: str
    birth_year: int | None
    phone: str | None
    ward_id: int
    ward_name: str
    attempts: int
    tried_on: date | None

    @property
    def due_by(self) -> date:
        """The last day on which the call is in time."""
        return self.since + timedelta(days=LAST_DAY)

    def is_overdue(self, day: date) -> bool:
        """Say whether the call should have been made by now."""
        return day > self.due_by

    def is_resting(self, day: date) -> bool:
        """Say whether somebody tried in vain only lately."""
        return self.tried_on is not None and self.tried_on > day - timedelta(days=RETRY_DAYS)


class CallCounts(NamedTuple):
    """How many are to be called today; `overdue` of them should have been called before."""

    due: int
    overdue: int


class _Asked(NamedTuple):
    ward_ids: frozenset[int] | None
    named_ward_ids: frozenset[int] | None
    day: date


# Of every ward's leader and desk; the home pages of both ask.
MOST_KEPT = 512
MADE_OF = CALL_KINDS | {"end_reasons", "handoffs", "mentees", "mentorships", "persons", "wards"}
KEPT: KeptAnswers[_Asked, CallCounts] = KeptAnswers(MOST_KEPT, MADE_OF)


def list_calls(
    scope: WardScope, names_in: WardScope, day: date, *, offset: int, size: int
) -> list[Call]:
    """Return one part of those to be called, whom nobody tried lately first, then the longest ago.

    Outside `names_in` the reader knows only those whom the desk handed on.
    """
    calls = _calls(scope, names_in, day).subquery().c
    order = (_rests(calls, day), calls.since, calls.mentee_id)
    statement = select(*calls).order_by(*order).offset(offset).limit(size)
    return [Call._make(row) for row in db.session.execute(statement)]


def count_calls(scope: WardScope, names_in: WardScope, day: date) -> int:
    """Return how many `list_calls` tells of."""
    calls = _calls(scope, names_in, day).subquery()
    return db.session.scalar(select(func.count()).select_from(calls)) or 0


def count_due_calls(scope: WardScope, names_in: WardScope, day: date) -> CallCounts:
    """Return how many are to be called now; whom somebody tried lately is left out."""
    asked = _Asked(scope.ward_ids, names_in.ward_ids, day)
    return KEPT.answer(asked, lambda: _count_due_calls(scope, names_in, day))


def _count_due_calls(scope: WardScope, names_in: WardScope, day: date) -> CallCounts:
    named = names_in.parameters(NAMED)
    [counts] = read_scoped(scope, _due_calls, names_in.as_parameter(NAMED), day, **named)
    return CallCounts._make(counts)


@kept_statement
def _due_calls(scope: WardScope, names_in: WardScope, day: date) -> Select[int, int]:
    calls = _calls(scope, names_in, day).subquery().c
    overdue = func.count().filter(calls.since < day - timedelta(days=LAST_DAY))
    return select(func.count(), overdue).where(~_rests(calls, day))


def get_call(scope: WardScope, names_in: WardScope, day: date, mentee_id: int) -> Call | None:
    """Return the call to be made about a spell as mentee, or None where it was made already.

    404 where there never was one, and outside the scope.
    """
    statement = _calls(scope, names_in, day).where(Mentee.id == mentee_id)
    row = db.session.execute(statement).one_or_none()
    if row is not None:
        return Call._make(row)
    is_about = (FollowUp.mentee_id == mentee_id) & scope.limit(FollowUp.ward_id)
    made = select(FollowUp.id).join(Mentee).where(is_about, is_answer(), may_be_named(names_in))
    if db.session.scalar(made.limit(1)) is None:
        raise OutOfScopeError(Mentee, mentee_id)
    return None


def is_answer() -> ColumnElement[bool]:
    """Make the condition that somebody was reached."""
    return FollowUp.answer != FollowUpAnswer.UNREACHED


def may_be_named(scope: WardScope) -> ColumnElement[bool]:
    """Make the condition that a reader may know a mentee: in the scope, or as handed on."""
    is_handed_on = select(Handoff.id).where(Handoff.mentee_id == Mentee.id).exists()
    return or_(scope.limit(Mentee.ward_id), is_handed_on)


def _rests(
    calls: ReadOnlyColumnCollection[str, ColumnElement[Any]], day: date
) -> ColumnElement[bool]:
    return func.coalesce(calls.tried_on > day - timedelta(days=RETRY_DAYS), False)


def _calls(scope: WardScope, names_in: WardScope, day: date) -> Select[*tuple[Any, ...]]:
    asked = _occasions(scope, day)
    is_about = and_(
        FollowUp.mentee_id == asked.c.mentee_id,
        FollowUp.occasion == asked.c.occasion,
        FollowUp.service_date <= day,
    )
    is_answered = select(FollowUp.id).where(is_about, is_answer()).exists()
    attempts = select(func.count(FollowUp.id)).where(is_about).scalar_subquery()
    tried_on = select(func.max(FollowUp.service_date)).where(is_about).scalar_subquery()
    return (
        select(
            asked.c.mentee_id,
            asked.c.occasion,
            asked.c.since,
            Person.full_name,
            Person.birth_year,
            Person.phone,
            Mentee.ward_id,
            Ward.name,
            attempts.label("attempts"),
            tried_on.label("tried_on"),
        )
        .join(Mentee, Mentee.id == asked.c.mentee_id)
        .join(Person, Person.id == Mentee.person_id)
        .join(Ward, Ward.id == Mentee.ward_id)
        .where(~is_answered, may_be_named(names_in), _may_be_called())
    )


def _occasions(scope: WardScope, day: date) -> Subquery:
    """Return since when each spell as mentee has something to be asked about.

    Who was handed on is asked while still learning, who completed about that: once for each spell.
    """
    first_start = func.min(Mentorship.started_on)
    paired = (
        select(
            Mentee.id.label("mentee_id"),
            _told(FollowUpOccasion.PAIRED),
            first_start.label("since"),
        )
        .join(Handoff, Handoff.mentee_id == Mentee.id)
        .join(Mentorship, Mentorship.mentee_id == Mentee.id)
        .where(scope.limit(Mentee.ward_id), Mentee.is_open_on(day))
        .where(Mentorship.started_on >= Handoff.handed_on)
        .group_by(Mentee.id)
        .having(_is_time(first_start, day))
    )
    completed = (
        select(Mentee.id, _told(FollowUpOccasion.COMPLETED), Mentee.ended_on)
        .join(EndReason, EndReason.id == Mentee.end_reason_id)
        .where(scope.limit(Mentee.ward_id), EndReason.is_completion)
        .where(_is_time(Mentee.ended_on, day))
    )
    return union_all(paired, completed).subquery()


def _told(occasion: FollowUpOccasion) -> ColumnElement[FollowUpOccasion]:
    return literal(occasion, FollowUp.occasion.type).label("occasion")


def _is_time(
    since: ColumnElement[date] | InstrumentedAttribute[date | None], day: date
) -> ColumnElement[bool]:
    earliest, latest = day - timedelta(days=TOO_LATE_DAY), day - timedelta(days=FIRST_DAY)
    return and_(since > earliest, since <= latest)


def _may_be_called() -> ColumnElement[bool]:
    """Leave out who took back every consent, and who is no longer known by name."""
    of_person = select(Consent.id).where(Consent.person_id == Person.id)
    is_withdrawn = of_person.where(Consent.withdrawn_on.is_not(None)).exists()
    is_given = of_person.where(Consent.withdrawn_on.is_(None)).exists()
    return and_(Person.anonymised_at.is_(None), or_(is_given, ~is_withdrawn))
