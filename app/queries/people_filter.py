"""How lists of people are narrowed: name without accents, part of a phone, hamlet, ward."""

import re
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_, true

from app.access.scope import WardScope
from models import Hamlet, Person, Ward
from models.names import fold

SHORTEST_PHONE_PART = 3


class PeopleFilter(NamedTuple):
    """What a list is narrowed to: typed words, a code for the state, a ward's code; "" is all."""

    words: str = ""
    state: str = ""
    ward_code: str = ""


class Window(NamedTuple):
    """Which page of a long list is wanted; one that does not exist means the nearest that does."""

    page: int = 1
    size: int = 50

    def offset(self, total: int) -> int:
        """Return how many of `total` rows stand before the page."""
        last_page = max(1, -(-total // self.size))
        return (min(max(self.page, 1), last_page) - 1) * self.size


def matches_filter(scope: WardScope, chosen: PeopleFilter) -> ColumnElement[bool]:
    """Return the condition on Person, Hamlet and Ward for the typed words and the ward.

    Every word is looked for in the name and in the hamlet; digits alone, in the phone number.
    """
    is_in_ward = Ward.code == chosen.ward_code if chosen.ward_code else true()
    return and_(scope.limit(Ward.id), is_in_ward, _has_words(chosen.words))


def _has_words(typed: str) -> ColumnElement[bool]:
    digits = re.sub(r"[\s.\-+()]", "", typed)
    if digits.isascii() and digits.isdigit() and len(digits) >= SHORTEST_PHONE_PART:
        national = digits.removeprefix("84") if typed.strip().startswith("+") else digits
        return Person.phone.contains(national.removeprefix("0"), autoescape=True)
    return and_(
        true(),
        *(
            or_(
                Person.search_text.contains(word, autoescape=True),
                Hamlet.search_text.contains(word, autoescape=True),
            )
            for word in fold(typed).split()
        ),
    )
