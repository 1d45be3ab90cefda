"""The audit once more, by plain SQL over the tables; it shares no code with the program.

Statements put the rows together and find what breaks a rule; here days are counted, and bursts of
sessions are told from those that are not.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import acos, cos, radians, sin
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, text

from bench.plain_audit_steps import ASK, ASKED, STEPS, YEAR, YEARS
from bench.plain_rules import ENTRIES, FAR, RULES, TOTALS, WARDS

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CRITICAL = ("ward_without_support", "ward_without_mentor")
NOTICES = frozenset(
    {
        "ward_hangs_on_one_person",
        "mentorship_far",
        "mentorship_language",
        "possible_duplicate",
        "entry_burst",
    }
)
EARTH_RADIUS_KM = 6371.0088
BURST, SPAN, BURST_DAYS = 10, timedelta(minutes=10), 30
EVENING, MORNING = time(22), time(5)

Row = tuple[Any, ...]


class PlainFinding(NamedTuple):
    """What breaks a rule: ward code, id of the subject (the code again for a ward), evidence."""

    rule: str
    ward: str
    subject: int | str
    measured: int | None
    expected: int
    since: date | None


class PlainWard(NamedTuple):
    """What is told of a ward beside its findings."""

    code: str
    status: str
    primary_cause: str | None
    mentors: int
    mentees: int
    waiting: int
    support_posts: int


@dataclass(frozen=True, slots=True)
class PlainAudit:
    """The answers as of a day: all findings, the line of each ward, the figures by name."""

    findings: frozenset[PlainFinding]
    wards: tuple[PlainWard, ...]
    totals: Mapping[str, int]


def plain_audit(connection: Connection, day: date, settings: Mapping[str, Any]) -> PlainAudit:
    """Audit all wards as of a day, by the settings of that day under their stored names.

    The temporary tables that the statements need are taken back with the transaction.
    """
    transaction = connection.begin_nested()
    try:
        return _Reading(connection, day, settings).audit()
    finally:
        transaction.rollback()


class _Reading:
    def __init__(self, connection: Connection, day: date, settings: Mapping[str, Any]) -> None:
        self.connection = connection
        self.day = day
        self.is_text = connection.dialect.name == "sqlite"
        self.run(ASKED)
        self.run(ASK, self.asked(settings))
        self.run(YEARS)
        for year in range(2000, 2101):
            bounds = {"first_day": f"{year}-01-01", "next_year": f"{year + 1}-01-01"}
            self.run(YEAR, bounds if self.is_text else _as_days(bounds))
        for step in STEPS:
            self.run(step)
        self.codes = {row[0]: row[1] for row in self.ask("SELECT id, code FROM ward")}

    def audit(self) -> PlainAudit:
        findings = frozenset(self.findings())
        wards = tuple(self.wards(findings))
        totals = {name: int(self.ask(sql)[0][0]) for name, sql in TOTALS.items()}
        statuses = Counter(f"wards_{ward.status}" for ward in wards)
        for status in ("covered", "critical", "warning", "no_data"):
            totals[f"wards_{status}"] = statuses[f"wards_{status}"]
        return PlainAudit(findings, wards, totals)

    def asked(self, settings: Mapping[str, Any]) -> dict[str, object]:
        """The values of `asked`."""
        days = {
            "day": self.day,
            "new_year": self.day.replace(month=1, day=1),
            "contact_after": self.ago(settings["contact_days"]),
            "waiting_before": self.ago(settings["waiting_days"]),
            "desk_after": self.ago(settings["desk_days"]),
        }
        instants = {
            "midnight": _instant(self.ago(-1)),
            "silent_before": _instant(self.ago(settings["silent_days"] - 1)),
            "entered_from": _instant(self.ago(BURST_DAYS - 1), MORNING),
        }
        numbers = {
            "counts_completed": int(settings["floor_counts"] == "completed"),
            **{name: value for name, value in settings.items() if name != "floor_counts"},
        }
        if self.is_text:
            stored = {name: str(value.replace(tzinfo=None)) for name, value in instants.items()}
            return {name: str(value) for name, value in days.items()} | stored | numbers
        return {**days, **instants, **numbers}

    def findings(self) -> Iterator[PlainFinding]:
        for rule, sql in RULES.items():
            for ward, subject, measured, expected, since in self.ask(sql):
                on = _local_day(since)
                is_days = measured is None and on is not None
                yield PlainFinding(
                    rule,
                    self.codes[ward],
                    self.codes[ward] if subject is None else subject,
                    (self.day - on).days if is_days and on else measured and int(measured),
                    int(expected),
                    on,
                )
        yield from self.far_pairs()
        yield from self.bursts()

    def far_pairs(self) -> Iterator[PlainFinding]:
        """Open pairs across wards that do not touch, with the kilometres between these."""
        for ward, pair, since, *points in self.ask(FAR):
            on, km = _local_day(since), round(_kilometres(*points))
            yield PlainFinding("mentorship_far", self.codes[ward], pair, km, 0, on)

    def bursts(self) -> Iterator[PlainFinding]:
        """Like sessions of one day of entering (from five to five) that came too close."""
        series: defaultdict[Row, list[tuple[datetime, int]]] = defaultdict(list)
        for *key, entered_at, session in self.ask(ENTRIES):
            at = _local_time(entered_at)
            series[(*key, (at - timedelta(hours=MORNING.hour)).date())].append((at, session))
        for (ward, *_), rows in series.items():
            for burst in _runs(rows):
                on = burst[0][0].date()
                evidence = len(burst), BURST - 1, on
                yield PlainFinding("entry_burst", self.codes[ward], burst[0][1], *evidence)

    def wards(self, findings: Iterable[PlainFinding]) -> Iterator[PlainWard]:
        broken: defaultdict[str, set[str]] = defaultdict(set)
        for finding in findings:
            broken[finding.ward].add(finding.rule)
        for code, _, has_data, mentors, mentees, waiting, posts in self.ask(WARDS):
            deciding = [rule for rule in RULES if rule in broken[code] - NOTICES]
            cause = deciding[0] if deciding else None
            status = "covered" if cause is None else "warning"
            status = "critical" if cause in CRITICAL else status
            status, cause = (status, cause) if has_data else ("no_data", "no_data")
            yield PlainWard(code, status, cause, mentors, mentees, waiting, posts)

    def run(self, sql: str, values: Mapping[str, object] | None = None) -> None:
        self.connection.execute(text(sql), dict(values or {}))

    def ask(self, sql: str) -> list[Row]:
        return [tuple(row) for row in self.connection.execute(text(sql))]

    def ago(self, days: int) -> date:
        return self.day - timedelta(days=days)


def _runs(rows: list[tuple[datetime, int]]) -> Iterator[list[tuple[datetime, int]]]:
    """Sessions in order of entering that are in ten within ten minutes, or in ten of a night."""
    marks: list[set[int]] = [
        set(range(first, first + BURST))
        for first in range(len(rows) - BURST + 1)
        if rows[first + BURST - 1][0] - rows[first][0] <= SPAN
    ]
    late = (at.time() >= EVENING or at.time() < MORNING for at, _ in rows)
    night = {place for place, is_late in enumerate(late) if is_late}
    marks += [night] if len(night) >= BURST else []
    while marks:
        run = marks.pop()
        while touching := [mark for mark in marks if mark & run]:
            run = run.union(*touching)
            marks = [mark for mark in marks if not mark & run]
        yield [rows[place] for place in sorted(run)]


def _kilometres(*points: float) -> float:
    """How far it is between two points, by the angle of their directions from earth's centre."""
    latitude, longitude, other_latitude, other_longitude = map(radians, points)
    cosine = sin(latitude) * sin(other_latitude)
    cosine += cos(latitude) * cos(other_latitude) * cos(longitude - other_longitude)
    return EARTH_RADIUS_KM * acos(min(1.0, cosine))


def _instant(day: date, moment: time = time()) -> datetime:
    return datetime.combine(day, moment, ZONE).astimezone(UTC)


def _as_days(values: Mapping[str, str]) -> dict[str, date]:
    return {name: date.fromisoformat(value) for name, value in values.items()}


def _local_day(value: date | str | None) -> date | None:
    """The day in Gia Lai of a day or an instant as a database gives it."""
    if isinstance(value, str) and len(value) == len("2026-01-01"):
        return date.fromisoformat(value)
    if isinstance(value, datetime | str):
        return _local_time(value).date()
    return value


def _local_time(instant: datetime | str) -> datetime:
    """The time in Gia Lai; SQLite gives instants as text in UTC."""
    if isinstance(instant, str):
        instant = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    return instant.astimezone(ZONE)
