"""Keeps how the reader likes to see a list, and forgets it."""

from app import clock
from app.access.scope import WardScope
from app.errors import TooManyViewsError
from app.queries.saved_views import count_views, load_view
from app.services.transaction import Receipt, transaction
from models import SavedView, db

MOST_VIEWS = 20


def keep_view(
    scope: WardScope, list_key: str, name: str, query: str, *, request_key: str | None = None
) -> Receipt:
    """Keep a view of a list under a name. Raises `TooManyViewsError`."""
    with transaction(scope, "view_kept", request_key=request_key) as unit:
        if count_views(scope, list_key) >= MOST_VIEWS:
            raise TooManyViewsError(most=MOST_VIEWS)
        view = SavedView(list_key=list_key, name=name, query=query)
        db.session.add(view)
        unit.about(view)
    return unit.receipt


def rename_view(
    scope: WardScope, view_id: int, name: str, *, request_key: str | None = None
) -> Receipt:
    """Give one of the reader's views another name. Raises `OutOfScopeError`."""
    with transaction(scope, "view_renamed", request_key=request_key) as unit:
        view = load_view(scope, view_id)
        view.name = name
        unit.about(view)
    return unit.receipt


def forget_view(scope: WardScope, view_id: int) -> Receipt:
    """Forget one of the reader's views; it can be brought back. Raises `OutOfScopeError`."""
    with transaction(scope, "view_forgotten") as unit:
        view = load_view(scope, view_id)
        view.deleted_at = clock.now()
        unit.about(view)
    return unit.receipt
