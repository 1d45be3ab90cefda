"""The sheet of a week at the desk: who takes which half day."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from app.queries.duty import PostRow, TurnRow
from models.enums import HalfDay

DAYS = 7


class HalfDayCell(NamedTuple):
    """Half a day of a post: the turn, if there is one. `can_be_performed`: planned, up to today."""

    half_day: HalfDay
    turn: TurnRow | None
    can_be_performed: bool


class DayCell(NamedTuple):
    day: date
    is_held: bool
    halves: Sequence[HalfDayCell]


class PostWeek(NamedTuple):
    """A post with the seven days of a week, from Monday on."""

    post: PostRow
    days: Sequence[DayCell]

    @property
    def has_turns(self) -> bool:
        """Whether anything is planned or done in the week."""
        return any(half.turn is not None for day in self.days for half in day.halves)


def monday_of(day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def week_from(monday: date) -> list[date]:
    """Return the seven days of a week."""
    return [monday + timedelta(days=offset) for offset in range(DAYS)]


def arrange_turns(
    posts: Iterable[PostRow], turns: Iterable[TurnRow], days: Sequence[date], today: date
) -> list[PostWeek]:
    """Return the posts held on some of the days, each with its turns of those days."""
    known = {(turn.post_id, turn.day, turn.half_day): turn for turn in turns}
    sheets = [
        PostWeek(post, [_day_cell(post, day, known, today) for day in days]) for post in posts
    ]
    return [sheet for sheet in sheets if any(cell.is_held for cell in sheet.days)]


def _day_cell(
    post: PostRow, day: date, known: dict[tuple[int, date, HalfDay], TurnRow], today: date
) -> DayCell:
    halves = []
    for half_day in HalfDay:
        turn = known.get((post.id, day, half_day))
        is_open_plan = turn is None or not turn.is_performed
        halves.append(HalfDayCell(half_day, turn, is_open_plan and day <= today))
    is_held = post.started_on <= day and (post.ended_on is None or day < post.ended_on)
    return DayCell(day, is_held, halves)
