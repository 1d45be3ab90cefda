"""The list of mentees that typed words find, against the same list by LIKE on the folded name."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import cache
from itertools import islice
from random import Random
from time import process_time
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from app import clock
from app.queries.name_search import find_people
from app.queries.people_filter import MANY, PeopleFilter, find_spells
from app.queries.windows import FoundIds, Window
from bench.changes import EVERYWHERE
from bench.lab import Bench, Lab
from bench.measuring import MILLISECONDS, ROUNDS, Bounds, Measured, percentile
from models import Mentee, Person, db
from models.names import fold

QUERIES = 300
SLOWEST = 0.95
SHORTEST_WORD, MOST_WORDS = 2, 3
READ = """
SELECT p.id, p.search_text, coalesce(h.search_text, '')
FROM persons p LEFT JOIN hamlets h ON h.id = p.hamlet_id AND h.deleted_at IS NULL
WHERE p.deleted_at IS NULL
"""


class Query(NamedTuple):
    """What somebody types, and who is meant by it."""

    typed: str
    ids: frozenset[int]


def search(lab: Lab) -> Iterator[Measured]:
    """List the mentees of all wards who are meant by three hundred beginnings of names."""
    site = lab.site
    with site.app.app_context(), closing(site.raw()) as connection:
        queries = _queries(connection)
        mentees = db.session.scalars(select(Mentee.person_id).where(_is_open())).all()
        wrong = sum(not _is_right(query, mentees) for query in queries)
        ours, theirs = _times(queries)
    slow, usual = percentile(ours, SLOWEST), percentile(theirs, SLOWEST)
    yield Measured(
        of="the same list by LIKE on the folded name: counted up to its cap, and the first page in "
        f"order of names; 95th percentiles; {wrong} of {QUERIES} wrong",
        ratio=slow / usual,
        rounds=ROUNDS,
        median_ms=slow * MILLISECONDS,
        baseline_ms=usual * MILLISECONDS,
        fault=f"{wrong} of {QUERIES} answers were wrong" if wrong else None,
    )


def _times(queries: Sequence[Query]) -> tuple[list[float], list[float]]:
    """Time each query once on both sides, a part of them in each round."""
    ours, theirs = list[float](), list[float]()
    for turn in range(ROUNDS):
        for query in queries[turn::ROUNDS]:
            begin = process_time()
            _list_ours(query.typed)
            middle = process_time()
            _list_by_like(query.typed)
            ours.append(middle - begin)
            theirs.append(process_time() - middle)
    return ours, theirs


def _list_ours(typed: str) -> FoundIds:
    return find_spells(EVERYWHERE, Mentee, PeopleFilter(words=typed), _is_open(), Window())


@cache
def _is_open() -> ColumnElement[bool]:
    is_open: ColumnElement[bool] = Mentee.is_open_on(clock.today())
    return is_open


def _list_by_like(typed: str) -> list[int]:
    has_words = (Person.search_text.contains(word) for word in fold(typed).split())
    found = select(Mentee.id).join(Person, Person.id == Mentee.person_id)
    found = found.where(_is_open(), *has_words)
    db.session.scalar(select(func.count()).select_from(found.limit(MANY).subquery()))
    page = found.order_by(Person.sort_key, Mentee.id).limit(Window().size)
    return list(db.session.scalars(page))


def _is_right(query: Query, mentees: Iterable[int]) -> bool:
    """Compare people with those who are meant, and how many the list tells with their spells."""
    found = find_people(query.typed)
    people = frozenset() if found is None else frozenset(db.session.scalars(found))
    total = sum(person in query.ids for person in mentees)
    return people == query.ids and _list_ours(query.typed).total == min(total, MANY)


def _queries(connection: sqlite3.Connection) -> list[Query]:
    """Type beginnings of words of people who exist, and look at everybody for who has them."""
    rng = Random(1)  # no secret
    people = connection.execute(READ).fetchall()
    typed = dict.fromkeys(_beginnings(rng, rng.choice(people)[1]) for _ in range(4 * QUERIES))
    return [
        Query(text, frozenset(person[0] for person in people if _is_meant(text, *person[1:])))
        for text in islice(typed, QUERIES)
    ]


def _is_meant(text: str, name: str, hamlet: str) -> bool:
    """Each word begins one of the name, or all of them are the end of the hamlet's name."""
    words = f" {name}"
    return all(f" {word}" in words for word in text.split()) or f" {hamlet}".endswith(f" {text}")


def _beginnings(rng: Random, name: str) -> str:
    words = name.split()
    chosen = rng.sample(words, rng.randint(1, min(MOST_WORDS, len(words))))
    return " ".join(
        word[: rng.randint(SHORTEST_WORD, max(SHORTEST_WORD, len(word)))] for word in chosen
    )


BENCHES = {"search": Bench(Bounds(0.2, 0.06), search, large_only=True)}
