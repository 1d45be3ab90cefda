"""Notes that a mentee's VNeID account is confirmed; the program itself confirms nothing."""

from datetime import date

from app.access.scope import WardScope
from app.formatting import format_day
from app.learning_errors import NotLearningThenError, VneidKnownError
from app.queries.mentees import get_mentee
from app.queries.vneid import list_confirmations
from app.services.reporting_periods import period_counting
from app.services.transaction import Receipt, transaction
from models import VneidConfirmation, db
from models.enums import VneidBasis


def record_vneid(
    scope: WardScope,
    mentee_id: int,
    basis: VneidBasis,
    *,
    on: date,
    request_key: str | None = None,
) -> Receipt:
    """Note how it is known, on a day, that a mentee's account is confirmed; no skill changes.

    Raises `VneidKnownError` where the same is noted already, `NotLearningThenError` for a day
    before the spell, `OutOfScopeError`.
    """
    with transaction(scope, "vneid_recorded", request_key=request_key) as unit:
        mentee = get_mentee(scope, mentee_id)
        if on < mentee.started_on:
            raise NotLearningThenError(name=mentee.person.full_name, day=format_day(on))
        if any(line.basis is basis for line in list_confirmations(scope, mentee.person_id)):
            raise VneidKnownError
        db.session.add(
            VneidConfirmation(
                mentee_id=mentee.id,
                ward_id=mentee.ward_id,
                basis=basis,
                service_date=on,
                reported_in_id=period_counting(on),
            )
        )
        unit.about(mentee, ward_id=mentee.ward_id)
    return unit.receipt
