"""How the people and pairings of a ward's network look: form, sign and colour of each state."""

from typing import NamedTuple

from graphs.figures.theme import BLUE, GROUND, INK, MUTED, STATUS_LOOKS
from graphs.figures.ward_graph import Link, Mark
from graphs.findings import WardStatus

_WARNING, _COVERED = STATUS_LOOKS[WardStatus.WARNING], STATUS_LOOKS[WardStatus.COVERED]
_NO_DATA = STATUS_LOOKS[WardStatus.NO_DATA]
OCHRE = "#855600"
AMBER = "#b98a1a"
AMBER_SOFT = "#fff8e6"
GREY = "#75848f"
CRITICAL_INK = "#991b1b"


class Look(NamedTuple):
    """How a mark is drawn: form, surface, border and the colour of what is written inside."""

    symbol: str
    fill: str
    border: str
    ink: str
    sign: str = ""


LOOKS = {
    Mark.SUPPORT: Look("square", BLUE, BLUE, "#ffffff"),
    Mark.SUPPORT_PAUSED: Look("square", _NO_DATA.fill, GREY, MUTED, "‖"),
    Mark.BELOW_FLOOR: Look("circle", _WARNING.fill, OCHRE, _WARNING.ink),
    Mark.ON_PAPER: Look("circle", GROUND, OCHRE, OCHRE, "✓"),
    Mark.IN_FACT: Look("circle", _COVERED.fill, _COVERED.fill, _COVERED.ink, "✓"),
    Mark.MENTOR_PAUSED: Look("circle", _NO_DATA.fill, GREY, MUTED, "‖"),
    Mark.MENTOR_ELSEWHERE: Look("diamond", GROUND, BLUE, BLUE),
    Mark.LEARNING: Look("circle", "#6b8299", "#6b8299", GROUND),
    Mark.COMPLETED: Look("circle", "#d9efec", _COVERED.fill, "#0c665e"),
    Mark.MENTEE_PAUSED: Look("circle", _NO_DATA.fill, GREY, MUTED),
    Mark.MENTEE_ELSEWHERE: Look("diamond", "#6ba5d7", BLUE, GROUND),
    Mark.WAITING: Look("hourglass", OCHRE, OCHRE, INK),
    Mark.NEIGHBOUR: Look("hexagon", GROUND, BLUE, BLUE),
}
WRITTEN = frozenset(mark for mark, look in LOOKS.items() if look.sign) | {
    Mark.BELOW_FLOOR,
    Mark.COMPLETED,
}
LINE_LOOKS = {
    Link.ACTIVE: {"color": "#b4c0cb", "width": 1.2},
    Link.DORMANT: {"color": OCHRE, "width": 1.5, "dash": "4px,3px"},
    Link.ACROSS: {"color": BLUE, "width": 1.2, "dash": "1px,3px"},
}
