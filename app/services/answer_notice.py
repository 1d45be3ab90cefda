"""Records what somebody answered to a notice of the audit: it is as it was recorded."""

from collections.abc import Collection

from app.access.scope import WardScope
from app.errors import NoticeChangedError
from app.queries.reviews import get_alike_people, get_burst
from app.services.transaction import Receipt, transaction
from models import ConfirmedSession, DistinctPeople, db


def tell_people_apart(
    scope: WardScope, person_id: int, *, seen: Collection[int], request_key: str | None = None
) -> Receipt:
    """Record that a person and those who seem to be the same are different people.

    `seen` are the ids that the answer is about. Raises `NoticeChangedError` where others are alike
    by now, `OutOfScopeError`.
    """
    with transaction(scope, "people_told_apart", request_key=request_key) as unit:
        alike = get_alike_people(scope, person_id)
        _refuse_other(seen, [record.id for record in alike.records], is_open=bool(alike.pairs))
        answers = [DistinctPeople(person_id=one, other_id=two) for one, two in sorted(alike.pairs)]
        db.session.add_all(answers)
        unit.about(answers[0], ward_id=alike.ward_id)
    return unit.receipt


def confirm_sessions(
    scope: WardScope, session_id: int, *, seen: Collection[int], request_key: str | None = None
) -> Receipt:
    """Record that all sessions of a burst took place.

    `seen` are the ids that the answer is about. Raises `NoticeChangedError` where the burst has
    other sessions by now, `OutOfScopeError`.
    """
    with transaction(scope, "sessions_confirmed", request_key=request_key) as unit:
        burst = get_burst(scope, session_id)
        ids = [session.id for session in burst.sessions]
        _refuse_other(seen, ids, is_open=bool(ids))
        answers = [ConfirmedSession(help_session_id=one) for one in ids]
        db.session.add_all(answers)
        unit.about(answers[0], ward_id=burst.ward_id)
    return unit.receipt


def _refuse_other(seen: Collection[int], found: Collection[int], *, is_open: bool) -> None:
    if not is_open or set(seen) != set(found):
        raise NoticeChangedError
