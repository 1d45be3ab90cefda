"""The recycle bin: what was deleted in the last 30 days, and putting it back."""

from datetime import datetime, timedelta
from typing import NamedTuple

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.change_wording import action_label, unnamed_author
from app.errors import RuleBrokenError
from app.forms.restore import RestoreForm
from app.queries.deleted_rows import list_deleted
from app.queries.history import UNDO, get_kind
from app.queries.recycle_bin import (
    BIN_KINDS,
    count_deletions,
    list_contents,
    list_deletions,
    name_deleted,
)
from app.rule_wording import describe_broken_rule
from app.services.restore_rows import restore_rows
from app.services.undo_batch import redo_batch, undo_batch
from app.services.undo_rules import UNDO_DAYS
from app.texts import _
from app.web.page_frame import notify
from app.web.paging import Paging
from app.web.submission import submit

blueprint = Blueprint("recycle_bin", __name__, url_prefix="/thung-rac")


class Shelf(NamedTuple):
    """A part of the bin: its name in the address, its label, and the kinds of rows in it."""

    code: str
    label: str
    kinds: tuple[str, ...]


SHELVES = (
    Shelf("", "Tất cả", BIN_KINDS),
    Shelf("luot", "Lượt hỗ trợ", ("help_sessions",)),
    Shelf("buoi", "Buổi hướng dẫn", ("contacts",)),
    Shelf("hoat-dong", "Hoạt động", ("activities",)),
    Shelf("truc", "Ca trực, nghỉ trực", ("duty_turns", "duty_leaves")),
    Shelf("nguoi", "Người", ("mentors", "mentees", "support_posts")),
    Shelf("cap", "Cặp hướng dẫn", ("mentorships",)),
)
KIND_LABELS = {
    "mentorships": "cặp",
    "mentors": "mentor",
    "mentees": "người học",
    "support_posts": "nhân sự hỗ trợ",
    "contacts": "buổi hướng dẫn",
    "help_sessions": "lượt hỗ trợ",
    "duty_turns": "ca trực",
    "duty_leaves": "lần nghỉ trực",
    "activities": "hoạt động",
}


@blueprint.get("")
@requires(Permission.UNDO_CHANGES)
def index() -> ResponseReturnValue:
    """List what was deleted, the newest first, with a button to put each back."""
    scope, now = current_scope(), clock.now()
    since = now - timedelta(days=UNDO_DAYS)
    wanted = request.args.get("loai", "")
    shelf = next((one for one in SHELVES if one.code == wanted), SHELVES[0])
    page = Paging.asked_for(count_deletions(scope, since=since, kinds=shelf.kinds))
    deletions = list_deletions(
        scope, since=since, kinds=shelf.kinds, offset=page.offset, limit=page.size
    )
    return render_template(
        "recycle_bin/index.html",
        deletions=deletions,
        contents=list_contents(
            current_scope(Permission.VIEW_PEOPLE),
            [one.id for one in deletions],
            desk=current_scope(Permission.VIEW_SESSIONS),
        ),
        kind_labels=KIND_LABELS,
        action_label=action_label,
        unnamed_author=unnamed_author,
        days_left={one.id: _days_left(one.done_at, now) for one in deletions},
        shelves=[
            {
                "label": one.label,
                "url": url_for("recycle_bin.index", loai=one.code or None),
                "is_current": one == shelf,
            }
            for one in SHELVES
        ],
        page=page,
        days=UNDO_DAYS,
    )


@blueprint.post("/<int:batch_id>/khoi-phuc")
@requires(Permission.UNDO_CHANGES)
def restore(batch_id: int) -> ResponseReturnValue:
    """Put back what an action deleted, or say why that cannot be done."""
    scope = current_scope()
    put_back = redo_batch if get_kind(scope, batch_id) == UNDO else undo_batch
    try:
        receipt = put_back(scope, batch_id)
    except RuleBrokenError as error:
        notify(describe_broken_rule(error), kind="error")
    else:
        is_redone = put_back is redo_batch
        notify("Đã khôi phục.", undo_batch_id=receipt.batch_id if is_redone else None)
    return redirect(url_for("recycle_bin.index"), code=303)


@blueprint.get("/<int:batch_id>")
@requires(Permission.UNDO_CHANGES)
def show(batch_id: int) -> ResponseReturnValue:
    """List what an action deleted, to put back some of it."""
    return _choice_page(batch_id, RestoreForm())


@blueprint.post("/<int:batch_id>")
@requires(Permission.UNDO_CHANGES)
def restore_some(batch_id: int) -> ResponseReturnValue:
    """Put back the ticked rows; the rest stays in the bin."""
    scope = current_scope()
    get_kind(scope, batch_id)
    form = RestoreForm()
    if form.validate():
        receipt = submit(
            form, lambda: restore_rows(scope, batch_id, form.chosen, request_key=form.request_key)
        )
        if receipt is not None:
            text = _("Đã khôi phục %(count)s mục.", count=len(form.chosen))
            notify(text, undo_batch_id=receipt.batch_id)
            return redirect(url_for("recycle_bin.index"), code=303)
    return _choice_page(batch_id, form), 422


def _choice_page(batch_id: int, form: RestoreForm) -> str:
    scope = current_scope()
    kind = get_kind(scope, batch_id)
    deleted = [key for key in list_deleted(scope, batch_id) if key.kind in BIN_KINDS]
    page = Paging.asked_for(len(deleted))
    rows = name_deleted(
        current_scope(Permission.VIEW_PEOPLE),
        deleted[page.offset : page.offset + page.size],
        desk=current_scope(Permission.VIEW_SESSIONS),
    )
    return render_template(
        "recycle_bin/show.html",
        batch_id=batch_id,
        action=action_label(kind),
        form=form,
        rows=rows,
        kind_labels=KIND_LABELS,
        page=page,
    )


def _days_left(done_at: datetime, now: datetime) -> int:
    return max(0, UNDO_DAYS - (now - done_at).days)
