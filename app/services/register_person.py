"""Registers a mentor, a mentee or a support post: a new person, or a role for a known one."""

from dataclasses import dataclass
from datetime import date

from app.access.scope import WardScope
from app.queries.people import SPELLS
from app.services.known_people import find_or_make_person
from app.services.person_writing import ConsentDetails, PersonDetails, add_consent
from app.services.transaction import Receipt, transaction
from models import Mentor, MentorCapacity, db
from models.enums import PersonRole


@dataclass(frozen=True, kw_only=True, slots=True)
class Registration:
    """A role to begin in a ward.

    Where the ward knows somebody alike, either `same_person_id` names that person or
    `is_somebody_else` says that it is another. `capacity` is a mentor's own, None for the usual.
    """

    role: PersonRole
    ward_id: int
    person: PersonDetails
    consent: ConsentDetails
    started_on: date
    capacity: int | None = None
    same_person_id: int | None = None
    is_somebody_else: bool = False


def register_person(
    scope: WardScope, registration: Registration, *, request_key: str | None = None
) -> Receipt:
    """Begin the role and return the receipt about the new spell.

    Raises `LikelySamePersonError` until somebody decided, `OverlapError` when the person holds the
    role already, `GuardianNeededError`, `SensitiveBasisMissingError`, `OutOfScopeError`.
    """
    ward_id, role = registration.ward_id, registration.role
    in_ward = scope.narrowed_to(ward_id)
    kind = f"{role.value}_registered"
    with transaction(scope, kind, ward_id=ward_id, request_key=request_key) as unit:
        person = find_or_make_person(
            in_ward,
            ward_id,
            registration.person,
            same_person_id=registration.same_person_id,
            is_somebody_else=registration.is_somebody_else,
        )
        add_consent(scope, person, registration.consent)
        spell = SPELLS[role](
            person_id=person.id, ward_id=ward_id, started_on=registration.started_on
        )
        db.session.add(spell)
        db.session.flush()
        if isinstance(spell, Mentor) and registration.capacity is not None:
            db.session.add(
                MentorCapacity(
                    mentor_id=spell.id,
                    effective_on=registration.started_on,
                    capacity=registration.capacity,
                )
            )
        unit.about(spell)
    return unit.receipt
