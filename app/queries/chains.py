"""What a spell or a pairing carries along when it continues another one: clocks and pauses."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select, true

from app.queries.selection import Selection
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
)
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


def pauses_by_spell(selection: Selection, day: date) -> PausesBySpell:
    """Return the pauses begun by a day; those of a mentee end with their spell at the latest."""
    statement = (
        select(
            PAUSES.c.mentor_id,
            PAUSES.c.support_post_id,
            chain_of(MENTEES),
            PAUSES.c.started_on,
            PAUSES.c.ended_on,
            MENTEES.c.ended_on,
        )
        .select_from(PAUSES)
        .outerjoin(MENTEES, and_(MENTEES.c.id == PAUSES.c.mentee_id, living(MENTEES)))
        .where(living(PAUSES), PAUSES.c.started_on <= day, _is_pause_of(selection))
        .order_by(PAUSES.c.started_on, PAUSES.c.id)
    )
    mentors: defaultdict[int, list[tuple[date, date]]] = defaultdict(list)
    posts: defaultdict[int, list[tuple[date, date]]] = defaultdict(list)
    chains: defaultdict[int, list[tuple[date, date]]] = defaultdict(list)
    for mentor_id, post_id, chain, start, end, spell_end in many_rows(statement):
        if mentor_id is not None:
            mentors[mentor_id].append((start, end))
        elif post_id is not None:
            posts[post_id].append((start, end))
        elif chain is not None and (spell_end is None or start < spell_end):
            chains[chain].append((start, end if spell_end is None else min(end, spell_end)))
    return PausesBySpell(_frozen(mentors), _frozen(posts), _frozen(chains))


def handed_on_by_chain(chains: ColumnElement[bool], day: date) -> dict[int, date]:
    """Return the latest day by a day on which each chain of mentee spells was handed on."""
    statement = (
        select(chain_of(MENTEES), func.max(HANDOFFS.c.handed_on))
        .join_from(HANDOFFS, MENTEES, MENTEES.c.id == HANDOFFS.c.mentee_id)
        .where(living(HANDOFFS, MENTEES), HANDOFFS.c.handed_on <= day, chains)
        .group_by(chain_of(MENTEES))
    )
    return dict(many_rows(statement))


def pairings_by_chain(chains: ColumnElement[bool], day: date) -> dict[int, PairingHistory]:
    """Return when each chain of mentee spells was last paired and last parted by a day."""
    ended_on = case((MENTORSHIPS.c.ended_on <= day, MENTORSHIPS.c.ended_on))
    statement = (
        select(chain_of(MENTEES), func.max(MENTORSHIPS.c.started_on), func.max(ended_on))
        .join_from(MENTORSHIPS, MENTEES, MENTEES.c.id == MENTORSHIPS.c.mentee_id)
        .where(
            living(MENTORSHIPS, MENTEES),
            MENTORSHIPS.c.started_on <= day,
            chains,
        )
        .group_by(chain_of(MENTEES))
    )
    return {
        chain: PairingHistory(last_start, last_end)
        for chain, last_start, last_end in many_rows(statement)
    }


def last_contact_by_chain(chains: ColumnElement[bool], day: date) -> dict[int, date]:
    """Return the latest contact by a day of each chain of mentorships."""
    statement = (
        select(chain_of(MENTORSHIPS), func.max(CONTACTS.c.service_date))
        .join_from(ATTENDANCES, CONTACTS, CONTACTS.c.id == ATTENDANCES.c.contact_id)
        .join(MENTORSHIPS, MENTORSHIPS.c.id == ATTENDANCES.c.mentorship_id)
        .where(
            living(ATTENDANCES, CONTACTS, MENTORSHIPS),
            CONTACTS.c.service_date <= day,
            chains,
        )
        .group_by(chain_of(MENTORSHIPS))
    )
    return dict(many_rows(statement))


def _is_pause_of(selection: Selection) -> ColumnElement[bool]:
    if selection.is_everything:
        return true()
    wanted: list[ColumnElement[bool]] = []
    if selection.mentors is not None:
        wanted.append(PAUSES.c.mentor_id.in_(select(MENTORS.c.id).where(selection.mentors)))
    if selection.posts is not None:
        wanted.append(PAUSES.c.support_post_id.in_(select(POSTS.c.id).where(selection.posts)))
    if selection.mentee_chains is not None:
        wanted.append(selection.mentee_chains)
    return or_(false(), *wanted)


def _frozen(pauses: dict[int, list[tuple[date, date]]]) -> dict[int, Pauses]:
    return {key: _as_tuple(spans) for key, spans in pauses.items()}


def _as_tuple(spans: Iterable[tuple[date, date]]) -> Pauses:
    return tuple(spans)
