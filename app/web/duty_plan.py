"""Planning the desk: the weekly pattern, leave with a substitute, holidays, confirming turns."""

from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.desk.stand_ins import Absence, Coverage, cover_absence
from app.errors import OutOfScopeError
from app.formatting import format_day
from app.forms.conflict import FieldConflict, is_saved_already, take_conflicts
from app.forms.duty import DAYS_AHEAD
from app.forms.duty_plan import (
    MOST_DAYS_AWAY,
    ConfirmForm,
    HolidayForm,
    LeaveChoiceForm,
    LeaveForm,
    PatternForm,
)
from app.queries.duty import PostRow, list_posts
from app.queries.duty_leave import describe_stand_ins, find_leave, get_leave
from app.queries.duty_pattern import (
    get_last_pattern_day,
    get_pattern_edition,
    list_week_halves,
)
from app.queries.duty_plan import read_duty_facts_around
from app.queries.last_change import get_last_change_of_pattern
from app.queries.wards import list_wards
from app.services.confirm_duty import confirm_duty
from app.services.delete_leave import delete_leave
from app.services.record_leave import record_leave
from app.services.set_duty_pattern import set_duty_pattern
from app.services.set_holiday import set_holiday
from app.services.transaction import Receipt
from app.texts import _
from app.web.duty_posts import list_arranged_posts, week_url
from app.web.page_frame import notify
from app.web.submission import submit

blueprint = Blueprint("duty_plan", __name__, url_prefix="/lich-truc")


@blueprint.post("/co-truc")
@requires(Permission.RECORD_DUTY)
def confirm() -> ResponseReturnValue:
    """Note that one or several turns were performed as planned."""
    form = ConfirmForm(today=clock.today())
    if not form.validate():
        notify(_first_error(form), kind="error")
        return redirect(url_for("duty.index"), code=303)
    turns, scope = form.confirmed, current_scope()
    receipt = submit(form, lambda: confirm_duty(scope, turns, request_key=form.request_key))
    if receipt is None:
        notify(_first_error(form), kind="error")
    else:
        text = _("Đã ghi %(count)s buổi trực.", count=len(turns))
        notify(text, undo_batch_id=receipt.batch_id)
    return redirect(week_url(max(turn.day for turn in turns)), code=303)


@blueprint.get("/nghi")
@requires(Permission.RECORD_DUTY)
def leave() -> ResponseReturnValue:
    """«Nếu mai tôi nghỉ»: choose days and see who can stand in; tomorrow unless chosen."""
    posts, today = _arranged(), clock.today()
    if "post" not in request.args:
        form = LeaveChoiceForm(posts=posts, today=today, formdata=None)
        return _leave_page(form, posts, is_valid=form.post.data is not None)
    form = LeaveChoiceForm(posts=posts, today=today, formdata=request.args)
    is_valid = form.validate()
    return _leave_page(form, posts, is_valid=is_valid), 200 if is_valid else 422


@blueprint.post("/nghi")
@requires(Permission.RECORD_DUTY)
def save_leave() -> ResponseReturnValue:
    """Record leave, with the substitute whose button was pressed."""
    posts, scope = _arranged(), current_scope()
    form = LeaveForm(posts=posts, today=clock.today())
    is_valid = form.validate()
    if is_valid:
        absence = form.absence
        receipt = submit(
            form,
            lambda: record_leave(
                scope,
                absence,
                substitute_post_id=form.substitute.data,
                request_key=form.request_key,
            ),
        )
        if receipt is not None:
            _tell_recorded(receipt)
            return redirect(week_url(absence.first_day), code=303)
    return _leave_page(form, posts, is_valid=is_valid), 422


@blueprint.post("/nghi/<int:leave_id>/bo")
@requires(Permission.RECORD_DUTY)
def drop_leave(leave_id: int) -> ResponseReturnValue:
    """Take leave back: who was away comes after all."""
    scope = current_scope()
    row = get_leave(scope, leave_id)
    if row.post_id not in {post.id for post in _arranged()}:
        raise OutOfScopeError(leave_id)
    receipt = delete_leave(scope, leave_id)
    notify(_("Đã bỏ ngày nghỉ của %(name)s.", name=row.holder), undo_batch_id=receipt.batch_id)
    return redirect(week_url(row.started_on), code=303)


@blueprint.get("/lich-tuan/<int:post_id>")
@requires(Permission.RECORD_DUTY)
def pattern(post_id: int) -> ResponseReturnValue:
    """Show the weekly pattern of a post as boxes to tick."""
    post, scope, today = _arranged_post(post_id), current_scope(), clock.today()
    first_day = max(today, post.started_on)
    form = PatternForm(
        today=today,
        first_day=first_day,
        week_halves=list_week_halves(scope, post_id, first_day),
        version=get_pattern_edition(scope, post_id),
    )
    return _pattern_page(form, post, [])


@blueprint.post("/lich-tuan/<int:post_id>")
@requires(Permission.RECORD_DUTY)
def save_pattern(post_id: int) -> ResponseReturnValue:
    """Write the weekly pattern of a post; who was slower sees what the other one wrote."""
    post, scope = _arranged_post(post_id), current_scope()
    form = PatternForm(today=clock.today())
    form.keep_stored(lambda: _stored_pattern(form, post))
    if form.validate():
        receipt = submit(
            form,
            lambda: set_duty_pattern(
                scope,
                post_id,
                form.plan,
                seen_edition=form.seen_version,
                request_key=form.request_key,
            ),
        )
        if receipt is not None:
            notify(
                _("Đã xếp lịch trực hằng tuần cho %(name)s.", name=post.holder),
                undo_batch_id=receipt.batch_id,
            )
            return redirect(week_url(form.plan.first_day), code=303)
    stored = _stored_pattern(form, post)
    if is_saved_already(form, stored):
        return redirect(week_url(form.plan.first_day), code=303)
    return _pattern_page(form, post, take_conflicts(form, stored)), 422


@blueprint.post("/nghi-le")
@requires(Permission.ARRANGE_DUTY)
def save_holiday() -> ResponseReturnValue:
    """Close the desk of a ward on a day, half of it, or open it again."""
    scope, today = current_scope(), clock.today()
    wards = [(ward.id, ward.full_name) for ward in list_wards(scope)]
    form = HolidayForm(wards=wards, today=today)
    if not form.validate():
        notify(_first_error(form), kind="error")
        return redirect(url_for("duty.index"), code=303)
    day, half_days = form.closed_day, form.half_days
    receipt = submit(
        form,
        lambda: set_holiday(scope, form.ward.data, day, half_days, request_key=form.request_key),
    )
    if receipt is None:
        notify(_first_error(form), kind="error")
    elif half_days:
        text = _("Đã ghi ngày %(day)s nghỉ lễ.", day=format_day(day))
        notify(text, undo_batch_id=receipt.batch_id)
    else:
        text = _("Ngày %(day)s không nghỉ lễ nữa.", day=format_day(day))
        notify(text, undo_batch_id=receipt.batch_id)
    return redirect(week_url(day), code=303)


def _arranged() -> list[PostRow]:
    """Return the posts that the reader plans, open on some day that leave may be about."""
    today = clock.today()
    posts = list_posts(
        current_scope(),
        today - timedelta(days=MOST_DAYS_AWAY),
        today + timedelta(days=DAYS_AHEAD),
    )
    return list_arranged_posts(current_scope(), posts, today)


def _arranged_post(post_id: int) -> PostRow:
    for post in _arranged():
        if post.id == post_id:
            return post
    raise OutOfScopeError(post_id)


def _leave_page(form: LeaveChoiceForm | LeaveForm, posts: list[PostRow], *, is_valid: bool) -> str:
    scope, today = current_scope(), clock.today()
    coverage, absence = None, None
    named = {post.id: post for post in posts}
    if is_valid:
        absence = form.absence
        coverage = _cover(absence, named[absence.post_id])
    offered = [] if coverage is None else [one.post_id for one in coverage.stand_ins]
    return render_template(
        "duty/leave.html",
        form=form,
        posts=posts,
        absence=absence,
        absent=None if absence is None else named[absence.post_id],
        coverage=coverage,
        people=describe_stand_ins(scope, offered),
        form_key=LeaveForm(posts=posts, today=today).form_key.data,
    )


def _cover(absence: Absence, post: PostRow) -> Coverage | None:
    """Return who can stand in, unless the post is not held on any of the days."""
    scope = current_scope()
    facts = read_duty_facts_around(scope, post.ward_id, absence.first_day, absence.last_day)
    is_known = any(fact.id == absence.post_id for fact in facts.posts)
    return cover_absence(facts, absence) if is_known else None


def _stored_pattern(sent: PatternForm, post: PostRow) -> PatternForm:
    """Return the pattern that is recorded for the day from which somebody plans."""
    scope, today = current_scope(), clock.today()
    first_day = sent.first_day.data or today
    return PatternForm(
        today=today,
        formdata=None,
        first_day=first_day,
        last_day=get_last_pattern_day(scope, post.id, first_day),
        week_halves=list_week_halves(scope, post.id, first_day),
        version=get_pattern_edition(scope, post.id),
    )


def _pattern_page(form: PatternForm, post: PostRow, conflicts: list[FieldConflict]) -> str:
    saved = get_last_change_of_pattern(current_scope(), post.id) if conflicts else None
    return render_template(
        "duty/pattern.html", form=form, post=post, conflicts=conflicts, saved=saved
    )


def _tell_recorded(receipt: Receipt) -> None:
    row = find_leave(current_scope(), receipt.object_id)
    if row is None:
        notify(_("Lần nghỉ này đã được ghi rồi hoàn tác trước đó."), kind="info")
        return
    days = format_day(row.started_on)
    if row.last_day != row.started_on:
        days = _("%(first)s đến %(last)s", first=days, last=format_day(row.last_day))
    if row.substitute is None:
        text = _("Đã ghi: %(name)s nghỉ %(days)s, chưa có người thay.", name=row.holder, days=days)
    else:
        text = _(
            "Đã ghi: %(name)s nghỉ %(days)s, %(substitute)s (%(ward)s) trực thay.",
            name=row.holder,
            days=days,
            substitute=row.substitute,
            ward=row.substitute_ward,
        )
    notify(text, undo_batch_id=receipt.batch_id)


def _first_error(form: ConfirmForm | HolidayForm) -> str:
    messages = [*form.form_errors, *(text for field in form for text in field.errors)]
    return str(messages[0])
