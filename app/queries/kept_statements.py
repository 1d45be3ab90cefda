"""Reading columns, no objects: what a page asks for, without the ORM's share of each statement.

Building a statement and passing it through the ORM takes several times as long as SQLite takes to
answer it, and a page asks some ten of them.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeVarTuple

from sqlalchemy import CompoundSelect, Row, Select

from app.access.scope import WardScope
from models import db
from models.base import WITHOUT_DELETED_ROWS

Columns = TypeVarTuple("Columns")
About = TypeVarTuple("About")
Statement = Select[*Columns] | CompoundSelect[*Columns]

MOST_KEPT = 512
# For functions that make a statement from a scope, a day, a state. Ids, which never come twice,
# are bound when it runs, and so are the wards of the scope; what somebody types is not kept.
kept_statement = lru_cache(maxsize=MOST_KEPT)


def read_scoped(
    scope: WardScope,
    make: Callable[[WardScope, *About], "Statement[*Columns]"],
    *about: *About,
    **values: object,
) -> Sequence[Row[*Columns]]:
    """Return all rows of a kept select for a scope; `about` is what else it is made from.

    It is the same statement for all scopes of wards: whoever asks first would wait for it to be
    made, and every reader of another ward again.
    """
    statement = make(scope.as_parameter(), *about)
    return read_rows(statement, **scope.parameters(), **values)


def read_rows(statement: "Statement[*Columns]", **values: object) -> Sequence[Row[*Columns]]:
    """Return all rows of a kept select of columns; `values` are those of its bound parameters.

    Like `db.session.execute`, it reads in the session's transaction, sees what was changed in the
    session before, and leaves soft-deleted rows out.
    """
    session = db.session()
    if session.autoflush:
        session.flush()
    return session.connection().execute(_of_living_rows(statement), values).all()


@lru_cache(maxsize=MOST_KEPT)
def _of_living_rows(statement: "Statement[*Columns]") -> "Statement[*Columns]":
    # One object for all times that it runs, since that remembers how it is compiled.
    return statement.options(WITHOUT_DELETED_ROWS)
