"""The figures of pages for the browser that draws them, and their numbers as workbooks."""

import orjson
from flask import Blueprint, Response, abort, jsonify, request
from flask.typing import ResponseReturnValue

from app.access.current import current_scope, require_reader
from app.access.decorators import requires
from app.access.policy import Permission
from app.errors import NotPermittedError
from app.exchange.figure_workbook import write_figure
from app.figures.figure import Figure, FigureQuery
from app.figures.registry import FIGURES, About, FigureKind
from app.formatting import format_day
from app.forms.audit_choice import DayChoiceForm
from app.queries.wards import WardCard, get_ward, list_wards
from app.web.arguments import ward_code_argument
from app.web.downloads import scope_words, workbook_response
from app.web.revalidation import revalidate

blueprint = Blueprint("figures", __name__)

# A browser keeps none of these figures: they name people.
NAMING_CITIZENS = frozenset({Permission.VIEW_PEOPLE})


@blueprint.get("/hinh/<string:name>.json")
@requires(Permission.VIEW_FIGURES)
def plot(name: str) -> ResponseReturnValue:
    """Return the plotly figure of `?xa=CODE`, as of `?ngay=`; 422 for a day it cannot be of."""
    form = DayChoiceForm(formdata=request.args)
    if not form.validate():
        return jsonify(error=" ".join(form.ngay.errors)), 422
    kind = _kind_of(name)
    query = _query(kind, form)

    def draw() -> Response:
        return Response(orjson.dumps(kind.make(query).plot), mimetype="application/json")

    return draw() if kind.permission in NAMING_CITIZENS else revalidate(draw)


@blueprint.get("/exports/hinh-<string:name>.xlsx")
@requires(Permission.VIEW_FIGURES)
def workbook(name: str) -> ResponseReturnValue:
    """Send the numbers of the figure of `?xa=CODE`, as of `?ngay=` (today if that is no day)."""
    form = DayChoiceForm(formdata=request.args)
    form.validate()
    kind = _kind_of(name)
    query = _query(kind, form)
    figure = kind.make(query)
    place, words = scope_words(query.scope, list_wards(query.scope))
    content = write_figure(
        figure.title, _notes(figure, words), figure.table.headings, figure.table.rows
    )
    return workbook_response(content, f"{name}-{place}-{figure.as_of.isoformat()}.xlsx")


def _kind_of(name: str) -> FigureKind:
    """Return the figure of that name; who may not see it is told so."""
    kind = FIGURES.get(name)
    if kind is None:
        abort(404)
    if not require_reader().holds(kind.permission):
        raise NotPermittedError(kind.permission)
    return kind


def _query(kind: FigureKind, form: DayChoiceForm) -> FigureQuery:
    """Read what is asked for; a ward outside the reader's scope does not exist."""
    scope = current_scope(kind.permission)
    ward = _asked_ward(kind)
    if ward is not None:
        scope = scope.narrowed_to(ward.id)
    return FigureQuery(scope, form.day, ward, request.args.get(kind.choice, ""))


def _asked_ward(kind: FigureKind) -> WardCard | None:
    code = ward_code_argument()
    if kind.about is About.SCOPE:
        return None
    if code is None and kind.about is About.EITHER:
        return None
    return get_ward(current_scope(kind.permission), code or "")


def _notes(figure: Figure, place: str) -> list[str]:
    return [
        f"Phạm vi: {place}",
        f"Số liệu đến {format_day(figure.as_of)}",
        figure.caption,
        figure.definition,
    ]
