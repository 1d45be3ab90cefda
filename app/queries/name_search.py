"""Finds people by what somebody typed: the beginnings of words of a name, or part of a phone."""

import re

from sqlalchemy import ColumnElement, Select, and_, column, or_, select, table, union
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlalchemy.sql.selectable import CompoundSelect

from models import Hamlet, Person, db
from models.name_index import NAME_INDEX
from models.names import fold

SHORTEST_PHONE_PART = 3
Found = Select[int] | CompoundSelect[int]


def find_people(typed: str) -> Found | None:
    """Return a select of the ids of the people that typed words mean; None where nothing is typed.

    Each word begins a word of the name or of the hamlet, in any order, whatever its case and marks.
    Digits alone are part of the phone number, however it is typed. It knows no scope: use it as a
    condition on the person of rows that are limited to one.
    """
    digits = re.sub(r"[\s.\-+()]", "", typed)
    if digits.isascii() and digits.isdigit() and len(digits) >= SHORTEST_PHONE_PART:
        national = digits.removeprefix("84") if typed.strip().startswith("+") else digits
        return _with_phone(national.removeprefix("0"))
    words = fold(typed.replace("\0", " ")).split()
    if not words:
        return None
    return _indexed(words) if db.engine.dialect.name == "sqlite" else _read(words)


def _with_phone(digits: str) -> Found:
    person = aliased(Person)
    return select(person.id).where(person.phone.contains(digits, autoescape=True))


def _indexed(words: list[str]) -> Found:
    """Ask SQLite's index for the name; only who lives in a hamlet of such a name is read, too."""
    person, hamlet = aliased(Person), aliased(Hamlet)
    in_hamlet = (
        select(person.id)
        .join(hamlet, hamlet.id == person.hamlet_id)
        .where(
            or_(*(_begins_word(hamlet.search_text, word) for word in words)),
            *(_is_in_name_or_hamlet(person, hamlet, word) for word in words),
        )
    )
    index = table(NAME_INDEX, column("rowid"))
    # Within quotes nothing has a meaning but the quote itself.
    query = " ".join('"' + word.replace('"', '""') + '"*' for word in words)
    by_name = select(index.c.rowid).where(column(NAME_INDEX).op("MATCH")(query))
    return union(by_name, in_hamlet)


def _read(words: list[str]) -> Found:
    person, hamlet = aliased(Person), aliased(Hamlet)
    return (
        select(person.id)
        .outerjoin(hamlet, hamlet.id == person.hamlet_id)
        .where(and_(*(_is_in_name_or_hamlet(person, hamlet, word) for word in words)))
    )


def _is_in_name_or_hamlet(
    person: type[Person], hamlet: type[Hamlet], word: str
) -> ColumnElement[bool]:
    return or_(_begins_word(person.search_text, word), _begins_word(hamlet.search_text, word))


def _begins_word(text: InstrumentedAttribute[str], word: str) -> ColumnElement[bool]:
    return or_(text.startswith(word, autoescape=True), text.contains(" " + word, autoescape=True))
