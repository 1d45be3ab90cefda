"""Moves a role to another ward; what the services share that do so, no commit.

As model and reports need it, nothing changes its ward: a spell ends and another one, which names
it, begins. Clocks and credits follow from that chain (docs/definitions.md).
"""

from collections.abc import Collection, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from app import clock
from app.access.scope import WardScope
from app.queries.catalogues_for_forms import get_end_reason
from app.queries.pauses import pauses_of
from app.queries.spells import RoleSpellRow, SpellRecord, list_holders_elsewhere, spell_records
from app.role_errors import HeldThereAlreadyError, SameWardError, WardGoneError
from app.services.ending_rules import refuse_end
from models import (
    Mentee,
    Mentor,
    MentorCapacity,
    Mentorship,
    Pause,
    SupportPost,
    Ward,
    db,
)

MOVED = "moved"


class MoveTerms(NamedTuple):
    """Where to, and from which day. Open pairings go along, but for those to be `left`, by id."""

    ward_id: int
    on: date
    left: Collection[int] = ()


def move_role(scope: WardScope, spell: RoleSpellRow, terms: MoveTerms) -> RoleSpellRow:
    """End a role in its ward on a day and begin it in another one; return what begins.

    The open pairings end for the same reason and go on with the new spell; those of `terms.left`
    end, and their mentees wait. Pauses and a mentor's own capacity go along. What ended before
    stays with the old ward. Raises what `refuse_move` does, and `WardGoneError`.
    """
    return move_roles(scope, [spell], terms)[0]


def move_roles(
    scope: WardScope, spells: Sequence[RoleSpellRow], terms: MoveTerms
) -> list[RoleSpellRow]:
    """Move roles of one kind as `move_role` does, all of them or none."""
    refuse_ward(terms.ward_id)
    records = spell_records(scope, spells)
    held = list_holders_elsewhere(scope, spells, terms.ward_id, terms.on)
    for spell in spells:
        refuse_move(spell, records[spell.id], terms, held)
    pauses, reason = pauses_of(scope, spells), get_end_reason(MOVED)
    open_pairings = {spell.id: records[spell.id].open_pairings for spell in spells}
    for ending in (*spells, *chain.from_iterable(open_pairings.values())):
        ending.ended_on, ending.end_reason = terms.on, reason
    db.session.flush()
    arrived = [_follow(spell, terms) for spell in spells]
    db.session.add_all(arrived)
    db.session.flush()
    for spell, new in zip(spells, arrived, strict=True):
        going = [one for one in open_pairings[spell.id] if one.id not in terms.left]
        db.session.add_all(_carried(pairing, spell, new, terms.on) for pairing in going)
        _carry_along(spell, new, pauses[spell.id], terms.on)
    return arrived


def refuse_ward(ward_id: int) -> None:
    """Raise `WardGoneError` unless the ward exists today."""
    ward = db.session.get(Ward, ward_id)
    if ward is None or ward.valid_to is not None:
        raise WardGoneError


def refuse_move(
    spell: RoleSpellRow, record: SpellRecord, terms: MoveTerms, held: Collection[int]
) -> None:
    """Raise `SpellEndedError`, `SameWardError`, `EndsTooEarlyError` or `HeldThereAlreadyError`.

    `held` are the people who hold the role where they would go.
    """
    if spell.ward_id == terms.ward_id and spell.ended_on is None:
        raise SameWardError
    refuse_end(spell, record, terms.on)
    if spell.person_id in held:
        raise HeldThereAlreadyError


def _follow(spell: RoleSpellRow, terms: MoveTerms) -> RoleSpellRow:
    values = {"person_id": spell.person_id, "ward_id": terms.ward_id, "started_on": terms.on}
    if isinstance(spell, SupportPost):
        return SupportPost(**values)
    origin_id = spell.origin_id or spell.id
    return type(spell)(**values, continues_id=spell.id, origin_id=origin_id)


def _carried(
    pairing: Mentorship, spell: RoleSpellRow, arrived: RoleSpellRow, on: date
) -> Mentorship:
    is_teacher = isinstance(spell, Mentor)
    return Mentorship(
        mentor_id=arrived.id if is_teacher else pairing.mentor_id,
        mentee_id=pairing.mentee_id if is_teacher else arrived.id,
        mentor_ward_id=arrived.ward_id if is_teacher else pairing.mentor_ward_id,
        mentee_ward_id=pairing.mentee_ward_id if is_teacher else arrived.ward_id,
        started_on=on,
        continues_id=pairing.id,
        origin_id=pairing.origin_id or pairing.id,
    )


def _carry_pause(pause: Pause, spell: RoleSpellRow, arrived: RoleSpellRow, on: date) -> None:
    """Let the rest of a pause belong to the new spell; who stood in stays where they are."""
    rest = Pause(started_on=max(on, pause.started_on), ended_on=pause.ended_on)
    if isinstance(spell, Mentor):
        rest.mentor_id = arrived.id
    elif isinstance(spell, Mentee):
        rest.mentee_id = arrived.id
    else:
        rest.support_post_id = arrived.id
    if pause.started_on >= on:
        pause.deleted_at = clock.now()
    else:
        pause.ended_on = on
    db.session.add(rest)


def _carry_capacity(mentor: Mentor, arrived_id: int, on: date) -> None:
    """Let the capacity of the day hold for the new spell, and those that were set for later."""
    living = [one for one in mentor.capacities if one.deleted_at is None]
    begun = [one for one in living if one.effective_on <= on][-1:]
    for own in [*begun, *(one for one in living if one.effective_on > on)]:
        db.session.add(
            MentorCapacity(
                mentor_id=arrived_id,
                effective_on=max(on, own.effective_on),
                capacity=own.capacity,
            )
        )


def _carry_along(
    spell: RoleSpellRow, arrived: RoleSpellRow, pauses: Sequence[Pause], on: date
) -> None:
    for pause in pauses:
        if pause.ended_on > on:
            _carry_pause(pause, spell, arrived, on)
    if isinstance(spell, Mentor):
        _carry_capacity(spell, arrived.id, on)
    if not isinstance(spell, SupportPost):
        _leave_hamlet(spell)


def _leave_hamlet(spell: Mentor | Mentee) -> None:
    """Whoever moves lives in no hamlet of the old ward any more."""
    hamlet = spell.person.hamlet
    if hamlet is not None and hamlet.ward_id == spell.ward_id:
        spell.person.hamlet_id = None
