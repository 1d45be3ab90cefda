"""What each ward of the made-up network shows: all well, one thing wrong, or nothing at all."""

from enum import StrEnum, auto
from random import Random
from typing import NamedTuple


class Support(StrEnum):
    """How a ward's service centre stands."""

    WORKING = auto()
    ON_PAPER = auto()
    NONE = auto()
    ENDED = auto()
    PAUSED = auto()


class Mentors(StrEnum):
    """How a ward's mentors stand."""

    WORKING = auto()
    NONE = auto()
    LEFT = auto()
    PAUSED = auto()


class Flaw(StrEnum):
    """One thing that goes wrong in a ward."""

    BELOW_FLOOR = auto()
    SHORT_OF_CAPACITY = auto()
    MENTOR_ON_PAPER = auto()
    HANDOFF = auto()
    WAITING = auto()
    DORMANT = auto()
    OVER_CAPACITY = auto()


class Profile(NamedTuple):
    """A ward without flaws whose support and mentors work is covered today."""

    support: Support = Support.WORKING
    mentors: Mentors = Mentors.WORKING
    flaws: frozenset[Flaw] = frozenset()
    is_silent: bool = False
    has_data: bool = True

    @property
    def is_strict(self) -> bool:
        """Whether every mentor of the ward guides as many as the floor asks."""
        return self.mentors is Mentors.WORKING and Flaw.BELOW_FLOOR not in self.flaws


def _with(*flaws: Flaw) -> Profile:
    return Profile(flaws=frozenset(flaws))


COVERED = Profile()
NO_DATA = Profile(has_data=False)
SILENT = Profile(is_silent=True)
BELOW_FLOOR = _with(Flaw.BELOW_FLOOR)
SUPPORT_ON_PAPER = Profile(support=Support.ON_PAPER)

# Wards that always show the same: the pictures, the guide and the first ten minutes rely on them.
EXHIBITS: dict[str, Profile] = {
    "23575": COVERED,  # Pleiku
    "23617": COVERED,  # An Khê
    "21664": COVERED,  # Hoài Nhơn
    "21592": COVERED,  # Quy Nhơn Nam
    "23941": _with(Flaw.BELOW_FLOOR, Flaw.DORMANT, Flaw.WAITING, Flaw.HANDOFF),  # Chư Sê
    "21607": Profile(mentors=Mentors.NONE),  # Nhơn Châu
    "24007": Profile(mentors=Mentors.NONE),  # Ya Hội
    "21871": Profile(mentors=Mentors.LEFT),  # Hòa Hội
    "23644": Profile(mentors=Mentors.PAUSED),  # Đak Rong
    "23938": Profile(support=Support.NONE),  # Ia Mơ
    "21997": Profile(support=Support.NONE),  # Canh Liên
    "23872": Profile(support=Support.NONE),  # Ia Dom
    "23798": Profile(support=Support.ENDED),  # Ayun
    "21757": Profile(support=Support.ENDED),  # Phù Mỹ Tây
    "23935": Profile(support=Support.PAUSED),  # Ia Lâu
    "21601": _with(Flaw.SHORT_OF_CAPACITY),  # Quy Nhơn Đông
    "21952": _with(Flaw.SHORT_OF_CAPACITY),  # Tuy Phước
    "21910": BELOW_FLOOR,  # An Nhơn
    "21640": SUPPORT_ON_PAPER,  # Bồng Sơn
    "23857": SUPPORT_ON_PAPER,  # Đức Cơ
    "21808": _with(Flaw.MENTOR_ON_PAPER),  # Tây Sơn
    "23563": _with(Flaw.HANDOFF),  # Diên Hồng
    "21853": _with(Flaw.WAITING),  # Phù Cát
    "24044": _with(Flaw.DORMANT),  # Ayun Pa
    "23677": _with(Flaw.OVER_CAPACITY),  # Đak Đoa
    "23638": SILENT,  # Kbang
    "21609": SILENT,  # An Lão
    "23917": NO_DATA,  # Ia Púch
    "23839": NO_DATA,  # SRó
    "23842": NO_DATA,  # Đăk Song
    "23851": NO_DATA,  # Chơ Long
    "21622": NO_DATA,  # An Toàn
    "23650": NO_DATA,  # Krong
    "24109": NO_DATA,  # Uar
    "23881": NO_DATA,  # Ia Pnôn
    "21787": NO_DATA,  # Vĩnh Sơn
    "23818": NO_DATA,  # Kon Chiêng
    "22006": NO_DATA,  # Canh Vinh
    "24028": NO_DATA,  # Ia Tul
}

# What the other wards are like, and how often (in a hundred).
COMMON: tuple[tuple[int, Profile], ...] = (
    (36, COVERED),
    (16, BELOW_FLOOR),
    (7, _with(Flaw.BELOW_FLOOR, Flaw.WAITING)),
    (5, _with(Flaw.BELOW_FLOOR, Flaw.MENTOR_ON_PAPER)),
    (5, _with(Flaw.DORMANT)),
    (4, _with(Flaw.MENTOR_ON_PAPER)),
    (4, _with(Flaw.HANDOFF)),
    (4, _with(Flaw.WAITING)),
    (3, _with(Flaw.OVER_CAPACITY)),
    (3, _with(Flaw.SHORT_OF_CAPACITY)),
    (6, SUPPORT_ON_PAPER),
    (3, SILENT),
    (3, Profile(support=Support.NONE)),
    (1, Profile(mentors=Mentors.LEFT)),
)


def choose_profile(rng: Random, ward_code: str) -> Profile:
    """Return what a ward shows: fixed for an exhibit, drawn for the others."""
    shares, profiles = zip(*COMMON, strict=True)
    drawn: Profile = rng.choices(profiles, shares)[0]
    return EXHIBITS.get(ward_code, drawn)
