"""The list of support posts: its columns, and where its lines come from."""

from collections.abc import Sequence

from app import clock
from app.formatting import format_day
from app.queries.support_posts import (
    LAST_DUTY_ON,
    SupportPostLine,
    SupportPostState,
    list_support_post_ids,
    list_support_post_lines,
    list_support_posts,
)
from app.queries.windows import FoundLines
from app.texts import _
from app.web.listing import Column
from app.web.people_listing import (
    STATE,
    PeopleListing,
    name_columns,
    person_columns,
    started_column,
)
from models.enums import PersonRole


def _state(line: SupportPostLine) -> str:
    if line.ended_on and line.ended_on <= clock.today():
        return f"{line.end_reason or _('Đã thôi')}, {format_day(line.ended_on)}"
    if line.paused_until:
        return _("Tạm nghỉ, trở lại %(day)s", day=format_day(line.paused_until))
    return _("Từ %(day)s", day=format_day(line.started_on))


class SupportPostListing(PeopleListing[SupportPostLine]):
    """The support posts of the scope that an address asks for."""

    role = PersonRole.SUPPORT_POST
    key = "nhan-su-ho-tro"
    title = "Nhân sự hỗ trợ"
    endpoint = "support_posts.index"
    export_endpoint = "list_exports.support_posts"
    states = (
        ("", "Đang tham gia"),
        (SupportPostState.WORKING, "Đang trực (không tính tạm nghỉ)"),
        (SupportPostState.PAUSED, "Tạm nghỉ"),
        (SupportPostState.ENDED, "Đã thôi"),
    )
    columns = (
        *name_columns(),
        Column(STATE, "Tình trạng", _state, is_sorted=False),
        Column(LAST_DUTY_ON, "Ca trực gần nhất", lambda line: line.last_duty_on),
        started_column(),
        *person_columns(),
    )

    def window(self) -> FoundLines[SupportPostLine]:
        """Return the posts of the page that is asked for."""
        found = list_support_posts(self.scope, self.chosen, self.asked_window, self.today)
        return found._replace(lines=self.tagged(found.lines))

    def standing(self, line: SupportPostLine) -> str:
        """As the list says it."""
        return _state(line)

    def ids(self) -> list[int]:
        """Return the ids of all posts that the filter finds."""
        return list_support_post_ids(self.scope, self.chosen, self.order, self.today)

    def lines(self, ids: Sequence[int]) -> list[SupportPostLine]:
        """Return the lines of some of them."""
        return self.tagged(list_support_post_lines(self.scope, ids, self.today))
