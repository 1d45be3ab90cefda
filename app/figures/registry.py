"""Every figure by its name in addresses: who makes it, and what its reader must be allowed."""

from collections.abc import Callable
from enum import Enum, auto
from typing import NamedTuple

from app.access.policy import Permission
from app.figures.coverage_over_time import make_coverage_over_time
from app.figures.desk_by_hour import make_desk_by_hour
from app.figures.desk_by_week import make_desk_by_week
from app.figures.figure import Figure, FigureQuery
from app.figures.help_map import make_help_map
from app.figures.top_topics import make_obstacles, make_procedures
from app.figures.ward_map import make_ward_map
from app.figures.ward_network import make_ward_network
from app.figures.workload_spread import make_workload_spread


class About(Enum):
    """Whether a figure is about one ward, about all wards of a scope, or about either."""

    WARD = auto()
    SCOPE = auto()
    EITHER = auto()


class FigureKind(NamedTuple):
    """How a figure is made, for whom, and about what; which argument carries its choice."""

    make: Callable[[FigureQuery], Figure]
    permission: Permission
    about: About
    choice: str = "tinh-trang"


FIGURES: dict[str, FigureKind] = {
    "ban-do": FigureKind(make_ward_map, Permission.VIEW_PROVINCE, About.SCOPE),
    "giup-nhau": FigureKind(make_help_map, Permission.VIEW_PROVINCE, About.SCOPE),
    "muc-nguoi-hoc": FigureKind(make_workload_spread, Permission.VIEW_WARDS, About.EITHER),
    "do-phu": FigureKind(make_coverage_over_time, Permission.VIEW_WARDS, About.EITHER),
    "luot-theo-tuan": FigureKind(make_desk_by_week, Permission.VIEW_SESSIONS, About.EITHER),
    "luot-theo-gio": FigureKind(make_desk_by_hour, Permission.VIEW_SESSIONS, About.EITHER),
    "thu-tuc": FigureKind(make_procedures, Permission.VIEW_SESSIONS, About.EITHER),
    "vuong-mac": FigureKind(make_obstacles, Permission.VIEW_SESSIONS, About.EITHER),
    "mang-luoi": FigureKind(make_ward_network, Permission.VIEW_PEOPLE, About.WARD, "mentor"),
}
