"""What a spell or a pairing carries along when it continues another one: clocks and pauses."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true

from app.access.scope import WardScope
from graphs.rows import Pauses
from models import Attendance, Contact, Handoff, Mentee, Mentor, Mentorship, Pause, SupportPost, db


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


def wanted_mentees(scope: WardScope, day: date) -> ColumnElement[bool]:
    """Return the condition for the mentee spells open on a day that the scope's audit needs.

    Those of its wards, and those of other wards whom a mentor of its wards teaches.
    """
    taught = select(Mentorship.mentee_id).where(
        scope.limit(Mentorship.mentor_ward_id), Mentorship.is_open_on(day)
    )
    in_scope = scope.limit(Mentee.ward_id)
    return and_(Mentee.is_open_on(day), or_(in_scope, Mentee.id.in_(taught)))


def pauses_by_spell(scope: WardScope, day: date) -> PausesBySpell:
    """Return the pauses begun by a day; those of a mentee end with their spell at the latest."""
    statement = (
        select(
            Pause.mentor_id,
            Pause.support_post_id,
            mentee_chain(),
            Pause.started_on,
            Pause.ended_on,
            Mentee.ended_on,
        )
        .outerjoin(Mentee, Mentee.id == Pause.mentee_id)
        .where(Pause.started_on <= day, _has_wanted_pause(scope, day))
        .order_by(Pause.started_on, Pause.id)
    )
    mentors: defaultdict[int, list[tuple[date, date]]] = defaultdict(list)
    posts: defaultdict[int, list[tuple[date, date]]] = defaultdict(list)
    chains: defaultdict[int, list[tuple[date, date]]] = defaultdict(list)
    for mentor_id, post_id, chain, start, end, spell_end in db.session.execute(statement):
        if mentor_id is not None:
            mentors[mentor_id].append((start, end))
        elif post_id is not None:
            posts[post_id].append((start, end))
        elif chain is not None and (spell_end is None or start < spell_end):
            chains[chain].append((start, end if spell_end is None else min(end, spell_end)))
    return PausesBySpell(_frozen(mentors), _frozen(posts), _frozen(chains))


def handed_on_by_chain(scope: WardScope, day: date) -> dict[int, date]:
    """Return the latest day by a day on which each chain of mentee spells was handed on."""
    statement = (
        select(mentee_chain(), func.max(Handoff.handed_on))
        .join(Mentee, Mentee.id == Handoff.mentee_id)
        .where(Handoff.handed_on <= day, _in_wanted_mentee_chain(scope, day))
        .group_by(mentee_chain())
    )
    return dict(db.session.execute(statement).all())


def pairings_by_chain(scope: WardScope, day: date) -> dict[int, PairingHistory]:
    """Return when each chain of mentee spells was last paired and last parted by a day."""
    ended_on = case((Mentorship.ended_on <= day, Mentorship.ended_on))
    statement = (
        select(mentee_chain(), func.max(Mentorship.started_on), func.max(ended_on))
        .join(Mentee, Mentee.id == Mentorship.mentee_id)
        .where(Mentorship.started_on <= day, _in_wanted_mentee_chain(scope, day))
        .group_by(mentee_chain())
    )
    return {
        chain: PairingHistory(last_start, last_end)
        for chain, last_start, last_end in db.session.execute(statement)
    }


def last_contact_by_chain(scope: WardScope, day: date) -> dict[int, date]:
    """Return the latest contact by a day of each chain of mentorships of the scope."""
    of_scope = or_(scope.limit(Mentorship.mentor_ward_id), scope.limit(Mentorship.mentee_ward_id))
    is_wanted: ColumnElement[bool] = true()
    if not scope.is_everywhere:
        chains = select(mentorship_chain()).where(of_scope)
        # The two columns apart, since each of them has an index and their coalescence has none.
        is_wanted = or_(Mentorship.id.in_(chains), Mentorship.origin_id.in_(chains))
    statement = (
        select(mentorship_chain(), func.max(Contact.service_date))
        .select_from(Attendance)
        .join(Contact, Contact.id == Attendance.contact_id)
        .join(Mentorship, Mentorship.id == Attendance.mentorship_id)
        .where(Contact.service_date <= day, is_wanted)
        .group_by(mentorship_chain())
    )
    return dict(db.session.execute(statement).all())


def _in_wanted_mentee_chain(scope: WardScope, day: date) -> ColumnElement[bool]:
    if scope.is_everywhere:
        return true()
    chains = select(mentee_chain()).where(wanted_mentees(scope, day))
    return or_(Mentee.id.in_(chains), Mentee.origin_id.in_(chains))


def _has_wanted_pause(scope: WardScope, day: date) -> ColumnElement[bool]:
    if scope.is_everywhere:
        return true()
    return or_(
        Pause.mentor_id.in_(select(Mentor.id).where(scope.limit(Mentor.ward_id))),
        Pause.support_post_id.in_(select(SupportPost.id).where(scope.limit(SupportPost.ward_id))),
        _in_wanted_mentee_chain(scope, day),
    )


def _frozen(pauses: dict[int, list[tuple[date, date]]]) -> dict[int, Pauses]:
    return {key: _as_tuple(spans) for key, spans in pauses.items()}


def _as_tuple(spans: Iterable[tuple[date, date]]) -> Pauses:
    return tuple(spans)
