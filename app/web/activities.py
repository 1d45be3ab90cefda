"""Activities of the plan: the list, one of them, entering, correcting, confirming, deleting."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.errors import RuleBrokenError
from app.formatting import format_day
from app.forms.activity import (
    HELD,
    PLANNED,
    ConfirmActivityForm,
    EditActivityForm,
    NewActivityForm,
    with_groups,
)
from app.forms.conflict import is_saved_already, take_conflicts
from app.queries.activities import ActivityDetail, get_activity, list_part_ids
from app.queries.last_change import get_last_change
from app.queries.wards import WardCard, list_wards
from app.rule_wording import describe_broken_rule
from app.services.add_activity import add_activity
from app.services.confirm_activity import confirm_activity
from app.services.delete_activity import delete_activity
from app.services.edit_activity import edit_activity
from app.services.transaction import Receipt
from app.texts import _
from app.web.activity_choices import activity_lists
from app.web.activity_listing import ActivityListing
from app.web.arguments import day_argument
from app.web.page_frame import notify
from app.web.submission import submit
from app.web.ward_choice import chosen_ward
from app.wording import ACTIVITY_KIND_LABELS

blueprint = Blueprint("activities", __name__, url_prefix="/hoat-dong")


@blueprint.get("")
@requires(Permission.VIEW_ACTIVITIES)
def index() -> ResponseReturnValue:
    """List the activities that the address asks for."""
    listing = ActivityListing(current_scope(), request.args)
    found = listing.window()
    return render_template(
        "activities/index.html", listing=listing, found=found, paging=listing.paging(found)
    )


@blueprint.get("/moi")
@requires(Permission.RECORD_ACTIVITIES)
def create() -> ResponseReturnValue:
    """Show the form for an activity, of the day that the address names (`ngay`) or of today."""
    ward, today = chosen_ward(current_scope()), clock.today()
    if ward is None:
        return render_template("activities/choose_ward.html", wards=list_wards(current_scope()))
    day = day_argument("ngay") or today
    return _new_page(
        ward, _new_form(ward, service_date=day, state=PLANNED if day > today else HELD)
    )


@blueprint.post("/moi")
@requires(Permission.RECORD_ACTIVITIES)
def save() -> ResponseReturnValue:
    """Enter an activity, planned or held."""
    scope = current_scope()
    ward = chosen_ward(scope)
    if ward is None:
        return render_template("activities/choose_ward.html", wards=list_wards(scope)), 422
    form = _new_form(ward)
    if form.validate():
        receipt = submit(
            form, lambda: add_activity(scope, ward.id, form.details, request_key=form.request_key)
        )
        if receipt is not None:
            return _saved(receipt)
    return _new_page(ward, form), 422


@blueprint.get("/<int:activity_id>")
@requires(Permission.VIEW_ACTIVITIES)
def show(activity_id: int) -> ResponseReturnValue:
    """Show an activity with all that hangs on it."""
    activity = get_activity(current_scope(), activity_id)
    return render_template(
        "activities/show.html",
        activity=activity,
        kind=ACTIVITY_KIND_LABELS[activity.kind],
        is_due=activity.service_date <= clock.today(),
    )


@blueprint.get("/<int:activity_id>/sua")
@requires(Permission.RECORD_ACTIVITIES)
def edit(activity_id: int) -> ResponseReturnValue:
    """Show the form of an activity."""
    activity = get_activity(current_scope(), activity_id)
    return _edit_page(_edit_form(activity), activity)


@blueprint.post("/<int:activity_id>/sua")
@requires(Permission.RECORD_ACTIVITIES)
def update(activity_id: int) -> ResponseReturnValue:
    """Correct an activity; who was slower sees what the other one changed."""
    scope = current_scope()
    form = _edit_form(get_activity(scope, activity_id))
    if form.validate():
        receipt = submit(
            form,
            lambda: edit_activity(scope, activity_id, form.details, seen_edition=form.seen_version),
        )
        if receipt is not None:
            notify(_("Đã sửa hoạt động."), undo_batch_id=receipt.batch_id)
            return redirect(url_for(".show", activity_id=activity_id), code=303)
    activity = get_activity(scope, activity_id)
    if is_saved_already(form, _edit_form(activity, formdata=None)):
        return redirect(url_for(".show", activity_id=activity_id), code=303)
    return _edit_page(form, activity), 422


@blueprint.get("/<int:activity_id>/da-dien-ra")
@requires(Permission.RECORD_ACTIVITIES)
def confirm(activity_id: int) -> ResponseReturnValue:
    """Ask how many came to a planned activity."""
    activity = get_activity(current_scope(), activity_id)
    return _confirm_page(_confirm_form(activity), activity)


@blueprint.post("/<int:activity_id>/da-dien-ra")
@requires(Permission.RECORD_ACTIVITIES)
def save_confirmation(activity_id: int) -> ResponseReturnValue:
    """Record that a planned activity was held."""
    scope = current_scope()
    activity = get_activity(scope, activity_id)
    form = _confirm_form(activity)
    if form.validate():
        receipt = submit(
            form,
            lambda: confirm_activity(
                scope, activity_id, form.attendance, request_key=form.request_key
            ),
        )
        if receipt is not None:
            return _saved(receipt)
    return _confirm_page(form, activity), 422


@blueprint.post("/<int:activity_id>/xoa")
@requires(Permission.RECORD_ACTIVITIES)
def delete(activity_id: int) -> ResponseReturnValue:
    """Delete an activity; it can be put back."""
    scope = current_scope()
    activity = get_activity(scope, activity_id)
    try:
        receipt = delete_activity(scope, activity_id)
    except RuleBrokenError as error:
        notify(describe_broken_rule(error), kind="error")
        return redirect(url_for(".show", activity_id=activity_id), code=303)
    notify(
        _("Đã xóa hoạt động ngày %(day)s.", day=format_day(activity.service_date)),
        undo_batch_id=receipt.batch_id,
    )
    return redirect(url_for(".index"), code=303)


def _new_form(ward: WardCard, **values: object) -> NewActivityForm:
    today = clock.today()
    lists = activity_lists(current_scope(), ward.id, today)
    return with_groups(NewActivityForm, lists.groups)(lists=lists, today=today, **values)


def _edit_form(activity: ActivityDetail, **values: object) -> EditActivityForm:
    today = clock.today()
    lists = activity_lists(current_scope(), activity.ward_id, activity.service_date, activity)
    form = with_groups(EditActivityForm, lists.groups)(
        activity=activity, lists=lists, today=today, **values
    )
    form.keep_stored(lambda: _edit_form(activity, formdata=None))
    return form


def _confirm_form(activity: ActivityDetail) -> ConfirmActivityForm:
    lists = activity_lists(current_scope(), activity.ward_id, activity.service_date, activity)
    return with_groups(ConfirmActivityForm, lists.groups)(lists=lists)


def _new_page(ward: WardCard, form: NewActivityForm) -> str:
    return render_template("activities/create.html", form=form, ward=ward)


def _edit_page(form: EditActivityForm, activity: ActivityDetail) -> str:
    stored = _edit_form(activity, formdata=None)
    conflicts = take_conflicts(form, stored) if form.is_submitted() else []
    return render_template(
        "activities/edit.html",
        form=form,
        activity=activity,
        conflicts=conflicts,
        saved=get_last_change(current_scope(), list_part_ids(current_scope(), activity.id))
        if conflicts
        else None,
    )


def _confirm_page(form: ConfirmActivityForm, activity: ActivityDetail) -> str:
    return render_template(
        "activities/confirm.html",
        form=form,
        activity=activity,
        kind=ACTIVITY_KIND_LABELS[activity.kind],
    )


def _saved(receipt: Receipt) -> ResponseReturnValue:
    activity = get_activity(current_scope(), receipt.object_id)
    day = format_day(activity.service_date)
    text = (
        _("Đã ghi hoạt động ngày %(day)s: %(turns)s lượt.", day=day, turns=activity.turns)
        if activity.is_held
        else _("Đã ghi hoạt động dự kiến ngày %(day)s.", day=day)
    )
    if activity.is_late:
        text += " " + _(
            "Kỳ báo cáo của ngày này đã khóa nên hoạt động được tính vào kỳ %(period)s.",
            period=activity.period_code,
        )
    notify(text, undo_batch_id=receipt.batch_id)
    return redirect(url_for(".show", activity_id=activity.id), code=303)
