"""Reporting periods: their figures, what came late, closing and reopening."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.exchange.figure_workbook import write_figure
from app.formatting import format_day
from app.forms.period import ClosePeriodForm, PeriodDaysForm, ReopenPeriodForm
from app.queries.period_entries import count_late, list_late
from app.queries.period_figures import PeriodFigures, figures_of
from app.queries.reporting_periods import (
    PeriodRow,
    get_period,
    list_editions,
    list_periods,
    period_to_show,
)
from app.queries.wards import list_wards
from app.services.change_period import change_period
from app.services.close_period import close_period, reopen_period
from app.texts import _
from app.web.downloads import scope_words, workbook_response
from app.web.page_frame import notify
from app.web.paging import Paging
from app.web.submission import submit
from app.wording import ENTRY_KIND_LABELS
from graphs.findings import WardStatus

blueprint = Blueprint("periods", __name__)
PATH = "/ky-bao-cao"
NO_DATA = WardStatus.NO_DATA.value
WARD_COLUMNS = {
    "mentors": "Mentor",
    "mentors_meeting_floor": "Đủ người học (trên giấy)",
    "mentors_meeting_floor_in_fact": "Đủ người học (thực chất)",
    "mentees": "Người học",
    "waiting": "Đang chờ",
    "support_posts": "Nhân sự hỗ trợ",
}
ENTRY_COLUMNS = {
    "sessions": "Lượt hỗ trợ",
    "people": "Người được hỗ trợ",
    "contacts": "Buổi hướng dẫn",
}


@blueprint.get(PATH)
@requires(Permission.VIEW_AUDIT)
def index() -> ResponseReturnValue:
    """Show the period that yesterday belongs to."""
    return _page(period_to_show(current_scope(), clock.today()))


@blueprint.get(f"{PATH}/<string:code>")
@requires(Permission.VIEW_AUDIT)
def show(code: str) -> ResponseReturnValue:
    """Show a period: figures of each ward, what came late, when it was closed."""
    return _page(_begun(code))


@blueprint.get("/exports/ky-bao-cao-<string:code>.xlsx")
@requires(Permission.VIEW_AUDIT)
def export(code: str) -> ResponseReturnValue:
    """Return the wards of a period as a workbook, with the digits of the page."""
    scope, period = current_scope(), _begun(code)
    figures = _chosen_figures(scope, period)
    slug, place = scope_words(scope, list_wards(scope))
    rows = [
        [
            ward["code"],
            ward["name"],
            *(ward[name] if ward["status"] != NO_DATA else None for name in WARD_COLUMNS),
            *((ward["entries"] or {}).get(name) for name in ENTRY_COLUMNS),
            _("có số liệu") if ward["entries"] else _("chưa báo cáo"),
        ]
        for ward in figures.values["wards"]
    ]
    headings = ["Mã", "Xã, phường", *WARD_COLUMNS.values(), *ENTRY_COLUMNS.values(), "Trong kỳ"]
    notes = [place, _days(period), _state(period, figures)]
    title = _("%(period)s: số liệu từng xã, phường", period=period.label)
    content = write_figure(title, notes, [_(heading) for heading in headings], rows)
    return workbook_response(content, f"ky-bao-cao-{period.code}-{slug}.xlsx")


@blueprint.get(f"{PATH}/<string:code>/ngay")
@requires(Permission.MANAGE_PERIODS)
def edit_days(code: str) -> ResponseReturnValue:
    """Show the form for first day and cut-off."""
    period = get_period(current_scope(), code)
    return _days_page(period, PeriodDaysForm(period=period))


@blueprint.post(f"{PATH}/<string:code>/ngay")
@requires(Permission.MANAGE_PERIODS)
def save_days(code: str) -> ResponseReturnValue:
    """Set first day and cut-off."""
    scope = current_scope()
    period = get_period(scope, code)
    form = PeriodDaysForm(period=period)
    if form.validate():
        first_day, last_day = form.days
        receipt = submit(
            form,
            lambda: change_period(
                scope, code, first_day=first_day, last_day=last_day, seen=form.seen
            ),
        )
        if receipt is not None:
            notify(_("Đã đổi ngày của %(period)s.", period=period.label))
            return redirect(url_for("periods.show", code=code), code=303)
    return _days_page(get_period(scope, code), form), 422


@blueprint.get(f"{PATH}/<string:code>/khoa")
@requires(Permission.MANAGE_PERIODS)
def close(code: str) -> ResponseReturnValue:
    """Say what closing does, before it is done."""
    return _close_page(get_period(current_scope(), code), ClosePeriodForm())


@blueprint.post(f"{PATH}/<string:code>/khoa")
@requires(Permission.MANAGE_PERIODS)
def save_closing(code: str) -> ResponseReturnValue:
    """Close the period and freeze its figures."""
    scope, form = current_scope(), ClosePeriodForm()
    period = get_period(scope, code)
    if form.validate() and submit(
        form, lambda: close_period(scope, code, request_key=form.request_key)
    ):
        notify(_("Đã khóa %(period)s. Số liệu của kỳ từ nay không đổi.", period=period.label))
        return redirect(url_for("periods.show", code=code), code=303)
    return _close_page(period, form), 422


@blueprint.get(f"{PATH}/<string:code>/mo-lai")
@requires(Permission.MANAGE_PERIODS)
def reopen(code: str) -> ResponseReturnValue:
    """Ask why the period is reopened."""
    return _reopen_page(get_period(current_scope(), code), ReopenPeriodForm())


@blueprint.post(f"{PATH}/<string:code>/mo-lai")
@requires(Permission.MANAGE_PERIODS)
def save_reopening(code: str) -> ResponseReturnValue:
    """Open the period again."""
    scope, form = current_scope(), ReopenPeriodForm()
    period = get_period(scope, code)
    if form.validate() and submit(
        form,
        lambda: reopen_period(
            scope, code, reason=form.reason.data or "", request_key=form.request_key
        ),
    ):
        notify(_("Đã mở lại %(period)s.", period=period.label))
        return redirect(url_for("periods.show", code=code), code=303)
    return _reopen_page(period, form), 422


def _begun(code: str) -> PeriodRow:
    period = get_period(current_scope(), code)
    if period.started_on > clock.today():
        raise OutOfScopeError(code)
    return period


def _page(period: PeriodRow) -> str:
    scope, today = current_scope(), clock.today()
    paging = Paging.asked_for(count_late(scope, period.id))
    editions = list_editions(scope, period.id)
    figures = _chosen_figures(scope, period)
    return render_template(
        "periods/show.html",
        period=period,
        periods=list_periods(scope, today),
        figures=figures,
        wards=figures.values["wards"],
        has_totals=scope.is_everywhere,
        silent=[ward for ward in figures.values["wards"] if ward["entries"] is None],
        state=_state(period, figures),
        days=_days(period),
        may_close=not period.is_closed and period.ended_on <= today,
        editions=editions,
        late=list_late(scope, period.id, offset=paging.offset, size=paging.size),
        paging=paging,
        kind_labels=ENTRY_KIND_LABELS,
        ward_columns=WARD_COLUMNS,
        entry_columns=ENTRY_COLUMNS,
    )


def _chosen_figures(scope: WardScope, period: PeriodRow) -> PeriodFigures:
    """Return the figures of the edition that the address names, else the usual ones."""
    text = request.args.get("lan", "")
    editions = {str(number): number for number in range(1, period.edition + 1)}
    if text and text not in editions:
        raise OutOfScopeError(text)
    return figures_of(scope, period, clock.today(), edition=editions.get(text))


def _days(period: PeriodRow) -> str:
    return _(
        "Từ %(first)s đến hết %(last)s; hạn gửi báo cáo %(due)s",
        first=format_day(period.started_on),
        last=format_day(period.last_day),
        due=format_day(period.due_on),
    )


def _state(period: PeriodRow, figures: PeriodFigures) -> str:
    if figures.is_frozen:
        return _("Số liệu đã khóa, không đổi khi có ai sửa về sau")
    if period.ended_on <= clock.today():
        return _("Kỳ đã hết nhưng chưa khóa; số liệu còn đổi khi có người nhập thêm")
    return _("Kỳ đang mở; số liệu đến hôm nay")


def _days_page(period: PeriodRow, form: PeriodDaysForm) -> str:
    return render_template("periods/days.html", period=period, form=form)


def _close_page(period: PeriodRow, form: ClosePeriodForm) -> str:
    return render_template("periods/close.html", period=period, form=form, days=_days(period))


def _reopen_page(period: PeriodRow, form: ReopenPeriodForm) -> str:
    return render_template("periods/reopen.html", period=period, form=form)
