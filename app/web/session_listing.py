"""The list of help sessions: its columns, and where its lines come from."""

from collections.abc import Sequence

from flask import url_for

from app.access.current import may
from app.access.policy import Permission
from app.access.scope import WardScope
from app.forms.session_filter import SessionFilterForm
from app.queries.list_order import By
from app.queries.reporting_periods import list_periods
from app.queries.session_lists import (
    DAY,
    LATEST_FIRST,
    PROCEDURE,
    SessionLine,
    list_procedures,
    list_session_ids,
    list_session_lines,
    list_sessions,
)
from app.queries.windows import FoundLines
from app.texts import _
from app.web.listing import WARD, Address, Column, Listing
from app.wording import HELP_MODE_LABELS, HELP_RESULT_LABELS


def _edit_page(line: SessionLine) -> str | None:
    may_edit = may(Permission.LOG_SESSIONS)
    return url_for("help_sessions.edit", session_id=line.id) if may_edit else None


def _hour(line: SessionLine) -> str | None:
    return line.service_time.strftime("%H:%M") if line.service_time else None


def _offer(line: SessionLine) -> str:
    if line.handed_on_id:
        return _("Đã chuyển cho mentor")
    return _("Không muốn học") if line.learning_offer else ""


class SessionListing(Listing[SessionLine]):
    """The help sessions of the scope that an address asks for."""

    key = "luot-ho-tro"
    title = "Lượt hỗ trợ"
    noun = "lượt"
    endpoint = "session_lists.index"
    export_endpoint = "list_exports.sessions"
    permission = Permission.VIEW_SESSIONS
    export_permission = Permission.VIEW_SESSIONS
    usual_order = LATEST_FIRST
    columns = (
        Column(DAY, "Ngày", lambda line: line.service_date, url=_edit_page),
        Column("gio", "Giờ", _hour, is_usual=False, is_sorted=False),
        Column(By.WARD, "Xã, phường", lambda line: line.ward_name, of_wards=True),
        Column(PROCEDURE, "Thủ tục", lambda line: line.procedure),
        Column("ai", "Ai thao tác", lambda line: HELP_MODE_LABELS[line.mode], is_sorted=False),
        Column("nguoi-dan", "Người dân",
               lambda line: _("Lần đầu trong năm") if line.is_first_this_year else _("Đã đến rồi"),
               is_sorted=False),
        Column("ket-qua", "Kết quả", lambda line: HELP_RESULT_LABELS[line.result],
               is_sorted=False),
        Column("vuong-mac", "Vướng mắc", lambda line: line.obstacle, is_usual=False,
               is_sorted=False),
        Column("phut", "Số phút", lambda line: line.minutes, is_usual=False, is_sorted=False,
               is_numeric=True),
        Column("hoc-tiep", "Học tiếp", _offer, is_usual=False, is_sorted=False),
        Column("ghi-gop", "Ghi gộp", lambda line: _("Có") if line.is_bundled else "",
               is_usual=False, is_sorted=False),
    )  # fmt: skip

    def __init__(self, scope: WardScope, address: Address) -> None:
        super().__init__(scope, address)
        self.form = SessionFilterForm(
            formdata=address,
            wards=self.wards,
            procedures=list_procedures(scope),
            quarters=list_periods(scope, self.today),
            today=self.today,
        )
        self.chosen = self.form.chosen

    @property
    def filters(self) -> dict[str, str]:
        """What narrows the list; without days, it is the last thirty."""
        return {
            "ky": self.form.shown_period.code,
            WARD: self.chosen.ward_code,
            PROCEDURE: self.chosen.procedure,
            "ai": self.chosen.mode or "",
            "ket-qua": self.chosen.result or "",
        }

    @property
    def filter_words(self) -> list[str]:
        """The days, the ward, and the labels of what was chosen."""
        parts = [self.form.shown_period.label]
        parts += [ward.full_name for ward in self.wards if ward.code == self.chosen.ward_code]
        fields = self.form.procedure, self.form.mode, self.form.result
        return parts + [
            label
            for field in fields
            for value, label, *_rest in field.iter_choices()
            if value and value == field.data
        ]

    def window(self) -> FoundLines[SessionLine]:
        """Return the sessions of the page that is asked for."""
        return list_sessions(self.scope, self.chosen, self.asked_window)

    def ids(self) -> list[int]:
        """Return the ids of all sessions that the filter finds."""
        return list_session_ids(self.scope, self.chosen, self.order)

    def lines(self, ids: Sequence[int]) -> list[SessionLine]:
        """Return the lines of some of them."""
        return list_session_lines(self.scope, ids)
