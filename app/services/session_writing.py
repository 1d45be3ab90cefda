"""What the services about help sessions share: values of a form become rows. Commits nothing."""

from dataclasses import dataclass
from datetime import date

from app import clock
from app.access.scope import WardScope
from app.queries.duty import find_own_post_id
from app.services.reporting_periods import period_counting
from models import HelpSession, HelpSessionGroup, db
from models.enums import HelpMode, HelpResult


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionDetails:
    """One turn of help as it was entered; ids are of catalogue rows, `minutes` 1–600."""

    procedure_id: int
    mode: HelpMode
    result: HelpResult
    is_first_this_year: bool
    service_date: date
    obstacle_id: int | None = None
    language_id: int | None = None
    minutes: int | None = None
    group_ids: frozenset[int] = frozenset()
    note: str | None = None


def write_details(session: HelpSession, details: SessionDetails) -> None:
    """Make a session what was entered, its day and its groups apart."""
    session.procedure_id = details.procedure_id
    session.mode = details.mode
    session.result = details.result
    session.is_first_this_year = details.is_first_this_year
    session.obstacle_id = details.obstacle_id
    session.language_id = details.language_id
    session.minutes = details.minutes
    session.note = details.note


def write_day(scope: WardScope, session: HelpSession, day: date) -> None:
    """Date a session: with it go the hour, the post held that day, and the report that counts it.

    The hour is known only of what is entered on the day itself.
    """
    session.service_date = day
    is_today = day == clock.today()
    session.service_time = (
        clock.local_time(clock.now()).time().replace(second=0, microsecond=0) if is_today else None
    )
    session.support_post_id = find_own_post_id(scope, session.ward_id, day)
    session.reported_in_id = period_counting(day)


def add_groups(session: HelpSession, group_ids: frozenset[int]) -> None:
    """Note the target groups of the visitor."""
    db.session.add_all(
        HelpSessionGroup(help_session_id=session.id, target_group_id=group_id)
        for group_id in sorted(group_ids)
    )
