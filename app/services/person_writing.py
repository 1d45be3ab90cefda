"""What the services about people share: values of forms become rows. Nothing here commits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app import clock
from app.access.scope import WardScope
from app.errors import GuardianNeededError, SensitiveBasisMissingError
from app.queries.catalogues_for_forms import sensitive_groups
from app.queries.hamlets import find_hamlet_id
from app.queries.people import list_group_rows, list_language_rows
from app.services.single_rows import insert_unless_there
from app.wording import CONSENT_TEXT_VERSION
from models import (
    Consent,
    Hamlet,
    Mentor,
    MentorCapacity,
    Person,
    PersonGroup,
    PersonLanguage,
    db,
)
from models.enums import ConsentMethod, Gender, GroupBasis
from models.names import fold, normalise_name
from models.person import GUARDIAN_AGE

Basis = tuple[GroupBasis | None, date | None]
NO_BASIS: Basis = (None, None)


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonDetails:
    """Who a person is. `phone` is E.164, `hamlet` a name as typed, ids are of catalogue rows."""

    full_name: str
    birth_year: int | None = None
    gender: Gender | None = None
    phone: str | None = None
    hamlet: str | None = None
    group_ids: frozenset[int] = frozenset()
    group_basis: GroupBasis | None = None
    group_basis_on: date | None = None
    language_ids: frozenset[int] = frozenset()
    note: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentDetails:
    """How and when a person, or the guardian for them, agreed to be recorded."""

    method: ConsentMethod
    given_on: date
    guardian_name: str | None = None


def make_person(scope: WardScope, ward_id: int, details: PersonDetails) -> Person:
    """Add a new person who lives in the ward."""
    person = Person(
        full_name=details.full_name,
        birth_year=details.birth_year,
        gender=details.gender,
        phone=details.phone,
        hamlet_id=find_or_make_hamlet(scope, ward_id, details.hamlet),
        note=details.note,
    )
    db.session.add(person)
    db.session.flush()
    _add_groups(person, details, details.group_ids)
    _add_languages(person, details.language_ids)
    return person


def complete_person(scope: WardScope, ward_id: int, person: Person, details: PersonDetails) -> None:
    """Fill in what was unknown about a known person; what is known stays as it is."""
    person.birth_year = person.birth_year or details.birth_year
    person.gender = person.gender or details.gender
    person.phone = person.phone or details.phone
    person.note = person.note or details.note
    if person.hamlet_id is None:
        person.hamlet_id = find_or_make_hamlet(scope, ward_id, details.hamlet)
    known = {row.target_group_id for row in list_group_rows(scope, person)}
    _add_groups(person, details, details.group_ids - known)
    spoken = {row.language_id for row in list_language_rows(scope, person)}
    _add_languages(person, details.language_ids - spoken)


def set_groups(scope: WardScope, person: Person, details: PersonDetails) -> None:
    """Make the person's groups those of the details.

    Raises `SensitiveBasisMissingError` for a sensitive group without its basis and day.
    """
    rows = list_group_rows(scope, person)
    known = {row.target_group_id: row for row in rows}
    for row in rows:
        # A group that the office no longer offers was not asked about: it stays.
        if row.target_group_id not in details.group_ids and row.target_group.is_active:
            row.deleted_at = clock.now()
    shown = next((_basis(row) for row in rows if row.basis is not None), NO_BASIS)
    for group_id in _sensitive_groups(details) & set(known):
        # The form shows one basis; a group that has another keeps it.
        if _basis(known[group_id]) in {shown, NO_BASIS}:
            known[group_id].basis = details.group_basis
            known[group_id].basis_on = details.group_basis_on
    _add_groups(person, details, details.group_ids - set(known))


def set_languages(scope: WardScope, person: Person, language_ids: frozenset[int]) -> None:
    """Make the person's languages the given ones."""
    rows = list_language_rows(scope, person)
    for row in rows:
        if row.language_id not in language_ids and row.language.is_active:
            row.deleted_at = clock.now()
    _add_languages(person, language_ids - {row.language_id for row in rows})


def add_consent(scope: WardScope, person: Person, details: ConsentDetails) -> Consent:
    """Record that the person agreed, asked by whoever is signed in.

    Raises `GuardianNeededError` where a representative has to agree for somebody so young.
    """
    if person.needs_guardian(details.given_on.year) and not details.guardian_name:
        raise GuardianNeededError(age=GUARDIAN_AGE)
    consent = Consent(
        person_id=person.id,
        given_on=details.given_on,
        method=details.method,
        text_version=CONSENT_TEXT_VERSION,
        asked_by_id=scope.account_id,
        guardian_name=details.guardian_name,
    )
    db.session.add(consent)
    return consent


def set_capacity(mentor: Mentor, capacity: int) -> None:
    """Let a mentor take on so many from today on, if it is not so already."""
    day = max(clock.today(), mentor.started_on)
    in_force = [row for row in mentor.capacities if row.effective_on <= day]
    if in_force and in_force[-1].capacity == capacity:
        return
    if in_force and in_force[-1].effective_on == day:
        in_force[-1].capacity = capacity
        return
    db.session.add(MentorCapacity(mentor_id=mentor.id, effective_on=day, capacity=capacity))


def find_or_make_hamlet(scope: WardScope, ward_id: int, name: str | None) -> int | None:
    """Return the id of the ward's hamlet of that name, known or new; None without a name.

    A new one is written beside the change log: undoing the action that first named a place must
    not take the place away from people who came later.
    """
    if not name:
        return None
    known = find_hamlet_id(scope, ward_id, name)
    if known is not None:
        return known
    insert_unless_there(
        db.session(),
        Hamlet,
        ward_id=ward_id,
        name=normalise_name(name),
        search_text=fold(name),
        entered_at=clock.now(),
        entered_by_id=scope.account_id,
        version=1,
    )
    return find_hamlet_id(scope, ward_id, name)


def _add_groups(person: Person, details: PersonDetails, group_ids: Iterable[int]) -> None:
    sensitive = _sensitive_groups(details)
    for group_id in sorted(group_ids):
        is_sensitive = group_id in sensitive
        db.session.add(
            PersonGroup(
                person_id=person.id,
                target_group_id=group_id,
                basis=details.group_basis if is_sensitive else None,
                basis_on=details.group_basis_on if is_sensitive else None,
            )
        )


def _basis(row: PersonGroup) -> Basis:
    return row.basis, row.basis_on


def _sensitive_groups(details: PersonDetails) -> set[int]:
    sensitive = sensitive_groups(details.group_ids)
    if sensitive and (details.group_basis is None or details.group_basis_on is None):
        raise SensitiveBasisMissingError(groups=", ".join(sensitive.values()))
    return set(sensitive)


def _add_languages(person: Person, language_ids: Iterable[int]) -> None:
    for language_id in sorted(language_ids):
        db.session.add(PersonLanguage(person_id=person.id, language_id=language_id))
