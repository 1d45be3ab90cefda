"""From the desk to «tự làm được»: the funnel of a period, and the people behind its numbers."""

from typing import NamedTuple

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.forms.period_choice import PeriodChoiceForm
from app.queries.funnel import count_funnels
from app.queries.handoffs import count_chosen, list_chosen
from app.queries.reporting_periods import list_periods
from app.queries.wards import WardCard, list_wards
from app.web.funnel_steps import WARD_HEADINGS, Step, place_label, steps_of, wanted, ward_steps
from app.web.paging import Paging
from app.web.ward_choice import narrowed_to
from graphs.funnel import Funnel, add_up

blueprint = Blueprint("funnel", __name__, url_prefix="/thong-ke/tu-quay-den-tu-lam")


class WardRow(NamedTuple):
    """The numbers of a ward; without steps where there were no sessions."""

    code: str
    name: str
    steps: list[Step]


@blueprint.get("")
@requires(Permission.VIEW_SESSIONS)
def index() -> ResponseReturnValue:
    """Show what became of the visitors of a period."""
    scope, form, today = current_scope(), _form(), clock.today()
    wards = [form.ward] if form.ward else list_wards(scope)
    period = form.period
    funnels = count_funnels(
        narrowed_to(scope, form.ward), period.first_day, period.last_day, as_of=today
    )
    total = add_up(funnels.values())
    return render_template(
        "handoffs/funnel.html",
        form=form,
        today=today,
        period=period,
        ward=form.ward,
        is_narrowed=form.is_narrowed,
        total=total,
        steps=steps_of(total),
        ward_headings=WARD_HEADINGS,
        rows=_ward_rows(wards, funnels) if len(wards) > 1 else [],
    )


@blueprint.get("/nguoi")
@requires(Permission.VIEW_HANDOFFS)
def people() -> ResponseReturnValue:
    """List who stands behind a number of the funnel."""
    scope, form, today = current_scope(), _form(), clock.today()
    place = request.args.get("cho", "")
    scope = narrowed_to(scope, form.ward)
    chosen = wanted(form.period, place)
    paging = Paging.asked_for(count_chosen(scope, today, chosen))
    return render_template(
        "handoffs/chosen.html",
        today=today,
        period=form.period,
        ward=form.ward,
        place_label=place_label(place),
        rows=list_chosen(scope, today, chosen, offset=paging.offset, size=paging.size),
        paging=paging,
        back_url=url_for(".index", ky=form.period.code, xa=form.ward.code if form.ward else None),
    )


def _form() -> PeriodChoiceForm:
    scope, today = current_scope(), clock.today()
    return PeriodChoiceForm(
        formdata=request.args,
        wards=list_wards(scope),
        quarters=list_periods(scope, today),
        today=today,
    )


def _ward_rows(wards: list[WardCard], funnels: dict[int, Funnel]) -> list[WardRow]:
    return [
        WardRow(
            ward.code, ward.full_name, ward_steps(funnels[ward.id]) if ward.id in funnels else []
        )
        for ward in wards
    ]
