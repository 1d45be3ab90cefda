"""Help sessions by week and by who did the procedure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from app.figures.bundled_note import with_bundled_note
from app.figures.figure import Cell, Figure, FigureQuery, FigureTable
from app.formatting import format_day, format_number
from app.queries.desk_history import first_session_day
from app.queries.desk_tallies import DayTally, read_desk_days
from app.texts import _
from graphs.figures.desk_by_week import (
    WEEK,
    DeskTally,
    WeekBar,
    WeekLabels,
    draw_weeks,
    monday_of,
    week_bars,
)
from models.enums import HelpMode

WEEKS = 26
# From here on a tenth of a session says nothing more.
MANY = 10


def make_desk_by_week(query: FigureQuery) -> Figure:
    """Return the sessions of the scope, or of one ward, in the last 26 weeks."""
    first = monday_of(query.day) - (WEEKS - 1) * WEEK
    days = read_desk_days(query.scope, first, query.day)
    begun = first_session_day(query.scope)
    bars = week_bars(_by_day(days.tallies), day=query.day, weeks=WEEKS, first_day=begun)
    return Figure(
        name="luot-theo-tuan",
        title=_tell(bars),
        caption=with_bundled_note(
            _(
                "Lượt hỗ trợ mỗi tuần (T2–CN) trong %(weeks)s tuần, theo ai là người thao tác.",
                weeks=WEEKS,
            ),
            days.bundled,
        ),
        definition=_(
            "Mỗi lần giúp là một lượt. Tự làm: người dân tự thao tác; làm cùng: có người hướng dẫn"
            " cùng làm; làm thay: nhân sự làm hộ. Người là những lượt đánh dấu lần đầu trong năm;"
            " lượt và người không cộng với nhau. Tuần trước lượt đầu tiên của xã, phường là chưa có"
            " dữ liệu, không phải là số 0."
        ),
        as_of=query.day,
        draw=lambda: draw_weeks(bars, _labels(bars)),
        tabulate=lambda: _table(bars),
        height=400,
        empty_message=_(
            "Chưa có lượt hỗ trợ nào. Khi nhân sự ghi lượt đầu tiên tại quầy, hình này cho thấy mỗi"
            " tuần giúp bao nhiêu lượt và bao nhiêu lượt người dân đã tự làm."
        ),
    )


def _by_day(tallies: Iterable[DayTally]) -> list[DeskTally]:
    days: defaultdict[date, dict[HelpMode, DayTally]] = defaultdict(dict)
    for tally in tallies:
        days[tally.service_date][tally.mode] = tally
    return [
        DeskTally(
            day=day,
            by_oneself=_sessions(modes, HelpMode.SELF),
            together=_sessions(modes, HelpMode.TOGETHER),
            on_behalf=_sessions(modes, HelpMode.ON_BEHALF),
            people=sum(tally.people for tally in modes.values()),
        )
        for day, modes in days.items()
    ]


def _sessions(modes: dict[HelpMode, DayTally], mode: HelpMode) -> int:
    return modes[mode].sessions if mode in modes else 0


def _tell(bars: Sequence[WeekBar]) -> str:
    """Compare the last whole week with the average of all whole weeks that are known."""
    over = [bar for bar in bars if bar.is_over and bar.has_data]
    if not over:
        return str(_("Mỗi tuần có bao nhiêu lượt hỗ trợ?"))
    average = sum(bar.sessions for bar in over) / len(over)
    return str(
        _(
            "%(sessions)s lượt trong tuần %(week)s; trung bình mỗi tuần %(average)s lượt",
            sessions=format_number(over[-1].sessions),
            week=_name_week(over[-1]),
            average=format_number(average, 0 if average >= MANY else 1),
        )
    )


def _labels(bars: Sequence[WeekBar]) -> WeekLabels:
    return WeekLabels(
        by_oneself=_("Tự làm"),
        together=_("Làm cùng"),
        on_behalf=_("Làm thay"),
        no_data=_("chưa có dữ liệu"),
        not_over=_("chưa hết tuần"),
        weeks=tuple(f"{bar.monday:%d/%m}" for bar in bars),
        weeks_axis=_("Tuần bắt đầu từ thứ Hai, ngày"),
        sessions_axis=_("Số lượt"),
    )


def _table(bars: Sequence[WeekBar]) -> FigureTable:
    return FigureTable(
        headings=(
            _("Tuần"),
            _("Tự làm (lượt)"),
            _("Làm cùng (lượt)"),
            _("Làm thay (lượt)"),
            _("Tất cả (lượt)"),
            _("Lần đầu trong năm (người)"),
        ),
        rows=tuple(_row(bar) for bar in bars) if any(bar.has_data for bar in bars) else (),
    )


def _row(bar: WeekBar) -> tuple[Cell, ...]:
    name = _name_week(bar) if bar.is_over else _("%(week)s (chưa hết tuần)", week=_name_week(bar))
    figures = (bar.by_oneself, bar.together, bar.on_behalf, bar.sessions, bar.people)
    return (name, *(figures if bar.has_data else (None,) * len(figures)))


def _name_week(bar: WeekBar) -> str:
    sunday = bar.monday + WEEK - timedelta(days=1)
    return f"{bar.monday:%d/%m}\u00a0– {format_day(sunday)}"
