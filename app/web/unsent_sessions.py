"""Help sessions that waited in a browser for the network: one at a time, answered as JSON."""

from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from app.access.current import current_scope, require_reader
from app.access.decorators import requires
from app.access.policy import Permission
from app.forms.unsent_session import UnsentSessionForm
from app.queries.request_keys import was_sent_before
from app.services.log_session import log_session
from app.web.help_sessions import new_session_form
from app.web.submission import submit

blueprint = Blueprint("unsent_sessions", __name__, url_prefix="/ho-tro/chua-gui")


@blueprint.get("")
@requires(Permission.LOG_SESSIONS)
def show() -> ResponseReturnValue:
    """Say whose entries may be sent now, and hand out the token to send them with."""
    return jsonify(account=require_reader().browser_key, csrf_token=generate_csrf())


@blueprint.post("")
@requires(Permission.LOG_SESSIONS)
def save() -> ResponseReturnValue:
    """Log a session that waited; one that arrived before is answered in the same way.

    409 when somebody else is signed in by now: the entry goes on waiting for its own account.
    """
    scope = current_scope()
    form = new_session_form(UnsentSessionForm)
    if form.account.data != require_reader().browser_key:
        return jsonify(error="other_account"), 409
    # Asked first: what was accepted once is no error later, whatever has changed since.
    if form.request_key is not None and was_sent_before(scope, form.request_key):
        return jsonify(saved=True)
    if form.validate() and submit(
        form,
        lambda: log_session(scope, form.ward_id, form.details, request_key=form.request_key),
    ):
        return jsonify(saved=True)
    return jsonify(errors=_errors(form)), 422


def _errors(form: UnsentSessionForm) -> list[dict[str, Any]]:
    """Return what is wrong, sentence by sentence, with the field that it is about, if any."""
    beside_fields = [
        {"field": field.name, "label": str(field.label.text), "message": str(message)}
        for field in form
        for message in field.errors
    ]
    about_all = [{"field": "", "label": "", "message": str(text)} for text in form.form_errors]
    return about_all + beside_fields
