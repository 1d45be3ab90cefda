"""Wards as pages name them."""

from typing import NamedTuple

from sqlalchemy import select

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from models import Ward, db
from models.enums import WardKind


class WardCard(NamedTuple):
    """What pages need to name a ward and to link to it."""

    id: int
    code: str
    name: str
    kind: WardKind
    search_text: str

    @property
    def full_name(self) -> str:
        """The name with its kind in front: «phường Quy Nhơn Bắc»."""
        return f"{self.kind.value} {self.name}"


class WardPlaceRow(NamedTuple):
    """Where a ward lies, in degrees (WGS 84)."""

    code: str
    longitude: float
    latitude: float
    is_island: bool


CARD = (Ward.id, Ward.code, Ward.name, Ward.kind, Ward.search_text)


def get_ward(scope: WardScope, code: str) -> WardCard:
    """Return a ward of the scope by its code; raise `OutOfScopeError` where there is none."""
    statement = select(*CARD).where(scope.limit(Ward.id), Ward.code == code)
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise OutOfScopeError(code)
    return WardCard._make(row)


def list_wards(scope: WardScope) -> list[WardCard]:
    """Return the wards of the scope in order of code."""
    statement = select(*CARD).where(scope.limit(Ward.id)).order_by(Ward.code)
    return [WardCard._make(row) for row in db.session.execute(statement)]


def list_ward_places(scope: WardScope) -> list[WardPlaceRow]:
    """Return a point inside each ward of the scope, in order of code."""
    columns = (Ward.code, Ward.longitude, Ward.latitude, Ward.is_island)
    statement = select(*columns).where(scope.limit(Ward.id)).order_by(Ward.code)
    return [WardPlaceRow._make(row) for row in db.session.execute(statement)]
