"""The list of mentorships: its columns, and where its lines come from."""

from collections.abc import Sequence

from flask import url_for

from app import clock
from app.formatting import format_day
from app.queries.list_order import By
from app.queries.mentorship_lists import (
    LAST_CONTACT,
    MENTOR,
    MentorshipLine,
    MentorshipState,
    list_mentorship_ids,
    list_mentorship_lines,
    list_mentorships,
)
from app.queries.windows import FoundLines
from app.texts import _
from app.web.listing import Column
from app.web.people_listing import STATE, SearchListing, started_column


def _state(line: MentorshipLine) -> str:
    if line.ended_on and line.ended_on <= clock.today():
        return f"{line.end_reason}, {format_day(line.ended_on)}"
    return _("Đang kèm")


def _mentee_page(line: MentorshipLine) -> str | None:
    return url_for("mentees.show", mentee_id=line.mentee_id) if line.has_mentee_page else None


def _mentor_page(line: MentorshipLine) -> str | None:
    return url_for("mentors.show", mentor_id=line.mentor_id) if line.has_mentor_page else None


def _history(line: MentorshipLine) -> str:
    return url_for("timeline.pair", mentorship_id=line.id)


class MentorshipListing(SearchListing[MentorshipLine]):
    """The mentorships of the scope that an address asks for."""

    key = "cap"
    title = "Các cặp hướng dẫn"
    noun = "cặp"
    endpoint = "mentorships.index"
    export_endpoint = "list_exports.mentorships"
    states = (
        ("", "Đang kèm"),
        (MentorshipState.DORMANT, "Lâu chưa gặp"),
        (MentorshipState.COMPLETED, "Hoàn thành"),
        (MentorshipState.STOPPED, "Đã thôi"),
    )
    columns = (
        Column(By.NAME, "Người học", lambda line: line.mentee, url=_mentee_page),
        Column(By.WARD, "Xã, phường", lambda line: line.mentee_ward, of_wards=True),
        Column(MENTOR, "Mentor", lambda line: line.mentor, url=_mentor_page),
        Column("xa-mentor", "Xã, phường của mentor", lambda line: line.mentor_ward,
               is_usual=False, is_sorted=False),
        started_column(is_usual=True),
        Column(LAST_CONTACT, "Buổi gần nhất", lambda line: line.last_contact_on),
        Column(STATE, "Tình trạng", _state, is_sorted=False, url=_history),
        Column(By.ENDED_ON, "Thôi ngày", lambda line: line.ended_on, is_usual=False),
    )  # fmt: skip

    def window(self) -> FoundLines[MentorshipLine]:
        """Return the pairs of the page that is asked for."""
        return list_mentorships(self.scope, self.chosen, self.asked_window, self.today)

    def ids(self) -> list[int]:
        """Return the ids of all pairs that the filter finds."""
        return list_mentorship_ids(self.scope, self.chosen, self.order, self.today)

    def lines(self, ids: Sequence[int]) -> list[MentorshipLine]:
        """Return the lines of some of them."""
        return list_mentorship_lines(self.scope, ids, self.today)
