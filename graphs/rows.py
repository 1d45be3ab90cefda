"""What comes in: plain rows as a query reads them, and the thresholds that are settings.

Every date is a local date, every spell is half-open, every `person` is the canonical one (after
merging). `D` is the date that the network is asked about. docs/definitions.md says which rows
are wanted for which wards.
"""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

Pauses = tuple[tuple[date, date], ...]
"""Half-open: from the first day of rest to the day of return."""


class WardRow(NamedTuple):
    """A ward that is to be reported.

    `has_data`: a spell begun, or a contact, session or duty served, by D. `last_entry_on`: the
    latest day by D on which a row of the ward was entered. `last_desk_on`: the latest day by D
    with a help session or a performed duty turn.
    """

    code: str
    name: str
    latitude: float
    longitude: float
    has_data: bool
    last_entry_on: date | None
    last_desk_on: date | None


class BorderRow(NamedTuple):
    """Two wards that touch, and the length of their common border in kilometres."""

    code_a: str
    code_b: str
    border_km: float


class PostRow(NamedTuple):
    """A person's spell as support staff in one ward."""

    id: int
    ward: str
    person: int
    started_on: date
    ended_on: date | None
    pauses: Pauses


class MentorRow(NamedTuple):
    """A person's spell as a mentor in one ward; `capacity` is the one in force on D."""

    id: int
    ward: str
    person: int
    started_on: date
    ended_on: date | None
    capacity: int
    pauses: Pauses


class MenteeRow(NamedTuple):
    """A person's spell as a mentee in one ward.

    A spell may continue another one (a move). `clock_on` is the start of the first spell of that
    chain, and the pauses and the last mentorship are those of the whole chain. `handed_on_on` is
    the latest day by D on which the person was handed on from the desk.
    """

    id: int
    ward: str
    person: int
    started_on: date
    clock_on: date
    ended_on: date | None
    pauses: Pauses
    handed_on_on: date | None
    last_mentorship_start: date | None
    last_mentorship_end: date | None


class PlaceRow(NamedTuple):
    """A ward as far as the map goes; it need not be one that is reported."""

    code: str
    latitude: float
    longitude: float


class Gap(NamedTuple):
    """What lies between the two people of a pairing.

    `mentee_place` is the mentee's ward where it is another one than the mentor's and exists on D;
    `lacks_language`: the languages of both are recorded, and they have none in common.
    """

    mentee_place: PlaceRow | None
    lacks_language: bool


class MentorshipRow(NamedTuple):
    """A pairing of two spells; `person` is the mentee's.

    `clock_on` is the start of the first link of the chain when a move carried the pairing over,
    and `last_contact_on` is the latest contact by D of the whole chain. `gap` is None where nothing
    lies between the two; of an ended pairing it means nothing.
    """

    id: int
    mentor: int
    mentee: int
    person: int
    started_on: date
    clock_on: date
    ended_on: date | None
    is_completion: bool
    last_contact_on: date | None
    gap: Gap | None = None


class DeskRow(NamedTuple):
    """A ward's help sessions from 1 January of D's year to D: all of them, and first visits."""

    ward: str
    sessions: int
    people: int


class AlikeRow(NamedTuple):
    """Two people who seem to be one, each with a role open on D in the ward named beside them.

    One row for each pair of their wards; `earlier` was registered before `later`, that is, has the
    lower id. Who was told apart by somebody is no row.
    """

    earlier: int
    earlier_ward: str
    later: int
    later_ward: str
    later_registered_on: date


class EntryRow(NamedTuple):
    """A help session as somebody entered it; `entered_at` is local time without a zone.

    `account` entered it, `procedure` and `result` are what was done. Those that somebody confirmed
    are no rows.
    """

    session: int
    ward: str
    account: int
    procedure: int
    result: str
    entered_at: datetime


class NetworkRows(NamedTuple):
    """Everything that a network is built from, in any order.

    `alike` are all such people, `entries` at least the sessions of every burst of the last days.
    """

    wards: Iterable[WardRow]
    borders: Iterable[BorderRow]
    posts: Iterable[PostRow]
    mentors: Iterable[MentorRow]
    mentees: Iterable[MenteeRow]
    mentorships: Iterable[MentorshipRow]
    desk: Iterable[DeskRow]
    alike: Iterable[AlikeRow] = ()
    entries: Iterable[EntryRow] = ()


class FloorCounts(StrEnum):
    """Whether a mentee who completed this year still counts towards the floor."""

    COMPLETED = "completed"
    OPEN = "open"


class Thresholds(NamedTuple):
    """The settings that the definitions of docs/definitions.md depend on; spans are in days."""

    floor: int = 5
    floor_counts: FloorCounts = FloorCounts.COMPLETED
    contact_days: int = 30
    desk_days: int = 14
    waiting_days: int = 7
    silent_days: int = 30
