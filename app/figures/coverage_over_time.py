"""Coverage on paper and in fact over the last twelve months."""

from collections.abc import Sequence
from datetime import date

from app.figures.figure import Cell, Figure, FigureQuery, FigureTable
from app.formatting import format_day, format_number
from app.queries.kept_coverage import Coverage, get_coverage
from app.texts import _
from graphs.figures.coverage_over_time import (
    PROVINCE_HEIGHT,
    WARD_HEIGHT,
    ProvinceLabels,
    Support,
    WardLabels,
    draw_province_coverage,
    draw_ward_coverage,
    province_coverage,
    support_of,
    ward_coverage,
)
from graphs.figures.theme import Plot
from graphs.ward_history import CoveragePoint


def make_coverage_over_time(query: FigureQuery) -> Figure:
    """Return the coverage of the scope's wards together, or of one ward, month by month."""
    coverage = get_coverage(query.scope, query.day)
    points = coverage.points
    is_ward = query.ward is not None
    return Figure(
        name="do-phu",
        title=_tell(points),
        caption=_(
            "Số liệu cuối mỗi tháng của 12 tháng qua và của ngày được xem. Đường liền: thực chất;"
            " đường đứt: trên giấy."
        ),
        definition=_define(coverage),
        as_of=query.day,
        draw=lambda: _draw_ward(points) if is_ward else _draw_province(points),
        tabulate=lambda: _ward_table(points) if is_ward else _province_table(points),
        height=WARD_HEIGHT if is_ward else PROVINCE_HEIGHT,
        empty_message=_(
            "Chưa có dữ liệu trong 12 tháng qua. Khi đã nhập mentor, người học và nhân sự hỗ trợ,"
            " hình này cho thấy mạng lưới lớn lên thế nào qua từng tháng."
        ),
    )


def _tell(points: Sequence[CoveragePoint]) -> str:
    """Compare the first day with data with the last one, by mentors who meet the floor in fact."""
    known = [point for point in points if point.mentors]
    if len(known) < 2:  # noqa: PLR2004  # two days make a comparison
        return str(_("Độ phủ thay đổi thế nào trong 12 tháng qua?"))
    first, last = known[0], known[-1]
    return str(
        _(
            "Mentor đủ người học, thực chất: %(now)s/%(now_of)s, so với %(then)s/%(then_of)s vào"
            " ngày %(day)s",
            now=format_number(last.mentors_meeting_floor_in_fact),
            now_of=format_number(last.mentors),
            then=format_number(first.mentors_meeting_floor_in_fact),
            then_of=format_number(first.mentors),
            day=format_day(first.day),
        )
    )


def _define(coverage: Coverage) -> str:
    settings = coverage.thresholds
    return str(
        _(
            "Mentor đủ người học trên giấy: có từ %(floor)s người học được tính; thực chất: ít nhất"
            " %(floor)s người trong số đó đã được gặp (người đang học: trong %(contact)s ngày)."
            " Có hỗ trợ trên giấy: có nhân sự hỗ trợ đang làm việc; thực chất: trong %(desk)s ngày"
            " còn có lượt hỗ trợ hoặc buổi trực. Mỗi ngày được tính theo cách tính có hiệu lực vào"
            " ngày đó. Tháng chưa có dữ liệu để trống, không phải là số 0.",
            floor=settings.floor,
            contact=settings.contact_days,
            desk=settings.desk_days,
        )
    )


def _draw_province(points: Sequence[CoveragePoint]) -> Plot:
    coverage = province_coverage(points)
    return draw_province_coverage(
        coverage,
        ProvinceLabels(
            days=_name_days(points),
            days_axis=_("Cuối tháng"),
            floor_heading=_("Mentor đủ người học (% số mentor)"),
            support_heading=_(
                "Xã, phường có nhân sự hỗ trợ (trên %(wards)s)", wards=coverage.wards
            ),
            share_axis="",
            wards_axis="",
            on_paper=_("Trên giấy"),
            in_fact=_("Thực chất"),
            no_data=_("Chưa có dữ liệu"),
        ),
    )


def _draw_ward(points: Sequence[CoveragePoint]) -> Plot:
    return draw_ward_coverage(
        ward_coverage(points),
        WardLabels(
            days=_name_days(points),
            days_axis=_("Cuối tháng"),
            mentors_heading=_("Mentor đủ người học (người)"),
            mentees_heading=_("Người học (người)"),
            support_heading=_("Hỗ trợ tại quầy<br>✓ thực chất, ● trên giấy, ▲ chưa có"),
            people_axis="",
            mentors=_("Tất cả"),
            on_paper=_("Trên giấy"),
            in_fact=_("Thực chất"),
            mentees=_("Tất cả"),
            waiting=_("Đang chờ"),
            no_data=_("chưa có dữ liệu"),
            support=_say_support(),
        ),
    )


def _say_support() -> dict[Support, str]:
    return {
        Support.NONE: _("▲ Chưa có"),
        Support.ON_PAPER: _("● Trên giấy"),
        Support.IN_FACT: _("✓ Thực chất"),
    }


def _name_days(points: Sequence[CoveragePoint]) -> tuple[str, ...]:
    """Name every other month end, with the year where one begins; the last day in full."""
    *months, last = [point.day for point in points]
    names = [_name_month(months, place) for place in range(len(months))]
    return (*names, f"{last.day}/{last.month}")


def _name_month(months: Sequence[date], place: int) -> str:
    """Leave out every other month, and the first year where the next one would stand too near."""
    month = months[place]
    if place % 2:
        return ""
    if month.month <= 2 or (place == 0 and month.month < 11):  # noqa: PLR2004  # months of a year
        return f"{month.month}<br>{month.year}"
    return str(month.month)


def _province_table(points: Sequence[CoveragePoint]) -> FigureTable:
    return FigureTable(
        headings=(
            _("Ngày"),
            _("Mentor"),
            _("Đủ người học trên giấy"),
            _("Đủ người học thực chất"),
            _("Người học"),
            _("Đang chờ"),
            _("Xã, phường có hỗ trợ trên giấy"),
            _("Xã, phường có hỗ trợ thực chất"),
            _("Xã, phường chưa có dữ liệu"),
            _("Tất cả xã, phường"),
        ),
        rows=tuple(
            (
                *_people(point),
                *_if_known(point, point.wards_with_support, point.wards_with_support_in_fact),
                point.wards_no_data,
                point.wards,
            )
            for point in points
        ),
    )


def _ward_table(points: Sequence[CoveragePoint]) -> FigureTable:
    words = _say_support()
    return FigureTable(
        headings=(
            _("Ngày"),
            _("Mentor"),
            _("Đủ người học trên giấy"),
            _("Đủ người học thực chất"),
            _("Người học"),
            _("Đang chờ"),
            _("Hỗ trợ tại quầy"),
        ),
        rows=tuple(
            (*_people(point), *_if_known(point, words[support_of(point)])) for point in points
        ),
    )


def _people(point: CoveragePoint) -> tuple[Cell, ...]:
    return (
        point.day,
        *_if_known(
            point,
            point.mentors,
            point.mentors_meeting_floor,
            point.mentors_meeting_floor_in_fact,
            point.mentees,
            point.mentees_waiting,
        ),
    )


def _if_known(point: CoveragePoint, *cells: Cell) -> tuple[Cell, ...]:
    """Without data a figure is unknown, and not 0."""
    return cells if point.has_data else (None,) * len(cells)
