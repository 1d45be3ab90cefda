"""Requests between wards: both sides see them, and the province all of them."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select, union
from sqlalchemy.orm import aliased

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.kept_statements import kept_statement, read_scoped
from app.queries.wards import CARD, WardCard
from models import Mentor, Person, SupportPost, Ward, WardBorder, WardRequest, db
from models.enums import HalfDay, RequestKind, RequestState

MOST_LISTED = 200
# Somebody has something to do about these.
UNDER_WAY = (RequestState.OPEN, RequestState.ACCEPTED)


class RequestLine(NamedTuple):
    """A request as both wards see it; `helper` is the mentor or who sits at the desk, if named."""

    id: int
    kind: RequestKind
    state: RequestState
    asking_id: int
    asking_name: str
    asked_id: int
    asked_name: str
    asked_on: date
    mentees: int | None
    day: date | None
    half_day: HalfDay | None
    mentor_id: int | None
    post_id: int | None
    helper: str | None
    reason: str | None


class RequestCounts(NamedTuple):
    """What a reader has to do: requests to answer, and accepted ones to make use of."""

    to_answer: int
    to_fulfil: int


def list_requests(scope: WardScope, *, with_past: bool = False) -> list[RequestLine]:
    """Return the requests that wards of the scope sent or received, those under way first."""
    statement = _lines(scope).limit(MOST_LISTED)
    if not with_past:
        statement = statement.where(WardRequest.state.in_(UNDER_WAY))
    return [RequestLine._make(row) for row in db.session.execute(statement)]


def get_request(scope: WardScope, request_id: int) -> RequestLine:
    """Return a request that concerns the scope; else 404."""
    row = db.session.execute(_lines(scope).where(WardRequest.id == request_id)).one_or_none()
    if row is None:
        raise OutOfScopeError(WardRequest, request_id)
    return RequestLine._make(row)


def load_sent_request(scope: WardScope, request_id: int) -> WardRequest:
    """Return a request that a ward of the scope sent, for writing; else 404."""
    return _load(request_id, scope.limit(WardRequest.asking_ward_id))


def load_received_request(scope: WardScope, request_id: int) -> WardRequest:
    """Return a request that a ward of the scope received, for writing; else 404."""
    return _load(request_id, scope.limit(WardRequest.asked_ward_id))


def count_requests_to_do(scope: WardScope) -> RequestCounts:
    """Return how many requests wait for the scope's wards."""
    [counts] = read_scoped(scope, _counts_to_do)
    return RequestCounts._make(counts)


@kept_statement
def _counts_to_do(scope: WardScope) -> Select[int, int]:
    open_ones = WardRequest.state == RequestState.OPEN
    accepted = WardRequest.state == RequestState.ACCEPTED
    to_answer = open_ones & scope.limit(WardRequest.asked_ward_id)
    to_fulfil = accepted & scope.limit(WardRequest.asking_ward_id)
    return select(
        func.count(WardRequest.id).filter(to_answer), func.count(WardRequest.id).filter(to_fulfil)
    ).where(or_(to_answer, to_fulfil))


def list_wards_to_ask(scope: WardScope, ward_ids: Collection[int]) -> list[WardCard]:
    """Return the wards that border some wards and still exist, by name."""
    del scope  # where borders run is no secret
    first, second = WardBorder.ward_a_id, WardBorder.ward_b_id
    around = union(
        select(second).where(first.in_(ward_ids)), select(first).where(second.in_(ward_ids))
    )
    statement = select(*CARD).where(Ward.id.in_(around), Ward.valid_to.is_(None))
    rows = db.session.execute(statement.order_by(Ward.search_text, Ward.code))
    return [WardCard._make(row) for row in rows]


def _load(request_id: int, is_theirs: ColumnElement[bool]) -> WardRequest:
    statement = select(WardRequest).where(WardRequest.id == request_id, is_theirs)
    row = db.session.scalar(statement.with_for_update())
    if row is None:
        raise OutOfScopeError(WardRequest, request_id)
    return row


def _lines(scope: WardScope) -> Select[*tuple[Any, ...]]:
    asking, asked, guide, holder = (
        aliased(Ward),
        aliased(Ward),
        aliased(Person),
        aliased(Person),
    )
    return (
        select(
            WardRequest.id,
            WardRequest.kind,
            WardRequest.state,
            WardRequest.asking_ward_id,
            asking.name,
            WardRequest.asked_ward_id,
            asked.name,
            WardRequest.asked_on,
            WardRequest.mentees,
            WardRequest.day,
            WardRequest.half_day,
            WardRequest.mentor_id,
            WardRequest.support_post_id,
            func.coalesce(guide.full_name, holder.full_name),
            WardRequest.reason,
        )
        .join(asking, asking.id == WardRequest.asking_ward_id)
        .join(asked, asked.id == WardRequest.asked_ward_id)
        .outerjoin(Mentor, Mentor.id == WardRequest.mentor_id)
        .outerjoin(guide, guide.id == Mentor.person_id)
        .outerjoin(SupportPost, SupportPost.id == WardRequest.support_post_id)
        .outerjoin(holder, holder.id == SupportPost.person_id)
        .where(or_(scope.limit(WardRequest.asking_ward_id), scope.limit(WardRequest.asked_ward_id)))
        .order_by(WardRequest.state.not_in(UNDER_WAY), WardRequest.asked_on, WardRequest.id)
    )
