"""People by themselves: who is known in the wards of a scope, in which roles, who is alike."""

from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, func, literal, or_, select, union_all

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.tags import TagRow, list_tags_of_person
from models import (
    Consent,
    EndReason,
    Hamlet,
    Language,
    Mentee,
    Mentor,
    MentorCapacity,
    Person,
    PersonGroup,
    PersonLanguage,
    SupportPost,
    TargetGroup,
    Ward,
    db,
)
from models.enums import ConsentMethod, Gender, GroupBasis, PersonRole
from models.likeness import Identity, is_same_person
from models.names import fold

SPELLS: dict[PersonRole, type[Mentor] | type[Mentee] | type[SupportPost]] = {
    PersonRole.MENTOR: Mentor,
    PersonRole.MENTEE: Mentee,
    PersonRole.SUPPORT_POST: SupportPost,
}
MOST_MATCHES = 10


class Likeness(StrEnum):
    """How much a known person resembles the one that is being entered."""

    SAME_PERSON = "same_person"
    SAME_NAME = "same_name"
    SAME_PHONE = "same_phone"


class RoleSpell(NamedTuple):
    """A spell of a person in a ward of the scope."""

    role: PersonRole
    id: int
    person_id: int
    ward_id: int
    ward_name: str
    started_on: date
    ended_on: date | None
    end_reason: str | None


class PersonMatch(NamedTuple):
    """A known person and how they resemble what was typed."""

    id: int
    full_name: str
    birth_year: int | None
    phone: str | None
    hamlet: str | None
    likeness: Likeness
    roles: tuple[RoleSpell, ...]


class GroupRow(NamedTuple):
    id: int
    label: str
    basis: GroupBasis | None
    basis_on: date | None


class LanguageRow(NamedTuple):
    id: int
    label: str


class ConsentRow(NamedTuple):
    given_on: date
    method: ConsentMethod
    text_version: str
    guardian_name: str | None
    withdrawn_on: date | None


class PersonDetail(NamedTuple):
    """All that a person's page shows about who they are; `roles` are those within the scope."""

    id: int
    full_name: str
    birth_year: int | None
    gender: Gender | None
    phone: str | None
    hamlet: str | None
    note: str | None
    groups: tuple[GroupRow, ...]
    languages: tuple[LanguageRow, ...]
    consents: tuple[ConsentRow, ...]
    roles: tuple[RoleSpell, ...]
    tags: tuple[TagRow, ...]


def is_known(scope: WardScope) -> ColumnElement[bool]:
    """Return the condition that a person has, or had, a role in a ward of the scope."""
    return or_(
        *(
            Person.id.in_(select(spell.person_id).where(scope.limit(spell.ward_id)))
            for spell in SPELLS.values()
        )
    )


def get_person(scope: WardScope, person_id: int) -> Person:
    """Return a person for writing, locked until the transaction ends; 404 outside the scope."""
    person = db.session.scalar(
        select(Person).where(Person.id == person_id, is_known(scope)).with_for_update()
    )
    if person is None:
        raise OutOfScopeError(Person, person_id)
    return person


def get_person_detail(scope: WardScope, person_id: int) -> PersonDetail:
    """Return a person as their page shows them; 404 outside the scope."""
    statement = (
        select(
            Person.id,
            Person.full_name,
            Person.birth_year,
            Person.gender,
            Person.phone,
            Hamlet.name,
            Person.note,
        )
        .outerjoin(Hamlet, Hamlet.id == Person.hamlet_id)
        .where(Person.id == person_id, is_known(scope))
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise OutOfScopeError(Person, person_id)
    return PersonDetail(
        *row,
        _groups(person_id),
        _languages(person_id),
        _consents(person_id),
        tuple(list_roles(scope, [person_id])),
        list_tags_of_person(scope, person_id),
    )


def list_group_rows(scope: WardScope, person: Person) -> Sequence[PersonGroup]:
    """Return a person's groups for writing, in the office's order; none outside the scope."""
    return db.session.scalars(
        select(PersonGroup)
        .join(Person, Person.id == PersonGroup.person_id)
        .join(TargetGroup, TargetGroup.id == PersonGroup.target_group_id)
        .where(Person.id == person.id, is_known(scope))
        .order_by(TargetGroup.position, TargetGroup.id)
    ).all()


def list_language_rows(scope: WardScope, person: Person) -> Sequence[PersonLanguage]:
    """Return a person's languages for writing; nothing for a person outside the scope."""
    return db.session.scalars(
        select(PersonLanguage)
        .join(Person, Person.id == PersonLanguage.person_id)
        .where(Person.id == person.id, is_known(scope))
        .order_by(PersonLanguage.id)
    ).all()


def list_open_consents(scope: WardScope, person: Person) -> Sequence[Consent]:
    """Return the consents that a person has not withdrawn, for writing; none outside the scope."""
    return db.session.scalars(
        select(Consent)
        .join(Person, Person.id == Consent.person_id)
        .where(Person.id == person.id, is_known(scope), Consent.withdrawn_on.is_(None))
        .order_by(Consent.id)
    ).all()


def list_roles(scope: WardScope, person_ids: Collection[int]) -> list[RoleSpell]:
    """Return the spells of some people in the wards of the scope, the latest first."""
    selects = [
        select(
            literal(role.value).label("role"),
            spell.id,
            spell.person_id,
            spell.ward_id,
            Ward.name,
            spell.started_on,
            spell.ended_on,
            EndReason.label,
        )
        .join(Ward, Ward.id == spell.ward_id)
        .outerjoin(EndReason, EndReason.id == spell.end_reason_id)
        .where(spell.person_id.in_(person_ids), scope.limit(spell.ward_id))
        for role, spell in SPELLS.items()
    ]
    rows = [
        RoleSpell(PersonRole(row[0]), *row[1:]) for row in db.session.execute(union_all(*selects))
    ]
    return sorted(rows, key=lambda row: (row.started_on, row.role, row.id), reverse=True)


def find_matches(
    scope: WardScope, *, full_name: str, birth_year: int | None, phone: str | None
) -> list[PersonMatch]:
    """Return the people of the scope who resemble what was typed, the most alike first.

    The same name (without accents) and the same phone, or the same birth year with no other phone:
    likely the same person. The same name alone, or the same phone under another name, is a hint:
    families share phones.
    """
    name = fold(full_name)
    alike = [Person.search_text == name] if name else []
    if phone:
        alike.append(Person.phone == phone)
    if not alike:
        return []
    statement = (
        select(
            Person.id,
            Person.full_name,
            Person.birth_year,
            Person.phone,
            Hamlet.name,
            Person.search_text,
        )
        .outerjoin(Hamlet, Hamlet.id == Person.hamlet_id)
        .where(or_(*alike), is_known(scope), Person.merged_into_id.is_(None))
        .order_by(Person.sort_key, Person.id)
        .limit(MOST_MATCHES * 5)
    )
    found = db.session.execute(statement).all()
    roles = list_roles(scope, [row.id for row in found]) if found else []
    matches = [
        PersonMatch(
            *row[:5],
            _likeness(row, name, birth_year, phone),
            tuple(role for role in roles if role.person_id == row.id),
        )
        for row in found
    ]
    matches.sort(key=lambda match: list(Likeness).index(match.likeness))
    return matches[:MOST_MATCHES]


def get_edition(scope: WardScope, person_id: int) -> int:
    """Return a number that grows with each change of a person, their groups, languages, capacity.

    Those are rows of their own; the sum of all versions, of removed rows too, never falls.
    """
    parts = [
        select(func.sum(Person.version)).where(Person.id == person_id, is_known(scope)),
        select(func.sum(PersonGroup.version)).where(PersonGroup.person_id == person_id),
        select(func.sum(PersonLanguage.version)).where(PersonLanguage.person_id == person_id),
        select(func.sum(MentorCapacity.version))
        .join(Mentor, Mentor.id == MentorCapacity.mentor_id)
        .where(Mentor.person_id == person_id),
    ]
    keep_removed = {"include_deleted": True}
    return sum(db.session.scalar(part, execution_options=keep_removed) or 0 for part in parts)


def _likeness(
    row: Row[*tuple[Any, ...]], name: str, birth_year: int | None, phone: str | None
) -> Likeness:
    if row.search_text != name:
        return Likeness.SAME_PHONE
    known = Identity(row.search_text, row.birth_year, row.phone)
    is_same = is_same_person(known, Identity(name, birth_year, phone))
    return Likeness.SAME_PERSON if is_same else Likeness.SAME_NAME


def _groups(person_id: int) -> tuple[GroupRow, ...]:
    statement = (
        select(TargetGroup.id, TargetGroup.label, PersonGroup.basis, PersonGroup.basis_on)
        .join(TargetGroup, TargetGroup.id == PersonGroup.target_group_id)
        .where(PersonGroup.person_id == person_id)
        .order_by(TargetGroup.position, TargetGroup.id)
    )
    return tuple(GroupRow(*row) for row in db.session.execute(statement))


def _languages(person_id: int) -> tuple[LanguageRow, ...]:
    statement = (
        select(Language.id, Language.label)
        .join(PersonLanguage, PersonLanguage.language_id == Language.id)
        .where(PersonLanguage.person_id == person_id)
        .order_by(Language.position, Language.id)
    )
    return tuple(LanguageRow(*row) for row in db.session.execute(statement))


def _consents(person_id: int) -> tuple[ConsentRow, ...]:
    statement = (
        select(
            Consent.given_on,
            Consent.method,
            Consent.text_version,
            Consent.guardian_name,
            Consent.withdrawn_on,
        )
        .where(Consent.person_id == person_id)
        .order_by(Consent.given_on.desc(), Consent.id.desc())
    )
    return tuple(ConsentRow(*row) for row in db.session.execute(statement))
