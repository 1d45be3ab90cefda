"""Where the few spells of one page stand, by the same definitions as the audit (`graphs`)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Select, bindparam, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.access.scope import WardScope
from app.queries.chains import mentee_chain, mentorship_chain
from app.queries.kept_statements import kept_statement, read_scoped
from app.queries.settings import SiteSettings
from graphs.network import build_network
from graphs.rows import (
    MenteeRow,
    MentorRow,
    MentorshipRow,
    NetworkRows,
    Pauses,
    WardRow,
)
from graphs.standing import MenteeStanding, MentorStanding, WardStanding, ward_standings
from models import (
    Attendance,
    Contact,
    EndReason,
    Mentee,
    Mentor,
    MentorCapacity,
    Mentorship,
    Pause,
    Person,
    db,
)

Chosen = Collection[int] | Select[int]
"""Ids of spells, or a select of them where they are many."""


def mentor_standings(
    scope: WardScope, chosen: Chosen, day: date, settings: SiteSettings
) -> dict[int, MentorStanding]:
    """Return the standing of the chosen mentor spells that are open on a day, by id.

    Four statements, however many are chosen. Contacts are left out: ask `last_contacts`.
    """
    pauses = _pauses(Pause.mentor_id, chosen)
    capacities = _capacities(chosen, day)
    statement = select(
        Mentor.id, Mentor.ward_id, Mentor.person_id, Mentor.started_on, Mentor.ended_on
    ).where(scope.limit(Mentor.ward_id), Mentor.id.in_(chosen))
    rows = [
        MentorRow(
            id=mentor_id,
            ward=str(ward_id),
            person=person_id,
            started_on=started_on,
            ended_on=ended_on,
            capacity=capacities.get(mentor_id, settings.default_capacity),
            pauses=pauses.get(mentor_id, ()),
        )
        for mentor_id, ward_id, person_id, started_on, ended_on in db.session.execute(statement)
    ]
    wards = _ward_standings(
        day, settings, mentors=rows, mentorships=_mentorships(Mentorship.mentor_id, chosen, day)
    )
    return {mentor.row.id: mentor for ward in wards for mentor in ward.mentors}


def mentee_standings(
    scope: WardScope, chosen: Chosen, day: date, settings: SiteSettings
) -> dict[int, MenteeStanding]:
    """Return the standing of the chosen mentee spells that are open on a day, by id.

    Clocks and pauses are those of the whole chain of a spell that was carried over by a move.
    """
    chains = _mentee_chains(chosen)
    pairings = _last_ends_by_chain(chosen, day)
    statement = select(
        Mentee.id, mentee_chain(), Mentee.ward_id, Mentee.person_id, Mentee.started_on,
        Mentee.ended_on,
    ).where(scope.limit(Mentee.ward_id), Mentee.id.in_(chosen))  # fmt: skip
    rows = [
        MenteeRow(
            id=mentee_id,
            ward=str(ward_id),
            person=person_id,
            started_on=started_on,
            clock_on=chains[chain][0],
            ended_on=ended_on,
            pauses=chains[chain][1],
            handed_on_on=None,
            last_mentorship_start=None,
            last_mentorship_end=pairings.get(chain),
        )
        for mentee_id, chain, ward_id, person_id, started_on, ended_on in db.session.execute(
            statement
        )
    ]
    wards = _ward_standings(
        day, settings, mentees=rows, mentorships=_mentorships(Mentorship.mentee_id, chosen, day)
    )
    return {mentee.row.id: mentee for ward in wards for mentee in ward.mentees}


def last_contacts(scope: WardScope, mentor_ids: Collection[int], day: date) -> dict[int, date]:
    """Return the latest contact by a day of each of the mentor spells that had one."""
    return dict(read_scoped(scope, _last_contacts, day, mentor_ids=list(mentor_ids)))


@kept_statement
def _last_contacts(scope: WardScope, day: date) -> Select[int, date]:
    chosen = Contact.mentor_id.in_(bindparam("mentor_ids", expanding=True))
    return _all_last_contacts(scope, day).where(chosen)


def all_last_contacts(scope: WardScope, day: date) -> dict[int, date]:
    """Return the latest contact by a day of each mentor spell of the scope that had one."""
    return dict(read_scoped(scope, _all_last_contacts, day))


@kept_statement
def _all_last_contacts(scope: WardScope, day: date) -> Select[int, date]:
    return (
        select(Contact.mentor_id, func.max(Contact.service_date))
        .join(Mentor, Mentor.id == Contact.mentor_id)
        .where(scope.limit(Mentor.ward_id), Contact.service_date <= day)
        .group_by(Contact.mentor_id)
    )


def last_contacts_of_pairings(
    scope: WardScope, mentorship_ids: Collection[int], day: date
) -> dict[int, date]:
    """Return the latest contact by a day of each of the pairings, over the chain of a move."""
    of_scope = scope.limit(Mentorship.mentor_ward_id) | scope.limit(Mentorship.mentee_ward_id)
    chains = select(Mentorship.id, mentorship_chain()).where(
        Mentorship.id.in_(mentorship_ids), of_scope
    )
    wanted = dict(db.session.execute(chains).all())
    # The same as a look at the chain of each pairing, but by the indexes of both columns.
    origins = set(wanted.values())
    is_wanted = Mentorship.id.in_(origins) | Mentorship.origin_id.in_(origins)
    statement = (
        select(mentorship_chain(), func.max(Contact.service_date))
        .select_from(Attendance)
        .join(Contact, Contact.id == Attendance.contact_id)
        .join(Mentorship, Mentorship.id == Attendance.mentorship_id)
        .where(Contact.service_date <= day, is_wanted)
        .group_by(mentorship_chain())
    )
    latest = dict(db.session.execute(statement).all())
    return {
        mentorship_id: latest[chain] for mentorship_id, chain in wanted.items() if chain in latest
    }


def _ward_standings(
    day: date,
    settings: SiteSettings,
    *,
    mentors: list[MentorRow] | None = None,
    mentees: list[MenteeRow] | None = None,
    mentorships: list[MentorshipRow],
) -> list[WardStanding]:
    """Let `graphs` judge rows without the wards around them: those carry nothing but their key."""
    codes = {row.ward for row in mentors or ()} | {row.ward for row in mentees or ()}
    rows = NetworkRows(
        wards=[_bare_ward(code) for code in codes],
        borders=(),
        posts=(),
        mentors=mentors or (),
        mentees=mentees or (),
        mentorships=mentorships,
        desk=(),
    )
    return ward_standings(build_network(rows, as_of=day), settings.thresholds)


def _bare_ward(code: str) -> WardRow:
    return WardRow(
        code=code,
        name="",
        latitude=0,
        longitude=0,
        has_data=True,
        last_entry_on=None,
        last_desk_on=None,
    )


def _mentorships(
    side: InstrumentedAttribute[int], chosen: Chosen, day: date
) -> list[MentorshipRow]:
    is_completion = func.coalesce(EndReason.is_completion, False)
    statement = (
        select(
            Mentorship.id, Mentorship.mentor_id, Mentorship.mentee_id, Person.canonical_id,
            Mentorship.started_on, Mentorship.ended_on, is_completion,
        )
        .join(Mentee, Mentee.id == Mentorship.mentee_id)
        .join(Person, Person.id == Mentee.person_id)
        .outerjoin(EndReason, EndReason.id == Mentorship.end_reason_id)
        .where(side.in_(chosen), Mentorship.started_on <= day)
    )  # fmt: skip
    return [
        MentorshipRow(
            id=mentorship_id,
            mentor=mentor_id,
            mentee=mentee_id,
            person=person_id,
            started_on=started_on,
            clock_on=started_on,
            ended_on=ended_on,
            is_completion=bool(is_completed),
            last_contact_on=None,
        )
        for mentorship_id, mentor_id, mentee_id, person_id, started_on, ended_on, is_completed in (
            db.session.execute(statement)
        )
    ]


def _pauses(spell: InstrumentedAttribute[int | None], chosen: Chosen) -> dict[int, Pauses]:
    statement = (
        select(spell, Pause.started_on, Pause.ended_on)
        .where(spell.in_(chosen))
        .order_by(Pause.started_on, Pause.id)
    )
    spans: defaultdict[int, list[tuple[date, date]]] = defaultdict(list)
    for spell_id, start, end in db.session.execute(statement):
        if spell_id is not None:
            spans[spell_id].append((start, end))
    return {spell_id: tuple(pauses) for spell_id, pauses in spans.items()}


def _capacities(chosen: Chosen, day: date) -> dict[int, int]:
    statement = (
        select(MentorCapacity.mentor_id, MentorCapacity.capacity)
        .where(MentorCapacity.mentor_id.in_(chosen), MentorCapacity.effective_on <= day)
        .order_by(MentorCapacity.effective_on, MentorCapacity.id)
    )
    return dict(db.session.execute(statement).all())


def _mentee_chains(chosen: Chosen) -> dict[int, tuple[date, Pauses]]:
    """Return the first start and the pauses of each chain that the chosen spells belong to."""
    statement = (
        select(mentee_chain(), Mentee.started_on, Mentee.ended_on, Pause.started_on, Pause.ended_on)
        .outerjoin(Pause, Pause.mentee_id == Mentee.id)
        .where(_in_chain_of(chosen))
        .order_by(Mentee.started_on, Mentee.id, Pause.started_on, Pause.id)
    )
    chains: dict[int, tuple[date, Pauses]] = {}
    for chain, start, end, pause_start, pause_end in db.session.execute(statement):
        first, pauses = chains.get(chain, (start, ()))
        # A pause ends with its spell at the latest.
        if pause_start is not None and (end is None or pause_start < end):
            pauses = (*pauses, (pause_start, pause_end if end is None else min(pause_end, end)))
        chains[chain] = first, pauses
    return chains


def _last_ends_by_chain(chosen: Chosen, day: date) -> dict[int, date]:
    ended_on = case((Mentorship.ended_on <= day, Mentorship.ended_on))
    statement = (
        select(mentee_chain(), func.max(ended_on))
        .join(Mentee, Mentee.id == Mentorship.mentee_id)
        .where(
            Mentorship.started_on <= day,
            _in_chain_of(chosen),
        )
        .group_by(mentee_chain())
    )
    return {
        chain: last_end for chain, last_end in db.session.execute(statement) if last_end is not None
    }


def _in_chain_of(chosen: Chosen) -> ColumnElement[bool]:
    """Return the condition for spells of the same chains as the chosen ones.

    The two columns apart, since each of them has an index and their coalescence has none.
    """
    chains = select(mentee_chain()).where(Mentee.id.in_(chosen))
    return or_(Mentee.id.in_(chains), Mentee.origin_id.in_(chains))
