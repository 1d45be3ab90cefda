"""Made-up names of people and hamlets, by people (Kinh, Jrai, Bahnar, Chăm H'roi, Hrê).

Families, middle and given names are common ones, combined by chance: whoever bears such a name is
not meant. Jrai and Bahnar names do not follow họ–đệm–tên.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from random import Random

from models.enums import Gender

NAMES_FILE = Path(__file__).resolve().parents[2] / "data" / "demo_names.csv"
SUFFIXES = {Gender.FEMALE: "_f", Gender.MALE: "_m"}

# 030 is the prefix of no operator (mobile numbers begin with 032 to 039, 05, 07, 08 and 09), yet
# it has the form of a mobile number, so that forms and lists treat it as one.
PHONE_PREFIX = "+8430"


@dataclass(frozen=True, slots=True)
class NameParts:
    """For each people and part (family, middle, given, hamlet): what there is, and how common."""

    values: dict[tuple[str, str], list[str]]
    weights: dict[tuple[str, str], list[int]]

    def person(self, rng: Random, people: str, gender: Gender) -> str:
        """Compose a person's name."""
        parts = (
            self._pick(rng, people, "family", SUFFIXES[gender]),
            self._pick(rng, people, "middle" + SUFFIXES[gender]),
            self._pick(rng, people, "given" + SUFFIXES[gender]),
        )
        return " ".join(part for part in parts if part)

    def hamlets(self, rng: Random, people: str, how_many: int) -> list[str]:
        """Choose different hamlets, at most as many as there are."""
        known = self.values[people, "hamlet"]
        return rng.sample(known, min(how_many, len(known)))

    def _pick(self, rng: Random, people: str, part: str, suffix: str = "") -> str:
        values, weights = list[str](), list[int]()
        for key in {(people, part): None, (people, part + suffix): None}:
            values += self.values.get(key, [])
            weights += self.weights.get(key, [])
        return rng.choices(values, weights)[0] if values else ""


def read_names(path: Path = NAMES_FILE) -> NameParts:
    """Read the shipped list: rows of culture, part, weight, value."""
    values: dict[tuple[str, str], list[str]] = defaultdict(list)
    weights: dict[tuple[str, str], list[int]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = row["culture"], row["part"]
            values[key].append(row["value"])
            weights[key].append(int(row["weight"]))
    return NameParts(dict(values), dict(weights))


def phone_of(number: int) -> str:
    """Return a number in E.164 that belongs to nobody, a different one for each person."""
    return f"{PHONE_PREFIX}{number:07}"
