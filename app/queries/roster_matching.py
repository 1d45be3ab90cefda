"""What is already recorded, as far as the rows of a roster file may be about it.

Asked for once a file, never once a row.
"""

from collections.abc import Collection, Set
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select, true

from app.access.scope import WardScope
from app.exchange.records import RosterRole
from app.queries.tables import (
    CAPACITIES,
    HAMLETS,
    MENTEES,
    MENTORS,
    MENTORSHIPS,
    PERSONS,
    POSTS,
    living,
    many_rows,
    open_on,
    shared_date,
)
from app.queries.value_lists import is_one_of
from models import Hamlet, Mentee, Mentor, Person, SupportPost, db
from models.enums import Gender

SPELLS: dict[RosterRole, type[Mentor] | type[Mentee] | type[SupportPost]] = {
    RosterRole.MENTOR: Mentor,
    RosterRole.MENTEE: Mentee,
    RosterRole.SUPPORT: SupportPost,
}
ROLE_TABLES = {
    RosterRole.MENTOR: MENTORS,
    RosterRole.MENTEE: MENTEES,
    RosterRole.SUPPORT: POSTS,
}
# A ward's id and a folded name.
NameInWard = tuple[int, str]


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
    scope: WardScope, *, names: Set[NameInWard], phones: Collection[str]
) -> list[KnownPerson]:
    """Return the people of the scope, by id, whom a file may mean.

    That is who has, or had, a role in a ward under one of its names, or anywhere one of the phones.
    """
    ids = _ids_by_name(scope, names) | _ids_by_phone(scope, phones)
    statement = (
        select(
            PERSONS.c.id,
            PERSONS.c.full_name,
            PERSONS.c.search_text,
            PERSONS.c.birth_year,
            PERSONS.c.gender,
            PERSONS.c.phone,
            HAMLETS.c.name,
        )
        .outerjoin_from(
            PERSONS, HAMLETS, and_(HAMLETS.c.id == PERSONS.c.hamlet_id, living(HAMLETS))
        )
        .where(is_one_of(PERSONS.c.id, ids), _is_person_of(scope))
        .order_by(PERSONS.c.id)
    )
    return [KnownPerson(*row) for row in many_rows(statement)]


def load_people(scope: WardScope, person_ids: Collection[int]) -> list[Person]:
    """Return people of the scope for writing, by id."""
    statement = (
        select(Person)
        .where(is_one_of(PERSONS.c.id, person_ids), _is_person_of(scope))
        .order_by(PERSONS.c.id)
    )
    return list(db.session.scalars(statement))


def list_spells(scope: WardScope, person_ids: Collection[int]) -> list[KnownSpell]:
    """Return every spell of people of the scope, by start.

    Also those in other wards: nobody is mentor or mentee twice at a time, wherever it is.
    """
    spells = [
        KnownSpell(role, *row)
        for role, table in ROLE_TABLES.items()
        for row in many_rows(
            select(
                table.c.id,
                table.c.person_id,
                table.c.ward_id,
                shared_date(table.c.started_on),
                shared_date(table.c.ended_on),
            ).where(
                is_one_of(table.c.person_id, person_ids),
                living(table),
                # Whoever has any role has one everywhere.
                true() if scope.is_everywhere else _has_role_in(scope, table.c.person_id),
            )
        )
    ]
    return sorted(spells, key=lambda spell: (spell.started_on, spell.role, spell.id))


def list_pairings(scope: WardScope, mentee_ids: Collection[int]) -> list[KnownPairing]:
    """Return the mentorships of mentees of the scope, by start."""
    statement = (
        select(
            MENTORSHIPS.c.id,
            MENTORSHIPS.c.mentee_id,
            MENTORSHIPS.c.mentor_id,
            PERSONS.c.search_text,
            PERSONS.c.phone,
            shared_date(MENTORSHIPS.c.started_on),
            shared_date(MENTORSHIPS.c.ended_on),
        )
        .join_from(MENTORSHIPS, MENTORS, MENTORS.c.id == MENTORSHIPS.c.mentor_id)
        .join(PERSONS, PERSONS.c.id == MENTORS.c.person_id)
        .where(
            is_one_of(MENTORSHIPS.c.mentee_id, mentee_ids),
            living(MENTORSHIPS, MENTORS, PERSONS),
            scope.limit(MENTORSHIPS.c.mentee_ward_id),
        )
        .order_by(MENTORSHIPS.c.started_on, MENTORSHIPS.c.id)
    )
    return [KnownPairing(*row) for row in many_rows(statement)]


def count_loads(
    scope: WardScope, mentor_ids: Collection[int], *, day: date
) -> dict[int, MentorLoad]:
    """Return by mentor spell how many it guides on a day, and its limit on that day."""
    mentorships = (
        select(MENTORSHIPS.c.mentor_id, func.count())
        .where(
            is_one_of(MENTORSHIPS.c.mentor_id, mentor_ids),
            living(MENTORSHIPS),
            open_on(MENTORSHIPS, bindparam("day", day)),
            scope.limit(MENTORSHIPS.c.mentor_ward_id),
        )
        .group_by(MENTORSHIPS.c.mentor_id)
    )
    limits = (
        select(CAPACITIES.c.mentor_id, CAPACITIES.c.capacity)
        .where(
            is_one_of(CAPACITIES.c.mentor_id, mentor_ids),
            living(CAPACITIES),
            CAPACITIES.c.effective_on <= day,
        )
        .order_by(CAPACITIES.c.effective_on, CAPACITIES.c.id)
    )
    open_pairings: dict[int, int] = dict(db.session.execute(mentorships).all())
    latest_limits: dict[int, int] = dict(db.session.execute(limits).all())
    return {
        mentor_id: MentorLoad(open_pairings.get(mentor_id, 0), latest_limits.get(mentor_id))
        for mentor_id in mentor_ids
    }


def list_hamlet_ids(scope: WardScope, ward_ids: Collection[int]) -> dict[tuple[int, str], int]:
    """Return the ids of the wards' hamlets by ward and folded name."""
    statement = select(Hamlet.ward_id, Hamlet.search_text, Hamlet.id).where(
        Hamlet.ward_id.in_(ward_ids), scope.limit(Hamlet.ward_id)
    )
    return {(row.ward_id, row.search_text): row.id for row in db.session.execute(statement)}


def _ids_by_name(scope: WardScope, names: Set[NameInWard]) -> set[int]:
    """Return the people of these wards with these names.

    All names of the wards are read: a file is about most people of few wards, or of all.
    """
    ward_ids = {ward_id for ward_id, _ in names if scope.includes(ward_id)}
    return {
        person_id
        for table in ROLE_TABLES.values()
        for ward_id, name, person_id in many_rows(
            select(table.c.ward_id, PERSONS.c.search_text, PERSONS.c.id)
            .join_from(table, PERSONS, PERSONS.c.id == table.c.person_id)
            .where(is_one_of(table.c.ward_id, ward_ids), living(table))
        )
        if (ward_id, name) in names
    }


def _ids_by_phone(scope: WardScope, phones: Collection[str]) -> set[int]:
    statement = select(PERSONS.c.id).where(is_one_of(PERSONS.c.phone, phones), _is_person_of(scope))
    return set(db.session.scalars(statement))


def _is_person_of(scope: WardScope) -> ColumnElement[bool]:
    """Return the condition that a person was not merged and has, or had, a role in the scope."""
    is_one = and_(living(PERSONS), PERSONS.c.merged_into_id.is_(None))
    return and_(is_one, _has_role_in(scope, PERSONS.c.id))


def _has_role_in(scope: WardScope, person_id: ColumnElement[int]) -> ColumnElement[bool]:
    spells = [table.alias() for table in ROLE_TABLES.values()]
    return or_(
        *(
            exists().where(
                spell.c.person_id == person_id, living(spell), scope.limit(spell.c.ward_id)
            )
            for spell in spells
        )
    )
