"""Every figure by its name in addresses: who makes it, and what its reader must be allowed."""

from collections.abc import Callable
from enum import Enum, auto
from typing import NamedTuple

from app.access.policy import Permission
from app.figures.figure import Figure, FigureQuery
from app.figures.ward_map import make_ward_map


class About(Enum):
    """Whether a figure is about one ward, about all wards of a scope, or about either."""

    WARD = auto()
    SCOPE = auto()
    EITHER = auto()


class FigureKind(NamedTuple):
    """How a figure is made, for whom, and about what."""

    make: Callable[[FigureQuery], Figure]
    permission: Permission
    about: About


FIGURES: dict[str, FigureKind] = {
    "ban-do": FigureKind(make_ward_map, Permission.VIEW_PROVINCE, About.SCOPE),
}
