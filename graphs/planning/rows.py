"""What planners are given: the people of a day who may be paired, as plain rows in any order."""

from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from graphs.rows import BorderRow


class PlanWard(NamedTuple):
    """A ward that exists on the day; its point in degrees."""

    code: str
    name: str
    latitude: float
    longitude: float


class PlanMentor(NamedTuple):
    """A working mentor: open and not paused.

    `open_fixed`: open pairs that no plan may touch, because their mentee is paused.
    `guided_fixed`: distinct people who count towards the floor whatever is moved (completed this
    year where that counts, and the paused mentees).
    """

    id: int
    ward: str
    person: int
    capacity: int
    guided_fixed: int
    open_fixed: int
    languages: frozenset[int]
    hamlet: int | None


class PlanMentee(NamedTuple):
    """An open, unpaused mentee who waits (`mentor` None) or is with a working mentor.

    `counted_by`: mentors whose `guided_fixed` holds the person already (completed with them this
    year): being paired there again adds nothing towards the floor.
    """

    id: int
    ward: str
    person: int
    languages: frozenset[int]
    hamlet: int | None
    mentor: int | None
    counted_by: frozenset[int]


class PlanRows(NamedTuple):
    """Everything that a plan is made from; `floor` is how many people a mentor is to guide."""

    wards: Iterable[PlanWard]
    borders: Iterable[BorderRow]
    mentors: Iterable[PlanMentor]
    mentees: Iterable[PlanMentee]
    floor: int


class Reach(StrEnum):
    """How far from the own ward a mentor may be: same ward, a ward that borders it, anywhere."""

    WARD = "ward"
    BORDER = "border"
    PROVINCE = "province"


def languages_by_person(spoken: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    """Return by person the languages of pairs of the two.

    There are few sets of languages: people who speak the same share one, so that a plan can tell
    at a glance that they do.
    """
    languages = defaultdict[int, set[int]](set)
    for person, language in spoken:
        languages[person].add(language)
    known: dict[frozenset[int], frozenset[int]] = {}
    return {
        person: known.setdefault(one, one)
        for person, one in zip(languages, map(frozenset, languages.values()), strict=True)
    }


def may_talk(mentor: PlanMentor, mentee: PlanMentee) -> bool:
    """Whether the need for a language is met: unknown on either side, or one in common."""
    return (
        not mentor.languages
        or not mentee.languages
        or not mentor.languages.isdisjoint(mentee.languages)
    )
