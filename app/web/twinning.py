"""Which ward with something to spare helps which neighbour."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope, may
from app.access.decorators import requires
from app.access.policy import Permission
from app.access.scope import WardScope
from app.figures.boundaries import boundaries_url
from app.figures.figure import FigureQuery
from app.figures.help_map import map_of_help
from app.figures.registry import FIGURES
from app.planning.twinning import describe_learners, describe_missing, describe_support
from app.queries.twinning import NeighbourHelp, twinning_for
from app.queries.wards import list_wards
from app.web.revalidation import revalidated

blueprint = Blueprint("twinning", __name__)

MAP = "giup-nhau"


@blueprint.get("/ke-hoach/giup-nhau")
@requires(Permission.VIEW_AUDIT)
@revalidated
def index() -> ResponseReturnValue:
    """List who helps whom among the reader's wards and their neighbours."""
    scope = current_scope()
    found = twinning_for(scope, clock.today())
    return render_template(
        "twinning/index.html",
        found=found,
        learners=describe_learners(found),
        support=describe_support(found),
        missing=describe_missing(found),
        linked={card.code for card in list_wards(current_scope(Permission.VIEW_WARDS))},
        is_for_one=scope.only_ward_id is not None,
        help_map=_help_map(scope, found) if found.has_help else None,
    )


def _help_map(scope: WardScope, found: NeighbourHelp) -> dict[str, object] | None:
    """Return the map for who may see that of all wards; it is drawn once the browser asks."""
    if not may(FIGURES[MAP].permission):
        return None
    return {
        "figure": map_of_help(FigureQuery(scope, found.as_of), found),
        "json_url": url_for("figures.plot", name=MAP),
        "xlsx_url": url_for("figures.workbook", name=MAP),
        "boundaries_url": boundaries_url(),
    }
