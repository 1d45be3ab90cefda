"""The list of mentors: its columns, and where its lines come from."""

from collections.abc import Sequence

from app.access.scope import WardScope
from app.queries.mentor_lists import (
    Figure,
    MentorLine,
    MentorState,
    list_mentor_ids,
    list_mentor_lines,
    list_mentors,
)
from app.queries.settings import get_settings
from app.queries.windows import FoundLines
from app.texts import _
from app.web.listing import Address, Column
from app.web.people_listing import (
    STATE,
    PeopleListing,
    name_columns,
    person_columns,
    started_column,
)
from models.enums import PersonRole


def _state(line: MentorLine) -> str:
    if line.short_by is None:
        return _("Đã thôi")
    if line.is_paused:
        return _("Tạm nghỉ")
    if line.is_over_capacity:
        return _("Quá tải")
    return _("Thiếu %(count)s", count=line.short_by) if line.short_by else _("Đủ")


class MentorListing(PeopleListing[MentorLine]):
    """The mentors of the scope that an address asks for."""

    role = PersonRole.MENTOR
    key = "mentor"
    title = "Mentor"
    endpoint = "mentors.index"
    export_endpoint = "list_exports.mentors"
    states = (
        ("", "Đang tham gia"),
        (MentorState.WORKING, "Đang kèm (không tính tạm nghỉ)"),
        (MentorState.BELOW_FLOOR, "Dưới mức"),
        (MentorState.OVER_CAPACITY, "Quá tải"),
        (MentorState.HAS_ROOM, "Còn chỗ"),
        (MentorState.PAUSED, "Tạm nghỉ"),
        (MentorState.ENDED, "Đã thôi"),
    )
    columns = (
        *name_columns(),
        Column(Figure.GUIDED, "Người học", lambda line: line.guided),
        Column(Figure.OPEN, "Đang kèm", lambda line: line.open_mentorships, is_numeric=True),
        Column(Figure.CAPACITY, "Sức nhận", lambda line: line.capacity, is_numeric=True),
        Column(Figure.LAST_CONTACT_ON, "Buổi gần nhất", lambda line: line.last_contact_on),
        Column(STATE, "Tình trạng", _state, is_sorted=False),
        Column(Figure.SPARE, "Còn nhận thêm", lambda line: line.spare, is_usual=False,
               is_numeric=True),
        started_column(),
        *person_columns(),
    )  # fmt: skip

    def __init__(self, scope: WardScope, address: Address) -> None:
        super().__init__(scope, address)
        self.settings = get_settings(self.today)

    def window(self) -> FoundLines[MentorLine]:
        """Return the mentors of the page that is asked for."""
        found = list_mentors(self.scope, self.chosen, self.asked_window, self.today, self.settings)
        return found._replace(lines=self.tagged(found.lines))

    def standing(self, line: MentorLine) -> str:
        """As the list says it."""
        return _state(line)

    def ids(self) -> list[int]:
        """Return the ids of all mentors that the filter finds."""
        return list_mentor_ids(self.scope, self.chosen, self.order, self.today, self.settings)

    def lines(self, ids: Sequence[int]) -> list[MentorLine]:
        """Return the lines of some of them."""
        return self.tagged(list_mentor_lines(self.scope, ids, self.today, self.settings))
