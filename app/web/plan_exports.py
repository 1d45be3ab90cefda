"""Plans as workbooks."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.exchange.figure_workbook import write_figure
from app.formatting import format_day
from app.forms.plan_choice import ReachForm, reaches_of
from app.planning.recruitment_table import (
    recruitment_headings,
    recruitment_notes,
    recruitment_rows,
)
from app.queries.recruitment import recruit_for
from app.queries.wards import list_wards
from app.texts import _
from app.web.downloads import scope_words, workbook_response

blueprint = Blueprint("plan_exports", __name__)


@blueprint.get("/exports/tuyen-them.xlsx")
@requires(Permission.VIEW_AUDIT)
def recruitment() -> ResponseReturnValue:
    """Send whom to recruit where, for the reach `?pham-vi=` that the page shows."""
    scope = current_scope()
    form = ReachForm(formdata=request.args, offered=reaches_of(scope))
    found = recruit_for(scope, clock.today(), form.chosen)
    place, words = scope_words(scope, list_wards(scope))
    notes = [
        f"Phạm vi: {words}",
        f"Số liệu đến {format_day(found.as_of)}",
        f"Ai được kèm ai: {form.chosen_label}",
        *recruitment_notes(found),
    ]
    title = _("Cần tuyển thêm ai, ở đâu")
    content = write_figure(title, notes, recruitment_headings(), recruitment_rows(found))
    return workbook_response(content, f"tuyen-them-{place}-{found.as_of.isoformat()}.xlsx")
