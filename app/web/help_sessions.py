"""Help sessions at the desk: logging one, those of a day, correcting and deleting."""

from datetime import date, timedelta
from typing import TypeVar

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.errors import RuleBrokenError
from app.formatting import format_day
from app.forms.conflict import is_saved_already
from app.forms.help_session import EditHelpSessionForm, NewHelpSessionForm
from app.queries.audit import audit_desk
from app.queries.desk_choices import find_habit, get_desk_choices
from app.queries.help_sessions import (
    SessionDetail,
    count_day,
    describe_logged,
    get_session_detail,
    list_day_sessions,
)
from app.queries.own_sessions import (
    find_latest_session,
    find_own_session,
    list_entered_sessions,
)
from app.queries.session_bundles import list_bundles
from app.rule_wording import describe_broken_rule
from app.services.delete_session import delete_session
from app.services.edit_session import edit_session
from app.services.log_session import log_session
from app.services.transaction import Receipt
from app.texts import _
from app.web.arguments import day_argument, id_argument
from app.web.bundle_cards import bundle_cards
from app.web.desk_wards import desk_wards
from app.web.page_frame import notify
from app.web.session_editing import USUAL_OVER, edit_form, edit_page
from app.web.submission import submit
from app.wording import HELP_MODE_LABELS, HELP_RESULT_LABELS
from app.worklist.items import work_items
from app.worklist.reminders import among, remind_of_calls

blueprint = Blueprint("help_sessions", __name__, url_prefix="/ho-tro")

# Of what the account entered today so much is shown at once, so much behind a fold, no more.
LATEST = 5
MOST_ENTERED = 40
# The form comes first on a phone with a citizen waiting; the whole list has a page of its own.
MOST_URGENT = 5
MOST_OF_A_DAY = 200
LIKE, LIKE_LAST = "giong", "truoc"

NewForm = TypeVar("NewForm", bound=NewHelpSessionForm)


@blueprint.get("")
@requires(Permission.LOG_SESSIONS)
def create() -> ResponseReturnValue:
    """Show the form, below it what is to be done at this desk and what was entered today."""
    like = _session_to_repeat()
    return _form_page(new_session_form(NewHelpSessionForm, like), clock.today(), like)


@blueprint.post("")
@requires(Permission.LOG_SESSIONS)
def save() -> ResponseReturnValue:
    """Log a session and be ready for the next one."""
    form = new_session_form(NewHelpSessionForm)
    if form.validate():
        receipt = submit(
            form,
            lambda: log_session(
                current_scope(), form.ward_id, form.details, request_key=form.request_key
            ),
        )
        if receipt is not None:
            _tell_saved(receipt)
            return redirect(url_for(".create"), code=303)
    return _form_page(form, clock.today()), 422


@blueprint.get("/hom-nay")
@requires(Permission.VIEW_SESSIONS)
def index() -> ResponseReturnValue:
    """List the sessions of a day, today unless the address names another."""
    scope, today = current_scope(), clock.today()
    day = day_argument("ngay") or today
    return render_template(
        "help_sessions/index.html",
        day=day,
        today=today,
        day_before=day - timedelta(days=1) if day > date.min else day,
        day_after=day + timedelta(days=1) if day < today else None,
        counts=count_day(scope, day),
        sessions=list_day_sessions(scope, day, at_most=MOST_OF_A_DAY),
        bundles=bundle_cards(list_bundles(scope, day, day)),
        has_several_wards=scope.only_ward_id is None,
        mode_labels=HELP_MODE_LABELS,
        result_labels=HELP_RESULT_LABELS,
    )


@blueprint.get("/<int:session_id>/sua")
@requires(Permission.LOG_SESSIONS)
def edit(session_id: int) -> ResponseReturnValue:
    """Show a session for correcting."""
    session = get_session_detail(current_scope(), session_id)
    return _edit_page(edit_form(session), session)


@blueprint.post("/<int:session_id>/sua")
@requires(Permission.LOG_SESSIONS)
def update(session_id: int) -> ResponseReturnValue:
    """Correct a session; who was slower sees what the other one changed."""
    scope = current_scope()
    form = edit_form(get_session_detail(scope, session_id))
    if form.validate():
        receipt = submit(
            form,
            lambda: edit_session(scope, session_id, form.details, seen_edition=form.seen_version),
        )
        if receipt is not None:
            notify(_("Đã sửa lượt hỗ trợ."), undo_batch_id=receipt.batch_id)
            return redirect(_day_url(form.details.service_date), code=303)
    session = get_session_detail(scope, session_id)
    if is_saved_already(form, edit_form(session, formdata=None)):
        return redirect(_day_url(session.service_date), code=303)
    return _edit_page(form, session), 422


@blueprint.post("/<int:session_id>/xoa")
@requires(Permission.LOG_SESSIONS)
def delete(session_id: int) -> ResponseReturnValue:
    """Delete a session; it can be put back."""
    scope = current_scope()
    session = get_session_detail(scope, session_id)
    try:
        receipt = delete_session(scope, session_id)
    except RuleBrokenError as error:
        notify(describe_broken_rule(error), kind="error")
    else:
        notify(
            _("Đã xóa lượt hỗ trợ: %(procedure)s.", procedure=session.procedure),
            undo_batch_id=receipt.batch_id,
        )
    return redirect(_day_url(session.service_date), code=303)


def new_session_form(form_class: type[NewForm], like: SessionDetail | None = None) -> NewForm:
    """Return a form for a new session, with what this desk may choose and usually does.

    `like` is a session whose answers it begins with.
    """
    scope, today = current_scope(), clock.today()
    wards = desk_wards(Permission.LOG_SESSIONS)
    asked_for = {ward.code: {"ward": ward.id} for ward in wards}
    return form_class(
        choices=get_desk_choices(scope, since=today - USUAL_OVER),
        wards=wards,
        habit=find_habit(scope),
        today=today,
        like=like,
        **asked_for.get(request.args.get("xa", ""), {}),
    )


def _session_to_repeat() -> SessionDetail | None:
    """Return the own session that the address names (`giong=<id>`, or `truoc`: the last one)."""
    scope = current_scope()
    session_id = id_argument(LIKE)
    if request.args.get(LIKE) == LIKE_LAST:
        latest = find_latest_session(scope)
        session_id = latest.id if latest else None
    return None if session_id is None else find_own_session(scope, session_id)


def _form_page(form: NewHelpSessionForm, today: date, like: SessionDetail | None = None) -> str:
    scope = current_scope()
    report, reminders = audit_desk(scope, today), remind_of_calls(today)
    entered = list_entered_sessions(scope, today, at_most=MOST_ENTERED)
    return render_template(
        "help_sessions/create.html",
        form=form,
        like=like,
        latest=find_latest_session(scope),
        today=today,
        counts=count_day(scope, today),
        entered=entered[:LATEST],
        entered_before=entered[LATEST:],
        has_several_wards=scope.only_ward_id is None,
        mode_labels=HELP_MODE_LABELS,
        result_labels=HELP_RESULT_LABELS,
        items=among(work_items(scope, report, report.findings[:MOST_URGENT]), reminders),
        findings=len(report.findings) + len(reminders),
    )


def _edit_page(form: EditHelpSessionForm, session: SessionDetail) -> str:
    return edit_page(
        form,
        session,
        action=url_for(".update", session_id=session.id),
        list_label=_("Lượt hỗ trợ"),
        list_url=url_for(".index", ngay=format_day(session.service_date)),
    )


def _tell_saved(receipt: Receipt) -> None:
    logged = describe_logged(current_scope(), receipt.object_id)
    if logged is None:
        notify(_("Lượt hỗ trợ này đã được lưu rồi hoàn tác trước đó."), kind="info")
        return
    is_today = logged.service_date == clock.today()
    text = (
        _("Đã lưu lượt thứ %(number)s hôm nay.", number=logged.number_on_day)
        if is_today
        else _(
            "Đã lưu lượt thứ %(number)s ngày %(day)s.",
            number=logged.number_on_day,
            day=format_day(logged.service_date),
        )
    )
    if logged.is_late:
        text += " " + _(
            "Kỳ báo cáo của ngày này đã khóa nên lượt được tính vào kỳ %(period)s.",
            period=logged.period_code,
        )
    notify(
        text,
        undo_batch_id=receipt.batch_id,
        next_url=url_for("handoffs.create", session_id=receipt.object_id),
        next_label=_("Muốn học thêm? Chuyển cho mentor"),
        choice_url=url_for("learning_offers.decline", session_id=receipt.object_id),
        choice_label=_("Không muốn học"),
    )


def _day_url(day: date) -> str:
    return url_for(".index", ngay=None if day == clock.today() else format_day(day))
