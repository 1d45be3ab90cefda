"""At which hours people come to the desk."""

from datetime import timedelta

from app.figures.figure import Cell, Figure, FigureQuery, FigureTable
from app.formatting import format_number
from app.queries.desk_demand import count_by_hour
from app.texts import _
from graphs.figures.desk_by_hour import (
    DayHours,
    HourLabels,
    draw_hours,
    hours_of_day,
)

WEEKS = 4


def make_desk_by_hour(query: FigureQuery) -> Figure:
    """Return the sessions of the last four weeks by hour of day."""
    first = query.day - timedelta(weeks=WEEKS) + timedelta(days=1)
    hours = hours_of_day(count_by_hour(query.scope, first, query.day))
    return Figure(
        name="luot-theo-gio",
        title=_tell(hours),
        caption=_caption(hours),
        definition=_(
            "Cột 8, trong bảng là 8–9 giờ, gồm các lượt từ 8:00 đến trước 9:00. Giờ là giờ ghi ở"
            " lượt; lượt ghi bù hay ghi gộp thường chưa có giờ nên không vẽ vào cột nào."
        ),
        as_of=query.day,
        draw=lambda: draw_hours(hours, _labels()),
        tabulate=lambda: _table(hours),
        height=320,
        empty_message=_(
            "4 tuần qua chưa có lượt hỗ trợ nào. Khi có, hình này cho thấy giờ nào quầy đông để xếp"
            " người trực."
        ),
    )


def _caption(hours: DayHours) -> str:
    if hours.without_hour == 0:
        return str(_("Lượt hỗ trợ theo giờ trong %(weeks)s tuần qua.", weeks=WEEKS))
    return str(
        _(
            "Lượt hỗ trợ theo giờ trong %(weeks)s tuần qua; %(count)s lượt chưa có giờ để riêng.",
            weeks=WEEKS,
            count=format_number(hours.without_hour),
        )
    )


def _tell(hours: DayHours) -> str:
    busiest = hours.busiest
    if busiest is None:
        return str(_("Người dân đến quầy lúc mấy giờ?"))
    return str(
        _(
            "Quầy đông nhất từ %(hour)s đến %(next)s giờ: %(sessions)s lượt trong %(weeks)s tuần",
            hour=busiest.hour,
            next=busiest.hour + 1,
            sessions=format_number(busiest.sessions),
            weeks=WEEKS,
        )
    )


def _labels() -> HourLabels:
    return HourLabels(
        hours_axis=_("Từ giờ"), sessions_axis=_("Số lượt"), without_hour=_("chưa có giờ")
    )


def _table(hours: DayHours) -> FigureTable:
    rows: list[tuple[Cell, ...]] = [
        (_("%(hour)s–%(next)s giờ", hour=bar.hour, next=bar.hour + 1), bar.sessions)
        for bar in hours.bars
    ]
    rows.append((_("Chưa có giờ"), hours.without_hour))
    return FigureTable(headings=(_("Giờ"), _("Lượt")), rows=tuple(rows) if hours.has_data else ())
