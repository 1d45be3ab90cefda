"""«Nếu một người nghỉ»: on whom most hangs, and what happens if a mentor leaves."""

from collections.abc import Iterable

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.access.scope import WardScope
from app.errors import SpellEndedError
from app.forms.fall_choice import FallChoiceForm
from app.forms.plan_choice import ReachForm
from app.planning.departure import opened, tell_departure
from app.planning.robustness import heaviest_first, tell_falls
from app.queries.departure import plan_leaving
from app.queries.robustness import falls_in
from app.queries.wards import list_wards
from app.web.paging import Paging
from app.worklist.items import WorkItem, work_items
from graphs.audit import AuditReport
from graphs.findings import Finding
from graphs.planning.rows import Reach

blueprint = Blueprint("departures", __name__, url_prefix="/ke-hoach/neu-nghi")


@blueprint.get("")
@requires(Permission.VIEW_AUDIT)
def index() -> ResponseReturnValue:
    """List on whom most hangs, with what falls if they leave."""
    scope, today = current_scope(), clock.today()
    wards = list_wards(scope)
    form = FallChoiceForm(formdata=request.args, wards=wards)
    found = heaviest_first(falls_in(scope, today), form.kinds, form.ward)
    paging = Paging.asked_for(len(found))
    shown = found[paging.offset : paging.offset + paging.size]
    return render_template(
        "departures/index.html",
        form=form,
        lines=tell_falls(current_scope(Permission.VIEW_PEOPLE), shown, wards),
        grave=sum(bool(fall.bare_wards) for fall in found),
        paging=paging,
        shows_ward=len(wards) > 1,
        today=today,
    )


@blueprint.get("/mentor/<int:mentor_id>")
@requires(Permission.VIEW_AUDIT)
def mentor(mentor_id: int) -> ResponseReturnValue:
    """Show who is left behind if a mentor leaves, what follows, and who goes best to whom."""
    scope, today = current_scope(), clock.today()
    form = ReachForm(formdata=request.args, offered=_reaches(scope))
    try:
        departure = plan_leaving(scope, mentor_id, today, form.chosen)
    except SpellEndedError:
        return redirect(url_for("mentors.show", mentor_id=mentor_id))
    remains = opened(departure, departure.settled)
    return render_template(
        "departures/mentor.html",
        form=form,
        departure=departure,
        told=tell_departure(current_scope(Permission.VIEW_PEOPLE), departure),
        follows=_items(scope, departure.left, opened(departure, departure.left)),
        remains=_items(scope, departure.settled, remains),
    )


def _items(scope: WardScope, report: AuditReport, findings: Iterable[Finding]) -> list[WorkItem]:
    """What would be found is nothing to do today, so it has no buttons."""
    return work_items(scope, report, findings, with_actions=False)


def _reaches(scope: WardScope) -> tuple[Reach, ...]:
    """Whoever looks after one ward has nobody beyond it to ask."""
    if scope.only_ward_id is not None:
        return (Reach.WARD,)
    return Reach.BORDER, Reach.WARD, Reach.PROVINCE
