"""The network of a ward: its people as a picture, all of them or those around one mentor."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.figures.figure import FigureQuery
from app.figures.ward_network import NAME, show_ward_network
from app.figures.ward_people import read_ward_network
from app.formatting import format_day
from app.forms.network_choice import NetworkChoiceForm
from app.queries.wards import get_ward
from app.web.ward_tabs import ward_tabs

blueprint = Blueprint("ward_network", __name__)


@blueprint.get("/xa/<string(length=5):code>/mang-luoi")
@requires(Permission.VIEW_PEOPLE)
def show(code: str) -> ResponseReturnValue:
    """Show the network as of a day; `?mentor=` shows one mentor of the ward alone."""
    scope = current_scope()
    ward = get_ward(scope, code)
    form = NetworkChoiceForm(formdata=request.args)
    answer = 200 if form.validate() else 422
    chosen = request.args.get("mentor", "")
    query = FigureQuery(scope.narrowed_to(ward.id), form.day, ward, chosen)
    network = read_ward_network(query)
    form.offer(network.list_mentors())
    day = format_day(form.day) if form.is_past else None
    return (
        render_template(
            "wards/network.html",
            figure=show_ward_network(network),
            form=form,
            network=network,
            tabs=ward_tabs(code, day, "ward_network.show"),
            json_url=url_for("figures.plot", name=NAME, xa=code, ngay=day, mentor=chosen or None),
            xlsx_url=url_for(
                "figures.workbook", name=NAME, xa=code, ngay=day, mentor=chosen or None
            ),
        ),
        answer,
    )
