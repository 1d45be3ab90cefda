"""People who seem to be one: found by name and phone or year, told with their wards, without names.

The database only brings near who has to be compared; `models.likeness` says who is the same.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from itertools import chain, product
from typing import NamedTuple

from sqlalchemy import (
    CompoundSelect,
    FromClause,
    Select,
    func,
    or_,
    select,
    union_all,
)

from app import clock
from app.access.scope import WardScope
from app.queries.selection import DAY
from app.queries.tables import (
    CANONICAL_ID,
    DISTINCT_PEOPLE,
    MENTEES,
    MENTORS,
    PERSONS,
    POSTS,
    living,
    open_on,
)
from app.queries.value_lists import is_one_of
from graphs.rows import AlikeRow, MenteeRow, MentorRow, PostRow
from graphs.timeline import is_open
from models import db
from models.likeness import Identity, is_same_person, is_same_person_elsewhere

Pair = tuple[int, int]
Homes = Mapping[int, Collection[str]]
"""The wards in which people have an open role, by the id of the person."""


class _Known(NamedTuple):
    identity: Identity
    registered_on: date


def alike_in_wards(
    scope: WardScope,
    wards: Collection[str],
    spells: Iterable[PostRow | MentorRow | MenteeRow],
    day: date,
) -> list[AlikeRow]:
    """Return all alike people with open roles in the wards, which are those of the scope."""
    if scope.is_everywhere:
        pairs = _pairs()
        concerned = set(chain.from_iterable(pairs))
        spells = [spell for spell in spells if spell.person in concerned]
    homes: defaultdict[int, set[str]] = defaultdict(set)
    for spell in spells:
        if spell.ward in wards and is_open(spell, day):
            homes[spell.person].add(spell.ward)
    if not scope.is_everywhere:
        pairs = _pairs(homes)
    return _alike(pairs, homes)


def alike_of_people(
    scope: WardScope, people: Collection[int], day: date, codes: Mapping[int, str]
) -> list[AlikeRow]:
    """Return who is alike to one of some people, all with open roles in wards of the scope.

    `codes` are those of the wards by id.
    """
    pairs = _pairs(people)
    return _alike(pairs, _homes(scope, set(chain.from_iterable(pairs)), day, codes))


def _alike(pairs: Iterable[Pair], homes: Homes) -> list[AlikeRow]:
    present = [pair for pair in pairs if pair[0] in homes and pair[1] in homes]
    known = _known(set(chain.from_iterable(present)))
    told_apart = _told_apart(known)
    return [
        AlikeRow(earlier, one_ward, later, other_ward, known[later].registered_on)
        for earlier, later in present
        if (earlier, later) not in told_apart
        for one_ward, other_ward in product(sorted(homes[earlier]), sorted(homes[later]))
        if _is_same(known[earlier], known[later], is_same_ward=one_ward == other_ward)
    ]


def _is_same(one: _Known, other: _Known, *, is_same_ward: bool) -> bool:
    decide = is_same_person if is_same_ward else is_same_person_elsewhere
    return decide(one.identity, other.identity)


def _pairs(people: Collection[int] | None = None) -> set[Pair]:
    """Return who has to be compared, with one of some people or at all; the earlier one first."""
    if people is not None and not people:
        return set()
    return {
        (min(pair), max(pair))
        for statement in _pair_statements(people)
        for pair in db.session.execute(statement)
    }


def _pair_statements(people: Collection[int] | None) -> tuple[Select[int, int], ...]:
    one, other = PERSONS.alias(), PERSONS.alias()
    namesakes = select(one.c.id, other.c.id).where(
        other.c.search_text == one.c.search_text, other.c.id != one.c.id
    )
    same_year = namesakes.where(other.c.birth_year == one.c.birth_year)
    same_phone = namesakes.where(other.c.phone == one.c.phone)
    if people is not None:
        has_no_phone = or_(one.c.phone.is_(None), other.c.phone.is_(None))
        is_meant = is_one_of(one.c.id, people)
        return same_year.where(has_no_phone, is_meant), same_phone.where(is_meant)
    # Both have to start from few people: those without a phone, those who share one.
    return same_year.where(one.c.phone.is_(None)), same_phone.where(
        one.c.phone.in_(_shared_phones())
    )


def _shared_phones() -> Select[str]:
    return (
        select(PERSONS.c.phone)
        .where(PERSONS.c.phone.is_not(None))
        .group_by(PERSONS.c.phone)
        .having(func.count() > 1)
    )


def _homes(scope: WardScope, people: Collection[int], day: date, codes: Mapping[int, str]) -> Homes:
    homes: defaultdict[int, set[str]] = defaultdict(set)
    if people:
        for person, ward_id in db.session.execute(_home_statement(people), {"day": day}):
            if ward_id in codes and scope.includes(ward_id):
                homes[person].add(codes[ward_id])
    return homes


def _home_statement(people: Collection[int]) -> CompoundSelect[int, int]:
    return union_all(*(_open_spells(spells, people) for spells in (POSTS, MENTORS, MENTEES)))


def _open_spells(spells: FromClause, people: Collection[int]) -> Select[int, int]:
    is_meant = or_(is_one_of(PERSONS.c.id, people), is_one_of(PERSONS.c.merged_into_id, people))
    return (
        select(CANONICAL_ID, spells.c.ward_id)
        .join_from(spells, PERSONS, PERSONS.c.id == spells.c.person_id)
        .where(living(spells, PERSONS), open_on(spells, DAY), is_meant)
    )


def _known(people: Collection[int]) -> dict[int, _Known]:
    if not people:
        return {}
    statement = select(
        PERSONS.c.id,
        PERSONS.c.search_text,
        PERSONS.c.birth_year,
        PERSONS.c.phone,
        PERSONS.c.entered_at,
    ).where(is_one_of(PERSONS.c.id, people))
    return {
        person_id: _Known(Identity(*identity), clock.local_date(entered_at))
        for person_id, *identity, entered_at in db.session.execute(statement)
    }


def _told_apart(people: Collection[int]) -> set[Pair]:
    if not people:
        return set()
    statement = select(DISTINCT_PEOPLE.c.person_id, DISTINCT_PEOPLE.c.other_id).where(
        living(DISTINCT_PEOPLE), is_one_of(DISTINCT_PEOPLE.c.person_id, people)
    )
    return {(earlier, later) for earlier, later in db.session.execute(statement)}
