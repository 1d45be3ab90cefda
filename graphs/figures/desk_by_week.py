"""Help sessions by week, and by who did the procedure: the citizen, both together, or the staff."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from graphs.figures.chart_parts import LEGEND, axis_title, count_axis, no_data_ground, no_data_label
from graphs.figures.theme import BLUES, MUTED, Plot, base_axis, base_layout

WEEK = timedelta(days=7)
SHADES = (BLUES[1], BLUES[3], BLUES[5])
LABELLED_EVERY = 5
# The part of the picture that the upright words «not over» take on a phone.
WORDS = 0.34
NOT_OVER = 0.45
"""How opaque the bar of a week is that is not over."""


class DeskTally(NamedTuple):
    """The sessions of a day by who did the procedure, and the people who came the first time."""

    day: date
    by_oneself: int
    together: int
    on_behalf: int
    people: int


class WeekBar(NamedTuple):
    """A week from Monday to Sunday; sessions (lượt) and people (người) are never added.

    A week before the first session ever has no data, a later one without sessions has zeros.
    """

    monday: date
    by_oneself: int
    together: int
    on_behalf: int
    people: int
    has_data: bool
    is_over: bool

    @property
    def sessions(self) -> int:
        """All sessions of the week."""
        return self.by_oneself + self.together + self.on_behalf


class WeekLabels(NamedTuple):
    """The words of the picture; `weeks` has one for each bar."""

    by_oneself: str
    together: str
    on_behalf: str
    no_data: str
    not_over: str
    weeks: tuple[str, ...]
    weeks_axis: str
    sessions_axis: str


def monday_of(day: date) -> date:
    """Return the first day of the week of a day."""
    return day - timedelta(days=day.weekday())


def week_bars(
    tallies: Iterable[DeskTally], *, day: date, weeks: int, first_day: date | None
) -> list[WeekBar]:
    """Sum tallies over so many weeks up to the week of a day, whose own later days are unknown.

    `first_day` is the day of the first session ever by then, None where there was none.
    """
    last = monday_of(day)
    mondays = [last - WEEK * back for back in range(weeks - 1, -1, -1)]
    by_week: defaultdict[date, list[DeskTally]] = defaultdict(list)
    for tally in tallies:
        if tally.day <= day:
            by_week[monday_of(tally.day)].append(tally)
    return [
        WeekBar(
            monday=monday,
            by_oneself=sum(tally.by_oneself for tally in by_week[monday]),
            together=sum(tally.together for tally in by_week[monday]),
            on_behalf=sum(tally.on_behalf for tally in by_week[monday]),
            people=sum(tally.people for tally in by_week[monday]),
            has_data=first_day is not None and first_day < monday + WEEK,
            is_over=monday + WEEK <= day + timedelta(days=1),
        )
        for monday in mondays
    ]


def draw_weeks(bars: Sequence[WeekBar], labels: WeekLabels) -> Plot:
    """Draw the weeks as stacked bars; nothing where no week has data."""
    if not any(bar.has_data for bar in bars):
        return {"data": [], "layout": base_layout()}
    unknown = sum(not bar.has_data for bar in bars)
    names = (labels.by_oneself, labels.together, labels.on_behalf)
    places = range(len(bars))
    return {
        "data": [
            _stack(bars, place, name, shade)
            for place, (name, shade) in enumerate(zip(names, SHADES, strict=True), start=1)
        ],
        "layout": base_layout(
            barmode="stack",
            bargap=0.15,
            margin={"l": 8, "r": 20, "t": 8, "b": 8},
            showlegend=True,
            legend=LEGEND,
            hovermode="x unified",
            xaxis=base_axis(
                title=axis_title(labels.weeks_axis),
                tickvals=list(places[::-LABELLED_EVERY][::-1]),
                ticktext=list(labels.weeks[::-LABELLED_EVERY][::-1]),
                showgrid=False,
                tickangle=0,
                tickfont={"size": 12, "color": MUTED},
                range=[-0.6, len(bars) - 0.4],
            ),
            yaxis=count_axis(
                labels.sessions_axis, max(bar.sessions for bar in bars), room=_room_above(bars)
            ),
            shapes=[no_data_ground(-0.6, unknown - 0.5)] if unknown else [],
            annotations=list(_notes(bars, labels)),
        ),
    }


def _stack(bars: Sequence[WeekBar], field: int, name: str, shade: str) -> Plot:
    return {
        "type": "bar",
        "name": name,
        "x": list(range(len(bars))),
        "y": [bar[field] if bar.has_data else None for bar in bars],
        "marker": {
            "color": shade,
            "opacity": [1 if bar.is_over else NOT_OVER for bar in bars],
        },
        "hovertemplate": "%{y:,d}<extra>" + name + "</extra>",
    }


def _notes(bars: Sequence[WeekBar], labels: WeekLabels) -> Iterable[Plot]:
    """What is said of weeks without data, and of the last one if it is not over."""
    unknown = sum(not bar.has_data for bar in bars)
    if unknown:
        yield no_data_label((unknown - 1) / 2, labels.no_data)
    if not bars[-1].is_over:
        yield _not_over_label(bars[-1], len(bars) - 1, labels.not_over)


def _room_above(bars: Sequence[WeekBar]) -> float:
    """How high the axis is, as a multiple of the highest bar: the last one may carry words."""
    highest = max(bar.sessions for bar in bars) or 1
    return max(1.18, 0 if bars[-1].is_over else bars[-1].sessions / highest / (1 - WORDS))


def _not_over_label(bar: WeekBar, place: int, text: str) -> Plot:
    """Upright words upon the bar that they are about, which no neighbour could claim."""
    return {
        "x": place,
        "y": bar.sessions,
        "yanchor": "bottom",
        "text": text,
        "textangle": -90,
        "showarrow": False,
        "font": {"color": MUTED, "size": 12},
    }
