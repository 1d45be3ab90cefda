"""Finds people by what somebody typed: the beginnings of words of a name, or part of a phone."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    String,
    and_,
    bindparam,
    column,
    or_,
    select,
    table,
    true,
    union,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlalchemy.sql.selectable import CompoundSelect

from app.queries.kept_statements import kept_statement, read_rows
from models import Hamlet, Person, db
from models.name_index import INDEXED_BEGINNING, NAME_INDEX, NAME_WORDS
from models.names import fold

SHORTEST_PHONE_PART = 3
# With so many words that begin alike, the index finds the beginning as fast as the words.
MOST_WORDS = 30
LAST_CHARACTER = "\U0010ffff"
Found = Select[int] | CompoundSelect[int]
# Making an alias takes longer than asking the index.
_PERSON, _HAMLET = aliased(Person), aliased(Hamlet)
# People of whom `is_meant` asks, beside those by whose names a list is ordered.
MEANT = aliased(Person)


class Meaning(NamedTuple):
    """Whom typed words mean: a select of the ids of people, and the values that it is run with.

    Where `is_kept`, what is typed stands in the values alone: it is one object for all words, and
    what is made from it may be kept.
    """

    people: Found
    values: dict[str, Any]
    is_kept: bool


def find_people(typed: str) -> Found | None:
    """Return a select of the ids of the people that typed words mean; None where nothing is typed.

    Each word begins a word of the name, in any order, whatever its case and marks; or all of them
    are the name of the hamlet or its end («Ốp» for «Làng Ốp»). Digits alone are part of the phone
    number, however it is typed. It knows no scope: use it for rows that are limited to one.
    """
    meaning = understand(typed)
    return meaning and meaning.people.params(meaning.values)


def understand(typed: str) -> Meaning | None:
    """Return the same as `find_people`, with the statement and its values apart."""
    words = _words(typed)
    if not words:
        return None
    if _phone_part(typed) or db.engine.dialect.name != "sqlite":
        return Meaning(select(_PERSON.id).where(_is_meant(_PERSON, typed)), {}, is_kept=False)
    values: dict[str, Any] = {"names": " AND ".join(map(_in_index, words))}
    name = " ".join(words)
    ending = "% " + re.sub("([%_/])", r"/\1", name)
    hamlets = [row.id for row in read_rows(_hamlets_called(), hamlet=name, ending=ending)]
    if hamlets:
        values["hamlets"] = hamlets
    return Meaning(_people_in_index(among_hamlets=bool(hamlets)), values, is_kept=True)


def _in_index(word: str) -> str:
    """Return the expression of the index for names with a word that begins like this.

    It finds whole words, of which there are few, much faster than long beginnings.
    """
    rows: Sequence[Row[str]] = ()
    if len(word) > INDEXED_BEGINNING:
        rows = read_rows(_words_from(), first=word, last=word + LAST_CHARACTER, most=MOST_WORDS)
    if not 0 < len(rows) < MOST_WORDS:
        return _quoted(word) + "*"
    return "(" + " OR ".join(_quoted(row.term) for row in rows) + ")"


def _quoted(word: str) -> str:
    """Within quotes nothing has a meaning but the quote itself."""
    return '"' + word.replace('"', '""') + '"'


@kept_statement
def _words_from() -> Select[str]:
    words = table(NAME_WORDS, column("term", String))
    is_between = words.c.term.between(bindparam("first"), bindparam("last"))
    return select(words.c.term).where(is_between).limit(bindparam("most"))


@kept_statement
def _people_in_index(*, among_hamlets: bool) -> Found:
    index = table(NAME_INDEX, column("rowid"))
    is_name = column(NAME_INDEX).op("MATCH")(bindparam("names"))
    by_name = select(index.c.rowid.label("id")).where(is_name)
    is_there = _PERSON.hamlet_id.in_(bindparam("hamlets", expanding=True))
    return union(by_name, select(_PERSON.id).where(is_there)) if among_hamlets else by_name


@kept_statement
def _hamlets_called() -> Select[int]:
    is_end = _HAMLET.search_text.like(bindparam("ending"), escape="/")
    return select(_HAMLET.id).where(or_(_HAMLET.search_text == bindparam("hamlet"), is_end))


def is_meant(typed: str) -> ColumnElement[bool]:
    """Return the condition that a row of `MEANT` is one of those that `find_people` finds.

    It reads the row; right where people are taken in another order until there are enough.
    """
    return _is_meant(MEANT, typed)


def _is_meant(person: type[Person], typed: str) -> ColumnElement[bool]:
    digits = _phone_part(typed)
    if digits:
        return person.phone.contains(digits, autoescape=True)
    words = _words(typed)
    is_name = and_(true(), *(_begins_word(person.search_text, word) for word in words))
    return or_(is_name, person.hamlet_id.in_(_hamlets(words)))


def _phone_part(typed: str) -> str:
    """Return the national digits without the leading zero; "" for what is no part of a phone."""
    digits = re.sub(r"[\s.\-+()]", "", typed)
    if not (digits.isascii() and digits.isdigit() and len(digits) >= SHORTEST_PHONE_PART):
        return ""
    national = digits.removeprefix("84") if typed.strip().startswith("+") else digits
    return national.removeprefix("0")


def _words(typed: str) -> list[str]:
    return fold(typed.replace("\0", " ")).split()


def _hamlets(words: list[str]) -> Select[Any]:
    name = " ".join(words)
    is_end = _HAMLET.search_text.endswith(" " + name, autoescape=True)
    return select(_HAMLET.id).where(or_(_HAMLET.search_text == name, is_end))


def _begins_word(text: InstrumentedAttribute[str], word: str) -> ColumnElement[bool]:
    return or_(text.startswith(word, autoescape=True), text.contains(" " + word, autoescape=True))
