"""What the charts have in common: legends, steps of axes, and numbers written upon marks."""

from collections.abc import Sequence

from graphs.figures.theme import MUTED, Plot, base_axis

MOST_STEPS = 6
POWERS = (1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000)
LEGEND: Plot = {
    "orientation": "h",
    "x": 0,
    "y": 1.02,
    "yanchor": "bottom",
    "traceorder": "normal",
    "itemclick": False,
    "itemdoubleclick": False,
}


def axis_title(text: str) -> Plot:
    """Return the title of an axis, no larger than other text."""
    return {"text": text, "font": {"size": 13, "color": MUTED}}


def whole_step(most: float) -> int:
    """Return the least step of 1, 2, 5, 10, … that leaves few lines up to the largest value."""
    steps = (unit * power for power in POWERS for unit in (1, 2, 5))
    return next(step for step in steps if most <= MOST_STEPS * step)


def count_axis(title: str, most: float, *, room: float = 1.18, below: float = 0) -> Plot:
    """Return an axis of whole numbers with room for labels above (and below) the marks.

    `room` and `below` are parts of the largest value.
    """
    top = max(most, 1)
    return base_axis(
        title=axis_title(title),
        range=[-below * top, room * top],
        dtick=whole_step(top),
        tick0=0,
        tickformat=",d",
    )


def write_count(count: int) -> str:
    """Write a whole number with points between thousands."""
    return f"{count:,}".replace(",", ".")


def hatched(color: str) -> Plot:
    """Return a bar's marker in stripes of a colour, for what is less certain than a full bar."""
    stripes = {"shape": "/", "size": 6, "solidity": 0.35, "fillmode": "replace", "fgcolor": color}
    return {"color": color, "pattern": stripes, "line": {"color": color, "width": 1}}


def no_data_ground(first: float, end: float) -> Plot:
    """Return a quiet ground behind places of an axis, of which nothing is known."""
    return {
        "type": "rect",
        "layer": "below",
        "x0": first,
        "x1": end,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "fillcolor": "#f1f3f5",
        "line": {"width": 0},
    }


def no_data_label(place: float, text: str, *, height: float = 0.5) -> Plot:
    """Return the words upon such a ground, upright where it may be narrow.

    `height` is a part of the picture's.
    """
    return {
        "x": place,
        "yref": "paper",
        "y": height,
        "text": text,
        "textangle": -90,
        "showarrow": False,
        "font": {"color": MUTED},
    }


def keep_apart(heights: Sequence[float], *, gap: float) -> list[float]:
    """Return how far each label at a height has to move so that all are at least a gap apart.

    Labels move down; of equal ones the first stays on top.
    """
    shifts = [0.0] * len(heights)
    free_below = float("inf")
    for place in sorted(range(len(heights)), key=lambda place: -heights[place]):
        shifts[place] = min(0.0, free_below - heights[place])
        free_below = heights[place] + shifts[place] - gap
    return shifts
