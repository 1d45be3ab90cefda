"""Putting single rows of a roster file right in its preview."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.errors import OutOfScopeError, RuleBrokenError
from app.exchange.records import RowPlace
from app.forms.roster_row import RosterRowForm, row_form
from app.queries.roster_imports import ImportCard, get_import_card, list_import_parts
from app.roster.correcting import RowToCorrect, sheet_names
from app.roster.decisions import Decisions
from app.roster.staging import kept_rows
from app.services.correct_row import correct_row, get_row
from app.web.page_frame import notify
from models.enums import RowOutcome

blueprint = Blueprint("roster_rows", __name__, url_prefix="/nhap-danh-sach")


@blueprint.get("/<int:import_id>/dong/<int:sheet>/<int:number>")
@requires(Permission.IMPORT_ROSTERS)
def edit(import_id: int, sheet: int, number: int) -> ResponseReturnValue:
    """Open a row as fields, with what is wrong beside them."""
    card, row = _look(import_id, sheet, number)
    form = row_form(row, is_sent=False)
    form.show_errors(row)
    return _page(card, row, form)


@blueprint.post("/<int:import_id>/dong/<int:sheet>/<int:number>")
@requires(Permission.IMPORT_ROSTERS)
def save(import_id: int, sheet: int, number: int) -> ResponseReturnValue:
    """Check the row again; a good one joins the import, a bad one says what is still wrong."""
    card, row = _look(import_id, sheet, number)
    form = row_form(row, is_sent=True)
    if form.validate():
        try:
            row = correct_row(current_scope(), import_id, row.place, form.texts)
        except RuleBrokenError as error:
            form.refuse(error)
            return _page(card, row, form), 422
        if row.outcome is not RowOutcome.REJECTED:
            _announce(import_id, number)
            return redirect(url_for("roster_imports.show", import_id=import_id), code=303)
        form.show_errors(row)
    return _page(card, row, form), 422


def _look(import_id: int, sheet: int, number: int) -> tuple[ImportCard, RowToCorrect]:
    scope = current_scope()
    card = get_import_card(scope, import_id)
    names = sheet_names(list_import_parts(scope, import_id))
    if not card.is_undecided or sheet >= len(names):
        raise OutOfScopeError(ImportCard, import_id)
    place: RowPlace = (names[sheet], number)
    return card, get_row(scope, import_id, Decisions.from_values(card.decisions), place)


def _page(card: ImportCard, row: RowToCorrect, form: RosterRowForm) -> str:
    return render_template("roster_imports/row.html", card=card, row=row, form=form)


def _announce(import_id: int, number: int) -> None:
    """Say that the row is right, and lead to the next one that is not."""
    parts = list_import_parts(current_scope(), import_id)
    names = sheet_names(parts)
    rejected = (row for row in kept_rows(parts) if row.outcome == RowOutcome.REJECTED)
    next_row = next(rejected, None)
    notify(
        f"Dòng {number} đã đúng và sẽ được nhập cùng các dòng khác.",
        next_url=next_row
        and url_for(
            "roster_rows.edit",
            import_id=import_id,
            sheet=names.index(next_row.sheet),
            number=next_row.row_number,
        ),
        next_label=next_row and f"Sửa dòng {next_row.row_number}",
    )
