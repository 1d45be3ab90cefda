"""The change log: who did what and when."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.change_wording import action_label, object_label, unnamed_author
from app.forms.change_log import ActionFilterForm
from app.queries.change_log import ActionFilter, count_actions, list_actions
from app.web.paging import Paging

blueprint = Blueprint("change_log", __name__, url_prefix="/quan-tri/nhat-ky")


@blueprint.get("")
@requires(Permission.VIEW_CHANGE_LOG)
def index() -> ResponseReturnValue:
    """List the actions that the filter in the address finds, the latest first."""
    form = ActionFilterForm(request.args)
    form.validate()
    wanted = ActionFilter(form.username.data or "", form.first_day.data, form.last_day.data)
    paging = Paging.asked_for(count_actions(current_scope(), wanted))
    return render_template(
        "change_log/index.html",
        form=form,
        paging=paging,
        actions=list_actions(current_scope(), wanted, limit=paging.size, offset=paging.offset),
        action_label=action_label,
        unnamed_author=unnamed_author,
        object_label=object_label,
        clear_url=url_for("change_log.index") if any(wanted) or form.errors else None,
    )
