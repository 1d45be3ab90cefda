"""The province on a map: every ward in the colour and with the sign of its status."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.figures.boundaries import boundaries_url
from app.figures.figure import FigureQuery
from app.figures.ward_map import LegendEntry, make_map_with_legend, read_status
from app.formatting import format_day
from app.forms.map_choice import MapChoiceForm
from app.queries.wards import list_wards
from app.web.revalidation import revalidated
from graphs.findings import WardStatus

blueprint = Blueprint("province_map", __name__)

STATUS_ARGUMENT = "tinh-trang"


@blueprint.get("/ban-do")
@requires(Permission.VIEW_PROVINCE)
@revalidated
def index() -> ResponseReturnValue:
    """Show the map as of a day, all statuses or one, and the ward that is looked for."""
    scope = current_scope()
    wards = list_wards(scope)
    form = MapChoiceForm(formdata=request.args, wards=wards)
    answer = 200 if form.validate() else 422
    status = read_status(request.args.get(STATUS_ARGUMENT, ""))
    ward_map = make_map_with_legend(
        FigureQuery(scope, form.day, choice=status or ""), wards, chosen_code=form.ward_code
    )
    figure = ward_map.figure
    day = format_day(form.day) if form.is_past else None
    asked_for: dict[str, Any] = {"ngay": day, STATUS_ARGUMENT: status}
    return (
        render_template(
            "province/map.html",
            figure=figure,
            form=form,
            status=status,
            legend=[_entry(entry, status) for entry in ward_map.legend],
            all_url=_address_of(None),
            chosen=ward_map.chosen,
            chosen_code=form.ward_code,
            json_url=url_for("figures.plot", name=figure.name, **asked_for),
            xlsx_url=url_for("figures.workbook", name=figure.name, ngay=day),
            boundaries_url=boundaries_url(),
        ),
        answer,
    )


def _entry(entry: LegendEntry, chosen: WardStatus | None) -> dict[str, object]:
    is_current = entry.status is chosen
    return {
        **entry._asdict(),
        "is_current": is_current,
        "url": _address_of(None if is_current else entry.status),
    }


def _address_of(status: WardStatus | None) -> str:
    """Return the address of this page for a status; its other choices are kept."""
    # Never through `url_for`: words of the address would become its options (`_scheme`).
    words = [pair for pair in request.args.items() if pair[0] != STATUS_ARGUMENT and pair[1]]
    if status is not None:
        words.append((STATUS_ARGUMENT, status.value))
    return f"{request.path}?{urlencode(words)}" if words else request.path
