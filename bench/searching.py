"""Finding people by parts of their names against LIKE on the same names."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from random import Random
from time import process_time
from typing import NamedTuple

from sqlalchemy import func, select

from app.demonstration.names import read_names
from app.queries.name_search import find_people
from bench.lab import Bench, Lab
from bench.measuring import MILLISECONDS, ROUNDS, Bounds, Measured, percentile
from bench.sites import Site
from models import db
from models.enums import Gender
from models.names import fold, sort_key

NAMES, QUERIES = 120_000, 300
SLOWEST = 0.95
SHORTEST_WORD, MOST_WORDS = 2, 3
PEOPLE = ("kinh", "jrai", "bahnar")
READ = """
SELECT p.id, p.search_text, coalesce(h.search_text, '')
FROM persons p LEFT JOIN hamlets h ON h.id = p.hamlet_id AND h.deleted_at IS NULL
WHERE p.deleted_at IS NULL
"""
FILL = """
INSERT INTO persons (full_name, search_text, sort_key, entered_at, version)
VALUES (?, ?, ?, '2026-01-01 00:00:00.000000', 1)
"""


class Query(NamedTuple):
    """What somebody types, and who is meant by it."""

    typed: str
    ids: frozenset[int]


def search(lab: Lab) -> Iterator[Measured]:
    """Count who is meant by three hundred different beginnings of names."""
    site = lab.site if not lab.is_quick else _filled(lab.sites.copy("S1", "names"))
    with site.app.app_context(), closing(site.raw()) as connection:
        queries = _queries(connection)
        wrong = sum(_found(query.typed) != query.ids for query in queries)
        ours, theirs = _times(connection, queries)
    slow, usual = percentile(ours, SLOWEST), percentile(theirs, SLOWEST)
    yield Measured(
        of=f"the 95th percentile of LIKE on the folded name; {wrong} of {QUERIES} wrong",
        ratio=slow / usual,
        rounds=ROUNDS,
        median_ms=slow * MILLISECONDS,
        baseline_ms=usual * MILLISECONDS,
        fault=f"{wrong} of {QUERIES} answers were wrong" if wrong else None,
    )


def _times(
    connection: sqlite3.Connection, queries: Sequence[Query]
) -> tuple[list[float], list[float]]:
    ours, theirs = list[float](), list[float]()
    for _ in range(ROUNDS):
        for query in queries:
            begin = process_time()
            _count_ours(query.typed)
            middle = process_time()
            _count_like(connection, query.typed)
            ours.append(middle - begin)
            theirs.append(process_time() - middle)
    return ours, theirs


def _count_ours(typed: str) -> int:
    found = find_people(typed)
    assert found is not None  # noqa: S101  # for the types: something is always typed
    return db.session.scalar(select(func.count()).select_from(found.subquery())) or 0


def _found(typed: str) -> frozenset[int]:
    found = find_people(typed)
    return frozenset() if found is None else frozenset(db.session.scalars(found))


def _count_like(connection: sqlite3.Connection, typed: str) -> int:
    words = fold(typed).split()
    conditions = " AND ".join(["search_text LIKE ?"] * len(words))
    statement = f"SELECT count(*) FROM persons WHERE deleted_at IS NULL AND {conditions}"  # noqa: S608  # constants
    counted: int = connection.execute(statement, [f"%{word}%" for word in words]).fetchone()[0]
    return counted


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


def _filled(site: Site) -> Site:
    """Add people in name only until there are as many as a province has."""
    rng, names = Random(1), read_names()  # made-up people
    genders = (Gender.FEMALE, Gender.MALE)
    with closing(sqlite3.connect(site.database)) as connection, connection:
        present = connection.execute("SELECT count(*) FROM persons").fetchone()[0]
        for _ in range(NAMES - present):
            name = names.person(rng, rng.choice(PEOPLE), rng.choice(genders))
            connection.execute(FILL, (name, fold(name), sort_key(name)))
    return site


BENCHES = {"search": Bench(Bounds(0.2, 0.06), search)}
