"""Reading columns, no objects: what a page asks for, without the ORM's share of each statement.

Building a statement and passing it through the ORM takes several times as long as SQLite takes to
answer it, and a page asks some ten of them.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVarTuple

from sqlalchemy import Row, Select

from models import db
from models.base import WITHOUT_DELETED_ROWS

Columns = TypeVarTuple("Columns")

MOST_KEPT = 512
# For functions that make a statement from a scope, a day, a state. Ids, which never come twice,
# are bound when it runs; what somebody types is not kept.
kept_statement = lru_cache(maxsize=MOST_KEPT)


def read_rows(statement: Select[*Columns], **values: object) -> Sequence[Row[*Columns]]:
    """Return all rows of a kept select of columns; `values` are those of its bound parameters.

    Like `db.session.execute`, it reads in the session's transaction, sees what was changed in the
    session before, and leaves soft-deleted rows out.
    """
    session = db.session()
    if session.autoflush:
        session.flush()
    return session.connection().execute(_of_living_rows(statement), values).all()


@lru_cache(maxsize=MOST_KEPT)
def _of_living_rows(statement: Select[*Columns]) -> Select[*Columns]:
    # One object for all times that it runs, since that remembers how it is compiled.
    return statement.options(WITHOUT_DELETED_ROWS)
