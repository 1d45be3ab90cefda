"""Targets of the plan with their pace: read by leaders for their ward, kept by the province."""

from typing import NamedTuple

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.forms.conflict import FieldConflict, is_saved_already, take_conflicts
from app.forms.target import CorrectTargetForm, NewTargetForm
from app.pace_wording import TargetState, pace_sentence
from app.queries.plan_targets import TargetRow, get_target, list_targets, list_versions
from app.queries.target_figures import Standing, target_standings
from app.queries.wards import list_present_wards
from app.services.edit_targets import correct_target, set_target, withdraw_target
from app.texts import _
from app.web.page_frame import notify
from app.web.submission import submit

blueprint = Blueprint("targets", __name__, url_prefix="/chi-tieu")


class TargetLine(NamedTuple):
    """A target of the network, how far it is reached (None: of another year), and its pace."""

    target: TargetRow
    standing: Standing | None
    sentence: str


@blueprint.get("")
@requires(Permission.VIEW_AUDIT)
def index() -> ResponseReturnValue:
    """Show the targets of the reader's wards with their pace; the province's percentages apart."""
    scope, today = current_scope(), clock.today()
    targets = list_targets(scope)
    counted = [row for row in targets if row.indicator.is_of_network]
    # What stands 28 days ago takes long to find; nobody asks for it without a target.
    standings = target_standings(scope, today) if counted else {}
    lines = []
    for target in counted:
        is_counted = not target.indicator.is_of_year or target.due_on.year == today.year
        standing = standings.get((target.ward_id, target.indicator)) if is_counted else None
        lines.append(TargetLine(target, standing, pace_sentence(_state(target, standing), today)))
    return render_template(
        "targets/index.html",
        lines=lines,
        reported=[row for row in targets if not row.indicator.is_of_network],
        today=today,
    )


@blueprint.get("/moi")
@requires(Permission.MANAGE_TARGETS)
def create() -> ResponseReturnValue:
    """Show the form for a target."""
    return render_template("targets/create.html", form=_new_form())


@blueprint.post("/moi")
@requires(Permission.MANAGE_TARGETS)
def save_new() -> ResponseReturnValue:
    """Set the target."""
    form = _new_form()
    if form.validate():
        receipt = submit(
            form,
            lambda: set_target(
                current_scope(),
                form.series,
                form.version_typed,
                request_key=form.request_key,
            ),
        )
        if receipt is not None:
            notify(_("Đã thêm chỉ tiêu."), undo_batch_id=receipt.batch_id)
            return redirect(url_for("targets.index"), code=303)
    return render_template("targets/create.html", form=form), 422


@blueprint.get("/<int:target_id>")
@requires(Permission.VIEW_AUDIT)
def show(target_id: int) -> ResponseReturnValue:
    """Show all versions of a target."""
    versions = list_versions(current_scope(), target_id)
    return render_template("targets/show.html", target=versions[0], versions=versions)


@blueprint.get("/<int:target_id>/sua")
@requires(Permission.MANAGE_TARGETS)
def edit(target_id: int) -> ResponseReturnValue:
    """Show the form for a further version."""
    target = get_target(current_scope(), target_id)
    return _edit_page(target, _stored_form(target), [])


@blueprint.post("/<int:target_id>/sua")
@requires(Permission.MANAGE_TARGETS)
def save(target_id: int) -> ResponseReturnValue:
    """Add the version; who was slower sees what the other one wrote."""
    scope = current_scope()
    target = get_target(scope, target_id)
    form = CorrectTargetForm(indicator=target.indicator, today=clock.today())
    form.keep_stored(lambda: _stored_form(target))
    if form.validate():
        receipt = submit(
            form,
            lambda: correct_target(scope, target_id, form.version_typed, seen_id=form.seen_version),
        )
        if receipt is not None:
            notify(_("Đã điều chỉnh chỉ tiêu."), undo_batch_id=receipt.batch_id)
            return redirect(url_for("targets.show", target_id=target_id), code=303)
    target = get_target(scope, target_id)
    stored = _stored_form(target)
    if is_saved_already(form, stored):
        return redirect(url_for("targets.show", target_id=target_id), code=303)
    return _edit_page(target, form, take_conflicts(form, stored)), 422


@blueprint.post("/<int:target_id>/bo")
@requires(Permission.MANAGE_TARGETS)
def withdraw(target_id: int) -> ResponseReturnValue:
    """Withdraw the target, with a way back."""
    receipt = withdraw_target(current_scope(), target_id)
    notify(_("Đã bỏ chỉ tiêu."), undo_batch_id=receipt.batch_id)
    return redirect(url_for("targets.index"), code=303)


def _state(target: TargetRow, standing: Standing | None) -> TargetState:
    figures = (None, None) if standing is None else standing
    return TargetState(target.indicator, target.due_on, target.value, *figures)


def _new_form() -> NewTargetForm:
    return NewTargetForm(wards=list_present_wards(current_scope()), today=clock.today())


def _stored_form(target: TargetRow) -> CorrectTargetForm:
    return CorrectTargetForm(
        indicator=target.indicator,
        today=clock.today(),
        formdata=None,
        value=target.value,
        valid_from=target.valid_from,
        source=target.source,
        version=target.id,
    )


def _edit_page(target: TargetRow, form: CorrectTargetForm, conflicts: list[FieldConflict]) -> str:
    return render_template("targets/edit.html", target=target, form=form, conflicts=conflicts)
