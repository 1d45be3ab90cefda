"""The network of a scope as the rows of a roster file."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.access.scope import WardScope
from app.exchange.records import RosterRole, RosterRow
from app.queries.roster_matching import SPELLS
from models import (
    Consent,
    EndReason,
    Hamlet,
    Language,
    Mentor,
    MentorCapacity,
    Mentorship,
    Person,
    PersonGroup,
    PersonLanguage,
    TargetGroup,
    Ward,
    db,
)
from models.enums import ConsentMethod, Gender


class _Spell(NamedTuple):
    id: int
    person_id: int
    ward_code: str
    ward_name: str
    full_name: str
    birth_year: int | None
    gender: Gender | None
    phone: str | None
    hamlet: str | None
    note: str | None
    started_on: date
    ended_on: date | None
    reason: str | None


class _NamedMentor(NamedTuple):
    name: str
    phone: str | None


def list_roster_rows(scope: WardScope) -> list[RosterRow]:
    """Return every role spell of the scope as a row: by ward, role, given name.

    A mentee's row names the mentor of the open mentorship, else of the last one; the phone of a
    mentor outside the scope is left out. Read in again, the rows change nothing.
    """
    groups = _labels(
        scope,
        select(PersonGroup.person_id, TargetGroup.label)
        .join(TargetGroup, TargetGroup.id == PersonGroup.target_group_id)
        .order_by(TargetGroup.position, TargetGroup.id),
        PersonGroup.person_id,
    )
    languages = _labels(
        scope,
        select(PersonLanguage.person_id, Language.label)
        .join(Language, Language.id == PersonLanguage.language_id)
        .order_by(Language.position, Language.id),
        PersonLanguage.person_id,
    )
    consents = _consents(scope)
    mentors, capacities = _mentors_by_mentee(scope), _capacities(scope)
    rows = []
    for role in SPELLS:
        for spell in _list_spells(scope, role):
            mentor = mentors.get(spell.id) if role is RosterRole.MENTEE else None
            consent = consents.get(spell.person_id)
            rows.append(
                RosterRow(
                    full_name=spell.full_name,
                    role=role,
                    birth_year=spell.birth_year,
                    gender=spell.gender,
                    phone=spell.phone,
                    ward=f"{spell.ward_code} – {spell.ward_name}",
                    hamlet=spell.hamlet,
                    mentor_phone=mentor and mentor.phone,
                    mentor_name=mentor and mentor.name,
                    groups=tuple(groups.get(spell.person_id, ())),
                    languages=tuple(languages.get(spell.person_id, ())),
                    started_on=spell.started_on,
                    ended_on=spell.ended_on,
                    reason=spell.reason,
                    capacity=capacities.get(spell.id) if role is RosterRole.MENTOR else None,
                    consent_method=consent and consent[0],
                    consent_on=consent and consent[1],
                    note=spell.note,
                )
            )
    return sorted(rows, key=lambda row: row.ward or "")


def _list_spells(scope: WardScope, role: RosterRole) -> Iterable[_Spell]:
    model = SPELLS[role]
    statement = (
        select(
            model.id,
            model.person_id,
            Ward.code,
            Ward.name,
            Person.full_name,
            Person.birth_year,
            Person.gender,
            Person.phone,
            Hamlet.name,
            Person.note,
            model.started_on,
            model.ended_on,
            EndReason.label,
        )
        .join(Person, Person.id == model.person_id)
        .join(Ward, Ward.id == model.ward_id)
        .outerjoin(Hamlet, Hamlet.id == Person.hamlet_id)
        .outerjoin(EndReason, EndReason.id == model.end_reason_id)
        .where(
            scope.limit(model.ward_id),
            Person.merged_into_id.is_(None),
            Person.anonymised_at.is_(None),
        )
        .order_by(Ward.code, Person.sort_key, Person.id, model.started_on, model.id)
    )
    return (_Spell._make(row) for row in db.session.execute(statement))


def _mentors_by_mentee(scope: WardScope) -> dict[int, _NamedMentor]:
    mentor_person = aliased(Person)
    statement = (
        select(
            Mentorship.mentee_id,
            Mentorship.mentor_ward_id,
            mentor_person.full_name,
            mentor_person.phone,
        )
        .join(Mentor, Mentor.id == Mentorship.mentor_id)
        .join(mentor_person, mentor_person.id == Mentor.person_id)
        .where(scope.limit(Mentorship.mentee_ward_id))
        # The last row of a mentee stays: an open mentorship is always the latest.
        .order_by(Mentorship.started_on, Mentorship.id)
    )
    return {
        row.mentee_id: _NamedMentor(
            row.full_name, row.phone if scope.includes(row.mentor_ward_id) else None
        )
        for row in db.session.execute(statement)
    }


def _capacities(scope: WardScope) -> dict[int, int]:
    statement = (
        select(MentorCapacity.mentor_id, MentorCapacity.capacity)
        .join(Mentor, Mentor.id == MentorCapacity.mentor_id)
        .where(scope.limit(Mentor.ward_id))
        .order_by(MentorCapacity.effective_on, MentorCapacity.id)
    )
    return dict(db.session.execute(statement).all())


def _consents(scope: WardScope) -> dict[int, tuple[ConsentMethod, date]]:
    statement = (
        select(Consent.person_id, Consent.method, Consent.given_on)
        .where(Consent.withdrawn_on.is_(None), _is_listed(scope, Consent.person_id))
        .order_by(Consent.given_on, Consent.id)
    )
    return {row.person_id: (row.method, row.given_on) for row in db.session.execute(statement)}


def _labels(
    scope: WardScope, statement: Select[int, str], person_id: InstrumentedAttribute[int]
) -> dict[int, list[str]]:
    labels: defaultdict[int, list[str]] = defaultdict(list)
    for row in db.session.execute(statement.where(_is_listed(scope, person_id))):
        labels[row.person_id].append(row.label)
    return labels


def _is_listed(scope: WardScope, person_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Return the condition that a person has a role in the scope."""
    ids = [select(model.person_id).where(scope.limit(model.ward_id)) for model in SPELLS.values()]
    return person_id.in_(ids[0].union_all(*ids[1:]))
