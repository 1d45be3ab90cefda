"""The network of the reader's wards as a workbook."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.exchange.roster_workbook import write_roster
from app.formatting import format_day
from app.queries.roster_export import list_roster_rows
from app.queries.wards import get_ward, list_wards
from app.web.arguments import ward_code_argument
from app.web.downloads import scope_words, workbook_response

blueprint = Blueprint("roster_export", __name__)


@blueprint.get("/exports/danh-sach.xlsx")
@requires(Permission.EXPORT_ROSTERS)
def show() -> ResponseReturnValue:
    """Send every mentor, mentee and support post of the scope, or of the ward `?xa=CODE`."""
    scope, today = current_scope(), clock.today()
    code = ward_code_argument()
    wards = [get_ward(scope, code)] if code else list_wards(scope)
    if code:
        scope = scope.narrowed_to(wards[0].id)
    place, words = scope_words(scope, wards)
    rows = list_roster_rows(scope)
    notes = [f"Phạm vi: {words}", f"Số liệu đến {format_day(today)}: {len(rows)} dòng"]
    return workbook_response(
        write_roster(rows, notes=notes), f"danh-sach-{place}-{today.isoformat()}.xlsx"
    )
