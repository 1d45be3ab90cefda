"""The funnel from the desk to «tự làm được», by ward; what it means stands in `graphs.funnel`.

The state of a hand-on is that of `hand_on_outcomes`, so that each number has its list.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Integer, cast, func, select

from app.access.scope import WardScope
from app.queries.hand_on_outcomes import HandoffState, outcomes
from graphs.funnel import Funnel
from models import DeskDay, Handoff, HelpSession, db
from models.enums import FollowUpAnswer, LearningOffer

Numbers = dict[int, dict[str, int]]


def count_funnels(
    scope: WardScope, first_day: date, last_day: date, *, as_of: date
) -> dict[int, Funnel]:
    """Return the funnel of the sessions of the days `[first_day, last_day]`, by ward id.

    `as_of` is the day on which it is asked what became of them. A ward without sessions is absent.
    """
    numbers: Numbers = defaultdict(lambda: defaultdict(int))
    for ward_id, name, count in _counted(scope, first_day, last_day, as_of):
        numbers[ward_id][name] += count
    return {ward_id: Funnel(**found) for ward_id, found in numbers.items()}


def _counted(
    scope: WardScope, first_day: date, last_day: date, as_of: date
) -> Iterator[tuple[int, str, int]]:
    for ward_id, sessions in _sessions(scope, first_day, last_day):
        yield ward_id, "sessions", sessions
    for ward_id, declined in _declined(scope, first_day, last_day):
        yield ward_id, "declined", declined
    for ward_id, state, has_met, answer, count in _handed_on(scope, first_day, last_day, as_of):
        yield ward_id, _place(state, has_met=bool(has_met)), count
        if answer is not None:
            yield ward_id, FollowUpAnswer(answer).value, count


def _place(state: str, *, has_met: bool) -> str:
    if state == HandoffState.PAIRED:
        return "met" if has_met else "unmet"
    return state


def _sessions(scope: WardScope, first_day: date, last_day: date) -> list[Any]:
    statement = (
        select(DeskDay.ward_id, cast(func.sum(DeskDay.sessions), Integer))
        .where(scope.limit(DeskDay.ward_id), DeskDay.service_date.between(first_day, last_day))
        .group_by(DeskDay.ward_id)
    )
    return list(db.session.execute(statement))


def _declined(scope: WardScope, first_day: date, last_day: date) -> list[Any]:
    is_handed_on = select(Handoff.id).where(Handoff.help_session_id == HelpSession.id).exists()
    statement = (
        select(HelpSession.ward_id, func.count(HelpSession.id))
        .where(
            scope.limit(HelpSession.ward_id),
            HelpSession.service_date.between(first_day, last_day),
            HelpSession.learning_offer == LearningOffer.DECLINED,
            ~is_handed_on,
        )
        .group_by(HelpSession.ward_id)
    )
    return list(db.session.execute(statement))


def _handed_on(scope: WardScope, first_day: date, last_day: date, as_of: date) -> list[Any]:
    told = outcomes(scope, as_of).c
    has_met = told.met_on.is_not(None)
    statement = (
        select(told.ward_id, told.state, has_met, told.answer, func.count())
        .join(HelpSession, HelpSession.id == told.help_session_id)
        .where(HelpSession.service_date.between(first_day, last_day))
        .group_by(told.ward_id, told.state, has_met, told.answer)
    )
    return list(db.session.execute(statement))
