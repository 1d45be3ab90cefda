"""Plans for the network: the page that offers them all, and whom to recruit where."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.forms.plan_choice import ReachForm, reaches_of
from app.planning.assignment import say_shortage
from app.planning.recruitment import say_proof, say_recruits, say_service
from app.queries.recruitment import recruit_for
from app.web.plan_tools import plan_tools

blueprint = Blueprint("plans", __name__, url_prefix="/ke-hoach")


@blueprint.get("")
@requires(Permission.VIEW_AUDIT)
def index() -> ResponseReturnValue:
    """Offer the plans that the reader may make."""
    return render_template("plans/index.html", tools=plan_tools())


@blueprint.get("/tuyen-them")
@requires(Permission.VIEW_AUDIT)
def recruitment() -> ResponseReturnValue:
    """Say how many new people are needed at least, and in which wards."""
    scope = current_scope()
    form = ReachForm(formdata=request.args, offered=reaches_of(scope))
    found = recruit_for(scope, clock.today(), form.chosen)
    return render_template(
        "plans/recruitment.html",
        form=form,
        reach=form.chosen.value,
        reach_label=form.chosen_label,
        found=found,
        plan=found.plan,
        proof=say_proof(found.plan),
        rows=[(row, found.names[row.ward], say_recruits(row)) for row in found.plan.wards],
        surplus=[(row, found.names[row.ward], say_shortage(row)) for row in found.surplus],
        services=[
            say_service(found, service)
            for service in found.plan.services
            if service.ward != service.at
        ],
    )
