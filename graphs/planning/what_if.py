"""What if: the rows of a network under assumptions about it. Nothing is recorded."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from itertools import chain, count
from typing import NamedTuple

from graphs.joining import after_joining
from graphs.rows import MenteeRow, MentorRow, NetworkRows, PostRow
from graphs.supposing import after_leaving
from graphs.timeline import is_open, is_paused, latest


class Joining(NamedTuple):
    """A ward, by its code, that becomes part of another."""

    gone: str
    into: str


class Assumptions(NamedTuple):
    """What is assumed; what is left out stays as it is.

    `floor`: how many people a mentor is to guide. `mentors_gone` are the busiest at work,
    `support_gone` the support people where there are fewest, `mentees_added` so many people who
    wait in each ward; all of them in `ward`, or anywhere where none is named. They come and go
    before wards are joined.
    """

    floor: int | None = None
    mentors_gone: int = 0
    support_gone: int = 0
    mentees_added: int = 0
    ward: str = ""
    joining: Joining | None = None


def assumed(rows: NetworkRows, assumptions: Assumptions, *, on: date) -> NetworkRows:
    """The rows with the people and wards that are assumed, as of a day."""
    wards = {row.code for row in rows.wards if assumptions.ward in ("", row.code)}
    after = after_leaving(
        rows,
        mentors=busiest_mentors(rows, assumptions.mentors_gone, wards=wards, on=on),
        posts=scarcest_posts(rows, assumptions.support_gone, wards=wards, on=on),
        on=on,
    )
    after = after_registering(after, dict.fromkeys(wards, assumptions.mentees_added), on=on)
    if assumptions.joining is None:
        return after
    return after_joining(after, *assumptions.joining, on=on)


def busiest_mentors(
    rows: NetworkRows, number: int, *, wards: Collection[str], on: date
) -> set[int]:
    """The mentors at work with the most open pairings, of equals those with the lower ids."""
    load = Counter(row.mentor for row in rows.mentorships if is_open(row, on))
    at_work = (row for row in rows.mentors if _is_at_work(row, wards, on))
    return {row.id for row in sorted(at_work, key=lambda row: (-load[row.id], row.id))[:number]}


def scarcest_posts(rows: NetworkRows, number: int, *, wards: Collection[str], on: date) -> set[int]:
    """All open posts of so many support people, those first in whose ward fewest are at work."""
    posts = [row for row in rows.posts if is_open(row, on)]
    at_work = [row for row in posts if _is_at_work(row, wards, on)]
    beside = Counter(row.ward for row in at_work)
    fewest: dict[int, int] = {}
    for row in at_work:
        fewest[row.person] = min(beside[row.ward], fewest.get(row.person, len(at_work)))
    people = set(sorted(fewest, key=lambda person: (fewest[person], person))[:number])
    return {row.id for row in posts if row.person in people}


def after_registering(rows: NetworkRows, people: dict[str, int], *, on: date) -> NetworkRows:
    """The rows after so many people registered to learn in each ward on the day; all of them wait.

    They are unlike anybody else.
    """
    mentees, pairs = list(rows.mentees), list(rows.mentorships)
    known = chain(
        (row.person for row in rows.posts),
        (row.person for row in rows.mentors),
        (row.person for row in mentees),
        (row.person for row in pairs),
    )
    persons = count(max(known, default=0) + 1)
    spells = chain((row.id for row in mentees), (row.mentee for row in pairs))
    ids = count(max(spells, default=0) + 1)
    registered = [
        MenteeRow(
            id=next(ids),
            ward=ward,
            person=next(persons),
            started_on=on,
            clock_on=on,
            ended_on=None,
            pauses=(),
            handed_on_on=None,
            last_mentorship_start=None,
            last_mentorship_end=None,
        )
        for ward, number in sorted(people.items())
        for _ in range(number)
    ]
    return rows._replace(
        wards=[
            row._replace(has_data=True, last_entry_on=latest((row.last_entry_on, on)))
            if people.get(row.code)
            else row
            for row in rows.wards
        ],
        mentees=[*mentees, *registered],
    )


def _is_at_work(row: MentorRow | PostRow, wards: Collection[str], on: date) -> bool:
    return row.ward in wards and is_open(row, on) and not is_paused(row, on)
