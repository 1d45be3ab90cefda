"""The desks of all wards in one table, as a page and as a workbook."""

from datetime import date, timedelta
from typing import NamedTuple

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.desk.ward_table import DeskOrder, WardDesk, tabulate_desks
from app.exchange.figure_workbook import write_figure
from app.figures.figure import Cell, FigureTable
from app.formatting import format_day
from app.queries.desk_wards import (
    list_last_session_entries,
    list_ward_places,
    list_ward_tallies,
)
from app.queries.wards import list_wards
from app.texts import _
from app.web.downloads import scope_words, workbook_response
from app.web.duty_week import monday_of
from app.web.paging import Paging
from app.web.revalidation import revalidated

blueprint = Blueprint("desk_table", __name__)

# A ward is a card of four lines on a phone.
ROWS_ON_A_PAGE = 20
FOUR_WEEKS = timedelta(days=28)
THIS_YEAR, LAST_WEEKS, THIS_WEEK = "nam", "4-tuan", "tuan"
ORDER_LABELS = {
    DeskOrder.NAME: "Tên",
    DeskOrder.REGION: "Vùng",
    DeskOrder.SELF_RELIANCE: "Tự làm thấp trước",
    DeskOrder.LAST_ENTRY: "Lâu chưa nhập trước",
}

DEFINITION = (
    "Mỗi lần giúp là một lượt; người là những lượt đánh dấu lần đầu trong năm, nên lượt và người"
    " không cộng với nhau. Tự làm: phần trăm số lượt mà người dân tự thao tác. Trên 1.000 dân tính"
    " theo dân số của xã, phường; nơi chưa biết dân số thì để trống. Nơi chưa nhập lượt nào là chưa"
    " có dữ liệu, không phải số 0."
)


class Span(NamedTuple):
    """Days up to today, by the code that the address has for them."""

    code: str
    label: str
    first_day: date
    last_day: date


@blueprint.get("/tong-quan/quay")
@requires(Permission.VIEW_PROVINCE)
@revalidated
def index() -> ResponseReturnValue:
    """Show what the desk of each ward did."""
    span, order = _chosen_span(), _chosen_order()
    rows = _rows(span, order)
    paging = Paging.asked_for(len(rows), ROWS_ON_A_PAGE)
    return render_template(
        "province/desks.html",
        span=span,
        table=_table(rows[paging.offset : paging.last_index]),
        paging=paging,
        days=_days(span),
        definition=_(DEFINITION),
        total=len(rows),
        with_data=sum(row.has_data for row in rows),
        span_tabs=[
            _tab(one.label, is_current=one.code == span.code, ky=one.code) for one in _spans()
        ],
        order_tabs=[
            _tab(_(label), is_current=one is order, xep=one) for one, label in ORDER_LABELS.items()
        ],
        xlsx_url=url_for("desk_table.workbook", ky=span.code, xep=order),
    )


@blueprint.get("/exports/quay-tung-xa-phuong.xlsx")
@requires(Permission.VIEW_PROVINCE)
def workbook() -> ResponseReturnValue:
    """Send the same table as it is sorted on the page."""
    span, scope = _chosen_span(), current_scope()
    rows = _rows(span, _chosen_order())
    table = _table(rows)
    place, words = scope_words(scope, list_wards(scope))
    notes = [f"{_('Phạm vi')}: {words}", f"{span.label}: {_days(span)}", str(_(DEFINITION))]
    title = str(_("Quầy hỗ trợ của từng xã, phường"))
    content = write_figure(title, notes, table.headings, table.rows)
    return workbook_response(content, f"quay-{place}-{span.code}-{span.last_day}.xlsx")


def _rows(span: Span, order: DeskOrder) -> list[WardDesk]:
    scope = current_scope()
    return tabulate_desks(
        list_ward_places(scope, span.last_day),
        list_ward_tallies(scope, span.first_day, span.last_day),
        list_last_session_entries(scope),
        order,
    )


def _table(rows: list[WardDesk]) -> FigureTable:
    pattern = url_for("desk_figures.index", xa="00000").split("00000")
    return FigureTable(
        headings=(
            _("Xã, phường"),
            _("Vùng (trước 7/2025)"),
            _("Lượt"),
            _("Người"),
            _("Tự làm (%)"),
            _("Nhập lần cuối"),
            _("Lượt/1.000 dân"),
            _("Người/1.000 dân"),
        ),
        rows=tuple(_cells(row) for row in rows),
        links=tuple(f"{pattern[0]}{row.place.code}{pattern[1]}" for row in rows),
    )


def _cells(row: WardDesk) -> tuple[Cell, ...]:
    place, share = row.place, row.self_reliance
    region = f"{place.former_district}, {place.former_province}"
    if not row.has_data:
        missing, never = str(_("chưa có dữ liệu")), str(_("chưa nhập"))
        return (place.name, region, missing, None, None, never, None, None)
    return (
        place.name,
        region,
        row.tally.sessions,
        row.tally.people,
        None if share is None else round(100 * share),
        row.last_entry_on,
        row.sessions_per_thousand,
        row.people_per_thousand,
    )


def _spans() -> list[Span]:
    today = clock.today()
    return [
        Span(THIS_YEAR, _("Năm %(year)s", year=today.year), date(today.year, 1, 1), today),
        Span(LAST_WEEKS, _("4 tuần qua"), today - FOUR_WEEKS + timedelta(days=1), today),
        Span(THIS_WEEK, _("Tuần này"), monday_of(today), today),
    ]


def _chosen_span() -> Span:
    wanted = request.args.get("ky", "")
    spans = _spans()
    return next((span for span in spans if span.code == wanted), spans[0])


def _chosen_order() -> DeskOrder:
    wanted = request.args.get("xep", "")
    return next((order for order in DeskOrder if order == wanted), DeskOrder.NAME)


def _tab(label: str, *, is_current: bool, **changed: str) -> dict[str, object]:
    chosen = {"ky": _chosen_span().code, "xep": _chosen_order().value} | changed
    url = url_for("desk_table.index", ky=chosen["ky"], xep=chosen["xep"])
    return {"label": label, "url": url, "is_current": is_current}


def _days(span: Span) -> str:
    return f"{format_day(span.first_day)} – {format_day(span.last_day)}"
