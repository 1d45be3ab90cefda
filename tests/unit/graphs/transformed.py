"""The same network under other numbers, codes and days, or twice over."""

from datetime import date, timedelta
from itertools import chain

NUMBERS = {
    "id", "person", "mentor", "mentee", "earlier", "later", "session", "account",
    "from_mentor", "to_mentor",
}  # fmt: skip
CODES = {"code", "ward", "code_a", "code_b", "earlier_ward", "later_ward", "at", "giver", "taker"}
ANOTHER, ELSEWHERE = 100_000, "X"


def same(value):
    return value


def transformed(row, *, number=same, code=same, days=0):
    """A row, and rows within it, with other numbers and codes, and its days moved on."""

    def value_of(name, value):
        if hasattr(value, "_fields"):
            return transformed(value, number=number, code=code, days=days)
        if name in NUMBERS and value is not None:
            return number(value)
        if name == "counted_by":
            return frozenset(map(number, value))
        return code(value) if name in CODES else moved_on(value, days)

    return row._replace(**{name: value_of(name, getattr(row, name)) for name in row._fields})


def moved_on(value, days):
    """Days and instants as many days later, also within tuples; all else as it is."""
    if isinstance(value, date):
        return value + timedelta(days=days)
    return tuple(moved_on(one, days) for one in value) if type(value) is tuple else value


def all_transformed(rows, **how):
    """Every row of a named tuple of rows; what is no rows stays."""
    return rows._replace(
        **{
            kind: [transformed(row, **how) for row in part]
            for kind, part in rows._asdict().items()
            if not isinstance(part, int)
        }
    )


def other_number(number):
    """The number in the copy of `doubled`."""
    return number + ANOTHER


def other_code(code):
    """The code in the copy of `doubled`."""
    return ELSEWHERE + code


def doubled(rows):
    """A network and a copy of it, which know nothing of each other."""
    copy = all_transformed(rows, number=other_number, code=other_code)
    return rows._replace(
        **{
            kind: list(chain(part, getattr(copy, kind)))
            for kind, part in rows._asdict().items()
            if not isinstance(part, int)
        }
    )


def shuffled(rows, draw):
    """The rows of each kind in another order."""
    return rows._replace(
        **{
            kind: draw.sample(list(part), len(list(part)))
            for kind, part in rows._asdict().items()
            if not isinstance(part, int)
        }
    )
