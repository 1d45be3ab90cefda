"""Notes that a sign-in is still in use, seldom enough that reading pages writes next to nothing."""

from datetime import datetime, timedelta

from sqlalchemy import update

from app.services.transaction import technical_write
from models import SignIn

TOUCH_AFTER = timedelta(minutes=5)


def touch_sign_in(sign_in_id: int, *, last_seen_at: datetime | None, now: datetime) -> None:
    """Set when a sign-in was last seen, unless that was noted within five minutes."""
    if last_seen_at is None or now - last_seen_at < TOUCH_AFTER:
        return
    with technical_write() as session:
        session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(last_seen_at=now))
