"""The figures of a quarterly report as plain values, which are frozen and read back unchanged."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, cast

# Raised when what is frozen gets another form. 2 has activities, movements and what was learnt, 3
# the targets as well.
FORMAT = 3


@dataclass(frozen=True, slots=True)
class DeskOfPeriod:
    """What counts in a period at the desks: turns, people, who did it, what was answered later.

    `late` are turns of days before the period, of a report that was closed by then.
    """

    sessions: int
    people: int
    by_oneself: int
    together: int
    on_behalf: int
    late: int
    still_able: int
    needs_help: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A procedure or an obstacle, and how many turns of the period name it."""

    label: str
    sessions: int


@dataclass(frozen=True, slots=True)
class Movements:
    """People of one role since the previous cut-off."""

    joined: int
    left: int
    moved: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs since the previous cut-off; `completed` are some of the ended ones."""

    begun: int
    ended: int
    completed: int


@dataclass(frozen=True, slots=True)
class LearningOfPeriod:
    """What a period counts as learnt: skills, then people, none of them to be added up."""

    skills_reached: int
    people_reaching: int
    completed: int
    vneid_self_reported: int
    vneid_seen: int


@dataclass(frozen=True, slots=True)
class ActivitiesOfPeriod:
    """One kind of activity of the plan: held ones and the wards with any, turns, known people."""

    kind: str
    held: int
    wards: int
    turns: int
    people: int
    hosts: int


@dataclass(frozen=True, slots=True)
class MovementPart:
    """The network's part in a movement that others lead."""

    label: str
    people: int
    activities: int


@dataclass(frozen=True, slots=True)
class TargetOfPeriod:
    """A target in force at the cut-off, without ward the province's.

    `reached` is None where there is no figure, `gained` (of the 28 days before) where the history
    is short.
    """

    ward_code: str | None
    ward_name: str | None
    indicator: str
    due_on: str
    value: int
    reached: int | None
    gained: int | None


@dataclass(frozen=True, slots=True)
class ReportWard:
    """A ward at the cut-off; turns and people of the period are None where it reported nothing."""

    code: str
    name: str
    full_name: str
    status: str
    primary_cause: str | None
    action: str | None
    mentors: int
    mentors_paused: int
    mentors_meeting_floor: int
    mentors_meeting_floor_in_fact: int
    mentees: int
    waiting: int
    spare: int
    mentorships_open: int
    mentorships_dormant: int
    support_posts: int
    has_support: bool
    has_support_in_fact: bool
    sessions_of_year: int
    people_of_year: int
    has_reported: bool
    sessions: int | None
    people: int | None

    @property
    def has_data(self) -> bool:
        """Whether the ward has any data at all."""
        return self.status != "no_data"


@dataclass(frozen=True, slots=True)
class ReportFigures:
    """What a report of a period tells, of all wards or of some; wards in order of code.

    Without `learning` it was frozen before activities and skills were part of a report.
    """

    format: int
    code: str
    first_day: str
    last_day: str
    as_of: str
    before: str
    settings: dict[str, int | str]
    totals: dict[str, int]
    totals_before: dict[str, int]
    desk: DeskOfPeriod
    desk_before: DeskOfPeriod | None
    procedures: tuple[Ranked, ...]
    obstacles: tuple[Ranked, ...]
    mentors: Movements
    mentees: Movements
    support_staff: Movements
    mentorships: Pairs
    wards_won: tuple[str, ...]
    wards_lost: tuple[str, ...]
    findings: dict[str, int]
    wards: tuple[ReportWard, ...]
    learning: LearningOfPeriod | None = None
    activities: tuple[ActivitiesOfPeriod, ...] = ()
    movements: tuple[MovementPart, ...] = ()
    targets: tuple[TargetOfPeriod, ...] = ()

    def as_values(self) -> dict[str, Any]:
        """Return the figures as values that JSON knows, the same ones in the same order always."""
        return cast("dict[str, Any]", _plain(asdict(self)))

    @property
    def not_reported(self) -> tuple[ReportWard, ...]:
        """The wards of which nothing counts in the period."""
        return tuple(ward for ward in self.wards if not ward.has_reported)


def read_report(values: Mapping[str, Any]) -> ReportFigures:
    """Return the figures that `as_values` was given for; raises `KeyError`, `TypeError` if none."""
    before, learning = values["desk_before"], values.get("learning")
    read = {
        "desk": DeskOfPeriod(**values["desk"]),
        "desk_before": None if before is None else DeskOfPeriod(**before),
        "learning": None if learning is None else LearningOfPeriod(**learning),
        "activities": tuple(ActivitiesOfPeriod(**one) for one in values.get("activities", ())),
        "movements": tuple(MovementPart(**one) for one in values.get("movements", ())),
        "targets": tuple(TargetOfPeriod(**one) for one in values.get("targets", ())),
        "mentorships": Pairs(**values["mentorships"]),
        "wards": tuple(ReportWard(**ward) for ward in values["wards"]),
        **{name: Movements(**values[name]) for name in ("mentors", "mentees", "support_staff")},
        **{
            name: tuple(Ranked(**one) for one in values[name])
            for name in ("procedures", "obstacles")
        },
        **{name: tuple(values[name]) for name in ("wards_won", "wards_lost")},
    }
    return ReportFigures(**{**values, **read})


def _plain(value: object) -> object:
    """Lists for tuples and strings for vocabularies, as JSON gives them back."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, str) else value
