"""What was done of late, and taking it back."""

from datetime import timedelta

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import LASTING_KINDS, NEVER_UNDONE_KINDS, Permission
from app.change_wording import action_label, kind_of_one, unnamed_author
from app.errors import RuleBrokenError
from app.queries.history import (
    count_entries,
    get_kind,
    list_entries,
    list_of_several,
    name_subjects,
)
from app.rule_wording import describe_broken_rule
from app.services.undo_batch import undo_batch
from app.services.undo_rules import UNDO_DAYS
from app.web.page_frame import notify
from app.web.paging import Paging

blueprint = Blueprint("history", __name__)


@blueprint.get("/da-lam")
@requires(Permission.UNDO_CHANGES)
def index() -> ResponseReturnValue:
    """List what was done in the last 30 days, with a button to take each action back."""
    scope = current_scope()
    since = clock.now() - timedelta(days=UNDO_DAYS)
    page = Paging.asked_for(count_entries(scope, since=since))
    entries = list_entries(scope, since=since, offset=page.offset, limit=page.size)
    return render_template(
        "history/index.html",
        entries=entries,
        names=name_subjects(current_scope(Permission.VIEW_PEOPLE), entries),
        action_label=action_label,
        kind_of_one=kind_of_one,
        unnamed_author=unnamed_author,
        of_several=list_of_several(scope, entries),
        lasting=LASTING_KINDS | NEVER_UNDONE_KINDS,
        page=page,
        days=UNDO_DAYS,
    )


@blueprint.post("/hoan-tac/<int:batch_id>")
@requires(Permission.UNDO_CHANGES)
def undo(batch_id: int) -> ResponseReturnValue:
    """Take an action back, or say why that cannot be done."""
    scope = current_scope()
    action = action_label(get_kind(scope, batch_id))
    try:
        undo_batch(scope, batch_id)
    except RuleBrokenError as error:
        notify(describe_broken_rule(error), kind="error")
    else:
        notify(f"Đã hoàn tác: {action}.")
    return redirect(url_for("history.index"), code=303)
