"""Hamlets (thôn, làng, tổ dân phố) of a ward."""

from sqlalchemy import select

from app.access.scope import WardScope
from models import Hamlet, db
from models.names import fold


def list_hamlet_names(scope: WardScope, ward_id: int) -> list[str]:
    """Return the names of a ward's hamlets in alphabetical order of their folded form."""
    statement = (
        select(Hamlet.name)
        .where(scope.limit(Hamlet.ward_id), Hamlet.ward_id == ward_id)
        .order_by(Hamlet.search_text, Hamlet.id)
    )
    return list(db.session.scalars(statement))


def find_hamlet_id(scope: WardScope, ward_id: int, name: str) -> int | None:
    """Return the id of the ward's hamlet of that name (without accents or case), or None."""
    statement = select(Hamlet.id).where(
        scope.limit(Hamlet.ward_id), Hamlet.ward_id == ward_id, Hamlet.search_text == fold(name)
    )
    return db.session.scalar(statement)
