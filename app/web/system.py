"""What the site runs on, for the administrator."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.change_wording import OBJECT_LABELS
from app.formatting import format_bytes
from app.queries.demonstration import is_demonstration_site
from app.queries.system import get_system_state

blueprint = Blueprint("system", __name__, url_prefix="/quan-tri/he-thong")


@blueprint.get("")
@requires(Permission.VIEW_SYSTEM)
def index() -> ResponseReturnValue:
    """Show versions, sizes and numbers of rows."""
    return render_template(
        "system/index.html",
        state=get_system_state(current_scope()),
        shows_demonstration=is_demonstration_site(),
        bytes_text=format_bytes,
        object_labels=OBJECT_LABELS,
    )
