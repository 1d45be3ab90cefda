"""A ward asks a bordering one for help."""

from dataclasses import dataclass
from datetime import date

from app import clock
from app.access.scope import WardScope
from app.queries.wards import list_bordering_ids
from app.request_errors import NotBorderingError
from app.services.transaction import Receipt, transaction
from models import WardRequest, db
from models.enums import HalfDay, RequestKind, RequestState


@dataclass(frozen=True, kw_only=True, slots=True)
class HelpWanted:
    """A mentor for so many mentees, or somebody at the desk on a day; no half: the whole day."""

    kind: RequestKind
    mentees: int | None = None
    day: date | None = None
    half_day: HalfDay | None = None


def ask_ward(
    scope: WardScope,
    asking_ward_id: int,
    asked_ward_id: int,
    wanted: HelpWanted,
    *,
    request_key: str | None = None,
) -> Receipt:
    """Send a request from a ward of the scope. Raises `NotBorderingError`, `OutOfScopeError`."""
    scope.require(asking_ward_id)
    with transaction(scope, "ward_asked", request_key=request_key) as unit:
        if asked_ward_id not in list_bordering_ids(scope, asking_ward_id):
            raise NotBorderingError
        row = WardRequest(
            asking_ward_id=asking_ward_id,
            asked_ward_id=asked_ward_id,
            kind=wanted.kind,
            state=RequestState.OPEN,
            asked_on=clock.today(),
            mentees=wanted.mentees,
            day=wanted.day,
            half_day=wanted.half_day,
        )
        db.session.add(row)
        unit.about(row, ward_id=asking_ward_id)
    return unit.receipt
