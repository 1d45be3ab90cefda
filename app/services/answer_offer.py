"""Records what the visitor of a session answered when asked whether to learn more."""

from app.access.scope import WardScope
from app.errors import SessionHandedOnError
from app.queries.help_sessions import find_handoff, load_session
from app.services.transaction import Receipt, transaction
from models.enums import LearningOffer


def answer_offer(scope: WardScope, session_id: int, answer: LearningOffer | None) -> Receipt:
    """Note that the visitor declined, or, with None, that nobody knows.

    Who wants to learn is handed on instead. Raises `SessionHandedOnError` where that happened,
    `PeriodClosedError`, `OutOfScopeError`.
    """
    with transaction(scope, "offer_answered") as unit:
        session = load_session(scope, session_id)
        if find_handoff(scope, session_id) is not None:
            raise SessionHandedOnError
        session.learning_offer = answer
        unit.about(session, ward_id=session.ward_id)
    return unit.receipt
