"""What became of each hand-on: the one definition behind the lists and the funnel.

Whoever moved is followed along the chain of spells; the ward of the desk keeps the hand-on.
"""

from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from app.access.scope import WardScope
from app.queries.chains import mentee_chain
from app.queries.follow_ups import is_answer
from models import (
    Attendance,
    Contact,
    EndReason,
    FollowUp,
    Handoff,
    Mentee,
    Mentorship,
    Pause,
)


class HandoffState(StrEnum):
    """Where a person who was handed on stands."""

    WAITING = "waiting"
    PAUSED = "paused"
    PAIRED = "paired"
    COMPLETED = "completed"
    LEFT = "left"


class _Chain(NamedTuple):
    """A person's way on from a hand-on: the first spell's id, and the spell of the day."""

    first_id: ColumnElement[int]
    present: type[Mentee]

    def ids(self) -> Select[int]:
        """Return the ids of all spells of the chain."""
        spell = aliased(Mentee)
        is_of_it = or_(spell.id == self.first_id, spell.origin_id == self.first_id)
        return select(spell.id).where(is_of_it).correlate(Mentee)


def outcomes(scope: WardScope, day: date) -> Subquery:
    """Return the hand-ons of the scope's desks up to a day, each with where its person stands.

    `mentee_id` is the spell of the day, `mentorship_id` its open pairing, `since` the day from
    which the state holds, as far as the row tells; `met_on` the last meeting since the hand-on,
    `answer` what was said last when somebody called.
    """
    chain = _Chain(mentee_chain(), aliased(Mentee))
    present = chain.present
    is_paired = and_(Mentorship.mentee_id == present.id, Mentorship.is_open_on(day))
    return (
        select(
            Handoff.id.label("handoff_id"),
            Handoff.help_session_id,
            Handoff.mentee_id.label("handed_on_id"),
            Handoff.ward_id,
            Handoff.handed_on,
            present.id.label("mentee_id"),
            Mentorship.id.label("mentorship_id"),
            _state(present, day).label("state"),
            _since(present, day).label("since"),
            _met_on(chain, day).label("met_on"),
            _answer(chain, day).label("answer"),
        )
        .select_from(Handoff)
        .join(Mentee, Mentee.id == Handoff.mentee_id)
        .join(present, present.id == _present_id(day))
        .outerjoin(EndReason, EndReason.id == present.end_reason_id)
        .outerjoin(Mentorship, is_paired)
        .where(scope.limit(Handoff.ward_id), Handoff.handed_on <= day)
        .subquery()
    )


def _present_id(day: date) -> ColumnElement[int]:
    """Return the last spell of the chain that had begun by a day."""
    later = aliased(Mentee)
    last = (
        select(func.max(later.id))
        .where(later.origin_id == mentee_chain(), later.started_on <= day)
        .scalar_subquery()
    )
    return func.coalesce(last, Mentee.id)


def _has_ended(spell: type[Mentee], day: date) -> ColumnElement[bool]:
    # Said in full, since the opposite is asked for, too.
    return and_(spell.ended_on.is_not(None), spell.ended_on <= day)


def _state(spell: type[Mentee], day: date) -> ColumnElement[str]:
    is_paused = (
        select(Pause.id)
        .where(Pause.mentee_id == spell.id, Pause.started_on <= day, Pause.ended_on > day)
        .exists()
    )
    return case(
        (and_(_has_ended(spell, day), EndReason.is_completion), HandoffState.COMPLETED.value),
        (_has_ended(spell, day), HandoffState.LEFT.value),
        (Mentorship.id.is_not(None), HandoffState.PAIRED.value),
        (is_paused, HandoffState.PAUSED.value),
        else_=HandoffState.WAITING.value,
    )


def _since(spell: type[Mentee], day: date) -> ColumnElement[date]:
    return case(
        (_has_ended(spell, day), spell.ended_on),
        (Mentorship.id.is_not(None), Mentorship.started_on),
        else_=Handoff.handed_on,
    )


def _met_on(chain: _Chain, day: date) -> ColumnElement[Any]:
    taught = aliased(Mentorship)
    return (
        select(func.max(Contact.service_date))
        .join(Attendance, Attendance.contact_id == Contact.id)
        .join(taught, taught.id == Attendance.mentorship_id)
        .where(taught.mentee_id.in_(chain.ids()))
        .where(Contact.service_date >= Handoff.handed_on, Contact.service_date <= day)
        .scalar_subquery()
    )


def _answer(chain: _Chain, day: date) -> ColumnElement[Any]:
    return (
        select(FollowUp.answer)
        .where(FollowUp.mentee_id.in_(chain.ids()), is_answer())
        .where(FollowUp.service_date >= Handoff.handed_on, FollowUp.service_date <= day)
        .order_by(FollowUp.service_date.desc(), FollowUp.id.desc())
        .limit(1)
        .scalar_subquery()
    )
