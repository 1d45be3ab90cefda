"""Rows of a network as a query would hand them over: valid with no arguments, as of AS_OF."""

from datetime import date, timedelta

from graphs.audit import AuditReport, audit
from graphs.network import Network, build_network
from graphs.rows import (
    BorderRow,
    DeskRow,
    MenteeRow,
    MentorRow,
    MentorshipRow,
    NetworkRows,
    PostRow,
    Thresholds,
    WardRow,
)
from graphs.standing import WardStanding, ward_standings

AS_OF = date(2026, 6, 30)
WARD = "21553"
OTHER_WARD = "21583"
THRESHOLDS = Thresholds()


def days_ago(days: int) -> date:
    """The day so many days before AS_OF."""
    return AS_OF - timedelta(days=days)


def ward_row(**fields) -> WardRow:
    """A ward that was busy yesterday."""
    defaults = {
        "code": WARD,
        "name": "Quy Nhơn Bắc",
        "latitude": 13.788,
        "longitude": 109.167,
        "has_data": True,
        "last_entry_on": days_ago(1),
        "last_desk_on": days_ago(1),
    }
    return WardRow(**defaults | fields)


def border_row(**fields) -> BorderRow:
    """Two wards that touch."""
    return BorderRow(**{"code_a": WARD, "code_b": OTHER_WARD, "border_km": 1.147} | fields)


def post_row(**fields) -> PostRow:
    """An open support post."""
    defaults = {
        "id": 1,
        "ward": WARD,
        "person": 900,
        "started_on": date(2026, 1, 5),
        "ended_on": None,
        "pauses": (),
    }
    return PostRow(**defaults | fields)


def mentor_row(**fields) -> MentorRow:
    """An open mentor spell."""
    defaults = {
        "id": 1,
        "ward": WARD,
        "person": 500,
        "started_on": date(2026, 1, 5),
        "ended_on": None,
        "capacity": 10,
        "pauses": (),
    }
    return MentorRow(**defaults | fields)


def mentee_row(**fields) -> MenteeRow:
    """An open mentee spell that began today; its clock starts with it."""
    started_on = fields.get("started_on", AS_OF)
    mentee_id = fields.get("id", 1)
    defaults = {
        "id": mentee_id,
        "ward": WARD,
        "person": mentee_id,
        "started_on": started_on,
        "clock_on": started_on,
        "ended_on": None,
        "pauses": (),
        "handed_on_on": None,
        "last_mentorship_start": None,
        "last_mentorship_end": None,
    }
    return MenteeRow(**defaults | fields)


def mentorship_row(**fields) -> MentorshipRow:
    """An open pairing of mentor 1 with mentee 1, who met yesterday."""
    started_on = fields.get("started_on", date(2026, 2, 2))
    mentee = fields.get("mentee", fields.get("id", 1))
    defaults = {
        "id": mentee,
        "mentor": 1,
        "mentee": mentee,
        "person": mentee,
        "started_on": started_on,
        "clock_on": started_on,
        "ended_on": None,
        "is_completion": False,
        "last_contact_on": days_ago(1),
    }
    return MentorshipRow(**defaults | fields)


def mentorship_rows(count: int, *, first: int = 1, **fields) -> list[MentorshipRow]:
    """So many pairings, each with a mentee of its own."""
    return [mentorship_row(mentee=number, **fields) for number in range(first, first + count)]


def network_rows(**rows) -> NetworkRows:
    """One ward and what is named."""
    defaults = {
        "wards": [ward_row()],
        "borders": [],
        "posts": [],
        "mentors": [],
        "mentees": [],
        "mentorships": [],
        "desk": [],
    }
    return NetworkRows(**defaults | rows)


def desk_row(**fields) -> DeskRow:
    """A ward's sessions of the year."""
    return DeskRow(**{"ward": WARD, "sessions": 12, "people": 7} | fields)


def network_of(*, as_of: date = AS_OF, **rows) -> Network:
    """The network of the rows that are named."""
    return build_network(network_rows(**rows), as_of=as_of)


def ward_of(*, as_of: date = AS_OF, thresholds: Thresholds = THRESHOLDS, **rows) -> WardStanding:
    """The standing of the first ward."""
    return ward_standings(network_of(as_of=as_of, **rows), thresholds)[0]


def report_of(*, as_of: date = AS_OF, thresholds: Thresholds = THRESHOLDS, **rows) -> AuditReport:
    """The audit of the rows that are named."""
    return audit(network_of(as_of=as_of, **rows), thresholds)
