"""Gives tags to a person, and takes some away."""

from collections.abc import Collection
from typing import NamedTuple

from app import clock
from app.access.scope import WardScope
from app.queries.spells import SpellKey, get_spell
from app.queries.tags import tag_rows
from app.services.transaction import Receipt, transaction
from models import PersonTag, db


class TagChange(NamedTuple):
    """Which tags, by id, a person gets and loses; one that is there, or not, stays so."""

    given: Collection[int]
    taken: Collection[int]


def tag_person(
    scope: WardScope, key: SpellKey, change: TagChange, *, request_key: str | None = None
) -> Receipt:
    """Change the tags of a person from the page of one of their roles.

    What somebody else changed meanwhile stays. Raises `OutOfScopeError`.
    """
    with transaction(scope, "person_tagged", request_key=request_key) as unit:
        spell = get_spell(scope, key)
        person_id = spell.person_id
        known = {row.tag_id for row in tag_rows(scope, [person_id], change.given)}
        for row in tag_rows(scope, [person_id], change.taken):
            row.deleted_at = clock.now()
        db.session.add_all(
            PersonTag(person_id=person_id, tag_id=tag_id)
            for tag_id in sorted(set(change.given) - known)
        )
        unit.about(spell, ward_id=spell.ward_id)
    return unit.receipt
