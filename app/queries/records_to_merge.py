"""With whose record one of the same person may be merged: found by what somebody types."""

from typing import NamedTuple

from sqlalchemy import select

from app.access.scope import WardScope
from app.queries.name_search import find_people
from app.queries.people import RoleSpell, is_known, list_roles
from models import Hamlet, Person, db

MOST_OFFERED = 20


class RecordToMerge(NamedTuple):
    """A person of the scope; `roles` are those within it."""

    id: int
    full_name: str
    birth_year: int | None
    phone: str | None
    hamlet: str | None
    roles: tuple[RoleSpell, ...]


def list_records_to_merge(scope: WardScope, person_id: int, words: str) -> list[RecordToMerge]:
    """Return the people of the scope whom words mean but for one, by given name; the first few."""
    people = find_people(words)
    if people is None:
        return []
    statement = (
        select(Person.id, Person.full_name, Person.birth_year, Person.phone, Hamlet.name)
        .outerjoin(Hamlet, Hamlet.id == Person.hamlet_id)
        .where(
            Person.id.in_(people),
            Person.id != person_id,
            Person.merged_into_id.is_(None),
            is_known(scope),
        )
        .order_by(Person.sort_key, Person.id)
        .limit(MOST_OFFERED)
    )
    rows = db.session.execute(statement).all()
    roles = list_roles(scope, [row.id for row in rows]) if rows else []
    return [
        RecordToMerge(*row, tuple(role for role in roles if role.person_id == row.id))
        for row in rows
    ]
