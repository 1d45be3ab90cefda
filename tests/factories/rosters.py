"""Roster files of few columns, and what importing them left behind."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from app.access.scope import WardScope
from app.services.import_roster import ImportReport, import_roster
from models import Mentee, Mentor, Mentorship, Person, SupportPost, db
from tests.factories.base import any_ward
from tests.factories.workbooks import Value, roster

HEADINGS = ("Họ và tên", "Vai trò", "Năm sinh", "Điện thoại", "Mentor phụ trách", "Ngày bắt đầu")


class Recorded(NamedTuple):
    """How many people, roles and mentorships are recorded."""

    people: int
    mentors: int
    mentees: int
    support_posts: int
    mentorships: int


def rows_file(*rows: Sequence[Value], headings: Sequence[str] = HEADINGS) -> bytes:
    """Return a roster file; short rows are filled up with empty cells."""
    filled = [[*row, *[None] * (len(headings) - len(row))] for row in rows]
    return roster(*filled, headings=headings)


def bring_in(content: bytes, *, only_good: bool = False, ward_code: str = "21553") -> ImportReport:
    """Import a file for one ward as the province does."""
    return import_roster(
        WardScope.everywhere(),
        content,
        "danh sách.xlsx",
        ward_id=any_ward(ward_code).id,
        only_good=only_good,
    )


def outcomes(report: ImportReport) -> list[str]:
    """Return what became of each row, in the order of the file."""
    return [outcome.value for outcome in report.plan.outcomes]


def errors(report: ImportReport) -> list[tuple[int | None, str]]:
    """Return row and message of each error."""
    return [(p.row, p.message) for p in report.plan.problems if p.severity == "error"]


def warnings(report: ImportReport) -> list[tuple[int | None, str]]:
    """Return row and message of each warning."""
    return [(p.row, p.message) for p in report.plan.problems if p.severity == "warning"]


def recorded() -> Recorded:
    """Count what is recorded and not deleted."""
    tables = (Person, Mentor, Mentee, SupportPost, Mentorship)
    return Recorded(*(len(db.session.scalars(select(table.id)).all()) for table in tables))


def mentorships() -> list[tuple[str, str, date, date | None]]:
    """Return each mentorship as (mentor, mentee, start, end), by mentee."""
    rows = db.session.scalars(select(Mentorship)).all()
    return sorted(
        (row.mentor.person.full_name, row.mentee.person.full_name, row.started_on, row.ended_on)
        for row in rows
    )
