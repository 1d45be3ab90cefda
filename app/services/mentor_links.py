"""Makes the link that opens a mentor's own page, and switches it off."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import update

from app import clock
from app.access.link_tokens import new_link_token
from app.access.scope import WardScope
from app.errors import SpellEndedError
from app.formatting import format_day
from app.queries.mentor_links import PURPOSE
from app.queries.mentors import get_mentor
from app.queries.sign_ins import hash_token
from app.services.transaction import Receipt, transaction
from models import MentorLink, db

# A quarter: the leader hands out a new one when the report is due anyway.
LINK_DAYS = 92


class IssuedLink(NamedTuple):
    """A new link. Its token is known here alone; what is stored is a digest."""

    receipt: Receipt
    token: str
    expires_at: datetime


def issue_mentor_link(
    scope: WardScope, mentor_id: int, *, request_key: str | None = None
) -> IssuedLink:
    """Make a link for a mentor; earlier ones stop working.

    Raises `SpellEndedError` for who is no mentor any more, `OutOfScopeError`.
    """
    moment = clock.now()
    token = new_link_token(PURPOSE)
    with transaction(scope, "mentor_link_issued", request_key=request_key) as unit:
        mentor = get_mentor(scope, mentor_id)
        if mentor.ended_on is not None and mentor.ended_on <= clock.today():
            raise SpellEndedError(day=format_day(mentor.ended_on))
        _end_links(mentor_id, moment)
        link = MentorLink(
            mentor_id=mentor_id,
            token_hash=hash_token(token),
            created_at=moment,
            created_by_id=scope.account_id,
            expires_at=moment + timedelta(days=LINK_DAYS),
        )
        db.session.add(link)
        unit.about(mentor, ward_id=mentor.ward_id)
    return IssuedLink(unit.receipt, token, moment + timedelta(days=LINK_DAYS))


def end_mentor_link(scope: WardScope, mentor_id: int) -> Receipt:
    """Switch the link of a mentor off, for good; raises `OutOfScopeError`."""
    with transaction(scope, "mentor_link_ended") as unit:
        mentor = get_mentor(scope, mentor_id)
        _end_links(mentor_id, clock.now())
        unit.about(mentor, ward_id=mentor.ward_id)
    return unit.receipt


def _end_links(mentor_id: int, moment: datetime) -> None:
    db.session.execute(
        update(MentorLink)
        .where(MentorLink.mentor_id == mentor_id, MentorLink.ended_at.is_(None))
        .values(ended_at=moment)
    )
