"""Paper sheets of a mentor's meetings: to print before the month, and to type back after it."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.access.scope import WardScope
from app.forms.contact_sheet import MEETINGS, ContactSheetForm, sheet_form
from app.forms.sheet_cells import SheetCodeForm
from app.months import Month, parse_month
from app.queries.contact_sheets import ContactSheet, get_sheet, list_sheets
from app.queries.wards import list_wards
from app.services.log_contact_sheet import log_contact_sheet
from app.services.transaction import Receipt
from app.texts import _
from app.web.arguments import id_arguments, ward_code_argument
from app.web.page_frame import notify
from app.web.submission import submit
from app.web.ward_choice import chosen_ward

blueprint = Blueprint("contact_sheets", __name__)

MONTHS_BACK = 6
# With more mentees there is less room on the page for those who are new.
EMPTY_ROWS, ROOMY = 2, 8
# The button that says what would be saved; Enter presses it where there is no script.
ONLY_CHECK = "only_check"


@blueprint.get("/phieu-huong-dan")
@requires(Permission.LOG_CONTACTS)
def index() -> ResponseReturnValue:
    """List the sheets of a ward for a month; a code that is typed opens its grid."""
    scope = current_scope()
    form = SheetCodeForm(formdata=request.args)
    if form.code.data:
        sheet = _find_sheet(scope, form)
        if sheet is not None:
            return redirect(_grid_url(sheet))
        form.code.errors = [_("Không có phiếu mang mã này. Xem lại góc trên bên phải tờ phiếu.")]
    ward, month = chosen_ward(scope), _month(latest=_this_month().later(1))
    if ward is None:
        return render_template("contact_sheets/choose_ward.html", wards=list_wards(scope))
    page = render_template(
        "contact_sheets/index.html",
        form=form,
        ward=ward,
        month=month,
        months=[_this_month().later(1 - ago) for ago in range(MONTHS_BACK)],
        sheets=list_sheets(scope.narrowed_to(ward.id), month),
        is_over=month <= _this_month(),
        today=clock.today(),
    )
    return page, 422 if form.code.errors else 200


@blueprint.get("/phieu-huong-dan/in")
@requires(Permission.LOG_CONTACTS)
def printed() -> ResponseReturnValue:
    """Show the sheets to print: of a ward, or of the mentors that the address names."""
    scope, today = current_scope(), clock.today()
    month = _month(latest=_this_month().later(1))
    sheets = [_open_rows(sheet) for sheet in _wanted_sheets(scope, month)]
    return render_template(
        "contact_sheets/print.html",
        sheets=[sheet for sheet in sheets if sheet.rows],
        month=month,
        columns=range(1, MEETINGS + 1),
        empty_rows=EMPTY_ROWS,
        roomy=ROOMY,
        today=today,
        ward_code=ward_code_argument(),
    )


@blueprint.get("/mentor/<int:mentor_id>/phieu-huong-dan")
@requires(Permission.LOG_CONTACTS)
def edit(mentor_id: int) -> ResponseReturnValue:
    """Show the empty grid of a mentor's month."""
    sheet = _sheet(mentor_id)
    return _grid(sheet, sheet_form(sheet, clock.today()))


@blueprint.post("/mentor/<int:mentor_id>/phieu-huong-dan")
@requires(Permission.LOG_CONTACTS)
def save(mentor_id: int) -> ResponseReturnValue:
    """Record all meetings of the grid, or mark every cell that is wrong."""
    sheet = _sheet(mentor_id)
    form = sheet_form(sheet, clock.today())
    if not form.validate():
        return _grid(sheet, form), 422
    if ONLY_CHECK in request.form:
        is_fine = not form.mark_faults()
        return _grid(sheet, form, is_checked=is_fine), 200 if is_fine else 422
    receipt = submit(
        form,
        lambda: log_contact_sheet(
            current_scope(), mentor_id, sheet.month, form.meetings, request_key=form.request_key
        ),
    )
    if receipt is None:
        return _grid(sheet, form), 422
    _tell_saved(sheet, form, receipt)
    code = None if current_scope().only_ward_id else sheet.ward_code
    back = url_for("contact_sheets.index", thang=sheet.month.code, xa=code)
    return redirect(back, code=303)


def _this_month() -> Month:
    return Month.of(clock.today())


def _month(*, latest: Month) -> Month:
    """Return the month that the address asks for, this one unless it names another."""
    return min(parse_month(request.args.get("thang", "")) or _this_month(), latest)


def _find_sheet(scope: WardScope, form: SheetCodeForm) -> ContactSheet | None:
    if form.sheet_id is None or form.sheet_id[1] > _this_month():
        return None
    mentor_id, month = form.sheet_id
    return next(iter(list_sheets(scope, month, [mentor_id])), None)


def _grid_url(sheet: ContactSheet) -> str:
    return url_for("contact_sheets.edit", mentor_id=sheet.mentor_id, thang=sheet.month.code)


def _sheet(mentor_id: int) -> ContactSheet:
    return get_sheet(current_scope(), mentor_id, _month(latest=_this_month()))


def _wanted_sheets(scope: WardScope, month: Month) -> list[ContactSheet]:
    """Return the sheets of the mentors that are named; without any, those of the ward."""
    mentor_ids = id_arguments("mentor")
    if mentor_ids:
        return list_sheets(scope, month, mentor_ids)
    ward = chosen_ward(scope)
    return [] if ward is None else list_sheets(scope.narrowed_to(ward.id), month)


def _open_rows(sheet: ContactSheet) -> ContactSheet:
    """Return a sheet without those who have left by today: they will not come any more."""
    today = clock.today()
    return sheet._replace(rows=tuple(row for row in sheet.rows if row.is_open_on(today)))


def _grid(sheet: ContactSheet, form: ContactSheetForm, *, is_checked: bool = False) -> str:
    return render_template(
        "contact_sheets/edit.html",
        sheet=sheet,
        form=form,
        meetings=form.meetings if is_checked else (),
        only_check=ONLY_CHECK,
    )


def _tell_saved(sheet: ContactSheet, form: ContactSheetForm, receipt: Receipt) -> None:
    text = _(
        "Đã lưu phiếu tháng %(month)s của mentor %(name)s: %(meetings)s buổi, %(marks)s lượt có"
        " mặt.",
        month=sheet.month.in_words,
        name=sheet.mentor_name,
        meetings=len(form.meetings),
        marks=sum(len(meeting.mentorship_ids) for meeting in form.meetings),
    )
    notify(text, undo_batch_id=receipt.batch_id)
