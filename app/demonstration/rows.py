"""The rows of the made-up network. Numbers count from 1 in each kind; wards and lists by code.

Every date is a local date. `entered_on` is the day on which somebody typed the row in.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from itertools import count
from typing import NamedTuple

from models.enums import (
    ActivityKind,
    AssessmentSource,
    ConsentMethod,
    FollowUpAnswer,
    FollowUpOccasion,
    Gender,
    HalfDay,
    HelpMode,
    HelpResult,
    SkillLevel,
    VneidBasis,
)


class HamletRow(NamedTuple):
    number: int
    ward: str
    name: str
    entered_on: date


class PersonRow(NamedTuple):
    """A person with languages, groups, tags and the one consent, whose number is the person's."""

    number: int
    ward: str
    full_name: str
    birth_year: int
    gender: Gender
    phone: str | None
    hamlet: int
    languages: tuple[str, ...]
    groups: tuple[str, ...]
    tags: tuple[str, ...]
    consent_method: ConsentMethod
    guardian_name: str | None
    entered_on: date


class SpellRow(NamedTuple):
    """A spell as mentor, mentee or support staff of one ward."""

    number: int
    person: int
    ward: str
    started_on: date
    entered_on: date
    ended_on: date | None = None
    end_reason: str | None = None
    continues: int | None = None


class CapacityRow(NamedTuple):
    mentor: int
    ward: str
    effective_on: date
    capacity: int


class MentorshipRow(NamedTuple):
    number: int
    mentor: int
    mentee: int
    mentor_ward: str
    mentee_ward: str
    started_on: date
    entered_on: date
    ended_on: date | None = None
    end_reason: str | None = None
    continues: int | None = None


class PauseRow(NamedTuple):
    """A pause of the one spell whose number is given."""

    ward: str
    started_on: date
    ended_on: date
    entered_on: date
    mentor: int | None = None
    mentee: int | None = None
    support_post: int | None = None


class ContactRow(NamedTuple):
    """A meeting of a mentor; `mentorships` are those that attended."""

    number: int
    mentor: int
    ward: str
    service_date: date
    entered_on: date
    mentorships: tuple[int, ...]


class SessionRow(NamedTuple):
    number: int
    ward: str
    support_post: int
    service_date: date
    service_time: time | None
    procedure: str
    obstacle: str | None
    language: str | None
    mode: HelpMode
    result: HelpResult
    minutes: int | None
    is_first_this_year: bool
    groups: tuple[str, ...]
    entered_on: date
    has_declined: bool = False
    bundle: int | None = None


class BundleRow(NamedTuple):
    """Turns of help that were noted at once."""

    number: int
    half_day: HalfDay
    entered_on: date


class HandoffRow(NamedTuple):
    """A visitor of a session who became a mentee; the consent is the person's."""

    session: int
    mentee: int
    person: int
    ward: str
    handed_on: date


class FollowUpRow(NamedTuple):
    """A call to somebody who was taught; the answer is entered on the day itself."""

    mentee: int
    ward: str
    occasion: FollowUpOccasion
    service_date: date
    answer: FollowUpAnswer


class AssessmentRow(NamedTuple):
    """What a mentor said about one skill (by its code) of a mentee; entered on the day itself."""

    mentee: int
    ward: str
    skill: str
    level: SkillLevel
    said_by: AssessmentSource
    mentor: int
    service_date: date


class ConfirmationRow(NamedTuple):
    """That somebody's VNeID account is confirmed."""

    mentee: int
    ward: str
    basis: VneidBasis
    service_date: date


class ActivityRow(NamedTuple):
    """What a mentor holds; planned while it has no turns. `groups` are turns by code."""

    number: int
    ward: str
    kind: ActivityKind
    service_date: date
    topic: str
    place: str | None
    turns: int | None
    host: int
    people: tuple[int, ...]
    groups: tuple[tuple[str, int], ...]
    tags: tuple[str, ...]
    entered_on: date


class DutyRow(NamedTuple):
    ward: str
    support_post: int
    service_date: date
    half_day: HalfDay
    is_performed: bool
    entered_on: date


class DutyPatternRow(NamedTuple):
    """Half a week's day (0 is Monday morning) that a post takes from a day on."""

    support_post: int
    week_half: int
    started_on: date


@dataclass(slots=True)
class WardRows:
    """Everything that one ward's story adds to the network."""

    hamlets: list[HamletRow] = field(default_factory=list)
    persons: list[PersonRow] = field(default_factory=list)
    support_posts: list[SpellRow] = field(default_factory=list)
    mentors: list[SpellRow] = field(default_factory=list)
    capacities: list[CapacityRow] = field(default_factory=list)
    mentees: list[SpellRow] = field(default_factory=list)
    pauses: list[PauseRow] = field(default_factory=list)
    mentorships: list[MentorshipRow] = field(default_factory=list)
    contacts: list[ContactRow] = field(default_factory=list)
    bundles: list[BundleRow] = field(default_factory=list)
    sessions: list[SessionRow] = field(default_factory=list)
    handoffs: list[HandoffRow] = field(default_factory=list)
    follow_ups: list[FollowUpRow] = field(default_factory=list)
    assessments: list[AssessmentRow] = field(default_factory=list)
    confirmations: list[ConfirmationRow] = field(default_factory=list)
    activities: list[ActivityRow] = field(default_factory=list)
    duty_turns: list[DutyRow] = field(default_factory=list)
    duty_patterns: list[DutyPatternRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The next free number of each kind, across all wards."""

    hamlets: Iterator[int] = field(default_factory=lambda: count(1))
    persons: Iterator[int] = field(default_factory=lambda: count(1))
    support_posts: Iterator[int] = field(default_factory=lambda: count(1))
    mentors: Iterator[int] = field(default_factory=lambda: count(1))
    mentees: Iterator[int] = field(default_factory=lambda: count(1))
    mentorships: Iterator[int] = field(default_factory=lambda: count(1))
    contacts: Iterator[int] = field(default_factory=lambda: count(1))
    sessions: Iterator[int] = field(default_factory=lambda: count(1))
    bundles: Iterator[int] = field(default_factory=lambda: count(1))
    activities: Iterator[int] = field(default_factory=lambda: count(1))
