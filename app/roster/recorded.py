"""What is recorded, for a file to be planned against: whom it asks for, and the pool of them."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from app.exchange.records import RosterRole, RosterRow
from app.queries.roster_matching import (
    KnownPairing,
    KnownPerson,
    KnownSpell,
    MentorLoad,
    NameInWard,
)
from app.roster.network import Pairing, RoleSpell, Someone
from app.roster.people import PeoplePool
from app.roster.wards import WardBook
from models.names import fold


class Sought(NamedTuple):
    """Under which names and phones the rows of a file look for people."""

    names: set[NameInWard]
    phones: set[str]


def sought_by(rows: Iterable[RosterRow], wards: WardBook) -> Sought:
    """Return whom the rows may mean; those of no ward of the scope mean nobody."""
    names: set[NameInWard] = set()
    phones: set[str | None] = set()
    for row in rows:
        ward_id = wards.find_id(row.ward)
        if ward_id is None:
            continue
        names.add((ward_id, fold(row.full_name)))
        if row.mentor_name is not None:
            names.add((ward_id, fold(row.mentor_name)))
        phones.add(row.phone)
        phones.add(row.mentor_phone)
    return Sought(names, {phone for phone in phones if phone is not None})


def pool_of(
    people: Iterable[KnownPerson],
    spells: Iterable[KnownSpell],
    pairings: Iterable[KnownPairing],
    loads: Mapping[int, MentorLoad],
    *,
    default_capacity: int,
) -> PeoplePool:
    """Return the pool of what is recorded."""
    pool = PeoplePool()
    by_id = {person.id: _someone(person) for person in people}
    for someone in by_id.values():
        pool.add(someone)
    roles: dict[tuple[RosterRole, int], RoleSpell] = {}
    for known in spells:
        spell = RoleSpell(
            by_id[known.person_id],
            known.role,
            known.ward_id,
            known.started_on,
            known.ended_on,
            id=known.id,
        )
        if known.role is RosterRole.MENTOR:
            load = loads.get(known.id, MentorLoad(0, None))
            spell.open_pairings, spell.capacity = load.open_pairings, load.capacity
            spell.limit = load.capacity or default_capacity
        roles[known.role, known.id] = spell
        pool.add_spell(spell)
    for pairing in pairings:
        roles[RosterRole.MENTEE, pairing.mentee_id].pairings.append(
            Pairing(
                pairing.mentor_key,
                pairing.mentor_phone,
                pairing.started_on,
                pairing.ended_on,
                mentor=roles.get((RosterRole.MENTOR, pairing.mentor_id)),
                id=pairing.id,
            )
        )
    return pool


def _someone(person: KnownPerson) -> Someone:
    return Someone(
        person.full_name,
        person.name_key,
        person.birth_year,
        person.phone,
        person.gender,
        person.hamlet,
        person.id,
    )
