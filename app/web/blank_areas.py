"""Where wards that nobody serves lie side by side, and who is nearest to help."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.planning.blank_areas import describe_areas
from app.queries.blank_areas import blank_areas_for
from app.queries.wards import list_wards
from app.texts import _
from app.web.revalidation import revalidated
from graphs.blank_areas import BLANK, NOT_COVERED

blueprint = Blueprint("blank_areas", __name__)

WITH_WARNINGS = "ca-can-chu-y"


@blueprint.get("/ke-hoach/vung-trang")
@requires(Permission.VIEW_AUDIT)
@revalidated
def index() -> ResponseReturnValue:
    """List the areas in which wards of the reader lie, the largest first."""
    scope = current_scope()
    with_warnings = request.args.get("muc") == WITH_WARNINGS
    found = blank_areas_for(scope, clock.today(), NOT_COVERED if with_warnings else BLANK)
    return render_template(
        "blank_areas/index.html",
        found=found,
        rows=describe_areas(found),
        wards=sum(len(area.wards) for area in found.areas),
        linked={card.code for card in list_wards(current_scope(Permission.VIEW_WARDS))},
        is_for_one=scope.only_ward_id is not None,
        with_warnings=with_warnings,
        tabs=_tabs(with_warnings=with_warnings),
    )


def _tabs(*, with_warnings: bool) -> list[dict[str, object]]:
    return [
        {
            "label": _("Vùng trắng"),
            "url": url_for("blank_areas.index"),
            "is_current": not with_warnings,
        },
        {
            "label": _("Cả nơi cần chú ý"),
            "url": url_for("blank_areas.index", muc=WITH_WARNINGS),
            "is_current": with_warnings,
        },
    ]
