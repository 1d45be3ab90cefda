"""What the made-up network knows of a ward: who lives there, and in which hamlets."""

from random import Random
from typing import NamedTuple

from app.demonstration.names import NameParts

URBAN_KIND = "phường"
KINH, JRAI, BAHNAR, CHAM_HROI, HRE = "kinh", "jrai", "bahnar", "cham_hroi", "hre"

# Rough shares of the peoples by former district, good enough for a demonstration; unlisted: Kinh.
PEOPLES: dict[str, dict[str, int]] = {
    "Huyện An Lão": {KINH: 60, HRE: 40},
    "Huyện Hoài Ân": {KINH: 92, BAHNAR: 5, HRE: 3},
    "Huyện Vĩnh Thạnh": {KINH: 65, BAHNAR: 35},
    "Huyện Tây Sơn": {KINH: 97, BAHNAR: 3},
    "Huyện Vân Canh": {KINH: 50, CHAM_HROI: 38, BAHNAR: 12},
    "Thành phố Pleiku": {KINH: 82, JRAI: 18},
    "Thị xã An Khê": {KINH: 92, BAHNAR: 8},
    "Huyện Kbang": {KINH: 45, BAHNAR: 55},
    "Huyện Đak Đoa": {KINH: 40, BAHNAR: 45, JRAI: 15},
    "Huyện Mang Yang": {KINH: 38, BAHNAR: 62},
    "Huyện Kông Chro": {KINH: 25, BAHNAR: 75},
    "Huyện Đak Pơ": {KINH: 70, BAHNAR: 30},
    "Huyện Chư Păh": {KINH: 42, JRAI: 50, BAHNAR: 8},
    "Huyện Ia Grai": {KINH: 48, JRAI: 52},
    "Huyện Đức Cơ": {KINH: 50, JRAI: 50},
    "Huyện Chư Prông": {KINH: 50, JRAI: 50},
    "Huyện Chư Sê": {KINH: 48, JRAI: 46, BAHNAR: 6},
    "Huyện Chư Pưh": {KINH: 45, JRAI: 55},
    "Huyện Phú Thiện": {KINH: 40, JRAI: 60},
    "Huyện Ia Pa": {KINH: 28, JRAI: 62, BAHNAR: 10},
    "Thị xã Ayun Pa": {KINH: 50, JRAI: 50},
    "Huyện Krông Pa": {KINH: 30, JRAI: 70},
}
ONLY_KINH = {KINH: 100}
LANGUAGE_OF = {KINH: "vi", JRAI: "jrai", BAHNAR: "bahnar", CHAM_HROI: "cham_hroi", HRE: "hre"}


class Place(NamedTuple):
    """A ward of the shipped list, and the codes of the wards it borders on."""

    code: str
    slug: str
    kind: str
    former_district: str
    population: int
    neighbours: tuple[str, ...]

    @property
    def peoples(self) -> dict[str, int]:
        """Who lives there: people and share in percent."""
        return PEOPLES.get(self.former_district, ONLY_KINH)

    def choose_people(self, rng: Random) -> str:
        """Draw the people of one inhabitant."""
        return rng.choices(list(self.peoples), list(self.peoples.values()))[0]


def name_hamlets(rng: Random, place: Place, names: NameParts) -> dict[str, list[str]]:
    """Make up the hamlets of a ward by who lives there; numbered and shared by all in towns."""
    if place.kind == URBAN_KIND:
        numbered = [f"Tổ dân phố {number}" for number in range(1, rng.randint(5, 9))]
        return dict.fromkeys(place.peoples, numbered)
    return {
        people: names.hamlets(rng, people, 1 + share // 20)
        for people, share in place.peoples.items()
    }
