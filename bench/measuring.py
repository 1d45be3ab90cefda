"""How two ways of doing the same are timed against each other, and what is told about it."""

import json
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple

ROUNDS = 5
SECONDS_A_ROUND, MOST_RUNS = 0.15, 500
DIGITS = 6
MILLISECONDS = 1000

Clock = Callable[[], float]
Action = Callable[[], object]


class Bounds(NamedTuple):
    """What a ratio must not exceed, and what it should reach or stay below."""

    must: float
    goal: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a bench found out.

    `ratio` is the measured figure over that of `of`, None where nothing could be measured;
    `median_ms` and `baseline_ms` are the two sides in milliseconds, None where time is not what
    is compared; `peak_mb` is the memory that the measured side needed at its peak in 1,000,000
    bytes, None where it was not looked at. `fault` says what was wrong with an answer. What is not
    `is_judged` is told and held to nothing but right answers; `part` comes after the bench's name.
    """

    of: str
    ratio: float | None
    rounds: int
    median_ms: float | None = None
    baseline_ms: float | None = None
    peak_mb: float | None = None
    fault: str | None = None
    is_judged: bool = True
    part: str = ""

    def holds(self, bounds: Bounds) -> bool | None:
        """Whether the ratio is within what it must be, and the answers were right.

        None where the answers were right and nothing is asked of the ratio.
        """
        if self.fault is not None or self.ratio is None:
            return False
        return self.ratio <= bounds.must if self.is_judged else None


def as_json(bench: str, scale: str, bounds: Bounds, measured: Measured) -> str:
    """One line of JSON with the keys of docs/performance.md."""
    return json.dumps(
        {
            "bench": bench + measured.part,
            "scale": scale,
            "ratio": _short(measured.ratio),
            "of": measured.of,
            "must": _short(bounds.must) if measured.is_judged else None,
            "goal": _short(bounds.goal) if measured.is_judged else None,
            "holds": measured.holds(bounds),
            "median_ms": _short(measured.median_ms),
            "baseline_ms": _short(measured.baseline_ms),
            "peak_mb": _short(measured.peak_mb),
            "rounds": measured.rounds,
        },
        ensure_ascii=False,
    )


def timed(
    of: str, times: "Times", *, peak_mb: float | None = None, fault: str | None = None
) -> Measured:
    """What a comparison of two times comes to."""
    return Measured(
        of=of,
        ratio=times.ratio,
        rounds=times.rounds,
        median_ms=times.measured * MILLISECONDS,
        baseline_ms=times.baseline * MILLISECONDS,
        peak_mb=peak_mb,
        fault=fault,
    )


def unmeasured(of: str, fault: str) -> Measured:
    """What is told where the answer was wrong from the start."""
    return Measured(of=of, ratio=None, rounds=0, fault=fault)


class Times(NamedTuple):
    """The medians of two sides in seconds a repetition, and of how many rounds."""

    measured: float
    baseline: float
    rounds: int

    @property
    def ratio(self) -> float:
        """How many times as long the measured side took."""
        return self.measured / self.baseline if self.baseline else math.inf


def interleaved(  # noqa: PLR0913  # two sides, each with what comes before it
    measured: Action,
    baseline: Action,
    *,
    rounds: int = ROUNDS,
    clock: Clock = process_time,
    before_each: Action | None = None,
    before_baseline: Action | None = None,
) -> Times:
    """Time both sides in turns, each once beforehand for warmth, and return the medians.

    A round repeats what is over before a clock can tell. `before_each` runs before every run of the
    measured side, `before_baseline` before every one of the other; neither is timed.
    """
    sides = [_Side(measured, clock, before_each), _Side(baseline, clock, before_baseline)]
    ours, theirs = _medians(sides, rounds)
    return Times(ours, theirs, rounds)


def in_turns(actions: Iterable[Action], *, clock: Clock = process_time) -> list[float]:
    """Time any number of ways in turns as `interleaved` does; the medians in seconds."""
    return _medians([_Side(action, clock) for action in actions], ROUNDS)


def _medians(sides: "list[_Side]", rounds: int) -> list[float]:
    for _ in range(rounds):
        for side in sides:
            side.run()
    return [median(side.figures) for side in sides]


class _Side:
    """One of two ways, with the seconds a run took in each round."""

    def __init__(self, action: Action, clock: Clock, before_each: Action | None = None) -> None:
        self._action = action
        self._clock = clock
        self._before_each = before_each
        self.figures: list[float] = []
        self._repeat = 1
        if self._whole() < SECONDS_A_ROUND:
            self._repeat = _fitting(self._whole())

    def run(self) -> None:
        """Take the figure of one round."""
        self.figures.append(sum(self._once() for _ in range(self._repeat)) / self._repeat)

    def _whole(self) -> float:
        """Return how long a run takes with what comes before it."""
        begin = self._clock()
        self._once()
        return self._clock() - begin

    def _once(self) -> float:
        if self._before_each:
            self._before_each()
        begin = self._clock()
        self._action()
        return self._clock() - begin


def _fitting(seconds: float) -> int:
    """Return how many runs of so many seconds make a round of the length that is aimed at."""
    return max(1, round(min(MOST_RUNS, SECONDS_A_ROUND / max(seconds, 1e-9))))


def wall_clock() -> float:
    """The clock on the wall in seconds, for what waits for a disk or another process."""
    return perf_counter()


def percentile(values: list[float], share: float) -> float:
    """The value that a share (0–1) of the values does not exceed: nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def _short(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.{DIGITS}g}")
