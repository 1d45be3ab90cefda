"""Saying whom the doubtful rows of a roster file are about: somebody known, or somebody else."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.errors import OutOfScopeError, RuleBrokenError
from app.forms.roster_people import PeopleOfRowsForm, people_form
from app.queries.roster_candidates import list_candidates
from app.queries.roster_imports import ImportCard, get_import_card, list_import_parts
from app.roster.correcting import sheet_names
from app.roster.decisions import Decisions
from app.roster.doubted import DoubtedRow, doubted_rows, people_of
from app.roster.staging import unpack_plan
from app.services.choose_changes import choose_people
from app.web.page_frame import notify
from app.web.paging import Paging

blueprint = Blueprint("roster_doubles", __name__, url_prefix="/nhap-danh-sach")

ROWS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class _Shown:
    """A preview and the doubtful rows that the address asks for, by the names of their fields."""

    card: ImportCard
    rows: Mapping[str, DoubtedRow]
    paging: Paging


@blueprint.get("/<int:import_id>/trung")
@requires(Permission.IMPORT_ROSTERS)
def edit(import_id: int) -> ResponseReturnValue:
    """Show each doubtful row with whom it may be about."""
    shown = _look(import_id)
    return _page(shown, people_form(shown.rows, is_sent=False))


@blueprint.post("/<int:import_id>/trung")
@requires(Permission.IMPORT_ROSTERS)
def save(import_id: int) -> ResponseReturnValue:
    """Keep the choices of one page."""
    shown = _look(import_id)
    form = people_form(shown.rows, is_sent=True)
    if not form.validate():
        return _page(shown, form), 422
    try:
        choose_people(current_scope(), import_id, form.chosen(shown.rows))
    except RuleBrokenError as error:
        form.refuse(error)
        return _page(shown, form), 422
    notify("Đã ghi lựa chọn cho các dòng này; chưa nhập gì.")
    page = request.args.get("trang")
    return redirect(url_for("roster_doubles.edit", import_id=import_id, trang=page), code=303)


def _look(import_id: int) -> _Shown:
    scope = current_scope()
    card = get_import_card(scope, import_id)
    if not card.is_undecided:
        raise OutOfScopeError(ImportCard, import_id)
    parts = list_import_parts(scope, import_id)
    plan = unpack_plan(parts)
    paging = Paging.asked_for(len(plan.doubted), ROWS_SHOWN)
    kept = plan.doubted[paging.offset : paging.last_index]
    sheets = {name: place for place, name in enumerate(sheet_names(parts))}
    rows = doubted_rows(
        kept,
        plan.rows,
        list_candidates(scope, people_of(kept)),
        Decisions.from_values(card.decisions),
    )
    by_name = {f"row-{sheets[row.place[0]]}-{row.place[1]}": row for row in rows}
    return _Shown(card, by_name, paging)


def _page(shown: _Shown, form: PeopleOfRowsForm) -> str:
    return render_template(
        "roster_imports/doubles.html",
        card=shown.card,
        paging=shown.paging,
        fields=[form[name] for name in shown.rows],
        form=form,
    )
