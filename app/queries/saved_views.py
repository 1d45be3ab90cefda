"""The views of lists that the reader keeps; nobody sees those of somebody else."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.kept_statements import kept_statement, read_rows
from models import SavedView, db


class ViewRow(NamedTuple):
    """A view by its name; `query` stands behind the address of its list."""

    id: int
    list_key: str
    name: str
    query: str


def list_views(scope: WardScope, list_key: str) -> list[ViewRow]:
    """Return the reader's views of a list, the oldest first."""
    if scope.account_id is None:
        return []
    rows = read_rows(_views(), account_id=scope.account_id, list_key=list_key)
    return [ViewRow._make(row) for row in rows]


def count_views(scope: WardScope, list_key: str) -> int:
    """Return how many views of a list the reader keeps."""
    statement = select(func.count(SavedView.id)).where(
        SavedView.entered_by_id == scope.account_id, SavedView.list_key == list_key
    )
    return db.session.scalar(statement) or 0


def get_view(scope: WardScope, view_id: int) -> ViewRow:
    """Return one of the reader's views; 404 for anybody else's."""
    statement = select(SavedView.id, SavedView.list_key, SavedView.name, SavedView.query).where(
        _is_own(scope, view_id)
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise OutOfScopeError(SavedView, view_id)
    return ViewRow._make(row)


def load_view(scope: WardScope, view_id: int) -> SavedView:
    """Return one of the reader's views for writing; 404 for anybody else's."""
    statement = select(SavedView).where(_is_own(scope, view_id))
    view = db.session.scalar(statement.with_for_update())
    if view is None:
        raise OutOfScopeError(SavedView, view_id)
    return view


def _is_own(scope: WardScope, view_id: int) -> ColumnElement[bool]:
    return and_(SavedView.id == view_id, SavedView.entered_by_id == scope.account_id)


@kept_statement
def _views() -> Select[int, str, str, str]:
    return (
        select(SavedView.id, SavedView.list_key, SavedView.name, SavedView.query)
        .where(
            SavedView.entered_by_id == bindparam("account_id"),
            SavedView.list_key == bindparam("list_key"),
        )
        .order_by(SavedView.id)
    )
