"""How every picture looks: colours, type, axes, and how numbers are written. Plain values only.

No bold, italic or link tags in any text: they would set a style attribute, which pages forbid.
"""

from typing import Any, NamedTuple

from graphs.findings import WardStatus

Plot = dict[str, Any]

FONT = '"Be Vietnam Pro", system-ui, "Segoe UI", Roboto, sans-serif'
INK = "#16222e"
MUTED = "#4c5b69"
LINE = "#d6dde4"
GROUND = "#ffffff"
BLUE = "#0b5cad"
# Light to dark, for amounts.
BLUES = ("#dbe9f6", "#a9cbe8", "#6ba5d7", "#2f7cc0", "#0b5cad", "#084581")


class StatusLook(NamedTuple):
    """A ward's status in a picture: a sign, the colour of a surface, and of the sign upon it."""

    sign: str
    fill: str
    ink: str


# The lightness of the fills differs as much as their hue, so that they stay apart for everybody.
STATUS_LOOKS = {
    WardStatus.CRITICAL: StatusLook("▲", "#a52a2a", "#ffffff"),
    WardStatus.WARNING: StatusLook("●", "#eabf63", "#6b4a00"),
    WardStatus.COVERED: StatusLook("✓", "#3d9289", "#ffffff"),
    WardStatus.NO_DATA: StatusLook("–", "#dfe4e9", "#4c5b69"),
}
CLEAR = "rgba(0,0,0,0)"
# What the reader did not ask for, still there to orient by.
FADED = "#f1f3f5"


def base_layout(**more: object) -> Plot:
    """Return the layout that all pictures share, with what one picture adds or replaces.

    Numbers are written 1.234,5. A finger that moves over the picture scrolls the page.
    """
    shared: Plot = {
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": GROUND,
        "plot_bgcolor": GROUND,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "separators": ",.",
        "showlegend": False,
        "dragmode": False,
        "colorway": [BLUE, "#eabf63", "#3d9289", "#a52a2a", "#6d7b88"],
        "hoverlabel": {
            "bgcolor": GROUND,
            "bordercolor": "#75848f",
            "align": "left",
            "font": {"family": FONT, "size": 13, "color": INK},
        },
    }
    return shared | more


def base_axis(**more: object) -> Plot:
    """Return an axis with quiet lines and whole room for its labels, with what is added."""
    shared: Plot = {
        "automargin": True,
        "fixedrange": True,
        "gridcolor": "#e8ecf0",
        "linecolor": "#75848f",
        "tickcolor": "#75848f",
        "zeroline": False,
        "tickfont": {"color": MUTED},
    }
    return shared | more
