"""The list of activities: its columns, and where its lines come from."""

from collections.abc import Sequence

from flask import url_for

from app.access.policy import Permission
from app.access.scope import WardScope
from app.forms.activity_filter import ActivityFilterForm
from app.queries.activity_lists import (
    DAY,
    KIND,
    LATEST_FIRST,
    TOPIC,
    TURNS,
    ActivityLine,
    list_activities,
    list_activity_ids,
    list_activity_lines,
)
from app.queries.catalogues_for_forms import list_tags
from app.queries.list_order import By
from app.queries.reporting_periods import list_periods
from app.queries.windows import FoundLines
from app.texts import _
from app.web.listing import WARD, Address, Column, Listing
from app.wording import ACTIVITY_KIND_LABELS


def _page(line: ActivityLine) -> str:
    return url_for("activities.show", activity_id=line.id)


class ActivityListing(Listing[ActivityLine]):
    """The activities of the scope that an address asks for."""

    key = "hoat-dong"
    title = "Hoạt động"
    noun = "hoạt động"
    endpoint = "activities.index"
    export_endpoint = "list_exports.activities"
    permission = Permission.VIEW_ACTIVITIES
    export_permission = Permission.VIEW_ACTIVITIES
    usual_order = LATEST_FIRST
    columns = (
        Column(TOPIC, "Nội dung", lambda line: line.topic, url=_page),
        Column(DAY, "Ngày", lambda line: line.service_date),
        Column(KIND, "Loại", lambda line: ACTIVITY_KIND_LABELS[line.kind]),
        Column(By.WARD, "Xã, phường", lambda line: line.ward_name, of_wards=True),
        Column("noi", "Địa điểm", lambda line: line.place, is_usual=False, is_sorted=False),
        Column("tinh-trang", "Tình trạng",
               lambda line: _("Đã diễn ra") if line.is_held else _("Dự kiến"), is_sorted=False),
        Column(TURNS, "Lượt", lambda line: line.turns, is_numeric=True),
        Column("nguoi", "Người học đã đến",
               lambda line: line.people if line.is_held else None, is_usual=False,
               is_sorted=False, is_numeric=True),
        Column("chu-tri", "Mentor chủ trì", lambda line: ", ".join(line.hosts), is_sorted=False),
        Column("nhan", "Phong trào, đội, tổ", lambda line: ", ".join(line.tags), is_usual=False,
               is_sorted=False),
    )  # fmt: skip

    def __init__(self, scope: WardScope, address: Address) -> None:
        super().__init__(scope, address)
        self.form = ActivityFilterForm(
            formdata=address,
            wards=self.wards,
            tags=list_tags(),
            quarters=list_periods(scope, self.today),
            today=self.today,
        )
        self.chosen = self.form.chosen

    @property
    def filters(self) -> dict[str, str]:
        """What narrows the list; without days, it is a month back and two ahead."""
        held = {None: "", True: "da-dien-ra", False: "du-kien"}
        return {
            "ky": self.form.shown_period.code,
            WARD: self.chosen.ward_code,
            "loai": self.chosen.kind or "",
            "tinh-trang": held[self.chosen.is_held],
            "nhan": self.chosen.tag,
        }

    @property
    def filter_words(self) -> list[str]:
        """The days, the ward, and the labels of what was chosen."""
        parts = [self.form.shown_period.label]
        parts += [ward.full_name for ward in self.wards if ward.code == self.chosen.ward_code]
        fields = self.form.kind, self.form.state, self.form.tag
        return parts + [
            label
            for field in fields
            for value, label, *_rest in field.iter_choices()
            if value and value == field.data
        ]

    def window(self) -> FoundLines[ActivityLine]:
        """Return the activities of the page that is asked for."""
        return list_activities(self.scope, self.chosen, self.asked_window)

    def ids(self) -> list[int]:
        """Return the ids of all activities that the filter finds."""
        return list_activity_ids(self.scope, self.chosen, self.order)

    def lines(self, ids: Sequence[int]) -> list[ActivityLine]:
        """Return the lines of some of them."""
        return list_activity_lines(self.scope, ids)
