"""The sheet of a week at the desk: who takes which half day, who is away, what stays open."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from app.desk.duties import Duties, Duty, Half, Stand, arrange_duties, find_gaps
from app.queries.duty import PostRow
from app.queries.duty_plan import DutyFacts
from app.texts import _
from models.enums import HalfDay

DAYS = 7


class HalfDayCell(NamedTuple):
    """Half a day of a post: what is known of it, and in words what is unusual about it.

    `can_be_performed`: not done so far, up to today.
    """

    half_day: HalfDay
    duty: Duty | None
    note: str
    can_be_performed: bool

    @property
    def is_performed(self) -> bool:
        return self.duty is not None and self.duty.stand is Stand.PERFORMED

    @property
    def is_extra(self) -> bool:
        """A turn beside the pattern that is still to be taken."""
        return self.duty is not None and self.duty.stand is Stand.EXTRA


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
        return any(half.duty is not None for day in self.days for half in day.halves)


class DeskDay(NamedTuple):
    """A day of a ward's desk: the halves without anybody, and those on which it is closed."""

    day: date
    gaps: Sequence[HalfDay]
    closed: Sequence[HalfDay]


class DeskWeek(NamedTuple):
    ward_id: int
    ward_name: str
    days: Sequence[DeskDay]

    @property
    def gap_count(self) -> int:
        return sum(len(day.gaps) for day in self.days)


class Sheets(NamedTuple):
    """The posts of some days, and the desks at which they sit."""

    posts: Sequence[PostWeek]
    desks: Sequence[DeskWeek]


def monday_of(day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def week_from(monday: date) -> list[date]:
    """Return the seven days of a week."""
    return [monday + timedelta(days=offset) for offset in range(DAYS)]


def arrange_sheets(
    facts: DutyFacts,
    posts: Sequence[PostRow],
    visitors: Sequence[PostRow],
    days: Sequence[date],
    today: date,
) -> Sheets:
    """Return the posts held on some of the days, those who come to help, and their desks."""
    duties = arrange_duties(facts, days)
    wards = {post.ward_id: post.ward_name for post in posts}
    names = {post.id: post for post in (*posts, *visitors)}
    coming = [
        post
        for post in visitors
        if any(duty.post_id == post.id and duty.ward_id in wards for duty in duties.values())
    ]
    sheets = [
        PostWeek(post, [_day_cell(post, day, duties, names, today) for day in days])
        for post in (*posts, *coming)
    ]
    return Sheets(
        [sheet for sheet in sheets if any(cell.is_held for cell in sheet.days)],
        [
            DeskWeek(ward, name, _desk_days(facts, duties, ward, days))
            for ward, name in wards.items()
        ],
    )


def _day_cell(
    post: PostRow, day: date, duties: Duties, names: Mapping[int, PostRow], today: date
) -> DayCell:
    halves = []
    for half_day in HalfDay:
        duty = duties.get((post.id, Half(day, half_day)))
        is_open_plan = duty is None or duty.stand not in {Stand.PERFORMED, Stand.AWAY}
        note = "" if duty is None else _note(post, duty, names)
        halves.append(HalfDayCell(half_day, duty, note, is_open_plan and day <= today))
    is_held = post.started_on <= day and (post.ended_on is None or day < post.ended_on)
    return DayCell(day, is_held, halves)


def _note(post: PostRow, duty: Duty, names: Mapping[int, PostRow]) -> str:
    """Say who is away, who stands in for whom, and where, if not at the own desk."""
    if duty.stand is Stand.AWAY:
        substitute = names.get(duty.substitute_post_id or 0)
        if substitute is None:
            return str(_("nghỉ"))
        return str(_("nghỉ, %(name)s trực thay", name=substitute.holder))
    absent = names.get(duty.for_post_id or 0)
    if absent is None:
        return ""
    if absent.ward_id != post.ward_id and duty.ward_id == absent.ward_id:
        return str(_("thay %(name)s ở %(ward)s", name=absent.holder, ward=absent.ward_name))
    return str(_("thay %(name)s", name=absent.holder))


def _desk_days(
    facts: DutyFacts, duties: Duties, ward_id: int, days: Iterable[date]
) -> list[DeskDay]:
    days = list(days)
    gaps = find_gaps(facts, duties, ward_id, days)
    closed = {(row.day, row.half_day) for row in facts.holidays if row.ward_id == ward_id}
    return [
        DeskDay(
            day,
            [half.half_day for half in gaps if half.day == day],
            [half_day for half_day in HalfDay if (day, half_day) in closed],
        )
        for day in days
    ]
