"""What people come for, or what stands in their way: the most frequent topics, the rest as one."""

from collections.abc import Sequence
from typing import NamedTuple

from graphs.figures.theme import BLUES, INK, Plot, base_axis, base_layout

MOST = 10
ROW_HEIGHT = 46
# Bars end where room for the numbers behind the longest one begins: this part of a phone for each
# letter.
LETTER = 0.022
REST = "#b9c3cc"


class TopicBar(NamedTuple):
    """A topic with the sessions that name it; the rest has no label but so many topics in it."""

    label: str | None
    sessions: int
    topics: int = 1


class TopicLabels(NamedTuple):
    """The words of the picture, one for each bar: what it is, and its numbers."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]


def top_topics(ranked: Sequence[tuple[str, int]], *, most: int = MOST) -> list[TopicBar]:
    """Keep the first topics of a ranking (label, sessions) and sum up all others as the rest."""
    bars = [TopicBar(label, sessions) for label, sessions in ranked[:most]]
    rest = ranked[most:]
    if rest:
        bars.append(TopicBar(None, sum(sessions for _, sessions in rest), len(rest)))
    return bars


def topics_height(bars: Sequence[TopicBar]) -> int:
    """Return the height of the picture in CSS pixels."""
    return ROW_HEIGHT * len(bars) + 16


def draw_topics(bars: Sequence[TopicBar], labels: TopicLabels) -> Plot:
    """Draw lying bars, the most frequent on top, each under its name and before its numbers."""
    if not bars:
        return {"data": [], "layout": base_layout()}
    places = list(range(len(bars)))
    longest = max(bar.sessions for bar in bars)
    room = LETTER * max(map(len, labels.numbers))
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": [bar.sessions for bar in bars],
                "y": places,
                "width": 0.42,
                "text": list(labels.numbers),
                "textposition": "outside",
                "textfont": {"color": INK},
                "cliponaxis": False,
                "marker": {"color": [REST if bar.label is None else BLUES[3] for bar in bars]},
                "customdata": list(labels.names),
                "hovertemplate": "%{customdata}: %{text}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": [0] * len(bars),
                "y": [place - 0.42 for place in places],
                "text": list(labels.names),
                "textposition": "middle right",
                "textfont": {"color": INK},
                "hoverinfo": "skip",
                "cliponaxis": False,
            },
        ],
        "layout": base_layout(
            xaxis=base_axis(visible=False, range=[0, longest / (1 - room)]),
            yaxis=base_axis(visible=False, range=[len(bars) - 0.6, -0.75]),
        ),
    }
