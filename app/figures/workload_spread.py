"""Mentors by how many people they guide."""

from app.figures.figure import Figure, FigureQuery, FigureTable
from app.formatting import format_number
from app.queries.kept_coverage import get_coverage
from app.texts import _
from graphs.figures.workload_spread import (
    WorkloadLabels,
    WorkloadSpread,
    draw_workload,
    spread_workload,
)


def make_workload_spread(query: FigureQuery) -> Figure:
    """Return the mentors of the scope, or of one ward, by their number of mentees."""
    coverage = get_coverage(query.scope, query.day)
    floor = coverage.thresholds.floor
    spread = spread_workload(coverage.loads, floor=floor)
    bars = _name_bars(spread)
    return Figure(
        name="muc-nguoi-hoc",
        title=_tell(spread),
        caption=_("Mỗi cột là số mentor đang hướng dẫn từng ấy người học."),
        definition=_define(floor, coverage.thresholds.contact_days),
        as_of=query.day,
        draw=lambda: draw_workload(spread, _labels(spread, bars)),
        tabulate=lambda: _table(spread, bars),
        height=400,
        empty_message=_(
            "Chưa có mentor nào. Thêm mentor rồi ghép người học, hình này sẽ cho thấy ai đã đủ"
            " người học, ai còn thiếu bao nhiêu."
        ),
    )


def _tell(spread: WorkloadSpread) -> str:
    if not spread.mentors:
        return str(_("Mỗi mentor đang hướng dẫn bao nhiêu người học?"))
    return str(
        _(
            "%(on_paper)s/%(mentors)s mentor đã đủ %(floor)s người học trên giấy, %(in_fact)s đủ"
            " thực chất",
            on_paper=format_number(spread.on_paper),
            mentors=format_number(spread.mentors),
            floor=spread.floor,
            in_fact=format_number(spread.in_fact),
        )
    )


def _define(floor: int, contact_days: int) -> str:
    return str(
        _(
            "Người học được tính là người đang học với mentor, hoặc đã học xong trong năm nếu cách"
            " tính cho phép. Đủ trên giấy: có từ %(floor)s người học được tính. Đủ thực"
            " chất: ít nhất %(floor)s người trong số đó đã được gặp, người đang học thì trong"
            " %(days)s ngày qua. Mentor tạm nghỉ đứng riêng, không tính là đủ hay chưa đủ.",
            floor=floor,
            days=contact_days,
        )
    )


def _name_bars(spread: WorkloadSpread) -> tuple[str, ...]:
    """Name the bars «0», «1», …, and the last one «11+»."""
    *single, last = spread.bars
    return (*(str(bar.guided) for bar in single), f"{last.guided}+")


def _labels(spread: WorkloadSpread, bars: tuple[str, ...]) -> WorkloadLabels:
    return WorkloadLabels(
        bars=bars,
        below=_("● Chưa đủ"),
        on_paper_alone=_("✓ Chỉ đủ trên giấy"),
        in_fact=_("✓ Đủ thực chất"),
        paused=_("Tạm nghỉ"),
        paused_bar=_("Tạm<br>nghỉ"),
        floor=_("Mức %(floor)s", floor=spread.floor),
        guided_axis=_("Số người học của một mentor"),
        mentors_axis=_("Số mentor"),
    )


def _table(spread: WorkloadSpread, bars: tuple[str, ...]) -> FigureTable:
    """One row for each bar, then the paused ones; no rows where there is no mentor at all."""
    rows: list[tuple[str | int, ...]] = [
        (name, bar.mentors, bar.in_fact, bar.guides_in_fact)
        for name, bar in zip(bars, spread.bars, strict=True)
    ]
    rows.append((_("Tạm nghỉ"), spread.paused, "", ""))
    return FigureTable(
        headings=(
            _("Số người học"),
            _("Mentor, theo số người học trên giấy"),
            _("Trong đó đủ thực chất"),
            _("Mentor, theo số người học thực chất"),
        ),
        rows=tuple(rows) if spread.mentors or spread.paused else (),
    )
