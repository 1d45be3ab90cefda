"""Consents of people on the roster: one given later, and the withdrawal that the law allows."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.access.decorators import requires
from app.access.policy import Permission
from app.formatting import format_day
from app.forms.consent import NewConsentForm, WithdrawConsentForm
from app.queries.people import get_person_detail
from app.queries.spells import SpellKey, get_spell_holder
from app.services.change_consent import record_consent, withdraw_consent
from app.web.page_frame import notify
from app.web.person_pages import Area, area_of, editing_scope
from app.web.submission import submit
from app.wording import CONSENT_TEXT

blueprint = Blueprint("consents", __name__, url_prefix="/dong-y")


@blueprint.get("/<string:role>/<int:spell_id>")
@requires(Permission.EDIT_PEOPLE)
def create(role: str, spell_id: int) -> ResponseReturnValue:
    """Ask how and when the person agreed."""
    return _new_page(area_of(role), spell_id, NewConsentForm(today=clock.today()))


@blueprint.post("/<string:role>/<int:spell_id>")
@requires(Permission.EDIT_PEOPLE)
def save(role: str, spell_id: int) -> ResponseReturnValue:
    """Record that the person agreed."""
    area = area_of(role)
    form = NewConsentForm(today=clock.today())
    if form.validate():
        key = SpellKey(area.role, spell_id)
        receipt = submit(
            form,
            lambda: record_consent(
                editing_scope(area), key, form.consent, request_key=form.request_key
            ),
        )
        if receipt is not None:
            notify("Đã ghi sự đồng ý.", undo_batch_id=receipt.batch_id)
            return redirect(area.url("show", spell_id), code=303)
    return _new_page(area, spell_id, form), 422


@blueprint.get("/<string:role>/<int:spell_id>/rut-lai")
@requires(Permission.EDIT_PEOPLE)
def withdraw(role: str, spell_id: int) -> ResponseReturnValue:
    """Ask from which day the person no longer agrees."""
    return _withdrawal_page(area_of(role), spell_id, WithdrawConsentForm(today=clock.today()))


@blueprint.post("/<string:role>/<int:spell_id>/rut-lai")
@requires(Permission.EDIT_PEOPLE)
def save_withdrawal(role: str, spell_id: int) -> ResponseReturnValue:
    """Mark what the person agreed to as withdrawn, and offer to end the role."""
    area = area_of(role)
    form = WithdrawConsentForm(today=clock.today())
    if form.validate():
        key = SpellKey(area.role, spell_id)
        receipt = submit(
            form,
            lambda: withdraw_consent(
                editing_scope(area), key, on=form.day, request_key=form.request_key
            ),
        )
        if receipt is not None:
            is_over = get_spell_holder(editing_scope(area), key).ended_on is not None
            notify(
                f"Đã ghi rút lại đồng ý từ ngày {format_day(form.day)}.",
                undo_batch_id=receipt.batch_id,
                next_url=None if is_over else area.url("end", spell_id),
                next_label=None if is_over else "Ghi thôi vai trò",
            )
            return redirect(area.url("show", spell_id), code=303)
    return _withdrawal_page(area, spell_id, form), 422


def _new_page(area: Area, spell_id: int, form: NewConsentForm) -> str:
    holder = get_spell_holder(editing_scope(area), SpellKey(area.role, spell_id))
    return render_template(
        "consents/create.html",
        area=area,
        spell_id=spell_id,
        form=form,
        person=get_person_detail(editing_scope(area), holder.person_id),
        consent_text=CONSENT_TEXT,
    )


def _withdrawal_page(area: Area, spell_id: int, form: WithdrawConsentForm) -> str:
    holder = get_spell_holder(editing_scope(area), SpellKey(area.role, spell_id))
    return render_template(
        "consents/withdraw.html",
        area=area,
        spell_id=spell_id,
        form=form,
        person=get_person_detail(editing_scope(area), holder.person_id),
    )
