"""The list of mentees: its columns, and where its lines come from."""

from collections.abc import Sequence

from app import clock
from app.access.scope import WardScope
from app.formatting import format_day
from app.queries.mentee_lists import (
    Figure,
    MenteeLine,
    MenteeState,
    list_mentee_ids,
    list_mentee_lines,
    list_mentees,
)
from app.queries.settings import get_settings
from app.queries.windows import FoundLines
from app.texts import _
from app.web.listing import Address, Column
from app.web.people_listing import PeopleListing, name_columns, person_columns, started_column
from models.enums import PersonRole


def _mentor(line: MenteeLine) -> str:
    if line.ended_on and line.ended_on <= clock.today():
        return f"{line.end_reason or _('Đã thôi')}, {format_day(line.ended_on)}"
    if line.mentor_name:
        return line.mentor_name + (f" ({_('tạm nghỉ')})" if line.is_paused else "")
    return _("Tạm nghỉ") if line.is_paused else _("Chờ mentor")


class MenteeListing(PeopleListing[MenteeLine]):
    """The mentees of the scope that an address asks for."""

    role = PersonRole.MENTEE
    key = "nguoi-hoc"
    title = "Người học"
    endpoint = "mentees.index"
    export_endpoint = "list_exports.mentees"
    states = (
        ("", "Đang tham gia"),
        (MenteeState.WAITING, "Chờ mentor"),
        (MenteeState.LEARNING, "Đang học"),
        (MenteeState.PAUSED, "Tạm nghỉ"),
        (MenteeState.COMPLETED, "Hoàn thành"),
        (MenteeState.LEFT, "Đã thôi"),
    )
    columns = (
        *name_columns(),
        Column(Figure.MENTOR, "Mentor", _mentor),
        started_column(is_usual=True),
        Column(
            Figure.WAITING_SINCE, "Chờ từ ngày", lambda line: line.waiting_since, is_usual=False
        ),
        *person_columns(),
    )

    def __init__(self, scope: WardScope, address: Address) -> None:
        super().__init__(scope, address)
        self.settings = get_settings(self.today)

    def window(self) -> FoundLines[MenteeLine]:
        """Return the mentees of the page that is asked for."""
        found = list_mentees(self.scope, self.chosen, self.asked_window, self.today, self.settings)
        return found._replace(lines=self.tagged(found.lines))

    def standing(self, line: MenteeLine) -> str:
        """As the list says it."""
        return _mentor(line)

    def ids(self) -> list[int]:
        """Return the ids of all mentees that the filter finds."""
        return list_mentee_ids(self.scope, self.chosen, self.order, self.today, self.settings)

    def lines(self, ids: Sequence[int]) -> list[MenteeLine]:
        """Return the lines of some of them."""
        return self.tagged(list_mentee_lines(self.scope, ids, self.today, self.settings))
