"""What people answered when they were called some weeks later, and what follows from it."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Date, Select, and_, bindparam, func, select
from sqlalchemy.orm import aliased

from app.access.scope import WardScope
from app.queries.follow_ups import is_answer, may_be_named
from app.queries.kept_statements import kept_statement, read_scoped
from models import Account, FollowUp, Mentee, Mentor, Mentorship, Person, Ward, db
from models.enums import FollowUpAnswer, FollowUpOccasion

SHOWN_DAYS = 28


class Answer(NamedTuple):
    """What somebody said, when, and who asked.

    `learning_id` is the spell in which they learn by now, `mentor_id` and `mentor` with whom.
    """

    mentee_id: int
    full_name: str
    birth_year: int | None
    ward_code: str
    ward_name: str
    occasion: FollowUpOccasion
    answer: FollowUpAnswer
    service_date: date
    asked_by: str | None
    learning_id: int | None
    mentor_id: int | None
    mentor: str | None


class FollowUpCounts(NamedTuple):
    """Answers by what was said; `unreached` are calls that reached nobody, never in the base."""

    still_able: int
    needs_help: int
    unreached: int

    @property
    def answered(self) -> int:
        """What the share of those who still manage on their own is taken of."""
        return self.still_able + self.needs_help


def list_answers(scope: WardScope, names_in: WardScope, day: date, *, at_most: int) -> list[Answer]:
    """Return the answers of the last four weeks up to a day, the latest first.

    Outside `names_in` the reader knows only those whom the desk handed on.
    """
    again, teacher = aliased(Mentee), aliased(Person)
    learns = and_(
        again.person_id == Mentee.person_id, again.is_open_on(day), scope.limit(again.ward_id)
    )
    is_taught = and_(Mentorship.mentee_id == again.id, Mentorship.is_open_on(day))
    since = day - timedelta(days=SHOWN_DAYS)
    statement = (
        select(
            FollowUp.mentee_id,
            Person.full_name,
            Person.birth_year,
            Ward.code,
            Ward.name,
            FollowUp.occasion,
            FollowUp.answer,
            FollowUp.service_date,
            Account.display_name,
            again.id,
            Mentorship.mentor_id,
            teacher.full_name,
        )
        .select_from(FollowUp)
        .join(Mentee, Mentee.id == FollowUp.mentee_id)
        .join(Person, Person.id == Mentee.person_id)
        .join(Ward, Ward.id == FollowUp.ward_id)
        .outerjoin(Account, Account.id == FollowUp.entered_by_id)
        .outerjoin(again, learns)
        .outerjoin(Mentorship, is_taught)
        .outerjoin(Mentor, Mentor.id == Mentorship.mentor_id)
        .outerjoin(teacher, teacher.id == Mentor.person_id)
        .where(scope.limit(FollowUp.ward_id), may_be_named(names_in), is_answer())
        .where(FollowUp.service_date > since, FollowUp.service_date <= day)
        .order_by(FollowUp.service_date.desc(), FollowUp.id.desc())
        .limit(at_most)
    )
    return [Answer._make(row) for row in db.session.execute(statement)]


def count_follow_ups(scope: WardScope, first_day: date, last_day: date) -> FollowUpCounts:
    """Return what was answered on the days `[first_day, last_day]`."""
    [counts] = read_scoped(scope, _counts, first_day=first_day, last_day=last_day)
    return FollowUpCounts._make(counts)


@kept_statement
def _counts(scope: WardScope) -> Select[*tuple[Any, ...]]:
    counted = (
        func.count(FollowUp.id).filter(FollowUp.answer == answer)
        for answer in (
            FollowUpAnswer.STILL_ABLE,
            FollowUpAnswer.NEEDS_HELP,
            FollowUpAnswer.UNREACHED,
        )
    )
    first_day, last_day = (bindparam(name, type_=Date()) for name in ("first_day", "last_day"))
    return select(*counted).where(
        scope.limit(FollowUp.ward_id), FollowUp.service_date.between(first_day, last_day)
    )
