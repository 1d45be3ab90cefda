"""Says on which half-days of a week somebody sits at the desk, from a day on."""

from dataclasses import dataclass
from datetime import date

from app import clock
from app.access.scope import WardScope
from app.errors import EditConflictError, PostNotOpenError
from app.formatting import format_day
from app.queries.duty import load_post
from app.queries.duty_leave import ONE_DAY
from app.queries.duty_pattern import get_pattern_edition, load_patterns
from app.services.transaction import Receipt, transaction
from models import DutyPattern, db


@dataclass(frozen=True, kw_only=True, slots=True)
class WeeklyPlan:
    """Halves of the week (see `models.duty.week_half`) from the first to the last day, if any."""

    week_halves: frozenset[int]
    first_day: date
    last_day: date | None = None


def set_duty_pattern(
    scope: WardScope,
    post_id: int,
    plan: WeeklyPlan,
    *,
    seen_edition: int,
    request_key: str | None = None,
) -> Receipt:
    """Write the pattern that holds from a day on; what was in force before ends on that day.

    Raises `EditConflictError` when it changed since `seen_edition`, `PostNotOpenError`,
    `OutOfScopeError`.
    """
    with transaction(scope, "duty_pattern_set", request_key=request_key) as unit:
        post = load_post(scope, post_id)
        if not post.is_open_on(plan.first_day):
            raise PostNotOpenError(day=format_day(plan.first_day))
        if get_pattern_edition(scope, post_id) != seen_edition:
            raise EditConflictError
        kept = _end_others(load_patterns(scope, post_id, plan.first_day), plan)
        # What was there makes room first: no half of the week is taken twice on a day.
        db.session.flush()
        db.session.add_all(
            DutyPattern(
                support_post_id=post_id,
                week_half=half,
                started_on=plan.first_day,
                ended_on=_end_of(plan),
            )
            for half in sorted(plan.week_halves - kept)
        )
        unit.about(post, ward_id=post.ward_id)
    return unit.receipt


def _end_others(rows: list[DutyPattern], plan: WeeklyPlan) -> set[int]:
    """End what the plan replaces, and return the halves that it leaves as they are."""
    kept = set()
    for row in rows:
        is_early = row.started_on < plan.first_day
        is_same = row.week_half in plan.week_halves and row.ended_on == _end_of(plan)
        if is_same and row.started_on <= plan.first_day:
            kept.add(row.week_half)
        elif is_early:
            row.ended_on = plan.first_day
        else:
            row.deleted_at = clock.now()
    return kept


def _end_of(plan: WeeklyPlan) -> date | None:
    return None if plan.last_day is None else plan.last_day + ONE_DAY
