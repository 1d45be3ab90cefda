"""The one-time keys of forms: whether one has been used, and for what."""

from sqlalchemy import select

from app.access.scope import WardScope
from models import RequestKey, db


def was_sent_before(scope: WardScope, request_key: str) -> bool:
    """Say whether the asking account has sent a form with this key that was accepted."""
    return find_batch_of(scope, request_key) is not None


def find_batch_of(scope: WardScope, request_key: str | None) -> int | None:
    """Return the action that the asking account's form with this key led to, if it was accepted."""
    is_same = (RequestKey.account_id == scope.account_id) & (RequestKey.key == request_key)
    return db.session.scalar(select(RequestKey.batch_id).where(is_same))
