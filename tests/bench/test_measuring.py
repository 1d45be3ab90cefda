import json

import pytest

from bench.measuring import (
    Bounds,
    Measured,
    as_json,
    in_turns,
    interleaved,
    percentile,
    timed,
    unmeasured,
)

BOUNDS = Bounds(must=2, goal=0.5)
KEYS = [
    "bench",
    "scale",
    "ratio",
    "of",
    "must",
    "goal",
    "holds",
    "median_ms",
    "baseline_ms",
    "peak_mb",
    "rounds",
]


class Work:
    """Two ways to do something, on a clock of their own; notes who works when."""

    def __init__(self, **seconds):
        self.seconds = seconds
        self.time = 0.0
        self.done = []

    def clock(self):
        return self.time

    def doing(self, name):
        def work():
            self.done.append(name)
            self.time += self.seconds[name]

        return work


def test_both_sides_take_turns_and_the_medians_are_told():
    work = Work(ours=3.0, theirs=4.0)

    times = interleaved(work.doing("ours"), work.doing("theirs"), rounds=5, clock=work.clock)

    assert times == (3.0, 4.0, 5)
    assert times.ratio == 0.75
    assert work.done[2:] == ["ours", "theirs"] * 5


def test_what_comes_before_each_run_is_not_timed():
    work = Work(ours=1.0, theirs=2.0, preparing=60.0)

    times = interleaved(
        work.doing("ours"),
        work.doing("theirs"),
        clock=work.clock,
        before_each=work.doing("preparing"),
    )

    assert times.measured == 1.0
    assert work.done.count("preparing") == work.done.count("ours")


def test_what_is_over_in_no_time_is_repeated_in_each_round():
    work = Work(ours=0.01, theirs=1.0)

    times = interleaved(work.doing("ours"), work.doing("theirs"), rounds=5, clock=work.clock)

    assert times.measured == pytest.approx(0.01)
    assert work.done.count("ours") > 5 * 10
    assert work.done.count("theirs") == 6


def test_what_is_not_judged_is_told_under_its_own_name_without_bounds():
    measured = Measured(of="something", ratio=20, rounds=5, part="_warm", is_judged=False)

    line = json.loads(as_json("page", "S2", BOUNDS, measured))

    assert line["bench"] == "page_warm"
    assert (line["must"], line["goal"], line["holds"]) == (None, None, None)


def test_a_wrong_answer_does_not_hold_even_where_nothing_is_judged():
    measured = Measured(of="something", ratio=1, rounds=5, fault="wrong", is_judged=False)

    assert measured.holds(BOUNDS) is False


def test_a_line_has_the_keys_of_the_contract_in_their_order():
    measured = Measured(of="something", ratio=1.23456789, rounds=5, median_ms=12.0)

    line = as_json("name", "S2", BOUNDS, measured)

    assert list(json.loads(line)) == KEYS
    assert "\n" not in line
    assert json.loads(line) | {"holds": None} == {
        "bench": "name",
        "scale": "S2",
        "ratio": 1.23457,
        "of": "something",
        "must": 2,
        "goal": 0.5,
        "holds": None,
        "median_ms": 12,
        "baseline_ms": None,
        "peak_mb": None,
        "rounds": 5,
    }


@pytest.mark.parametrize(
    ("ratio", "fault", "holds"),
    [(2.0, None, True), (2.1, None, False), (0.1, "a wrong answer", False), (None, None, False)],
)
def test_it_holds_when_it_is_quick_enough_and_right(ratio, fault, holds):
    measured = Measured(of="something", ratio=ratio, rounds=5, fault=fault)

    assert measured.holds(BOUNDS) is holds


def test_what_could_not_be_measured_does_not_hold():
    assert not unmeasured("something", "there is no such page").holds(BOUNDS)


def test_times_are_told_in_milliseconds():
    work = Work(ours=0.25, theirs=0.5)
    times = interleaved(work.doing("ours"), work.doing("theirs"), clock=work.clock)

    measured = timed("theirs", times, peak_mb=3.0)

    assert measured == Measured(
        of="theirs", ratio=0.5, rounds=5, median_ms=250, baseline_ms=500, peak_mb=3
    )


@pytest.mark.parametrize(
    ("share", "value"), [(0.5, 3), (0.95, 5), (0.99, 5), (0.2, 1), (0.21, 2), (0, 1)]
)
def test_a_percentile_is_the_value_that_so_many_do_not_exceed(share, value):
    assert percentile([5, 1, 4, 2, 3], share) == value


def test_any_number_of_ways_take_turns():
    work = Work(short=0.5, middle=1.0, long=2.0)

    medians = in_turns(map(work.doing, ("short", "middle", "long")), clock=work.clock)

    assert medians == [0.5, 1.0, 2.0]
    assert work.done[-3:] == ["short", "middle", "long"]
