"""The ward that asked makes use of what was accepted, or withdraws the request."""

from collections.abc import Collection
from datetime import date

from app.access.scope import WardScope
from app.errors import (
    PostNotOpenError,
    TurnRecordedError,
)
from app.formatting import format_day
from app.queries.duty import find_turn, load_post
from app.queries.pairing import load_mentees, lock_mentor
from app.queries.ward_requests import UNDER_WAY, load_sent_request
from app.request_errors import RequestAnsweredError, TooManyForRequestError
from app.services.pairing_rules import begin_mentorships
from app.services.reporting_periods import period_counting
from app.services.transaction import Receipt, transaction
from models import DutyTurn, WardRequest, db
from models.enums import HalfDay, RequestKind, RequestState


def pair_by_request(
    scope: WardScope,
    request_id: int,
    mentee_ids: Collection[int],
    *,
    on: date,
    request_key: str | None = None,
) -> Receipt:
    """Pair own mentees with the mentor whom the other ward named; the request is fulfilled.

    Raises `RequestAnsweredError`, `TooManyForRequestError`, and as `begin_mentorships` does.
    """
    with transaction(scope, "ward_request_fulfilled", request_key=request_key) as unit:
        row = _accepted(scope, request_id, RequestKind.MENTOR)
        if len(mentee_ids) > (row.mentees or 0):
            raise TooManyForRequestError(count=row.mentees)
        mentees = load_mentees(scope.narrowed_to(row.asking_ward_id), mentee_ids)
        # The other ward agreed: its mentor may be paired from here, and nobody else of it.
        both = WardScope.of([row.asking_ward_id, row.asked_ward_id], scope.account_id)
        mentor = lock_mentor(both, row.mentor_id or 0)
        begin_mentorships(both, mentor, mentees, on=on)
        row.state = RequestState.FULFILLED
        unit.about(row, ward_id=row.asking_ward_id)
    return unit.receipt


def plan_by_request(
    scope: WardScope, request_id: int, *, request_key: str | None = None
) -> Receipt:
    """Plan the turns of whom the other ward sends at the own desk; the request is fulfilled.

    Raises `RequestAnsweredError`, `PostNotOpenError`, `TurnRecordedError`, `OutOfScopeError`.
    """
    with transaction(scope, "ward_request_fulfilled", request_key=request_key) as unit:
        row = _accepted(scope, request_id, RequestKind.SUPPORT)
        there = WardScope.of([row.asking_ward_id, row.asked_ward_id], scope.account_id)
        post = load_post(there, row.support_post_id or 0)
        if row.day is None or not post.is_open_on(row.day):
            raise PostNotOpenError(day=format_day(row.day))
        for half in [row.half_day] if row.half_day else list(HalfDay):
            if find_turn(there, post.id, row.day, half) is not None:
                raise TurnRecordedError
            db.session.add(_planned_turn(row, post.id, row.day, half))
        row.state = RequestState.FULFILLED
        unit.about(row, ward_id=row.asking_ward_id)
    return unit.receipt


def withdraw_ward_request(
    scope: WardScope, request_id: int, *, request_key: str | None = None
) -> Receipt:
    """Take back a request that is not fulfilled.

    Raises `RequestAnsweredError`, `OutOfScopeError`.
    """
    with transaction(scope, "ward_request_withdrawn", request_key=request_key) as unit:
        row = load_sent_request(scope, request_id)
        if row.state not in UNDER_WAY:
            raise RequestAnsweredError
        row.state = RequestState.WITHDRAWN
        unit.about(row, ward_id=row.asking_ward_id)
    return unit.receipt


def _accepted(scope: WardScope, request_id: int, kind: RequestKind) -> WardRequest:
    row = load_sent_request(scope, request_id)
    if row.state is not RequestState.ACCEPTED or row.kind is not kind:
        raise RequestAnsweredError
    return row


def _planned_turn(row: WardRequest, post_id: int, day: date, half_day: HalfDay) -> DutyTurn:
    return DutyTurn(
        ward_id=row.asking_ward_id,
        support_post_id=post_id,
        service_date=day,
        half_day=half_day,
        is_performed=False,
        reported_in_id=period_counting(day),
    )
