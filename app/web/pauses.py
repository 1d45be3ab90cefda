"""Times away of mentors, mentees and support staff: begun, shortened, prolonged, taken back."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.access.decorators import requires
from app.access.policy import Permission
from app.formatting import format_day
from app.forms.pause import PauseForm, ReturnForm
from app.planning.consequences import say_what_opens
from app.queries.pauses import PauseRow, find_pause, list_substitutes
from app.queries.people import get_person_detail
from app.queries.spells import SpellHolder, SpellKey, get_spell_holder
from app.queries.supposed import suppose_away
from app.services.pause_spell import pause_spell
from app.services.set_return import set_return
from app.web.page_frame import notify
from app.web.person_pages import Area, area_of, editing_scope
from app.web.submission import submit

blueprint = Blueprint("pauses", __name__, url_prefix="/tam-nghi")


@blueprint.get("/<string:role>/<int:spell_id>")
@requires(Permission.EDIT_PEOPLE)
def create(role: str, spell_id: int) -> ResponseReturnValue:
    """Ask how long somebody is away; of who is away already, when they come back."""
    area = area_of(role)
    holder, pause = _look(area, spell_id)
    if holder.ended_on is not None:
        return redirect(area.url("show", spell_id))
    if pause is not None:
        return _return_page(area, spell_id, pause, ReturnForm(today=clock.today()))
    return _pause_page(area, spell_id, holder, _pause_form(area, spell_id))


@blueprint.post("/<string:role>/<int:spell_id>")
@requires(Permission.EDIT_PEOPLE)
def save(role: str, spell_id: int) -> ResponseReturnValue:
    """Record the time away."""
    area = area_of(role)
    holder, _pause = _look(area, spell_id)
    form = _pause_form(area, spell_id)
    if form.validate():
        receipt = submit(
            form,
            lambda: pause_spell(
                editing_scope(area),
                SpellKey(area.role, spell_id),
                form.terms,
                request_key=form.request_key,
            ),
        )
        if receipt is not None:
            day = format_day(form.terms.ended_on)
            notify(f"Đã ghi tạm nghỉ, trở lại ngày {day}.", undo_batch_id=receipt.batch_id)
            return redirect(area.url("show", spell_id), code=303)
    return _pause_page(area, spell_id, holder, form), 422


@blueprint.post("/<string:role>/<int:spell_id>/tro-lai/<int:pause_id>")
@requires(Permission.EDIT_PEOPLE)
def save_return(role: str, spell_id: int, pause_id: int) -> ResponseReturnValue:
    """Record on which day somebody comes back."""
    area = area_of(role)
    holder, pause = _look(area, spell_id)
    form = ReturnForm(today=clock.today())
    if form.validate():
        receipt = submit(
            form,
            lambda: set_return(
                editing_scope(area),
                SpellKey(area.role, spell_id),
                pause_id,
                on=form.day,
                request_key=form.request_key,
            ),
        )
        if receipt is not None:
            notify(
                f"Đã ghi: trở lại từ ngày {format_day(form.day)}.", undo_batch_id=receipt.batch_id
            )
            return redirect(area.url("show", spell_id), code=303)
    if pause is None:
        return _pause_page(area, spell_id, holder, _pause_form(area, spell_id), form), 422
    return _return_page(area, spell_id, pause, form), 422


def _look(area: Area, spell_id: int) -> tuple[SpellHolder, PauseRow | None]:
    scope, key = editing_scope(area), SpellKey(area.role, spell_id)
    return get_spell_holder(scope, key), find_pause(scope, key, clock.today())


def _pause_form(area: Area, spell_id: int) -> PauseForm:
    today = clock.today()
    key = SpellKey(area.role, spell_id)
    return PauseForm(substitutes=list_substitutes(editing_scope(area), key, today), today=today)


def _pause_page(
    area: Area,
    spell_id: int,
    holder: SpellHolder,
    form: PauseForm,
    refused: ReturnForm | None = None,
) -> str:
    scope = editing_scope(area)
    ward = scope.narrowed_to(holder.ward_id)
    return render_template(
        "pauses/create.html",
        area=area,
        spell_id=spell_id,
        form=form,
        refused=refused,
        person=get_person_detail(scope, holder.person_id),
        consequences=say_what_opens(suppose_away(ward, area.role, [spell_id], clock.today())),
    )


def _return_page(area: Area, spell_id: int, pause: PauseRow, form: ReturnForm) -> str:
    scope = editing_scope(area)
    holder = get_spell_holder(scope, SpellKey(area.role, spell_id))
    return render_template(
        "pauses/change.html",
        area=area,
        spell_id=spell_id,
        pause=pause,
        form=form,
        person=get_person_detail(scope, holder.person_id),
        today=clock.today(),
    )
