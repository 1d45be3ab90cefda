"""How many people each mentor guides: mentors by their number of mentees, with the floor marked."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from graphs.figures.chart_parts import LEGEND, axis_title, count_axis, hatched, write_count
from graphs.figures.theme import INK, LINE, MUTED, STATUS_LOOKS, Plot, base_axis, base_layout
from graphs.findings import WardStatus
from graphs.ward_history import MentorLoad

# Mentors with more people than this stand in one bar.
MOST_APART = 10
# Two numbers of more letters have no room beside each other on a phone.
MOST_LETTERS = 5
# So many bars the words at the floor are long.
LEAST_LEFT = 3
ROOM_FOR_LEVEL, ROOM_FOR_UPRIGHT = 1.18, 1.3
BELOW = STATUS_LOOKS[WardStatus.WARNING].fill
MET = STATUS_LOOKS[WardStatus.COVERED].fill
PAUSED = "#b9c3cc"


class LoadBar(NamedTuple):
    """Mentors at work who guide so many people; the last bar stands for so many and more.

    They are below the floor, at the floor on paper alone, or in fact. `guides_in_fact` counts the
    mentors who guide so many in fact.
    """

    guided: int
    below: int
    on_paper_alone: int
    in_fact: int
    guides_in_fact: int

    @property
    def mentors(self) -> int:
        """All of them."""
        return self.below + self.on_paper_alone + self.in_fact


class WorkloadSpread(NamedTuple):
    """Mentors at work by their number of mentees, and how many mentors rest."""

    floor: int
    bars: tuple[LoadBar, ...]
    paused: int

    @property
    def mentors(self) -> int:
        """How many mentors are at work."""
        return sum(bar.mentors for bar in self.bars)

    @property
    def on_paper(self) -> int:
        """How many of them meet the floor on paper."""
        return sum(bar.on_paper_alone + bar.in_fact for bar in self.bars)

    @property
    def in_fact(self) -> int:
        """How many of them meet the floor in fact."""
        return sum(bar.in_fact for bar in self.bars)


class WorkloadLabels(NamedTuple):
    """The words of the picture; `bars` has one for each bar, `paused_bar` may take two lines."""

    bars: tuple[str, ...]
    below: str
    on_paper_alone: str
    in_fact: str
    paused: str
    paused_bar: str
    floor: str
    guided_axis: str
    mentors_axis: str


def spread_workload(loads: Mapping[MentorLoad, int], *, floor: int) -> WorkloadSpread:
    """Sort mentors (a count for each load) into bars of 0, 1, 2, … people."""
    last = max(MOST_APART, floor) + 1
    return WorkloadSpread(
        floor=floor,
        bars=tuple(_bar(guided, last, loads, floor) for guided in range(last + 1)),
        paused=sum(count for load, count in loads.items() if load.is_paused),
    )


def _bar(guided: int, last: int, loads: Mapping[MentorLoad, int], floor: int) -> LoadBar:
    at_work = {load: count for load, count in loads.items() if not load.is_paused}
    here = {load: count for load, count in at_work.items() if min(load.guided, last) == guided}
    in_fact = sum(count for load, count in here.items() if load.guided_in_fact >= floor)
    others = sum(here.values()) - in_fact
    return LoadBar(
        guided=guided,
        below=others if guided < floor else 0,
        on_paper_alone=others if guided >= floor else 0,
        in_fact=in_fact,
        guides_in_fact=sum(
            count for load, count in at_work.items() if min(load.guided_in_fact, last) == guided
        ),
    )


def draw_workload(spread: WorkloadSpread, labels: WorkloadLabels) -> Plot:
    """Draw the spread as stacked bars; nothing where there is no mentor."""
    if not spread.mentors and not spread.paused:
        return {"data": [], "layout": base_layout()}
    bars = spread.bars
    places = [bar.guided for bar in bars]
    resting = places[-1] + 2
    totals = {bar.guided: bar.mentors for bar in bars} | {resting: spread.paused}
    is_upright = _meet(totals)
    return {
        "data": [
            _stack(places, [bar.below for bar in bars], labels.below, {"color": BELOW}),
            _stack(places, [bar.in_fact for bar in bars], labels.in_fact, {"color": MET}),
            _stack(
                places,
                [bar.on_paper_alone for bar in bars],
                labels.on_paper_alone,
                hatched(MET),
            ),
            _stack([resting], [spread.paused], labels.paused, hatched(PAUSED)),
        ],
        "layout": base_layout(
            barmode="stack",
            bargap=0.15,
            showlegend=True,
            legend=LEGEND,
            xaxis=base_axis(
                title=axis_title(labels.guided_axis),
                tickvals=[*places, resting],
                ticktext=[*labels.bars, labels.paused_bar],
                showgrid=False,
                tickangle=0,
                tickfont={"size": 11, "color": MUTED},
                range=[-0.7, resting + 1.1],
            ),
            yaxis=count_axis(
                labels.mentors_axis,
                max(totals.values()),
                room=ROOM_FOR_UPRIGHT if is_upright else ROOM_FOR_LEVEL,
            ),
            shapes=[_floor_line(spread.floor)],
            annotations=[
                _floor_label(spread, labels.floor),
                *_write_totals(totals, is_upright=is_upright),
            ],
        ),
    }


def _stack(places: list[int], counts: list[int], name: str, marker: Plot) -> Plot:
    return {
        "type": "bar",
        "name": name,
        "x": places,
        "y": [count or None for count in counts],
        "marker": marker,
        "hovertemplate": "%{y:,d}<extra>" + name + "</extra>",
    }


def _meet(totals: Mapping[int, int]) -> bool:
    """Whether numbers of neighbours would run into each other where bars are narrow."""
    lengths = {place: len(write_count(count)) for place, count in totals.items() if count}
    return any(
        lengths[place] + lengths[place + 1] > MOST_LETTERS
        for place in lengths
        if place + 1 in lengths
    )


def _write_totals(totals: Mapping[int, int], *, is_upright: bool) -> Iterable[Plot]:
    """The number above each bar; none above an empty one."""
    for place, count in totals.items():
        if count:
            yield {
                "x": place,
                "y": count,
                "yanchor": "bottom",
                "text": write_count(count),
                "textangle": -90 if is_upright else 0,
                "showarrow": False,
                "font": {"color": INK},
            }


def _floor_line(floor: int) -> Plot:
    return {
        "type": "line",
        "layer": "below",
        "x0": floor - 0.5,
        "x1": floor - 0.5,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"color": INK, "width": 1.5, "dash": "dash"},
    }


def _floor_label(spread: WorkloadSpread, text: str) -> Plot:
    """The floor in words on the side of its line where the bars are lower."""
    floor, bars = spread.floor, spread.bars
    is_left = floor >= LEAST_LEFT and bars[floor].mentors >= bars[floor - 1].mentors
    return {
        "x": floor - 0.5,
        "yref": "paper",
        "y": 1,
        "xanchor": "right" if is_left else "left",
        "yanchor": "top",
        "xshift": -4 if is_left else 4,
        "text": text,
        "showarrow": False,
        "bgcolor": "rgba(255,255,255,0.85)",
        "bordercolor": LINE,
        "font": {"color": INK},
    }
