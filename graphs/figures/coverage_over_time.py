"""Coverage on paper and in fact over the last months: of all wards together, or of one ward."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from graphs.figures.chart_parts import (
    axis_title,
    count_axis,
    keep_apart,
    no_data_ground,
    no_data_label,
    write_count,
)
from graphs.figures.theme import BLUES, INK, MUTED, STATUS_LOOKS, Plot, base_axis, base_layout
from graphs.findings import WardStatus
from graphs.ward_history import CoveragePoint

# Parts of the height, from below, that the panels take, with room for a heading above each.
TWO_PANELS = ((0.0, 0.4), (0.54, 0.94))
THREE_PANELS = ((0.0, 0.1), (0.22, 0.52), (0.64, 0.94))
PERCENT = 100
# CSS pixels: what the names of lines take at the right, and from one of them to the next.
NAMES_WIDTH = 114
NAMES_GAP = 15
HEADS_AND_FEET = 60
PROVINCE_HEIGHT = 560
WARD_HEIGHT = 640
# Room for labels above the largest value, and below zero, as parts of it.
ABOVE, BELOW = 1.2, 0.16


class Support(StrEnum):
    """How a ward is supported on a day."""

    NONE = "none"
    ON_PAPER = "on_paper"
    IN_FACT = "in_fact"


class ProvinceCoverage(NamedTuple):
    """A value for each day, None where nothing was known (or, for shares, nobody was a mentor).

    Shares are percents of the mentors at work, rounded; the others count wards.
    """

    floor_on_paper: tuple[int | None, ...]
    floor_in_fact: tuple[int | None, ...]
    support_on_paper: tuple[int | None, ...]
    support_in_fact: tuple[int | None, ...]
    no_data: tuple[int | None, ...]
    wards: int


class WardCoverage(NamedTuple):
    """A value for each day, None before there was any data of the ward."""

    mentors: tuple[int | None, ...]
    floor_on_paper: tuple[int | None, ...]
    floor_in_fact: tuple[int | None, ...]
    mentees: tuple[int | None, ...]
    waiting: tuple[int | None, ...]
    support: tuple[Support | None, ...]


class ProvinceLabels(NamedTuple):
    """The words of the picture of the province; `days` has one for each day."""

    days: tuple[str, ...]
    days_axis: str
    floor_heading: str
    support_heading: str
    share_axis: str
    wards_axis: str
    on_paper: str
    in_fact: str
    no_data: str


class WardLabels(NamedTuple):
    """The words of the picture of a ward; `days` has one for each day."""

    days: tuple[str, ...]
    days_axis: str
    mentors_heading: str
    mentees_heading: str
    support_heading: str
    people_axis: str
    mentors: str
    on_paper: str
    in_fact: str
    mentees: str
    waiting: str
    no_data: str
    support: dict[Support, str]


class _Line(NamedTuple):
    values: Sequence[int | None]
    name: str
    look: Plot
    unit: str = ""


ON_PAPER_LOOK: Plot = {"color": BLUES[2], "width": 2, "dash": "dash"}
IN_FACT_LOOK: Plot = {"color": BLUES[5], "width": 3}
QUIET_LOOK: Plot = {"color": "#75848f", "width": 1.5, "dash": "dot"}
SUPPORT_LOOKS = {
    Support.IN_FACT: STATUS_LOOKS[WardStatus.COVERED],
    Support.ON_PAPER: STATUS_LOOKS[WardStatus.WARNING],
    Support.NONE: STATUS_LOOKS[WardStatus.CRITICAL],
}


def province_coverage(points: Sequence[CoveragePoint]) -> ProvinceCoverage:
    """Take from the points what the picture of the province shows."""
    return ProvinceCoverage(
        floor_on_paper=tuple(_share(point, point.mentors_meeting_floor) for point in points),
        floor_in_fact=tuple(_share(point, point.mentors_meeting_floor_in_fact) for point in points),
        support_on_paper=_known(points, "wards_with_support"),
        support_in_fact=_known(points, "wards_with_support_in_fact"),
        no_data=_known(points, "wards_no_data"),
        wards=max((point.wards for point in points), default=0),
    )


def ward_coverage(points: Sequence[CoveragePoint]) -> WardCoverage:
    """Take from the points of one ward what its picture shows."""
    return WardCoverage(
        mentors=_known(points, "mentors"),
        floor_on_paper=_known(points, "mentors_meeting_floor"),
        floor_in_fact=_known(points, "mentors_meeting_floor_in_fact"),
        mentees=_known(points, "mentees"),
        waiting=_known(points, "mentees_waiting"),
        support=tuple(_support(point) for point in points),
    )


def support_of(point: CoveragePoint) -> Support:
    """Say how the one ward of a point was supported."""
    if point.wards_with_support_in_fact:
        return Support.IN_FACT
    return Support.ON_PAPER if point.wards_with_support else Support.NONE


def draw_province_coverage(coverage: ProvinceCoverage, labels: ProvinceLabels) -> Plot:
    """Draw two panels: mentors who meet the floor, and wards with support."""
    if not _is_known(coverage.no_data):
        return {"data": [], "layout": base_layout()}
    floor = [
        _Line(coverage.floor_on_paper, labels.on_paper, ON_PAPER_LOOK, "\u00a0%"),
        _Line(coverage.floor_in_fact, labels.in_fact, IN_FACT_LOOK, "\u00a0%"),
    ]
    support = [
        _Line(coverage.support_on_paper, labels.on_paper, ON_PAPER_LOOK),
        _Line(coverage.support_in_fact, labels.in_fact, IN_FACT_LOOK),
        _Line(coverage.no_data, labels.no_data, QUIET_LOOK),
    ]
    lower, upper = TWO_PANELS
    pixels = (upper[1] - upper[0]) * (PROVINCE_HEIGHT - HEADS_AND_FEET)
    ground, words = _no_data_part(coverage.no_data, labels.no_data, upper)
    return {
        "data": [
            *(_line(line, "y2") for line in floor),
            *(_line(line, "y") for line in support),
        ],
        "layout": base_layout(
            hovermode="x unified",
            margin={"l": 8, "r": NAMES_WIDTH, "t": 8, "b": 8},
            xaxis=_day_axis(labels.days, labels.days_axis),
            yaxis=count_axis(labels.wards_axis, coverage.wards, room=ABOVE, below=BELOW)
            | {"domain": list(lower)},
            yaxis2=count_axis(labels.share_axis, PERCENT, room=ABOVE, below=BELOW)
            | {"domain": list(upper), "dtick": 25, "ticksuffix": "\u00a0%"},
            shapes=ground,
            annotations=[
                *words,
                *_names(floor, "y2", PERCENT, pixels),
                *_names(support, "y", coverage.wards, pixels),
                _heading(labels.floor_heading, upper),
                _heading(labels.support_heading, lower),
            ],
        ),
    }


def draw_ward_coverage(coverage: WardCoverage, labels: WardLabels) -> Plot:
    """Draw three panels: mentors, mentees, and whether there was support."""
    if not _is_known(coverage.mentors):
        return {"data": [], "layout": base_layout()}
    mentors = [
        _Line(coverage.mentors, labels.mentors, QUIET_LOOK),
        _Line(coverage.floor_on_paper, labels.on_paper, ON_PAPER_LOOK),
        _Line(coverage.floor_in_fact, labels.in_fact, IN_FACT_LOOK),
    ]
    mentees = [
        _Line(coverage.mentees, labels.mentees, QUIET_LOOK),
        _Line(coverage.waiting, labels.waiting, IN_FACT_LOOK),
    ]
    lowest, middle, upper = THREE_PANELS
    pixels = (upper[1] - upper[0]) * (WARD_HEIGHT - HEADS_AND_FEET)
    ground, words = _no_data_part(coverage.mentors, labels.no_data, upper)
    return {
        "data": [
            *(_line(line, "y3") for line in mentors),
            *(_line(line, "y2") for line in mentees),
            _support_signs(coverage.support, labels.support),
        ],
        "layout": base_layout(
            hovermode="x unified",
            margin={"l": 8, "r": NAMES_WIDTH, "t": 8, "b": 8},
            xaxis=_day_axis(labels.days, labels.days_axis),
            yaxis=base_axis(visible=False, range=[-1, 1]) | {"domain": list(lowest)},
            yaxis2=_people_axis(labels.people_axis, coverage.mentees, middle),
            yaxis3=_people_axis(labels.people_axis, coverage.mentors, upper),
            shapes=ground,
            annotations=[
                *words,
                *_names(mentors, "y3", _most(coverage.mentors), pixels),
                *_names(mentees, "y2", _most(coverage.mentees), pixels),
                _heading(labels.mentors_heading, upper),
                _heading(labels.mentees_heading, middle),
                _heading(labels.support_heading, lowest),
            ],
        ),
    }


def _share(point: CoveragePoint, part: int) -> int | None:
    return round(PERCENT * part / point.mentors) if point.mentors else None


def _known(points: Iterable[CoveragePoint], name: str) -> tuple[int | None, ...]:
    return tuple(getattr(point, name) if point.has_data else None for point in points)


def _support(point: CoveragePoint) -> Support | None:
    return support_of(point) if point.has_data else None


def _is_known(values: Iterable[int | None]) -> bool:
    return any(value is not None for value in values)


def _no_data_part(
    values: Sequence[int | None], words: str, panel: tuple[float, float]
) -> tuple[list[Plot], list[Plot]]:
    """Return the ground of the days before anything was known, and what is written on it."""
    unknown = next(place for place, value in enumerate(values) if value is not None)
    if not unknown:
        return [], []
    label = no_data_label((unknown - 1) / 2, words, height=sum(panel) / 2)
    return [no_data_ground(-0.5, unknown - 0.5)], [label]


def _line(line: _Line, axis: str) -> Plot:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": line.name,
        "yaxis": axis,
        "x": list(range(len(line.values))),
        "y": list(line.values),
        "cliponaxis": False,
        "line": line.look,
        "marker": {"color": line.look["color"], "size": 5},
        "hovertemplate": "%{y:,d}" + line.unit + "<extra>" + line.name + "</extra>",
    }


def _names(lines: Sequence[_Line], axis: str, most: int, pixels: float) -> list[Plot]:
    """Name the lines at their ends, with the last value, instead of a legend.

    `most` is the largest value of the axis and `pixels` its height.
    """
    ending = [line for line in lines if line.values[-1] is not None]
    scale = pixels / (max(most, 1) * (ABOVE + BELOW))
    heights = [(line.values[-1] or 0) * scale for line in ending]
    shifts = keep_apart(heights, gap=NAMES_GAP)
    return [
        {
            "x": len(line.values) - 1,
            "y": line.values[-1],
            "yref": axis,
            "xanchor": "left",
            "xshift": 6,
            "yshift": round(shift),
            "text": f"{line.name} {write_count(line.values[-1] or 0)}{line.unit}",
            "showarrow": False,
            "font": {"color": INK, "size": 11},
        }
        for line, shift in zip(ending, shifts, strict=True)
    ]


def _support_signs(support: Sequence[Support | None], words: dict[Support, str]) -> Plot:
    known = [(place, state) for place, state in enumerate(support) if state is not None]
    looks = [SUPPORT_LOOKS[state] for _, state in known]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [place for place, _ in known],
        "y": [0] * len(known),
        "text": [look.sign for look in looks],
        "textfont": {"size": 10, "color": [look.ink for look in looks]},
        "marker": {"symbol": "square", "size": 15, "color": [look.fill for look in looks]},
        "customdata": [words[state] for _, state in known],
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
    }


def _day_axis(days: Sequence[str], title: str) -> Plot:
    return base_axis(
        title=axis_title(title),
        tickvals=list(range(len(days))),
        ticktext=list(days),
        tickangle=0,
        showgrid=False,
        range=[-0.5, len(days) - 0.5],
        tickfont={"size": 11, "color": MUTED},
        anchor="free",
        position=0,
    )


def _people_axis(title: str, values: Iterable[int | None], panel: tuple[float, float]) -> Plot:
    return count_axis(title, _most(values), room=ABOVE, below=BELOW) | {"domain": list(panel)}


def _most(values: Iterable[int | None]) -> int:
    return max((value for value in values if value is not None), default=0)


def _heading(text: str, panel: tuple[float, float]) -> Plot:
    """The name of a panel, above it at the left."""
    return {
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": panel[1],
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 2,
        "align": "left",
        "text": text,
        "showarrow": False,
        "font": {"color": MUTED, "size": 13, "weight": 600},
    }
