"""Saying what the columns of a roster file hold whose headings say nothing."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.exchange.by_hand import HandColumn
from app.forms.heading_meanings import HeadingsForm, headings_form
from app.queries.roster_imports import ImportCard, get_import_card
from app.services.explain_headings import columns_to_explain, explain_headings
from app.web.page_frame import notify
from app.web.submission import submit

blueprint = Blueprint("roster_headings", __name__, url_prefix="/nhap-danh-sach")


@blueprint.get("/<int:import_id>/cot")
@requires(Permission.IMPORT_ROSTERS)
def edit(import_id: int) -> ResponseReturnValue:
    """Ask what the columns hold, with a few of their values."""
    card, asked = _look(import_id)
    return _page(card, headings_form(asked))


@blueprint.post("/<int:import_id>/cot")
@requires(Permission.IMPORT_ROSTERS)
def save(import_id: int) -> ResponseReturnValue:
    """Remember what they hold, and show the preview with them."""
    card, asked = _look(import_id)
    form = headings_form(asked)
    if form.validate():
        receipt = submit(
            form,
            lambda: explain_headings(
                current_scope(),
                import_id,
                asked,
                form.meanings(asked),
                request_key=form.request_key,
            ),
        )
        if receipt is not None:
            notify("Đã đọc lại tệp theo các cột vừa chọn; lần sau phần mềm nhớ.")
            return redirect(url_for("roster_imports.show", import_id=import_id), code=303)
    return _page(card, form), 422


def _look(import_id: int) -> tuple[ImportCard, list[HandColumn]]:
    scope = current_scope()
    card = get_import_card(scope, import_id)
    return card, columns_to_explain(scope, import_id, card.ward_id)


def _page(card: ImportCard, form: HeadingsForm) -> str:
    return render_template("roster_imports/headings.html", card=card, form=form)
