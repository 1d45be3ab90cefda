"""What is already recorded, as far as the rows of a roster file may be about it.

Asked for in chunks of names and phones, never once a row.
"""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple, TypeVar

from sqlalchemy import ColumnElement, func, or_, select

from app.access.scope import WardScope
from app.exchange.records import RosterRole
from models import (
    Hamlet,
    Mentee,
    Mentor,
    MentorCapacity,
    Mentorship,
    Person,
    SupportPost,
    db,
)
from models.enums import Gender

Item = TypeVar("Item", int, str)
CHUNK = 1_000
SPELLS: dict[RosterRole, type[Mentor] | type[Mentee] | type[SupportPost]] = {
    RosterRole.MENTOR: Mentor,
    RosterRole.MENTEE: Mentee,
    RosterRole.SUPPORT: SupportPost,
}


class KnownPerson(NamedTuple):
    """A person of the scope; `name_key` is the folded name, `phone` E.164."""

    id: int
    full_name: str
    name_key: str
    birth_year: int | None
    gender: Gender | None
    phone: str | None
    hamlet: str | None


class KnownSpell(NamedTuple):
    role: RosterRole
    id: int
    person_id: int
    ward_id: int
    started_on: date
    ended_on: date | None


class KnownPairing(NamedTuple):
    """A mentorship of a mentee's spell, with who the mentor is."""

    id: int
    mentee_id: int
    mentor_id: int
    mentor_key: str
    mentor_phone: str | None
    started_on: date
    ended_on: date | None


class MentorLoad(NamedTuple):
    """How many open mentorships a mentor's spell has, and its own limit where one was set."""

    open_pairings: int
    capacity: int | None


def find_people(
    scope: WardScope, *, names: Collection[str], phones: Collection[str]
) -> list[KnownPerson]:
    """Return the people of the scope with one of these folded names or phones, by id."""
    conditions = [Person.search_text.in_(chunk) for chunk in _chunks(names)]
    conditions += [Person.phone.in_(chunk) for chunk in _chunks(phones)]
    found: dict[int, KnownPerson] = {}
    for condition in conditions:
        statement = (
            select(
                Person.id,
                Person.full_name,
                Person.search_text,
                Person.birth_year,
                Person.gender,
                Person.phone,
                Hamlet.name,
            )
            .outerjoin(Hamlet, Hamlet.id == Person.hamlet_id)
            .where(condition, Person.merged_into_id.is_(None), _has_role_in(scope))
        )
        found |= {row.id: KnownPerson(*row) for row in db.session.execute(statement)}
    return [found[person_id] for person_id in sorted(found)]


def list_spells(scope: WardScope, person_ids: Collection[int]) -> list[KnownSpell]:
    """Return every spell of people of the scope, by start.

    Also those in other wards: nobody is mentor or mentee twice at a time, wherever it is.
    """
    spells = [
        KnownSpell(role, *row)
        for role, model in SPELLS.items()
        for chunk in _chunks(person_ids)
        for row in db.session.execute(
            select(model.id, model.person_id, model.ward_id, model.started_on, model.ended_on)
            .join(Person, Person.id == model.person_id)
            .where(model.person_id.in_(chunk), _has_role_in(scope))
        )
    ]
    return sorted(spells, key=lambda spell: (spell.started_on, spell.role, spell.id))


def list_pairings(scope: WardScope, mentee_ids: Collection[int]) -> list[KnownPairing]:
    """Return the mentorships of mentees of the scope, by start."""
    pairings = [
        KnownPairing(*row)
        for chunk in _chunks(mentee_ids)
        for row in db.session.execute(
            select(
                Mentorship.id,
                Mentorship.mentee_id,
                Mentorship.mentor_id,
                Person.search_text,
                Person.phone,
                Mentorship.started_on,
                Mentorship.ended_on,
            )
            .join(Mentor, Mentor.id == Mentorship.mentor_id)
            .join(Person, Person.id == Mentor.person_id)
            .where(Mentorship.mentee_id.in_(chunk), scope.limit(Mentorship.mentee_ward_id))
        )
    ]
    return sorted(pairings, key=lambda pairing: (pairing.started_on, pairing.id))


def count_loads(
    scope: WardScope, mentor_ids: Collection[int], *, day: date
) -> dict[int, MentorLoad]:
    """Return by mentor spell how many it guides on a day, and its limit on that day."""
    loads: dict[int, MentorLoad] = {}
    for chunk in _chunks(mentor_ids):
        open_pairings = dict(
            db.session.execute(
                select(Mentorship.mentor_id, func.count())
                .where(
                    Mentorship.mentor_id.in_(chunk),
                    Mentorship.is_open_on(day),
                    scope.limit(Mentorship.mentor_ward_id),
                )
                .group_by(Mentorship.mentor_id)
            ).all()
        )
        capacities = dict(
            db.session.execute(
                select(MentorCapacity.mentor_id, MentorCapacity.capacity)
                .where(MentorCapacity.mentor_id.in_(chunk), MentorCapacity.effective_on <= day)
                .order_by(MentorCapacity.effective_on, MentorCapacity.id)
            ).all()
        )
        loads |= {
            mentor_id: MentorLoad(open_pairings.get(mentor_id, 0), capacities.get(mentor_id))
            for mentor_id in chunk
        }
    return loads


def list_hamlet_ids(scope: WardScope, ward_ids: Collection[int]) -> dict[tuple[int, str], int]:
    """Return the ids of the wards' hamlets by ward and folded name."""
    statement = select(Hamlet.ward_id, Hamlet.search_text, Hamlet.id).where(
        Hamlet.ward_id.in_(ward_ids), scope.limit(Hamlet.ward_id)
    )
    return {(row.ward_id, row.search_text): row.id for row in db.session.execute(statement)}


def _has_role_in(scope: WardScope) -> ColumnElement[bool]:
    """Return the condition that a person has, or had, a role in the scope."""
    return or_(
        *(
            select(model.id)
            .where(model.person_id == Person.id, scope.limit(model.ward_id))
            .correlate(Person)
            .exists()
            for model in SPELLS.values()
        )
    )


def _chunks(items: Collection[Item]) -> Iterator[list[Item]]:
    ordered = sorted(items)
    return (ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK))
