"""Hands a visitor of the desk who wants to learn on to the mentors of the ward."""

from dataclasses import dataclass

from app.access.scope import WardScope
from app.errors import AlreadyLearningError, SessionHandedOnError
from app.queries.handoffs import find_open_mentee, find_present_mentor
from app.queries.help_sessions import find_handoff, load_session
from app.services.known_people import find_or_make_person
from app.services.person_writing import ConsentDetails, PersonDetails, add_consent
from app.services.transaction import Receipt, transaction
from models import Handoff, HelpSession, Mentee, Person, db


@dataclass(frozen=True, kw_only=True, slots=True)
class HandOn:
    """The visitor of a session who wants to learn, and how they agreed.

    Where the ward knows somebody alike, either `same_person_id` names that person or
    `is_somebody_else` says that it is another.
    """

    session_id: int
    person: PersonDetails
    consent: ConsentDetails
    same_person_id: int | None = None
    is_somebody_else: bool = False


def hand_on(scope: WardScope, wish: HandOn, *, request_key: str | None = None) -> Receipt:
    """Put the visitor of a session on the ward's waiting list; return the receipt of the hand-on.

    Who waits there already keeps that place. The hand-on is dated by the session. Raises
    `AlreadyLearningError` for who has a mentor, `LikelySamePersonError` until somebody decided,
    `GuardianNeededError`, `SessionHandedOnError`, `OverlapError`, `OutOfScopeError`.
    """
    with transaction(scope, "mentee_handed_on", request_key=request_key) as unit:
        session = load_session(scope, wish.session_id)
        if find_handoff(scope, session.id) is not None:
            raise SessionHandedOnError
        in_ward = scope.narrowed_to(session.ward_id)
        person = find_or_make_person(
            in_ward,
            session.ward_id,
            wish.person,
            same_person_id=wish.same_person_id,
            is_somebody_else=wish.is_somebody_else,
        )
        mentee = _waiting_mentee(in_ward, session, person)
        consent = add_consent(scope, person, wish.consent)
        db.session.flush()
        handoff = Handoff(
            help_session_id=session.id,
            mentee_id=mentee.id,
            ward_id=session.ward_id,
            consent_id=consent.id,
            handed_on=session.service_date,
        )
        db.session.add(handoff)
        unit.about(handoff, ward_id=session.ward_id)
    return unit.receipt


def _waiting_mentee(in_ward: WardScope, session: HelpSession, person: Person) -> Mentee:
    """Return the person's spell as mentee of the ward, begun with the session if there is none."""
    mentee = find_open_mentee(in_ward, person.id)
    if mentee is None:
        mentee = Mentee(
            person_id=person.id, ward_id=session.ward_id, started_on=session.service_date
        )
        db.session.add(mentee)
        return mentee
    mentor = find_present_mentor(in_ward, mentee.id)
    if mentor is not None:
        raise AlreadyLearningError(mentor=mentor)
    return mentee
