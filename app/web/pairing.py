"""Pairing mentees with mentors from both sides, and ending a pair."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.forms.pairing import EndPairForm, PairingForm
from app.queries.candidates import (
    get_mentee_choice,
    get_mentor_choice,
    list_bordering_mentors,
    list_mentor_choices,
    list_waiting_mentees,
)
from app.queries.pairing import get_new_pairs, get_pair_card, list_end_reasons
from app.queries.settings import get_settings
from app.queries.wards import list_wards
from app.services.end_mentorship import Ending, end_mentorship
from app.services.pair_mentees import pair_mentees
from app.services.transaction import Receipt
from app.web.arguments import id_argument, ward_code_argument
from app.web.page_frame import notify
from app.web.submission import submit
from app.web.ward_choice import chosen_ward

blueprint = Blueprint("pairing", __name__, url_prefix="/ghep-cap")

# Longer lists are cut; the count above says so, and each person's own page leads here as well.
MOST_SHOWN = 100


@blueprint.get("")
@requires(Permission.PAIR_PEOPLE)
def index() -> ResponseReturnValue:
    """Show who waits beside who has room; or the choices for one mentor, or for one mentee."""
    return _page(PairingForm(today=clock.today()))


@blueprint.post("")
@requires(Permission.PAIR_PEOPLE)
def save() -> ResponseReturnValue:
    """Pair the chosen people."""
    form = PairingForm(today=clock.today())
    if form.validate():
        receipt = submit(
            form,
            lambda: pair_mentees(
                current_scope(),
                form.chosen_mentor,
                form.chosen_mentees,
                on=form.first_day,
                request_key=form.request_key,
            ),
        )
        if receipt is not None:
            _tell_paired(receipt)
            return redirect(url_for("pairing.index", xa=ward_code_argument()), code=303)
    return _page(form), 422


@blueprint.get("/<int:mentorship_id>/ket-thuc")
@requires(Permission.PAIR_PEOPLE)
def end(mentorship_id: int) -> ResponseReturnValue:
    """Show the form that ends a pair."""
    return _end_page(_end_form(), mentorship_id)


@blueprint.post("/<int:mentorship_id>/ket-thuc")
@requires(Permission.PAIR_PEOPLE)
def save_end(mentorship_id: int) -> ResponseReturnValue:
    """End a pair, and with a completing reason the mentee's spell too."""
    form = _end_form()
    if form.validate():
        ending = Ending(form.end_day, form.reason.data, bool(form.keeps_learning.data))
        receipt = submit(
            form,
            lambda: end_mentorship(
                current_scope(), mentorship_id, ending, request_key=form.request_key
            ),
        )
        if receipt is not None:
            mentor_id = _tell_ended(mentorship_id, receipt)
            return redirect(url_for("mentors.show", mentor_id=mentor_id), code=303)
    return _end_page(form, mentorship_id), 422


def _page(form: PairingForm) -> str:
    mentor_id, mentee_id = id_argument("mentor"), id_argument("mentee")
    if mentor_id is not None:
        return _mentor_page(form, mentor_id)
    if mentee_id is not None:
        return _mentee_page(form, mentee_id)
    return _ward_page(form)


def _ward_page(form: PairingForm) -> str:
    scope, today = current_scope(), clock.today()
    ward = chosen_ward(scope)
    if ward is None:
        return render_template("pairing/choose_ward.html", wards=list_wards(scope))
    within, settings = scope.narrowed_to(ward.id), get_settings(today)
    waiting = list_waiting_mentees(within, today, settings)
    mentors = list_mentor_choices(within, today, settings)
    with_room = [mentor for mentor in mentors if mentor.spare]
    return render_template(
        "pairing/index.html",
        form=form,
        ward=ward,
        waiting=waiting[:MOST_SHOWN],
        waiting_total=len(waiting),
        mentors=with_room[:MOST_SHOWN],
        mentors_total=len(with_room),
        has_mentors=bool(mentors),
        floor=settings.floor,
        day=today,
        action=request.full_path.rstrip("?"),
    )


def _mentor_page(form: PairingForm, mentor_id: int) -> str:
    scope, today = current_scope(), clock.today()
    settings = get_settings(today)
    mentor = get_mentor_choice(scope, mentor_id, today, settings)
    within = scope.narrowed_to(mentor.person.ward_id)
    waiting = list_waiting_mentees(within, today, settings, beside=mentor.person)
    return render_template(
        "pairing/for_mentor.html",
        form=form,
        mentor=mentor,
        waiting=waiting[:MOST_SHOWN],
        waiting_total=len(waiting),
        floor=settings.floor,
        day=today,
    )


def _mentee_page(form: PairingForm, mentee_id: int) -> str:
    scope, today = current_scope(), clock.today()
    settings = get_settings(today)
    mentee = get_mentee_choice(scope, mentee_id, today, settings)
    ward_id, person = mentee.person.ward_id, mentee.person
    mentors = list_mentor_choices(scope.narrowed_to(ward_id), today, settings, beside=person)
    return render_template(
        "pairing/for_mentee.html",
        form=form,
        mentee=mentee,
        mentors=mentors[:MOST_SHOWN],
        mentors_total=len(mentors),
        bordering=list_bordering_mentors(scope, ward_id, today, settings, beside=person),
        floor=settings.floor,
        day=today,
    )


def _tell_paired(receipt: Receipt) -> None:
    pairs = get_new_pairs(current_scope(), receipt.batch_id)
    if pairs is None:
        notify("Lần ghép này đã được hoàn tác. Muốn ghép lại, chọn lại ở dưới.", kind="info")
        return
    names = ", ".join(pairs.mentees[:3])
    if len(pairs.mentees) > len(pairs.mentees[:3]):
        names = f"{len(pairs.mentees)} người"
    notify(
        f"Đã ghép {names} với mentor {pairs.mentor}.",
        undo_batch_id=receipt.batch_id,
        next_url=url_for("mentors.show", mentor_id=pairs.mentor_id),
        next_label=f"Xem mentor {pairs.mentor}",
    )


def _tell_ended(mentorship_id: int, receipt: Receipt) -> int:
    """Say what became of the pair; return the mentor's id, to whose page the reader goes."""
    pair = get_pair_card(current_scope(), mentorship_id, clock.today())
    next_url = next_label = None
    if pair.is_mentee_in_scope:
        next_url = url_for("mentees.show", mentee_id=pair.mentee_id)
        next_label = f"Xem người học {pair.mentee}"
    notify(
        f"{pair.mentee} không còn học với mentor {pair.mentor}.",
        undo_batch_id=receipt.batch_id,
        next_url=next_url,
        next_label=next_label,
    )
    return pair.mentor_id


def _end_form() -> EndPairForm:
    return EndPairForm(reasons=list_end_reasons(current_scope()), today=clock.today())


def _end_page(form: EndPairForm, mentorship_id: int) -> str:
    pair = get_pair_card(current_scope(), mentorship_id, clock.today())
    return render_template("pairing/end.html", form=form, pair=pair)
