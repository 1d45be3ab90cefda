"""Recording that a mentor met their mentees."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.forms.contact import ContactForm, OneTapForm
from app.queries.contacts import (
    get_mentor_card,
    list_attendees,
    list_mentor_rounds,
    list_recent_contacts,
)
from app.queries.late_contacts import find_later_period
from app.queries.wards import list_wards
from app.services.contact_writing import Meeting
from app.services.log_contact import log_contact, log_contact_with_everyone
from app.services.transaction import Receipt
from app.texts import _
from app.web.arguments import day_argument, ward_code_argument
from app.web.page_frame import notify
from app.web.paging import Paging
from app.web.submission import submit
from app.web.ward_choice import chosen_ward

blueprint = Blueprint("contacts", __name__)

# The button that asks for the list of another day instead of saving.
SHOW_DAY = "show_day"


@blueprint.get("/buoi-huong-dan")
@requires(Permission.LOG_CONTACTS)
def index() -> ResponseReturnValue:
    """List the mentors of a ward, longest without a contact first, with one button each."""
    scope = current_scope()
    ward = chosen_ward(scope)
    if ward is None:
        return render_template("contacts/choose_ward.html", wards=list_wards(scope))
    today = clock.today()
    rounds = list_mentor_rounds(scope.narrowed_to(ward.id), today)
    page = Paging.asked_for(len(rounds))
    return render_template(
        "contacts/index.html",
        ward=ward,
        rounds=rounds[page.offset : page.last_index],
        page=page,
        day=today,
        form=OneTapForm(),
        ward_code=ward_code_argument(),
    )


@blueprint.get("/mentor/<int:mentor_id>/buoi-huong-dan")
@requires(Permission.LOG_CONTACTS)
def create(mentor_id: int) -> ResponseReturnValue:
    """Show the form with everybody ticked who could attend on the day (today, or `ngay`)."""
    today = clock.today()
    day = min(day_argument("ngay") or today, today)
    return _page(ContactForm(today=today, on=day), mentor_id, all_ticked=True)


@blueprint.post("/mentor/<int:mentor_id>/buoi-huong-dan")
@requires(Permission.LOG_CONTACTS)
def save(mentor_id: int) -> ResponseReturnValue:
    """Record a contact with those who are ticked, or show who could attend on the day typed."""
    form = ContactForm(today=clock.today())
    if SHOW_DAY in request.form:
        form.on.validate(form)
        return _page(form, mentor_id, all_ticked=True)
    if form.validate():
        meeting = Meeting(form.day, form.attendees, form.note.data)
        receipt = submit(
            form,
            lambda: log_contact(current_scope(), mentor_id, meeting, request_key=form.request_key),
        )
        if receipt is not None:
            _tell_logged(mentor_id, receipt)
            return redirect(url_for("mentors.show", mentor_id=mentor_id), code=303)
    return _page(form, mentor_id), 422


@blueprint.post("/mentor/<int:mentor_id>/buoi-huong-dan/ca-nhom")
@requires(Permission.LOG_CONTACTS)
def save_all(mentor_id: int) -> ResponseReturnValue:
    """Record that the mentor met everybody today: one tap, no form."""
    form = OneTapForm()
    receipt = submit(
        form,
        lambda: log_contact_with_everyone(
            current_scope(), mentor_id, on=clock.today(), request_key=form.request_key
        ),
    )
    if receipt is None:
        notify(" ".join(form.form_errors), kind="error")
    else:
        _tell_logged(mentor_id, receipt, offers_others=False)
    return redirect(url_for("contacts.index", xa=ward_code_argument()), code=303)


def _page(form: ContactForm, mentor_id: int, *, all_ticked: bool = False) -> str:
    scope = current_scope()
    return render_template(
        "contacts/create.html",
        form=form,
        mentor=get_mentor_card(scope, mentor_id, form.day),
        attendees=list_attendees(scope, mentor_id, form.day),
        recent=list_recent_contacts(scope, mentor_id),
        all_ticked=all_ticked,
        show_day=SHOW_DAY,
        day=form.day,
    )


def _tell_logged(mentor_id: int, receipt: Receipt, *, offers_others: bool = True) -> None:
    scope = current_scope()
    mentor = get_mentor_card(scope, mentor_id, clock.today())
    text = _("Đã ghi buổi hướng dẫn của mentor %(name)s.", name=mentor.full_name)
    if period := find_later_period(scope, receipt.object_id):
        text += " " + _(
            "Kỳ báo cáo của ngày này đã khóa nên buổi được tính vào kỳ %(period)s.", period=period
        )
    notify(
        text,
        undo_batch_id=receipt.batch_id,
        next_url=url_for("contacts.index") if offers_others else None,
        next_label="Ghi buổi của mentor khác",
    )
