"""Pairs waiting mentees with a mentor."""

from collections.abc import Collection
from datetime import date

from app import clock
from app.access.scope import WardScope
from app.errors import (
    AlreadyPairedError,
    CapacityExceededError,
    PairBeforeStartError,
    PairedUntilError,
    PairPartyEndedError,
    PairPartyPausedError,
    PersonMergedError,
    SelfPairingError,
)
from app.formatting import format_day
from app.queries.pairing import find_conflict, find_pause, load_mentees, lock_mentor
from app.queries.settings import get_settings
from app.queries.standings import mentor_standings
from app.services.transaction import Receipt, transaction
from models import Mentee, Mentor, Mentorship, db


def pair_mentees(
    scope: WardScope,
    mentor_id: int,
    mentee_ids: Collection[int],
    *,
    on: date,
    request_key: str | None = None,
) -> Receipt:
    """Let a mentor guide some mentees from a day on; all of them or none.

    Raises a `RuleBrokenError` when somebody has left, starts later, is away on that day, was merged
    into another record, is the mentor themselves, has a mentor already, or when the mentor has no
    room for that many as things stand today.
    """
    with transaction(scope, "mentees_paired", request_key=request_key) as unit:
        mentor = lock_mentor(scope, mentor_id)
        mentees = load_mentees(scope, mentee_ids)
        _refuse_closed_spell(mentor, on)
        for mentee in mentees:
            _refuse_closed_spell(mentee, on)
        _refuse_same_person(mentor, mentees)
        _refuse_pause(scope, mentor, mentees, on)
        _refuse_second_mentor(scope, mentees, on)
        _refuse_lack_of_room(scope, mentor, len(mentees))
        mentorships = [_mentorship(mentor, mentee, on) for mentee in mentees]
        db.session.add_all(mentorships)
        unit.about(mentorships[0], ward_id=mentor.ward_id)
    return unit.receipt


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


def _refuse_same_person(mentor: Mentor, mentees: list[Mentee]) -> None:
    if any(mentee.person_id == mentor.person_id for mentee in mentees):
        raise SelfPairingError(name=mentor.person.full_name)


def _refuse_pause(scope: WardScope, mentor: Mentor, mentees: list[Mentee], on: date) -> None:
    away = find_pause(scope, mentor.id, [mentee.id for mentee in mentees], on)
    if away is not None:
        raise PairPartyPausedError(name=away[0], day=format_day(away[1]))


def _refuse_second_mentor(scope: WardScope, mentees: list[Mentee], on: date) -> None:
    conflict = find_conflict(scope, [mentee.id for mentee in mentees], on)
    if conflict is None:
        return
    if conflict.ended_on is None:
        raise AlreadyPairedError(name=conflict.mentee, mentor=conflict.mentor)
    raise PairedUntilError(
        name=conflict.mentee, mentor=conflict.mentor, day=format_day(conflict.ended_on)
    )


def _refuse_lack_of_room(scope: WardScope, mentor: Mentor, wanted: int) -> None:
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
