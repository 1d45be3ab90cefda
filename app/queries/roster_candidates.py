"""Recorded people as they are shown beside a row of a roster file that may be about them."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import select

from app.access.scope import WardScope
from app.queries.people import RoleSpell, is_known, list_roles
from models import Hamlet, Person, db


class KnownCandidate(NamedTuple):
    """A person of the scope with the roles within it, the latest first."""

    id: int
    full_name: str
    birth_year: int | None
    phone: str | None
    hamlet: str | None
    roles: tuple[RoleSpell, ...]


def list_candidates(scope: WardScope, person_ids: Collection[int]) -> dict[int, KnownCandidate]:
    """Return these people of the scope by id; who was merged or removed meanwhile is not there."""
    if not person_ids:
        return {}
    statement = (
        select(Person.id, Person.full_name, Person.birth_year, Person.phone, Hamlet.name)
        .outerjoin(Hamlet, Hamlet.id == Person.hamlet_id)
        .where(Person.id.in_(person_ids), is_known(scope), Person.merged_into_id.is_(None))
        .order_by(Person.id)
    )
    found = db.session.execute(statement).all()
    roles: defaultdict[int, list[RoleSpell]] = defaultdict(list)
    for role in list_roles(scope, [row.id for row in found]):
        roles[role.person_id].append(role)
    return {row.id: KnownCandidate(*row, tuple(roles[row.id])) for row in found}
