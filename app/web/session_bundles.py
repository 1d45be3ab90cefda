"""Many turns of help at once, for hours in which nobody at the desk could type."""

from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.formatting import format_day
from app.forms.session_bundle import MOST_AT_ONCE, SHOWN_LINES, SessionBundleForm
from app.queries.desk_choices import get_desk_choices
from app.queries.session_bundles import find_bundle, list_bundles
from app.services.bundle_sessions import bundle_sessions
from app.services.transaction import Receipt
from app.texts import _
from app.web.arguments import day_argument
from app.web.bundle_cards import bundle_cards, span_in_words
from app.web.desk_wards import desk_wards
from app.web.page_frame import notify
from app.web.session_editing import USUAL_OVER
from app.web.submission import submit
from app.wording import HELP_MODE_LABELS

blueprint = Blueprint("session_bundles", __name__, url_prefix="/ho-tro/nhieu-luot")

# What was noted in these days stands below the form, so that nobody notes it twice.
LOOK_BACK = timedelta(days=7)


@blueprint.get("")
@requires(Permission.LOG_SESSIONS)
def create() -> ResponseReturnValue:
    """Show the form, and below it what was noted many at once of late."""
    return _form_page(_new_form())


@blueprint.post("")
@requires(Permission.LOG_SESSIONS)
def save() -> ResponseReturnValue:
    """Log the turns and show them in their day."""
    form = _new_form()
    if form.validate():
        receipt = submit(
            form,
            lambda: bundle_sessions(
                current_scope(), form.ward_id, form.details, request_key=form.request_key
            ),
        )
        if receipt is not None:
            _tell_saved(receipt)
            day = format_day(form.details.service_date)
            return redirect(url_for("help_sessions.index", ngay=day), code=303)
    return _form_page(form), 422


def _new_form() -> SessionBundleForm:
    scope, today = current_scope(), clock.today()
    wards = desk_wards(Permission.LOG_SESSIONS)
    asked_for = {ward.code: {"ward": ward.id} for ward in wards}
    day = day_argument("ngay")
    values: dict[str, object] = {} if day is None or day > today else {"service_date": day}
    return SessionBundleForm(
        procedures=get_desk_choices(scope, since=today - USUAL_OVER).procedures,
        wards=wards,
        today=today,
        **(values | asked_for.get(request.args.get("xa", ""), {})),
    )


def _form_page(form: SessionBundleForm) -> str:
    scope, today = current_scope(), clock.today()
    return render_template(
        "session_bundles/create.html",
        form=form,
        at_once=MOST_AT_ONCE,
        shown_lines=SHOWN_LINES,
        bundles=bundle_cards(list_bundles(scope, today - LOOK_BACK, today)),
        has_several_wards=scope.only_ward_id is None,
        mode_labels=HELP_MODE_LABELS,
    )


def _tell_saved(receipt: Receipt) -> None:
    bundle = find_bundle(current_scope(), receipt.object_id)
    if bundle is None:
        notify(_("Lần ghi gộp này đã được lưu rồi hoàn tác trước đó."), kind="info")
        return
    text = _(
        "Đã ghi gộp %(sessions)s lượt, trong đó %(people)s người lần đầu: %(span)s, %(day)s.",
        sessions=bundle.sessions,
        people=bundle.people,
        span=span_in_words(bundle).lower(),
        day=format_day(bundle.service_date),
    )
    if bundle.is_late:
        text += " " + _(
            "Kỳ báo cáo của ngày này đã khóa nên các lượt được tính vào kỳ %(period)s.",
            period=bundle.period_code,
        )
    notify(text, undo_batch_id=receipt.batch_id)
