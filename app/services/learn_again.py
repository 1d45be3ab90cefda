"""Puts somebody who had stopped learning and needs help again back on the waiting list."""

from app import clock
from app.access.scope import WardScope
from app.errors import LearnsAgainError
from app.queries.handoffs import find_open_mentee
from app.queries.mentees import get_mentee
from app.services.transaction import Receipt, transaction
from models import Mentee, db


def learn_again(scope: WardScope, mentee_id: int) -> Receipt:
    """Begin a new spell as mentee today, in the ward of the one that ended.

    Raises `LearnsAgainError` for who has an open spell there, `OutOfScopeError`.
    """
    with transaction(scope, "mentee_registered") as unit:
        before = get_mentee(scope, mentee_id)
        in_ward = scope.narrowed_to(before.ward_id)
        if find_open_mentee(in_ward, before.person_id) is not None:
            raise LearnsAgainError
        again = Mentee(person_id=before.person_id, ward_id=before.ward_id, started_on=clock.today())
        db.session.add(again)
        unit.about(again, ward_id=before.ward_id)
    return unit.receipt
