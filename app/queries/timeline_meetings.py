"""Meetings, activities and desk work by month: hundreds would hide the rest of a history."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, String, extract, func, literal, select, union_all

from app.access.scope import WardScope
from app.queries.timeline_rows import Pair
from models import (
    Activity,
    ActivityHost,
    ActivityPerson,
    Attendance,
    Contact,
    DutyTurn,
    Handoff,
    HelpSession,
    Mentee,
    Mentor,
    Mentorship,
    SupportPost,
    db,
)


class MonthOfMeetings(NamedTuple):
    """The meetings of a month: how many, with how many attendances, and the last entry of them.

    At the desk, these are help sessions and the people who were handed on from them. Activities
    are those that were held.
    `account_id` is who entered them, where that was one person.
    """

    side: str
    month: date
    meetings: int
    attended: int
    entered_at: datetime
    account_id: int | None
    is_by_many: bool


def list_person_months(scope: WardScope, person_ids: Collection[int]) -> list[MonthOfMeetings]:
    """Return the months in which people taught, learned, did something else or sat at the desk.

    Of activities those in wards of the scope; of the rest that of roles in them.
    """
    taught = _months("mentor", Contact, Attendance.id).select_from(Contact)
    taught = taught.join(Mentor, Mentor.id == Contact.mentor_id)
    taught = taught.outerjoin(
        Attendance, (Attendance.contact_id == Contact.id) & Attendance.deleted_at.is_(None)
    )
    learned = _attended("mentee").join(Mentee, Mentee.id == Mentorship.mentee_id)
    on_duty = _months("support_post", DutyTurn, DutyTurn.id).join(
        SupportPost, SupportPost.id == DutyTurn.support_post_id
    )
    helped = _months("desk", HelpSession, Handoff.id).select_from(HelpSession)
    helped = helped.join(SupportPost, SupportPost.id == HelpSession.support_post_id).outerjoin(
        Handoff, (Handoff.help_session_id == HelpSession.id) & Handoff.deleted_at.is_(None)
    )
    hosted = _months("host", Activity, ActivityHost.id).select_from(ActivityHost)
    hosted = hosted.join(Activity, Activity.id == ActivityHost.activity_id)
    hosted = hosted.join(Mentor, Mentor.id == ActivityHost.mentor_id)
    took_part = _months("took_part", Activity, ActivityPerson.id).select_from(ActivityPerson)
    took_part = took_part.join(Activity, Activity.id == ActivityPerson.activity_id)
    is_held_here = Activity.is_held & scope.limit(Activity.ward_id)
    return _read(
        hosted.where(Mentor.person_id.in_(person_ids), is_held_here),
        took_part.where(ActivityPerson.person_id.in_(person_ids), is_held_here),
        helped.where(SupportPost.person_id.in_(person_ids), scope.limit(HelpSession.ward_id)),
        taught.where(Mentor.person_id.in_(person_ids), scope.limit(Mentor.ward_id)),
        learned.where(Mentee.person_id.in_(person_ids), scope.limit(Mentorship.mentee_ward_id)),
        on_duty.where(
            SupportPost.person_id.in_(person_ids),
            scope.limit(DutyTurn.ward_id),
            DutyTurn.is_performed,
        ),
    )


def list_pair_months(scope: WardScope, pair: Pair) -> list[MonthOfMeetings]:
    """Return the months in which the two of a pairing of the scope met."""
    is_pair = (Mentorship.id == pair.origin_id) | (Mentorship.origin_id == pair.origin_id)
    in_scope = scope.limit(Mentorship.mentor_ward_id) | scope.limit(Mentorship.mentee_ward_id)
    return _read(_attended("pair").where(is_pair, in_scope))


def _attended(side: str) -> Select[*tuple[Any, ...]]:
    return (
        _months(side, Contact, Attendance.id)
        .select_from(Attendance)
        .join(Contact, Contact.id == Attendance.contact_id)
        .join(Mentorship, Mentorship.id == Attendance.mentorship_id)
    )


def _months(
    side: str,
    meeting: type[Activity | Contact | DutyTurn | HelpSession],
    seat: Any,  # noqa: ANN401  # the id of any table
) -> Select[*tuple[Any, ...]]:
    year, month = (extract(part, meeting.service_date) for part in ("year", "month"))
    return select(
        literal(side, String),
        year,
        month,
        func.count(meeting.id.distinct()),
        func.count(seat.distinct()),
        func.max(meeting.entered_at),
        func.min(meeting.entered_by_id),
        func.max(meeting.entered_by_id),
    ).group_by(year, month)


def _read(*parts: Select[*tuple[Any, ...]]) -> list[MonthOfMeetings]:
    return [
        MonthOfMeetings(
            side, date(int(year), int(month), 1), count, seats, entered_at, first, first != last
        )
        for side, year, month, count, seats, entered_at, first, last in db.session.execute(
            union_all(*parts)
        )
    ]
