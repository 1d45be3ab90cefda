"""Lets a mentee complete who does enough skills alone, with one press."""

from app import clock
from app.access.scope import WardScope
from app.learning_errors import SkillsMissingError
from app.queries.catalogues_for_forms import get_end_reason
from app.queries.completion import get_completion
from app.queries.mentees import get_mentee
from app.queries.settings import get_settings
from app.services.ending_rules import end_role
from app.services.transaction import Receipt, transaction

COMPLETED = "completed"


def complete_mentee(scope: WardScope, mentee_id: int, *, request_key: str | None = None) -> Receipt:
    """End a spell as mentee today, with its open pairing, as completed.

    Raises `SkillsMissingError` unless the condition of the setting is met: for everybody else there
    is the form that ends a role. Raises what `end_role` does, `OutOfScopeError`.
    """
    with transaction(scope, "mentee_completed", request_key=request_key) as unit:
        today = clock.today()
        mentee = get_mentee(scope, mentee_id)
        needed = get_settings(today).skills_to_complete
        completion = get_completion(scope, mentee.person_id, today, needed)
        if not completion.is_reached:
            raise SkillsMissingError(reached=completion.reached, needed=needed)
        end_role(scope, mentee, on=today, reason_id=get_end_reason(COMPLETED).id)
        unit.about(mentee, ward_id=mentee.ward_id)
    return unit.receipt
