"""Moves of mentors, mentees and support staff to another ward."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.access.scope import WardScope
from app.forms.move import MoveForm
from app.planning.consequences import say_what_opens
from app.queries.people import get_person_detail
from app.queries.person_pairings import (
    PairingLine,
    list_pairings_of_mentee,
    list_pairings_of_mentor,
)
from app.queries.spells import SpellHolder, SpellKey, get_spell_holder
from app.queries.supposed import suppose_moved
from app.queries.wards import list_present_wards
from app.services.move_spell import move_spell
from app.web.page_frame import notify
from app.web.person_pages import Area, area_of, editing_scope
from app.web.submission import submit
from models.enums import PersonRole

blueprint = Blueprint("moves", __name__, url_prefix="/chuyen-dia-ban")


@blueprint.get("/<string:role>/<int:spell_id>")
@requires(Permission.EDIT_PEOPLE)
def create(role: str, spell_id: int) -> ResponseReturnValue:
    """Ask where somebody goes, and show what that means for those who stay."""
    area = area_of(role)
    holder = _holder(area, spell_id)
    if holder.ended_on is not None:
        return redirect(area.url("show", spell_id))
    pairings = _open_pairings(area, spell_id)
    return _page(area, spell_id, holder, pairings, _form(holder, pairings))


@blueprint.post("/<string:role>/<int:spell_id>")
@requires(Permission.EDIT_PEOPLE)
def save(role: str, spell_id: int) -> ResponseReturnValue:
    """Record the move."""
    area = area_of(role)
    holder = _holder(area, spell_id)
    pairings = _open_pairings(area, spell_id)
    form = _form(holder, pairings)
    if form.validate():
        key = SpellKey(area.role, spell_id)
        receipt = submit(
            form,
            lambda: move_spell(editing_scope(area), key, form.terms, request_key=form.request_key),
        )
        if receipt is not None:
            notify(f"Đã ghi chuyển sang {form.ward_name}.", undo_batch_id=receipt.batch_id)
            return redirect(area.url("show", spell_id), code=303)
    return _page(area, spell_id, holder, pairings, form), 422


def _holder(area: Area, spell_id: int) -> SpellHolder:
    return get_spell_holder(editing_scope(area), SpellKey(area.role, spell_id))


def _open_pairings(area: Area, spell_id: int) -> list[PairingLine]:
    scope, today = current_scope(), clock.today()
    if area.role is PersonRole.MENTOR:
        lines = list_pairings_of_mentor(scope, spell_id, today)
    elif area.role is PersonRole.MENTEE:
        lines = list_pairings_of_mentee(scope, spell_id, today)
    else:
        lines = []
    return [line for line in lines if line.ended_on is None]


def _form(holder: SpellHolder, pairings: list[PairingLine]) -> MoveForm:
    wards = list_present_wards(WardScope.everywhere())
    return MoveForm(
        wards=[ward for ward in wards if ward.id != holder.ward_id],
        pairing_ids=[line.id for line in pairings],
        today=clock.today(),
    )


def _page(
    area: Area,
    spell_id: int,
    holder: SpellHolder,
    pairings: list[PairingLine],
    form: MoveForm,
) -> str:
    scope = editing_scope(area)
    ward = scope.narrowed_to(holder.ward_id)
    return render_template(
        "moves/create.html",
        area=area,
        spell_id=spell_id,
        form=form,
        pairings=pairings,
        person=get_person_detail(scope, holder.person_id),
        consequences=say_what_opens(suppose_moved(ward, area.role, [spell_id], clock.today())),
    )
