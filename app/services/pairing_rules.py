"""What the services that pair and part people share: the rules, and the two steps; no commit."""

from collections.abc import Callable, Sequence
from datetime import date

from app import clock
from app.access.scope import WardScope
from app.errors import (
    AlreadyPairedError,
    CapacityExceededError,
    ContactAfterEndError,
    PairBeforeStartError,
    PairedUntilError,
    PairEndedError,
    PairEndsTooEarlyError,
    PairPartyEndedError,
    PairPartyPausedError,
    PersonMergedError,
    SelfPairingError,
)
from app.formatting import format_day
from app.queries.pairing import Conflict, last_contact_day, list_absences, list_conflicts
from app.queries.settings import get_settings
from app.queries.standings import mentor_standings
from models import EndReason, Mentee, Mentor, Mentorship, db


def begin_mentorships(
    scope: WardScope, mentor: Mentor, mentees: Sequence[Mentee], *, on: date
) -> list[Mentorship]:
    """Let a mentor guide some mentees from a day on, all of them or none.

    Raises a `RuleBrokenError` when somebody has left, starts later, is away on that day, was merged
    into another record, is the mentor themselves, has a mentor already, or when the mentor has no
    room for that many as things stand today.
    """
    refuse = pairing_rule(scope, mentor, mentees, on=on)
    for mentee in mentees:
        refuse(mentee)
    refuse_lack_of_room(scope, mentor, len(mentees))
    mentorships = [_mentorship(mentor, mentee, on) for mentee in mentees]
    db.session.add_all(mentorships)
    return mentorships


def pairing_rule(
    scope: WardScope, mentor: Mentor, mentees: Sequence[Mentee], *, on: date
) -> Callable[[Mentee], None]:
    """Return what raises the `RuleBrokenError` of one of these mentees whom the mentor cannot have.

    Raises it at once for a mentor who can have nobody on that day; room is not looked at.
    """
    ids = [mentee.id for mentee in mentees]
    _refuse_closed_spell(mentor, on)
    away = list_absences(scope, mentor.id, ids, on)
    _refuse_absent(mentor, away.mentor)
    conflicts = list_conflicts(scope, ids, on)

    def refuse(mentee: Mentee) -> None:
        _refuse_closed_spell(mentee, on)
        if mentee.person_id == mentor.person_id:
            raise SelfPairingError(name=mentor.person.full_name)
        _refuse_absent(mentee, away.mentees.get(mentee.id))
        _refuse_second_mentor(conflicts.get(mentee.id))

    return refuse


def finish_mentorship(
    scope: WardScope, mentorship: Mentorship, reason: EndReason, *, on: date
) -> None:
    """End a mentorship for a reason, `on` being the first day without it.

    Raises `PairEndedError`, `PairEndsTooEarlyError` for a day not after the start, and
    `ContactAfterEndError` when the two met after that day.
    """
    if mentorship.ended_on is not None:
        raise PairEndedError(day=format_day(mentorship.ended_on))
    if on <= mentorship.started_on:
        raise PairEndsTooEarlyError(day=format_day(mentorship.started_on))
    last_contact = last_contact_day(scope, mentorship.id)
    if last_contact is not None and last_contact > on:
        raise ContactAfterEndError(day=format_day(last_contact))
    mentorship.ended_on = on
    mentorship.end_reason_id = reason.id


def _mentorship(mentor: Mentor, mentee: Mentee, on: date) -> Mentorship:
    return Mentorship(
        mentor_id=mentor.id,
        mentee_id=mentee.id,
        mentor_ward_id=mentor.ward_id,
        mentee_ward_id=mentee.ward_id,
        started_on=on,
    )


def _refuse_closed_spell(spell: Mentor | Mentee, on: date) -> None:
    name = spell.person.full_name
    if spell.person.merged_into_id is not None:
        raise PersonMergedError(name=name)
    if spell.ended_on is not None:
        raise PairPartyEndedError(name=name, day=format_day(spell.ended_on))
    if on < spell.started_on:
        raise PairBeforeStartError(name=name, day=format_day(spell.started_on))


def _refuse_absent(spell: Mentor | Mentee, until: date | None) -> None:
    if until is not None:
        raise PairPartyPausedError(name=spell.person.full_name, day=format_day(until))


def _refuse_second_mentor(conflict: Conflict | None) -> None:
    if conflict is None:
        return
    if conflict.ended_on is None:
        raise AlreadyPairedError(name=conflict.mentee, mentor=conflict.mentor)
    raise PairedUntilError(
        name=conflict.mentee, mentor=conflict.mentor, day=format_day(conflict.ended_on)
    )


def refuse_lack_of_room(scope: WardScope, mentor: Mentor, wanted: int) -> None:
    """Raise `CapacityExceededError` for more people than the mentor has room for today."""
    today = clock.today()
    standing = mentor_standings(scope, [mentor.id], today, get_settings(today))[mentor.id]
    room = max(0, standing.row.capacity - standing.open_mentorships)
    if wanted > room:
        raise CapacityExceededError(
            mentor=mentor.person.full_name,
            open=standing.open_mentorships,
            capacity=standing.row.capacity,
            room=room,
            wanted=wanted,
        )
