"""Finds people by what somebody typed: the beginnings of words of a name, or part of a phone."""

import re
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, column, or_, select, table, true, union
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlalchemy.sql.selectable import CompoundSelect

from models import Hamlet, Person, db
from models.name_index import NAME_INDEX
from models.names import fold

SHORTEST_PHONE_PART = 3
Found = Select[int] | CompoundSelect[int]
# Making an alias takes longer than asking the index.
_PERSON, _HAMLET = aliased(Person), aliased(Hamlet)


def find_people(typed: str) -> Found | None:
    """Return a select of the ids of the people that typed words mean; None where nothing is typed.

    Each word begins a word of the name, in any order, whatever its case and marks; or all of them
    are the name of the hamlet or its end («Ốp» for «Làng Ốp»). Digits alone are part of the phone
    number, however it is typed. It knows no scope: use it for rows that are limited to one.
    """
    words = _words(typed)
    if not words:
        return None
    if _phone_part(typed) or db.engine.dialect.name != "sqlite":
        return select(_PERSON.id).where(_is_meant(_PERSON, typed))
    index = table(NAME_INDEX, column("rowid"))
    # Within quotes nothing has a meaning but the quote itself.
    query = " ".join('"' + word.replace('"', '""') + '"*' for word in words)
    by_name = select(index.c.rowid.label("id")).where(column(NAME_INDEX).op("MATCH")(query))
    hamlets = db.session.scalars(_hamlets(words)).all()
    by_hamlet = select(_PERSON.id).where(_PERSON.hamlet_id.in_(hamlets))
    return union(by_name, by_hamlet) if hamlets else by_name


def is_meant(typed: str) -> ColumnElement[bool]:
    """Return the condition that a row of Person is one of those that `find_people` finds.

    It reads the row; right where people are taken in another order until there are enough.
    """
    return _is_meant(Person, typed)


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
