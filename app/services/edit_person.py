"""Changes what is recorded about a person, from the page of one of their roles."""

from app.access.scope import WardScope
from app.errors import EditConflictError
from app.queries.people import get_edition, get_person
from app.queries.spells import SpellKey, get_spell
from app.services.person_writing import (
    PersonDetails,
    find_or_make_hamlet,
    set_capacity,
    set_groups,
    set_languages,
)
from app.services.transaction import Receipt, transaction
from models import Mentor, Person
from models.names import fold


def edit_person(
    scope: WardScope,
    key: SpellKey,
    details: PersonDetails,
    *,
    seen_edition: int,
    capacity: int | None = None,
) -> Receipt:
    """Write the details; a mentor's `capacity`, where given and new, is in force from today.

    Raises `EditConflictError` when something changed since `seen_edition`,
    `SensitiveBasisMissingError`, and `OutOfScopeError`.
    """
    with transaction(scope, "person_edited") as unit:
        spell = get_spell(scope, key)
        person = get_person(scope, spell.person_id)
        if get_edition(scope, person.id) != seen_edition:
            raise EditConflictError
        _describe(scope, spell.ward_id, person, details)
        if isinstance(spell, Mentor) and capacity is not None:
            set_capacity(spell, capacity)
        unit.about(spell, ward_id=spell.ward_id)
    return unit.receipt


def _describe(scope: WardScope, ward_id: int, person: Person, details: PersonDetails) -> None:
    person.full_name = details.full_name
    person.birth_year = details.birth_year
    person.gender = details.gender
    person.phone = details.phone
    person.note = details.note
    # The hamlet may lie in another ward where the person has a role: the same name keeps it.
    if person.hamlet is None or fold(person.hamlet.name) != fold(details.hamlet or ""):
        person.hamlet_id = find_or_make_hamlet(scope, ward_id, details.hamlet)
    set_groups(scope, person, details)
    set_languages(scope, person, details.language_ids)
