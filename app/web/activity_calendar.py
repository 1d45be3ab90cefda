"""The calendar of activities: a month or a week, and who had no class in the week."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.access.scope import WardScope
from app.formatting import format_day
from app.queries.activity_figures import list_wards_without_class
from app.queries.activity_lists import CalendarEntry, count_by_day, list_calendar
from app.queries.wards import WardCard, list_present_wards
from app.texts import _
from app.web.arguments import day_argument, ward_code_argument
from app.web.duty_week import monday_of, week_from
from app.web.ward_choice import chosen_ward, narrowed_to
from app.wording import ACTIVITY_KIND_LABELS

blueprint = Blueprint("activity_calendar", __name__, url_prefix="/hoat-dong/lich")

WEEK = timedelta(days=7)
FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2100, 1, 1)
# A calendar of the whole province shows so many, and says how many there are on each day.
MOST_OF_MONTH, MOST_OF_DAY = 2_000, 4
DAY_NAMES = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
WEEK_VIEW = "tuan"


class CalendarDay(NamedTuple):
    """A day with its activities; `total` is of all of them, `is_inside` of the month shown."""

    day: date
    name: str
    entries: Sequence[CalendarEntry]
    total: int
    is_inside: bool
    is_today: bool


class View(NamedTuple):
    """What stretch is shown: its days, its name, and the days by which its neighbours are found."""

    is_week: bool
    days: Sequence[date]
    first: date
    last: date
    title: str
    before: date
    after: date


@blueprint.get("")
@requires(Permission.VIEW_ACTIVITIES)
def index() -> ResponseReturnValue:
    """Show the month of a day (`ngay`, today unless named), or its week (`kieu=tuan`)."""
    scope, today = current_scope(), clock.today()
    ward = chosen_ward(scope)
    narrowed = narrowed_to(scope, ward)
    day = min(max(day_argument("ngay") or today, FIRST_DAY), LAST_DAY)
    is_week = request.args.get("kieu") == WEEK_VIEW
    view = _week(day) if is_week else _month(day)
    monday = monday_of(day if is_week else _day_of_week_asked(view, today))
    without = list_wards_without_class(narrowed, monday)
    return render_template(
        "activities/calendar.html",
        view=view,
        weeks=_weeks(narrowed, view, today),
        day=day,
        today=today,
        ward=ward,
        wards=[] if scope.only_ward_id is not None else list_present_wards(scope),
        ward_code=ward_code_argument(),
        monday=monday,
        sunday=monday + WEEK - timedelta(days=1),
        is_this_week=monday == monday_of(today),
        without=without,
        ward_count=_ward_count(narrowed, ward),
        kinds=ACTIVITY_KIND_LABELS,
        day_names=DAY_NAMES,
        links=_links(view, day, ward),
    )


def _day_of_week_asked(view: View, today: date) -> date:
    """Return today in its own month; of other months the first day."""
    return today if view.first <= today <= view.last else view.first


def _ward_count(scope: WardScope, ward: WardCard | None) -> int:
    return 1 if ward is not None else len(list_present_wards(scope))


def _week(day: date) -> View:
    monday = monday_of(day)
    days = week_from(monday)
    title = _("Tuần %(first)s – %(last)s", first=format_day(monday), last=format_day(days[-1]))
    return View(
        is_week=True,
        days=days,
        first=monday,
        last=days[-1],
        title=title,
        before=monday - WEEK,
        after=monday + WEEK,
    )


def _month(day: date) -> View:
    first = day.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    last = following - timedelta(days=1)
    begins, ends = monday_of(first), monday_of(last) + WEEK
    days = [begins + timedelta(days=step) for step in range((ends - begins).days)]
    return View(
        is_week=False,
        days=days,
        first=first,
        last=last,
        title=_("Tháng %(month)s/%(year)s", month=first.month, year=first.year),
        before=(first - timedelta(days=1)).replace(day=1),
        after=following,
    )


def _weeks(scope: WardScope, view: View, today: date) -> list[list[CalendarDay]]:
    first, last = view.days[0], view.days[-1]
    counts = count_by_day(scope, first, last)
    by_day: defaultdict[date, list[CalendarEntry]] = defaultdict(list)
    for entry in list_calendar(scope, first, last, at_most=MOST_OF_MONTH):
        by_day[entry.service_date].append(entry)
    most = MOST_OF_MONTH if view.is_week else MOST_OF_DAY
    cells = [
        CalendarDay(
            day,
            DAY_NAMES[day.weekday()],
            by_day[day][:most],
            counts.get(day, 0),
            view.first <= day <= view.last,
            day == today,
        )
        for day in view.days
    ]
    return [cells[start : start + 7] for start in range(0, len(cells), 7)]


def _links(view: View, day: date, ward: WardCard | None) -> dict[str, str]:
    code = ward_code_argument() if ward is not None else None
    kind = WEEK_VIEW if view.is_week else None
    return {
        "before": url_for(".index", ngay=format_day(view.before), kieu=kind, xa=code),
        "after": url_for(".index", ngay=format_day(view.after), kieu=kind, xa=code),
        "present": url_for(".index", kieu=kind, xa=code),
        "month": url_for(".index", ngay=format_day(day), xa=code),
        "week": url_for(".index", ngay=format_day(day), kieu=WEEK_VIEW, xa=code),
    }
