"""Paper sheets of a mentor's meetings in a month: who stands on them, and what is recorded yet."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.months import Month
from app.queries.across_wards import Particulars, disclose
from models import Attendance, Contact, Hamlet, Mentee, Mentor, Mentorship, Person, Ward, db


class SheetRow(NamedTuple):
    """A mentorship of the month by its mentee; `id` is the row's code on paper.

    `place` is the hamlet, or the ward of a mentee outside the scope; `[started_on, ended_on]` are
    the days on which a meeting may name it, both included.
    """

    id: int
    full_name: str
    birth_year: int | None
    place: str | None
    started_on: date
    ended_on: date | None

    def may_attend(self, day: date) -> bool:
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)

    def is_open_on(self, day: date) -> bool:
        return self.ended_on is None or day < self.ended_on


class MeetingDay(NamedTuple):
    """A contact that is recorded: its day, and how many attended."""

    day: date
    attendees: int


class TypedMeeting(NamedTuple):
    """A meeting that is not recorded yet: its day, and the mentorships that attended."""

    day: date
    mentorship_ids: frozenset[int]


class SheetFault(NamedTuple):
    """What contradicts the rows: the place of the meeting, and whom; nobody: the day itself."""

    place: int
    mentorship_id: int | None


class ContactSheet(NamedTuple):
    """The sheet of a mentor for a month, with the contacts that are recorded already."""

    mentor_id: int
    mentor_name: str
    ward_code: str
    ward_name: str
    month: Month
    rows: tuple[SheetRow, ...]
    recorded: tuple[MeetingDay, ...]

    @property
    def code(self) -> str:
        """What stands on the paper: the mentor's id and the month, as in 128-1126."""
        return f"{self.mentor_id}-{self.month.number:02}{self.month.year % 100:02}"

    def faults_of(self, meetings: Iterable[TypedMeeting]) -> tuple[SheetFault, ...]:
        """Return what keeps meetings from being recorded, in their order.

        A day that has a contact already, and people who had not begun or had left on that day.
        """
        rows = {row.id: row for row in self.rows}
        taken = {meeting.day for meeting in self.recorded}
        faults: list[SheetFault] = []
        for place, (day, mentorship_ids) in enumerate(meetings):
            if day in taken:
                faults.append(SheetFault(place, None))
            faults += [
                SheetFault(place, pair_id)
                for pair_id in sorted(mentorship_ids)
                if pair_id not in rows or not rows[pair_id].may_attend(day)
            ]
        return tuple(faults)


def list_sheets(
    scope: WardScope, month: Month, mentor_ids: Collection[int] | None = None
) -> list[ContactSheet]:
    """Return the sheets of a month of all mentors of the scope, or of those named, by given name.

    Of all mentors those who guide somebody in the month; of those named each one in the scope.
    """
    is_wanted = scope.limit(Mentor.ward_id)
    if mentor_ids is not None:
        is_wanted = and_(is_wanted, Mentor.id.in_(mentor_ids))
    statement = (
        select(Mentor.id, Person.full_name, Ward.code, Ward.kind, Ward.name)
        .join(Person, Person.id == Mentor.person_id)
        .join(Ward, Ward.id == Mentor.ward_id)
        .where(is_wanted)
        .order_by(Ward.code, Person.sort_key, Mentor.id)
    )
    rows, recorded = _rows_by_mentor(scope, month, is_wanted), _meetings(scope, month, is_wanted)
    sheets = (
        ContactSheet(
            mentor_id,
            name,
            ward_code,
            f"{kind.value} {ward_name}",
            month,
            tuple(rows.get(mentor_id, ())),
            tuple(recorded.get(mentor_id, ())),
        )
        for mentor_id, name, ward_code, kind, ward_name in db.session.execute(statement)
    )
    return [sheet for sheet in sheets if sheet.rows or mentor_ids is not None]


def get_sheet(scope: WardScope, mentor_id: int, month: Month) -> ContactSheet:
    """Return the sheet of a mentor for a month; 404 outside the scope."""
    sheets = list_sheets(scope, month, [mentor_id])
    if not sheets:
        raise OutOfScopeError(Mentor, mentor_id)
    return sheets[0]


def _rows_by_mentor(
    scope: WardScope, month: Month, is_wanted: ColumnElement[bool]
) -> dict[int, list[SheetRow]]:
    statement = (
        select(
            Mentorship.mentor_id,
            Mentorship.id,
            Person.full_name,
            Person.birth_year,
            Hamlet.name,
            Mentorship.mentee_ward_id,
            Ward.name,
            Mentorship.started_on,
            Mentorship.ended_on,
        )
        .join(Mentor, Mentor.id == Mentorship.mentor_id)
        .join(Mentee, Mentee.id == Mentorship.mentee_id)
        .join(Person, Person.id == Mentee.person_id)
        .join(Ward, Ward.id == Mentorship.mentee_ward_id)
        .outerjoin(Hamlet, Hamlet.id == Person.hamlet_id)
        .where(
            is_wanted,
            Mentorship.started_on <= month.last_day,
            or_(Mentorship.ended_on.is_(None), Mentorship.ended_on >= month.first_day),
        )
        .order_by(Person.sort_key, Mentorship.id)
    )
    rows: defaultdict[int, list[SheetRow]] = defaultdict(list)
    for row in db.session.execute(statement):
        mentor_id, pair_id, name, born, hamlet, ward_id, ward, started_on, ended_on = row
        known = disclose(scope, ward_id, Particulars(birth_year=born, hamlet=hamlet))
        place = known.hamlet if scope.includes(ward_id) else ward
        rows[mentor_id].append(
            SheetRow(pair_id, name, known.birth_year, place, started_on, ended_on)
        )
    return rows


def _meetings(
    scope: WardScope, month: Month, is_wanted: ColumnElement[bool]
) -> dict[int, list[MeetingDay]]:
    statement = (
        select(Contact.mentor_id, Contact.service_date, func.count(Attendance.id))
        .join(Mentor, Mentor.id == Contact.mentor_id)
        .join(Attendance, Attendance.contact_id == Contact.id)
        .where(
            is_wanted,
            scope.limit(Contact.ward_id),
            Contact.service_date.between(month.first_day, month.last_day),
        )
        .group_by(Contact.id, Contact.mentor_id, Contact.service_date)
        .order_by(Contact.service_date, Contact.id)
    )
    meetings: defaultdict[int, list[MeetingDay]] = defaultdict(list)
    for mentor_id, day, attendees in db.session.execute(statement):
        meetings[mentor_id].append(MeetingDay(day, attendees))
    return meetings
