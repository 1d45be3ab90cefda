"""Wards as pages name them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, or_, select

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.kept_answers import KeptAnswers
from app.queries.kept_statements import kept_statement, read_scoped
from models import Ward, WardBorder, db
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


# As many as there are wards, since each has its own readers.
MOST_KEPT = 256
KEPT: KeptAnswers[frozenset[int] | None, tuple[WardCard, ...]] = KeptAnswers(MOST_KEPT, {"wards"})


def get_ward(scope: WardScope, code: str) -> WardCard:
    """Return a ward of the scope by its code; raise `OutOfScopeError` where there is none."""
    rows = read_scoped(scope, _card, code=code)
    if not rows:
        raise OutOfScopeError(code)
    return WardCard._make(rows[0])


def list_wards(scope: WardScope) -> list[WardCard]:
    """Return the wards of the scope in order of code."""
    return list(KEPT.answer(scope.ward_ids, lambda: tuple(_read_cards(scope))))


def list_present_wards(scope: WardScope) -> list[WardCard]:
    """Return the wards of the scope that still exist, in order of code."""
    return [WardCard._make(row) for row in read_scoped(scope, _present_cards)]


def list_ward_places(scope: WardScope) -> list[WardPlaceRow]:
    """Return a point inside each ward of the scope, in order of code."""
    return [WardPlaceRow._make(row) for row in read_scoped(scope, _places)]


def list_bordering_ids(scope: WardScope, ward_id: int) -> list[int]:
    """Return the ids of the wards that border a ward, whichever scope they are in."""
    del scope  # where borders run is no secret
    sides = (WardBorder.ward_a_id, WardBorder.ward_b_id)
    touching = select(*sides).where(or_(*(side == ward_id for side in sides)))
    touched = {side for pair in db.session.execute(touching) for side in pair}
    return sorted(touched - {ward_id})


def _read_cards(scope: WardScope) -> Iterator[WardCard]:
    return (WardCard._make(row) for row in read_scoped(scope, _cards))


@kept_statement
def _cards(scope: WardScope) -> Select[*tuple[Any, ...]]:
    return select(*CARD).where(scope.limit(Ward.id)).order_by(Ward.code)


@kept_statement
def _present_cards(scope: WardScope) -> Select[*tuple[Any, ...]]:
    return _cards(scope).where(Ward.valid_to.is_(None))


@kept_statement
def _card(scope: WardScope) -> Select[*tuple[Any, ...]]:
    return select(*CARD).where(scope.limit(Ward.id), Ward.code == bindparam("code"))


@kept_statement
def _places(scope: WardScope) -> Select[*tuple[Any, ...]]:
    columns = (Ward.code, Ward.longitude, Ward.latitude, Ward.is_island)
    return select(*columns).where(scope.limit(Ward.id)).order_by(Ward.code)
