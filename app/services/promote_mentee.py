"""Makes a mentor of somebody who completed learning, with one press."""

from app import clock
from app.access.scope import WardScope
from app.learning_errors import AlreadyMentorError, NoConsentInForceError, NotCompletedError
from app.queries.completion import has_completed
from app.queries.generations import holds_mentor_role
from app.queries.mentees import get_mentee
from app.queries.people import get_person, list_open_consents
from app.services.transaction import Receipt, transaction
from models import Mentor, db


def promote_mentee(scope: WardScope, mentee_id: int, *, request_key: str | None = None) -> Receipt:
    """Begin a spell as mentor today, of the same person in the same ward; who taught them is kept.

    Raises `NotCompletedError`, `AlreadyMentorError`, `NoConsentInForceError` for who withdrew the
    consent to be recorded, `OutOfScopeError`.
    """
    with transaction(scope, "mentee_promoted", request_key=request_key) as unit:
        mentee = get_mentee(scope, mentee_id)
        if not has_completed(scope, mentee_id):
            raise NotCompletedError
        if holds_mentor_role(scope, mentee.person_id, clock.today()):
            raise AlreadyMentorError(name=mentee.person.full_name)
        if not list_open_consents(scope, get_person(scope, mentee.person_id)):
            raise NoConsentInForceError(name=mentee.person.full_name)
        mentor = Mentor(
            person_id=mentee.person_id, ward_id=mentee.ward_id, started_on=clock.today()
        )
        db.session.add(mentor)
        unit.about(mentor, ward_id=mentor.ward_id)
    return unit.receipt
