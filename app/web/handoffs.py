"""Handing visitors of the desk on to mentors, and what became of them."""

from datetime import date

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.access.scope import WardScope
from app.formatting import format_day
from app.forms.handoff import HandOnForm
from app.queries.catalogues_for_forms import list_languages
from app.queries.hamlets import list_hamlet_names
from app.queries.handoffs import (
    count_settled,
    list_settled,
    list_waiting,
    on_the_list_since,
)
from app.queries.help_sessions import SessionDetail, get_session_detail
from app.queries.people import find_matches
from app.services.hand_on import hand_on
from app.texts import _
from app.web.page_frame import notify
from app.web.paging import Paging
from app.web.submission import submit
from app.wording import CONSENT_TEXT

blueprint = Blueprint("handoffs", __name__)

MOST_WAITING = 200


@blueprint.get("/ho-tro/<int:session_id>/chuyen-mentor")
@requires(Permission.LOG_SESSIONS)
def create(session_id: int) -> ResponseReturnValue:
    """Ask for the name, the phone and the consent of the visitor of a session."""
    scope = current_scope()
    session = get_session_detail(scope, session_id)
    if session.handed_on_id is not None:
        notify(_("Lượt này đã có người được chuyển cho mentor."), kind="info")
        return redirect(url_for(".index"))
    return _form_page(scope, _form(), session)


@blueprint.post("/ho-tro/<int:session_id>/chuyen-mentor")
@requires(Permission.LOG_SESSIONS)
def save(session_id: int) -> ResponseReturnValue:
    """Put the visitor on the ward's waiting list."""
    scope = current_scope()
    session = get_session_detail(scope, session_id)
    form = _form()
    _offer_matches(scope, form, session)
    if form.validate():
        wish = form.wish(session.id, agreed_on=session.service_date)
        receipt = submit(form, lambda: hand_on(scope, wish, request_key=form.request_key))
        if receipt is not None:
            notify(
                _told(wish.person.full_name, on_the_list_since(scope, receipt.object_id)),
                undo_batch_id=receipt.batch_id,
                next_url=url_for("help_sessions.create"),
                next_label=_("Ghi lượt tiếp theo"),
            )
            return redirect(url_for(".index"), code=303)
    return _form_page(scope, form, session), 422


@blueprint.get("/cho-chuyen")
@requires(Permission.VIEW_HANDOFFS)
def index() -> ResponseReturnValue:
    """Show what became of those who were handed on, the longest wait first."""
    scope, today = current_scope(), clock.today()
    paging = Paging.asked_for(count_settled(scope, today))
    return render_template(
        "handoffs/index.html",
        today=today,
        waiting=list_waiting(scope, today, at_most=MOST_WAITING),
        paging=paging,
        settled=list_settled(scope, today, offset=paging.offset, size=paging.size),
        has_several_wards=scope.only_ward_id is None,
    )


def _told(name: str, listed_since: date | None) -> str:
    if listed_since is None:
        return str(_("Đã chuyển %(name)s cho mentor của xã, phường.", name=name))
    return str(
        _(
            "%(name)s có trong danh sách người học từ %(day)s, đang chờ mentor: không ghi thêm "
            "người mới, chỉ ghi thêm lần chuyển này.",
            name=name,
            day=format_day(listed_since),
        )
    )


def _form() -> HandOnForm:
    return HandOnForm(languages=list_languages(), today=clock.today())


def _offer_matches(scope: WardScope, form: HandOnForm, session: SessionDetail) -> None:
    person = form.person
    form.offer_matches(
        find_matches(
            scope.narrowed_to(session.ward_id),
            full_name=person.full_name,
            birth_year=person.birth_year,
            phone=person.phone,
        )
    )


def _form_page(scope: WardScope, form: HandOnForm, session: SessionDetail) -> str:
    return render_template(
        "handoffs/create.html",
        form=form,
        session=session,
        consent_text=CONSENT_TEXT,
        hamlets=list_hamlet_names(scope, session.ward_id),
    )
