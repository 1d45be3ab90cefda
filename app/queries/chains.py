"""What a spell or a pairing carries along when it continues another one: clocks and pauses."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true

from app.queries.selection import DAY, Selection, Wanted
from app.queries.tables import (
    ATTENDANCES,
    CONTACTS,
    HANDOFFS,
    MENTEES,
    MENTORS,
    MENTORSHIPS,
    PAUSES,
    POSTS,
    chain_of,
    living,
    many_rows,
    shared_date,
)
from graphs.paged import Paged
from graphs.rows import Pauses
from models import Mentee, Mentorship


class PairingHistory(NamedTuple):
    """When a chain of mentee spells was paired and parted for the last time."""

    last_start: date | None
    last_end: date | None


NEVER_PAIRED = PairingHistory(None, None)


@dataclass(frozen=True, slots=True)
class PausesBySpell:
    """Pauses by the id of a mentor or a post, and by the first spell of a mentee's chain."""

    mentors: dict[int, Pauses]
    posts: dict[int, Pauses]
    mentee_chains: dict[int, Pauses]


def mentee_chain() -> ColumnElement[int]:
    """Return the id of the first spell of a mentee's chain."""
    return func.coalesce(Mentee.origin_id, Mentee.id)


def mentorship_chain() -> ColumnElement[int]:
    """Return the id of the first link of a mentorship's chain."""
    return func.coalesce(Mentorship.origin_id, Mentorship.id)


def pauses_by_spell(wanted: Wanted) -> PausesBySpell:
    """Return the pauses begun by a day; those of a mentee end with their spell at the latest."""
    mentors: defaultdict[int, list[tuple[date, date]]] = defaultdict(list)
    posts: defaultdict[int, list[tuple[date, date]]] = defaultdict(list)
    chains: defaultdict[int, list[tuple[date, date]]] = defaultdict(list)
    for mentor_id, post_id, chain, start, end, spell_end in many_rows(
        _pauses(wanted.selection), wanted.values
    ):
        if mentor_id is not None:
            mentors[mentor_id].append((start, end))
        elif post_id is not None:
            posts[post_id].append((start, end))
        elif chain is not None and (spell_end is None or start < spell_end):
            chains[chain].append((start, end if spell_end is None else min(end, spell_end)))
    return PausesBySpell(_frozen(mentors), _frozen(posts), _frozen(chains))


def handed_on_by_chain(wanted: Wanted) -> dict[int, date]:
    """Return the latest day by a day on which each chain of mentee spells was handed on."""
    return dict(many_rows(_handed_on(wanted.selection), wanted.values))


def pairings_by_chain(wanted: Wanted) -> Paged[PairingHistory]:
    """Return when each chain of mentee spells was last paired and last parted by a day.

    Equal histories are one object: most have not parted, and there are few days.
    """
    known = _Histories()
    histories: Paged[PairingHistory] = Paged()
    for chain, last_start, last_end in many_rows(_pairings(wanted.selection), wanted.values):
        histories[chain] = known[last_start, last_end]
    return histories


class _Histories(dict[tuple[date | None, date | None], PairingHistory]):
    def __missing__(self, days: tuple[date | None, date | None]) -> PairingHistory:
        self[days] = PairingHistory(*days)
        return self[days]


def last_contact_by_chain(wanted: Wanted) -> Paged[date]:
    """Return the latest contact by a day of each chain of mentorships."""
    contacts: Paged[date] = Paged()
    for chain, last_contact_on in many_rows(_last_contacts(wanted.selection), wanted.values):
        contacts[chain] = last_contact_on
    return contacts


@cache
def _pauses(selection: Selection) -> Select[*tuple[Any, ...]]:
    return (
        select(
            PAUSES.c.mentor_id,
            PAUSES.c.support_post_id,
            chain_of(MENTEES),
            shared_date(PAUSES.c.started_on),
            shared_date(PAUSES.c.ended_on),
            shared_date(MENTEES.c.ended_on),
        )
        .select_from(PAUSES)
        .outerjoin(MENTEES, and_(MENTEES.c.id == PAUSES.c.mentee_id, living(MENTEES)))
        .where(living(PAUSES), PAUSES.c.started_on <= DAY, _is_pause_of(selection))
        .order_by(PAUSES.c.started_on, PAUSES.c.id)
    )


def _is_pause_of(selection: Selection) -> ColumnElement[bool]:
    if selection.is_everything:
        return true()
    return or_(
        PAUSES.c.mentor_id.in_(select(MENTORS.c.id).where(selection.mentors)),
        PAUSES.c.support_post_id.in_(select(POSTS.c.id).where(selection.posts)),
        selection.mentee_chains,
    )


@cache
def _handed_on(selection: Selection) -> Select[*tuple[Any, ...]]:
    return (
        select(chain_of(MENTEES), shared_date(func.max(HANDOFFS.c.handed_on)))
        .join_from(HANDOFFS, MENTEES, MENTEES.c.id == HANDOFFS.c.mentee_id)
        .where(living(HANDOFFS, MENTEES), HANDOFFS.c.handed_on <= DAY, selection.mentee_chains)
        .group_by(chain_of(MENTEES))
    )


@cache
def _pairings(selection: Selection) -> Select[*tuple[Any, ...]]:
    ended_on = case((MENTORSHIPS.c.ended_on <= DAY, MENTORSHIPS.c.ended_on))
    return (
        select(
            chain_of(MENTEES),
            shared_date(func.max(MENTORSHIPS.c.started_on)),
            shared_date(func.max(ended_on)),
        )
        .join_from(MENTORSHIPS, MENTEES, MENTEES.c.id == MENTORSHIPS.c.mentee_id)
        .where(living(MENTORSHIPS, MENTEES), MENTORSHIPS.c.started_on <= DAY)
        .where(selection.mentee_chains)
        .group_by(chain_of(MENTEES))
    )


@cache
def _last_contacts(selection: Selection) -> Select[*tuple[Any, ...]]:
    return (
        select(chain_of(MENTORSHIPS), shared_date(func.max(CONTACTS.c.service_date)))
        .join_from(ATTENDANCES, CONTACTS, CONTACTS.c.id == ATTENDANCES.c.contact_id)
        .join(MENTORSHIPS, MENTORSHIPS.c.id == ATTENDANCES.c.mentorship_id)
        .where(living(ATTENDANCES, CONTACTS, MENTORSHIPS), CONTACTS.c.service_date <= DAY)
        .where(selection.mentorship_chains)
        .group_by(chain_of(MENTORSHIPS))
    )


def _frozen(pauses: dict[int, list[tuple[date, date]]]) -> dict[int, Pauses]:
    return {key: _as_tuple(spans) for key, spans in pauses.items()}


def _as_tuple(spans: Iterable[tuple[date, date]]) -> Pauses:
    return tuple(spans)
