"""Choosing what of a roster file is recorded about people who are known already."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.errors import OutOfScopeError, RuleBrokenError
from app.forms.base import BaseForm
from app.forms.roster_changes import ChangedRowsForm, TakeOverForm
from app.queries.roster_imports import ImportCard, get_import_card, list_import_parts
from app.roster.decisions import Decisions, TakenOver
from app.roster.staging import ShownRow, unpack_plan, unpack_row
from app.services.choose_changes import choose_for_all, choose_rows
from app.web.page_frame import notify
from app.web.paging import Paging

blueprint = Blueprint("roster_changes", __name__, url_prefix="/nhap-danh-sach")

ROWS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class _Shown:
    """A preview and the part of its changed rows that the address asks for."""

    card: ImportCard
    rows: Sequence[ShownRow]
    paging: Paging


@blueprint.get("/<int:import_id>/thay-doi")
@requires(Permission.IMPORT_ROSTERS)
def edit(import_id: int) -> ResponseReturnValue:
    """Show what the file says otherwise, old → new, with a choice for each row."""
    shown = _look(import_id)
    form = ChangedRowsForm(formdata=None)
    form.offer(shown.rows)
    return _page(shown, form)


@blueprint.post("/<int:import_id>/thay-doi")
@requires(Permission.IMPORT_ROSTERS)
def save(import_id: int) -> ResponseReturnValue:
    """Choose for the rows of one page."""
    shown, form = _look(import_id), ChangedRowsForm()
    form.offer(shown.rows)
    chosen = form.chosen(shown.rows) if form.validate() else None
    if chosen is None or not _is_kept(
        form, lambda: choose_rows(current_scope(), import_id, chosen)
    ):
        return _page(shown, form), 422
    notify("Đã ghi lựa chọn cho các dòng này; chưa nhập gì.")
    page = request.args.get("trang")
    return redirect(url_for("roster_changes.edit", import_id=import_id, trang=page), code=303)


@blueprint.get("/<int:import_id>/thay-doi/moi-dong")
@requires(Permission.IMPORT_ROSTERS)
def edit_all(import_id: int) -> ResponseReturnValue:
    """Ask once for all rows."""
    shown = _look(import_id)
    taken_over = Decisions.from_values(shown.card.decisions).taken_over
    return _for_all_page(shown, TakeOverForm(formdata=None, data={"taken_over": taken_over.value}))


@blueprint.post("/<int:import_id>/thay-doi/moi-dong")
@requires(Permission.IMPORT_ROSTERS)
def save_all(import_id: int) -> ResponseReturnValue:
    """Choose for all rows, also those that were chosen one by one."""
    shown, form = _look(import_id), TakeOverForm()
    taken_over = TakenOver(form.taken_over.data) if form.validate() else None
    if taken_over is None or not _is_kept(
        form, lambda: choose_for_all(current_scope(), import_id, taken_over)
    ):
        return _for_all_page(shown, form), 422
    notify("Đã ghi lựa chọn cho mọi dòng; chưa nhập gì.")
    return redirect(url_for("roster_imports.show", import_id=import_id), code=303)


def _is_kept(form: BaseForm, choose: Callable[[], None]) -> bool:
    """Keep a choice; one that comes too late is refused above the form."""
    try:
        choose()
    except RuleBrokenError as error:
        form.refuse(error)
        return False
    return True


def _look(import_id: int) -> _Shown:
    scope = current_scope()
    card = get_import_card(scope, import_id)
    if not card.is_undecided:
        raise OutOfScopeError(ImportCard, import_id)
    changed = unpack_plan(list_import_parts(scope, import_id)).changed
    paging = Paging.asked_for(len(changed), ROWS_SHOWN)
    rows = [unpack_row(kept) for kept in changed[paging.offset : paging.last_index]]
    return _Shown(card, rows, paging)


def _page(shown: _Shown, form: ChangedRowsForm) -> str:
    return render_template(
        "roster_imports/changes.html", card=shown.card, paging=shown.paging, form=form
    )


def _for_all_page(shown: _Shown, form: TakeOverForm) -> str:
    return render_template(
        "roster_imports/changes_of_all.html", card=shown.card, paging=shown.paging, form=form
    )
