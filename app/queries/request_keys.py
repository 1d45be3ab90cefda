"""The one-time keys of forms: whether one has been used."""

from sqlalchemy import exists, select

from app.access.scope import WardScope
from models import RequestKey, db


def was_sent_before(scope: WardScope, request_key: str) -> bool:
    """Say whether the asking account has sent a form with this key that was accepted."""
    is_same = (RequestKey.account_id == scope.account_id) & (RequestKey.key == request_key)
    return bool(db.session.scalar(select(exists().where(is_same))))
