"""One-time links: made with a random token, stored by its hash; nothing here commits."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.errors import LinkExpiredError
from app.queries.sign_ins import hash_token
from models import OneTimeLink
from models.enums import LinkPurpose

LINK_DAYS = 7


def add_link(
    session: Session, purpose: LinkPurpose, account_id: int | None, moment: datetime
) -> str:
    """Add a link that replaces the account's earlier ones, and return its token.

    `account_id` is None for the first administrator, whose account does not exist yet.
    """
    session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.account_id.is_not_distinct_from(account_id))
        .where(OneTimeLink.used_at.is_(None))
        .values(used_at=moment)
    )
    token = secrets.token_urlsafe(32)
    session.add(
        OneTimeLink(
            token_hash=hash_token(token),
            purpose=purpose,
            account_id=account_id,
            created_at=moment,
            expires_at=moment + timedelta(days=LINK_DAYS),
        )
    )
    return token


def use_up(session: Session, token: str, moment: datetime) -> OneTimeLink:
    """Mark a link as used and return it; raise `LinkExpiredError` when it may not be used."""
    statement = (
        select(OneTimeLink).where(OneTimeLink.token_hash == hash_token(token)).with_for_update()
    )
    link = session.scalar(statement)
    if link is None or link.used_at is not None or link.expires_at <= moment:
        raise LinkExpiredError
    link.used_at = moment
    return link
