"""What the pages of duty turns say of posts: who arranges them, what is planned, what is open."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from flask import url_for

from app import clock
from app.access.current import may, require_reader
from app.access.policy import Permission
from app.access.scope import WardScope
from app.desk.duties import Duty, arrange_duties, list_unconfirmed
from app.desk.notices import DeskNotice
from app.formatting import format_day
from app.forms.duty_plan import WEEK_HALF_LABELS
from app.queries.duty import PostRow
from app.queries.duty_plan import DutyFacts, PatternFact
from app.texts import _
from app.web.duty_week import monday_of
from models.enums import HalfDay

DAY_NAMES = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
MOST_NAMED_GAPS = 4
HALF_NAMES = dict(WEEK_HALF_LABELS)


class PlannedPost(NamedTuple):
    """A post with the halves of the week that it takes: «T2 sáng», «T4 chiều»."""

    post: PostRow
    halves: Sequence[str]


class OpenDuty(NamedTuple):
    """A duty that nobody has confirmed so far."""

    duty: Duty
    post: PostRow


def list_arranged_posts(scope: WardScope, posts: Iterable[PostRow], today: date) -> list[PostRow]:
    """Return the posts that the reader plans: leaders those of their wards, staff their own.

    Where an account is not linked to anybody, its reader plans for those without an account.
    """
    there = [post for post in posts if post.ended_on is None or post.ended_on > today]
    led = WardScope.of([], scope.account_id)
    if may(Permission.ARRANGE_DUTY):
        led = require_reader().scope_for(Permission.ARRANGE_DUTY)
    has_own = any(post.is_own for post in there)
    return [
        post
        for post in there
        if led.includes(post.ward_id) or post.is_own or not (has_own or post.is_claimed)
    ]


def list_unlinked_posts(posts: Iterable[PostRow], today: date) -> list[PostRow]:
    """Return the open posts whose holders have no account, where the reader may link one."""
    if not may(Permission.EDIT_SUPPORT_POSTS):
        return []
    led = require_reader().scope_for(Permission.EDIT_SUPPORT_POSTS)
    return [
        post
        for post in posts
        if not post.is_claimed
        and led.includes(post.ward_id)
        and (post.ended_on is None or post.ended_on > today)
    ]


def is_nobody_here(posts: Iterable[PostRow]) -> bool:
    """Say whether the reader takes turns, but nobody knows which of the posts is theirs."""
    return not may(Permission.ARRANGE_DUTY) and not any(post.is_own for post in posts)


def describe_patterns(
    patterns: Iterable[PatternFact], posts: Iterable[PostRow], days: Sequence[date]
) -> list[PlannedPost]:
    """Return for each post the halves of its week, in order, in force on some of the days."""
    known = list(patterns)
    return [
        PlannedPost(
            post,
            [
                HALF_NAMES[half]
                for half in sorted(
                    {
                        pattern.week_half
                        for pattern in known
                        if pattern.post_id == post.id and pattern.started_on <= days[-1]
                    }
                )
            ],
        )
        for post in posts
    ]


def name_unconfirmed(
    scope: WardScope,
    facts: DutyFacts,
    posts: Iterable[PostRow],
    days: Sequence[date],
    today: date,
) -> list[OpenDuty]:
    """Return the duties before today that nobody confirmed, with who should have been there."""
    named = {post.id: post for post in posts}
    wards = {post.ward_id for post in named.values() if scope.includes(post.ward_id)}
    duties = arrange_duties(facts, days)
    return [
        OpenDuty(duty, named[duty.post_id])
        for duty in list_unconfirmed(duties, wards, today)
        if duty.half.day < today and duty.post_id in named
    ]


def describe_desk(notice: DeskNotice, ward_name: str, days: int) -> str:
    """Say on how many of the half-days of the next days nobody sits at a ward's desk, and when."""
    ward_name = ward_name[:1].upper() + ward_name[1:]
    if not notice.is_planned:
        return str(_("%(ward)s: chưa xếp lịch trực, nên chưa biết buổi nào trống.", ward=ward_name))
    first = [name_half(*half) for half in notice.gaps[:MOST_NAMED_GAPS]]
    more = ", …" if len(notice.gaps) > MOST_NAMED_GAPS else ""
    return str(
        _(
            "%(ward)s: %(count)s buổi trong %(days)s ngày tới chưa có ai trực (%(halves)s).",
            ward=ward_name,
            count=len(notice.gaps),
            days=days,
            halves=", ".join(first) + more,
        )
    )


def name_half(day: date, half_day: HalfDay) -> str:
    """Name half a day as «T3 24/11 sáng»."""
    half = _("sáng") if half_day is HalfDay.MORNING else _("chiều")
    return f"{DAY_NAMES[day.weekday()]} {day:%d/%m} {half}"


def week_url(day: date) -> str:
    """Return the address of the sheet of the week that a day is in."""
    is_this_week = monday_of(day) == monday_of(clock.today())
    return url_for("duty.index", ngay=None if is_this_week else format_day(day))
