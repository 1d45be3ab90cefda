"""Records what somebody said when they were called some weeks after they were taught."""

from app import clock
from app.access.scope import WardScope
from app.errors import FollowUpAnsweredError
from app.queries.follow_ups import Call, get_call
from app.services.reporting_periods import period_counting
from app.services.transaction import Receipt, transaction
from models import FollowUp
from models.enums import FollowUpAnswer


def answer_follow_up(
    scope: WardScope, names_in: WardScope, mentee_id: int, answer: FollowUpAnswer
) -> Receipt:
    """Record the answer of today about a spell as mentee; who was not reached is called again.

    Raises `FollowUpAnsweredError` where somebody else was faster, `OutOfScopeError` for whom there
    is no call to be made.
    """
    with transaction(scope, "follow_up_answered") as unit:
        today = clock.today()
        call = get_call(scope, names_in, today, mentee_id)
        is_again = answer is FollowUpAnswer.UNREACHED and call and call.tried_on == today
        if call is None or is_again:
            raise FollowUpAnsweredError
        row_id = unit.add(FollowUp, _values(call, answer))
        unit.about_row(FollowUp, row_id)
        unit.batch.ward_id = call.ward_id
    return unit.receipt


def _values(call: Call, answer: FollowUpAnswer) -> dict[str, object]:
    today = clock.today()
    return {
        "mentee_id": call.mentee_id,
        "ward_id": call.ward_id,
        "occasion": call.occasion,
        "answer": answer,
        "service_date": today,
        "reported_in_id": period_counting(today),
    }
