"""Charts of coverage and of the desks: of all wards together, or of one ward."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.current import current_scope, may
from app.access.decorators import requires
from app.access.policy import Permission
from app.access.scope import WardScope
from app.figures.figure import FigureQuery
from app.figures.registry import FIGURES
from app.formatting import format_day
from app.forms.audit_choice import DayChoiceForm
from app.queries.wards import WardCard, get_ward
from app.web.revalidation import revalidated
from app.web.ward_tabs import ward_tabs

blueprint = Blueprint("charts", __name__)

CHARTS = ("muc-nguoi-hoc", "do-phu", "luot-theo-tuan", "thu-tuc", "vuong-mac")


@blueprint.get("/bieu-do")
@requires(Permission.VIEW_PROVINCE)
@revalidated
def province() -> ResponseReturnValue:
    """Show the charts of all wards together, as of a day."""
    return _page(current_scope(), None)


@blueprint.get("/xa/<string(length=5):code>/bieu-do")
@requires(Permission.VIEW_WARDS)
@revalidated
def ward(code: str) -> ResponseReturnValue:
    """Show the charts of one ward, as of a day."""
    scope = current_scope()
    card = get_ward(scope, code)
    return _page(scope.narrowed_to(card.id), card)


def _page(scope: WardScope, card: WardCard | None) -> ResponseReturnValue:
    form = DayChoiceForm(formdata=request.args)
    answer = 200 if form.validate() else 422
    query = FigureQuery(scope, form.day, card)
    day = format_day(form.day) if form.is_past else None
    page = render_template(
        "charts/show.html",
        form=form,
        card=card,
        charts=[draw(name, query) for name in CHARTS if may(FIGURES[name].permission)],
        page_url=url_for("charts.ward", code=card.code) if card else url_for("charts.province"),
        tabs=ward_tabs(card.code, day, "charts.ward") if card else [],
    )
    return page, answer


def draw(name: str, query: FigureQuery) -> dict[str, object]:
    """Make a chart, with the addresses of what its picture and its workbook are made of."""
    code = query.ward and query.ward.code
    asked_for: dict[str, Any] = {"name": name, "xa": code, "ngay": format_day(query.day)}
    return {
        "figure": FIGURES[name].make(query),
        "json_url": url_for("figures.plot", **asked_for),
        "xlsx_url": url_for("figures.workbook", **asked_for),
    }
