"""Requests between bordering wards: asking, answering, and what follows from a yes."""

from collections.abc import Callable, Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.forms.base import CreatingForm
from app.forms.ward_request import AcceptForm, AskWardForm, DeclineForm, UseRequestForm
from app.queries.ward_requests import RequestLine, get_request, list_requests, list_wards_to_ask
from app.queries.wards import WardCard, list_wards
from app.services.answer_ward_request import accept_ward_request, decline_ward_request
from app.services.ask_ward import ask_ward
from app.services.transaction import Receipt
from app.services.use_ward_request import (
    pair_by_request,
    plan_by_request,
    withdraw_ward_request,
)
from app.texts import _
from app.web.arguments import day_argument
from app.web.page_frame import notify
from app.web.submission import submit
from app.web.ward_request_sides import list_helpers, list_waiting, side_of
from app.web.ward_request_words import describe_request, describe_state
from models.enums import RequestKind

blueprint = Blueprint("ward_requests", __name__, url_prefix="/nho-xa-ban")


@blueprint.get("")
@requires(Permission.VIEW_REQUESTS)
def index() -> ResponseReturnValue:
    """List the requests under way that concern the reader's wards; all of them with `tat-ca`."""
    with_past = request.args.get("tat-ca") == "1"
    lines = list_requests(current_scope(), with_past=with_past)
    return render_template(
        "ward_requests/index.html", lines=lines, with_past=with_past, **_telling()
    )


@blueprint.get("/moi")
@requires(Permission.ASK_NEIGHBOURS)
def create() -> ResponseReturnValue:
    """Show the form of a request, with what the address names already chosen."""
    return _ask_page(_ask_form())


@blueprint.post("/moi")
@requires(Permission.ASK_NEIGHBOURS)
def save() -> ResponseReturnValue:
    """Send a request."""
    form = _ask_form()
    if form.validate():
        receipt = submit(
            form,
            lambda: ask_ward(
                current_scope(),
                form.asking_ward_id,
                form.asked_ward.data,
                form.wanted,
                request_key=form.request_key,
            ),
        )
        if receipt is not None:
            notify(_("Đã gửi lời nhờ."), undo_batch_id=receipt.batch_id)
            return redirect(url_for("ward_requests.index"), code=303)
    return _ask_page(form), 422


@blueprint.get("/<int:request_id>")
@requires(Permission.VIEW_REQUESTS)
def show(request_id: int) -> ResponseReturnValue:
    """Show a request, with the forms of what the reader may do about it."""
    return _page(get_request(current_scope(), request_id))


@blueprint.post("/<int:request_id>/nhan")
@requires(Permission.ASK_NEIGHBOURS)
def accept(request_id: int) -> ResponseReturnValue:
    """Accept a request with who is to help."""
    line = get_request(current_scope(), request_id)
    form = AcceptForm(helpers=list_helpers(line) if side_of(line).answers else [])
    return _do(
        line,
        form,
        lambda: accept_ward_request(
            current_scope(), request_id, form.helper.data, request_key=form.request_key
        ),
        _("Đã nhận lời. Hai bên đều thấy tên người sẽ giúp."),
    )


@blueprint.post("/<int:request_id>/tu-choi")
@requires(Permission.ASK_NEIGHBOURS)
def decline(request_id: int) -> ResponseReturnValue:
    """Decline a request with the reason."""
    line, form = get_request(current_scope(), request_id), DeclineForm()
    return _do(
        line,
        form,
        lambda: decline_ward_request(
            current_scope(), request_id, form.reason.data or "", request_key=form.request_key
        ),
        _("Đã từ chối. Xã bạn thấy lý do."),
    )


@blueprint.post("/<int:request_id>/rut")
@requires(Permission.ASK_NEIGHBOURS)
def withdraw(request_id: int) -> ResponseReturnValue:
    """Take a request back."""
    line, form = get_request(current_scope(), request_id), UseRequestForm()
    return _do(
        line,
        form,
        lambda: withdraw_ward_request(current_scope(), request_id, request_key=form.request_key),
        _("Đã rút lời nhờ."),
    )


@blueprint.post("/<int:request_id>")
@requires(Permission.ASK_NEIGHBOURS)
def fulfil(request_id: int) -> ResponseReturnValue:
    """Pair those who are ticked with the mentor, or plan the turns at the desk."""
    scope, form = current_scope(), UseRequestForm()
    line = get_request(scope, request_id)
    if line.kind is RequestKind.SUPPORT:
        told = _("Đã ghi vào lịch trực.")
        return _do(
            line,
            form,
            lambda: plan_by_request(scope, request_id, request_key=form.request_key),
            told,
        )
    if form.validate() and not form.mentee_ids.data:
        form.mentee_ids.errors = [_("Chọn ít nhất một người đang chờ.")]
        return _page(line, form), 422
    return _do(
        line,
        form,
        lambda: pair_by_request(
            scope,
            request_id,
            form.mentee_ids.data or (),
            on=clock.today(),
            request_key=form.request_key,
        ),
        _("Đã ghép với mentor của xã bạn."),
    )


def _do(
    line: RequestLine, form: CreatingForm, action: Callable[[], Receipt], told: str
) -> ResponseReturnValue:
    """Run an action for a form and go back to the request; refused, show it with the reason."""
    receipt = submit(form, action) if form.validate() else None
    if receipt is None:
        return _page(line, form), 422
    notify(told, undo_batch_id=receipt.batch_id)
    return redirect(url_for("ward_requests.show", request_id=line.id), code=303)


def _page(line: RequestLine, sent: CreatingForm | None = None) -> str:
    side = side_of(line)
    answering = AcceptForm(helpers=list_helpers(line)) if side.answers else None
    own_forms = {
        "accept_form": sent if isinstance(sent, AcceptForm) and side.answers else answering,
        "decline_form": sent if isinstance(sent, DeclineForm) else DeclineForm(),
        "use_form": sent if isinstance(sent, UseRequestForm) else UseRequestForm(),
    }
    pairs = side.uses and line.kind is RequestKind.MENTOR
    return render_template(
        "ward_requests/show.html",
        line=line,
        side=side,
        sent=sent or UseRequestForm(),
        waiting=list_waiting(line) if pairs else [],
        **own_forms,
        **_telling(),
    )


def _telling() -> dict[str, object]:
    return {"describe": describe_request, "state_of": describe_state, "today": clock.today()}


def _ask_form() -> AskWardForm:
    scope, words = current_scope(), request.args
    own = list_wards(scope)
    around = list_wards_to_ask(scope, [ward.id for ward in own])
    return AskWardForm(
        own=own,
        neighbours=around,
        today=clock.today(),
        day=day_argument("ngay"),
        kind=next((kind for kind in RequestKind if kind.value == words.get("loai")), None),
        asking_ward=_named(own, words.get("xa")),
        asked_ward=_named(around, words.get("ban")),
    )


def _named(wards: Sequence[WardCard], code: str | None) -> int | None:
    return next((ward.id for ward in wards if ward.code == code), None)


def _ask_page(form: AskWardForm) -> str:
    return render_template("ward_requests/create.html", form=form)
