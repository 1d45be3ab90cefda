"""Duty turns at the desk: the sheet of a week, and recording them."""

from datetime import date, timedelta

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.errors import RuleBrokenError
from app.formatting import format_day
from app.forms.duty import DAYS_AHEAD, PERFORMED, DutyForm
from app.forms.duty_plan import turn_value
from app.queries.duty import (
    find_turn_detail,
    get_turn_detail,
    list_posts,
    list_visiting_posts,
)
from app.queries.duty_leave import list_leaves
from app.queries.duty_plan import read_duty_facts
from app.rule_wording import describe_broken_rule
from app.services.delete_duty import delete_duty
from app.services.record_duty import record_duty
from app.services.transaction import Receipt
from app.texts import _
from app.web.arguments import day_argument
from app.web.duty_posts import (
    DAY_NAMES,
    describe_patterns,
    is_nobody_here,
    list_arranged_posts,
    list_unlinked_posts,
    name_half,
    name_unconfirmed,
    week_url,
)
from app.web.duty_week import arrange_sheets, monday_of, week_from
from app.web.page_frame import notify
from app.web.submission import submit
from app.wording import HALF_DAY_LABELS

blueprint = Blueprint("duty", __name__, url_prefix="/lich-truc")

LATE_ENTRY = timedelta(days=92)
WEEK = timedelta(days=7)
# For so many days a duty that nobody confirmed is asked about.
DAYS_TO_CONFIRM = 14
EARLIEST_WEEK = date(2020, 1, 1)


@blueprint.get("")
@requires(Permission.RECORD_DUTY)
def index() -> ResponseReturnValue:
    """Show the sheet of a week, this one unless the address names a day of another."""
    return _page(_form())


@blueprint.post("")
@requires(Permission.RECORD_DUTY)
def create() -> ResponseReturnValue:
    """Record a turn, from the form or from one of the buttons."""
    form = _form()
    if form.validate():
        receipt = submit(
            form, lambda: record_duty(current_scope(), form.turn, request_key=form.request_key)
        )
        if receipt is not None:
            _tell_recorded(receipt)
            return redirect(week_url(form.turn.day), code=303)
    return _page(form), 422


@blueprint.post("/<int:turn_id>/xoa")
@requires(Permission.RECORD_DUTY)
def delete(turn_id: int) -> ResponseReturnValue:
    """Delete a turn; it can be put back."""
    scope = current_scope()
    turn = get_turn_detail(scope, turn_id)
    try:
        receipt = delete_duty(scope, turn_id)
    except RuleBrokenError as error:
        notify(describe_broken_rule(error), kind="error")
    else:
        notify(
            _("Đã xóa ca trực ngày %(day)s.", day=format_day(turn.day)),
            undo_batch_id=receipt.batch_id,
        )
    return redirect(week_url(turn.day), code=303)


def _form() -> DutyForm:
    scope, today = current_scope(), clock.today()
    first, last = today - LATE_ENTRY, today + timedelta(days=DAYS_AHEAD)
    posts = [*list_posts(scope, first, last), *list_visiting_posts(scope, first, last)]
    return DutyForm(posts=posts, today=today)


def _page(form: DutyForm) -> str:
    scope, today = current_scope(), clock.today()
    latest = today + timedelta(days=DAYS_AHEAD)
    monday = monday_of(min(max(day_argument("ngay") or today, EARLIEST_WEEK), latest))
    days = week_from(monday)
    recent = [today - timedelta(days=ago) for ago in range(DAYS_TO_CONFIRM, -1, -1)]
    first, last = min(monday, recent[0]), max(days[-1], today)
    posts, visitors = list_posts(scope, first, last), list_visiting_posts(scope, first, last)
    facts = read_duty_facts(scope, monday, days[-1])
    lately = read_duty_facts(scope, recent[0], today)
    sheets = arrange_sheets(facts, posts, visitors, days, today)
    arranged = list_arranged_posts(scope, posts, today)
    return render_template(
        "duty/index.html",
        form=form,
        today=today,
        monday=monday,
        sunday=days[-1],
        day_headings=[f"{name} {day:%d/%m}" for name, day in zip(DAY_NAMES, days, strict=True)],
        is_this_week=today in days,
        week_before=format_day(monday - WEEK),
        week_after=format_day(monday + WEEK),
        present=arrange_sheets(lately, posts, visitors, [today], today).posts,
        unconfirmed=name_unconfirmed(scope, lately, [*posts, *visitors], recent, today),
        sheets=sheets,
        gap_count=sum(desk.gap_count for desk in sheets.desks),
        patterns=describe_patterns(facts.patterns, arranged, days),
        arranged_ids={post.id for post in arranged},
        unlinked=list_unlinked_posts(posts, today),
        is_unknown=is_nobody_here([*posts, *visitors]),
        leaves=list_leaves(scope, today),
        turn_value=turn_value,
        name_half=name_half,
        has_several_wards=scope.only_ward_id is None,
        performed=PERFORMED,
    )


def _tell_recorded(receipt: Receipt) -> None:
    turn = find_turn_detail(current_scope(), receipt.object_id)
    if turn is None:
        notify(_("Ca trực này đã được ghi rồi hoàn tác trước đó."), kind="info")
        return
    words = {
        "holder": turn.holder,
        "half_day": _(HALF_DAY_LABELS[turn.half_day]).lower(),
        "day": format_day(turn.day),
    }
    text = (
        _("Đã ghi: %(holder)s trực %(half_day)s ngày %(day)s.", **words)
        if turn.is_performed
        else _("Đã ghi: %(holder)s sẽ trực %(half_day)s ngày %(day)s.", **words)
    )
    if turn.is_late:
        text += " " + _(
            "Kỳ báo cáo của ngày này đã khóa nên ca trực được tính vào kỳ %(period)s.",
            period=turn.period_code,
        )
    notify(text, undo_batch_id=receipt.batch_id)
