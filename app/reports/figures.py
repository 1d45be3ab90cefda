"""The figures of a quarterly report as plain values, which are frozen and read back unchanged."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, cast

# Raised when what is frozen gets another form.
FORMAT = 1


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
    """What a report of a period tells, of all wards or of some; wards in order of code."""

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

    def as_values(self) -> dict[str, Any]:
        """Return the figures as values that JSON knows, the same ones in the same order always."""
        return cast("dict[str, Any]", _plain(asdict(self)))

    @property
    def not_reported(self) -> tuple[ReportWard, ...]:
        """The wards of which nothing counts in the period."""
        return tuple(ward for ward in self.wards if not ward.has_reported)


def read_report(values: Mapping[str, Any]) -> ReportFigures:
    """Return the figures that `as_values` was given for; raises `KeyError`, `TypeError` if none."""
    before = values["desk_before"]
    read = {
        "desk": DeskOfPeriod(**values["desk"]),
        "desk_before": None if before is None else DeskOfPeriod(**before),
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
