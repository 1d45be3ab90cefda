"""Which ward with something to spare helps which neighbour."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.planning.twinning import describe_learners, describe_missing, describe_support
from app.queries.twinning import twinning_for
from app.queries.wards import list_wards
from app.web.revalidation import revalidated

blueprint = Blueprint("twinning", __name__)


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
    )
