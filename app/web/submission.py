"""How a page runs a service for a form: refusals beside the field, repeats like the first time."""

from collections.abc import Callable

from app.errors import AlreadyDoneError, RuleBrokenError
from app.forms.base import BaseForm
from app.services.transaction import Receipt


def submit(form: BaseForm, action: Callable[[], Receipt]) -> Receipt | None:
    """Run an action for a valid form.

    Returns its receipt; for a form that was sent before, the receipt of the first time; None when
    a rule of the domain refused it, with the sentence put beside the field (or above the form).
    """
    try:
        return action()
    except AlreadyDoneError as done:
        return Receipt(done.object_id, done.batch_id)
    except RuleBrokenError as error:
        form.refuse(error)
        return None
