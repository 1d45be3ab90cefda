"""Help sessions by the hour of day at which they took place; those without an hour stand apart."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from graphs.figures.chart_parts import axis_title, count_axis, hatched, write_count
from graphs.figures.theme import BLUES, MUTED, Plot, base_axis, base_layout

# The hours at which desks are open; others are shown where something took place.
OPENING, LAST_HOUR = 7, 17
# Room between the last hour and what has none.
APART = 1


class HourBar(NamedTuple):
    """The sessions that took place from an hour on until the next."""

    hour: int
    sessions: int


class DayHours(NamedTuple):
    """Sessions by hour, in order and without a gap, and how many have no hour."""

    bars: tuple[HourBar, ...]
    without_hour: int

    @property
    def busiest(self) -> HourBar | None:
        """The first hour with the most sessions; None where no session has an hour."""
        busy = max(self.bars, key=lambda bar: bar.sessions)
        return busy if busy.sessions else None

    @property
    def has_data(self) -> bool:
        return self.busiest is not None or self.without_hour > 0


class HourLabels(NamedTuple):
    """The words of the picture."""

    hours_axis: str
    sessions_axis: str
    without_hour: str


def hours_of_day(counts: Mapping[int | None, int]) -> DayHours:
    """Sort sessions counted by hour (None: not recorded) into bars."""
    known = [hour for hour in counts if hour is not None]
    first, last = min([OPENING, *known]), max([LAST_HOUR - 1, *known])
    bars = tuple(HourBar(hour, counts.get(hour, 0)) for hour in range(first, last + 1))
    return DayHours(bars, counts.get(None, 0))


def draw_hours(hours: DayHours, labels: HourLabels) -> Plot:
    """Draw upright bars, one for each hour; nothing where there is no session at all."""
    if not hours.has_data:
        return {"data": [], "layout": base_layout()}
    places = [bar.hour for bar in hours.bars]
    data = [_bars(places, [bar.sessions for bar in hours.bars], {"color": BLUES[4]})]
    ticks, words = list(places), [str(hour) for hour in places]
    if hours.without_hour:
        place = places[-1] + 1 + APART
        data.append(_bars([place], [hours.without_hour], hatched(MUTED)))
        ticks.append(place)
        words.append(labels.without_hour)
    most = max([hours.without_hour, *(bar.sessions for bar in hours.bars)])
    return {
        "data": data,
        "layout": base_layout(
            bargap=0.15,
            margin={"l": 8, "r": 8, "t": 8, "b": 8},
            showlegend=False,
            xaxis=base_axis(
                title=axis_title(labels.hours_axis),
                tickvals=ticks,
                ticktext=words,
                showgrid=False,
                tickangle=0,
                tickfont={"size": 12, "color": MUTED},
                range=[places[0] - 0.6, ticks[-1] + 0.9],
            ),
            yaxis=count_axis(labels.sessions_axis, most),
        ),
    }


def _bars(places: Sequence[int], sessions: Sequence[int], marker: Plot) -> Plot:
    return {
        "type": "bar",
        "x": list(places),
        "y": list(sessions),
        "marker": marker,
        "text": [write_count(count) if count else "" for count in sessions],
        "textposition": "outside",
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
