"""What must not matter to the audit, kept or made anew, does not; and twice the network is twice.

Where the calendar has no part, all days may be moved on; numbers say only who came first.
"""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs.audit import audit
from graphs.findings import SubjectKind
from graphs.judged import judge
from graphs.live import LiveNetwork
from graphs.network import build_network
from graphs.robustness import falls
from graphs.rows import FloorCounts
from tests.examples import many
from tests.factories.rows import ward_row
from tests.unit.graphs.generated import networks, thresholds
from tests.unit.graphs.test_live_against_audit import repeatable
from tests.unit.graphs.transformed import (
    all_transformed,
    doubled,
    moved_on,
    other_code,
    other_number,
    same,
    shuffled,
)

quick = settings(repeatable, max_examples=many(15))
COPIES = {}, {"number": other_number, "code": other_code}
# Completions count to the end of their year; without them no day is like no other.
without_a_calendar = thresholds.map(lambda limits: limits._replace(floor_counts=FloorCounts.OPEN))


def made_anew(rows, as_of, limits):
    return audit(build_network(rows, as_of=as_of), limits)


def kept(rows, as_of, limits):
    return LiveNetwork(rows, as_of=as_of, thresholds=limits).report()


both_ways = pytest.mark.parametrize("report_of", [made_anew, kept])


def told(finding, *, number=same, code=same, days=0):
    """A finding as it is told of the transformed network."""
    kind, name = finding.subject
    subject = kind, code(name) if kind is SubjectKind.WARD else number(name)
    evidence = finding.measured, finding.expected, moved_on(finding.since, days)
    return finding.rule, code(finding.ward), subject, *evidence, finding.action


def told_ward(ward, *, code=same):
    """A ward's line as it is told of the transformed network."""
    return code(ward.code), ward.figures[1:], ward.status, ward.primary_cause, ward.action


@both_ways
@quick
@given(networks(), thresholds, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(report_of, network, limits, random):
    as_of, rows = network

    report = report_of(shuffled(rows, random), as_of, limits)

    assert report == report_of(rows, as_of, limits)


@both_ways
@quick
@given(networks(), thresholds)
def test_other_numbers_in_the_same_order_are_told_of_the_same_people(report_of, network, limits):
    as_of, rows = network

    report = report_of(all_transformed(rows, number=spread), as_of, limits)

    before = report_of(rows, as_of, limits)
    assert (report.totals, report.wards) == (before.totals, before.wards)
    assert list(map(told, report.findings)) == [
        told(finding, number=spread) for finding in before.findings
    ]


@both_ways
@quick
@given(networks(), without_a_calendar, st.integers(-800, 800))
def test_on_another_day_everything_is_as_many_days_later(report_of, network, limits, days):
    as_of, rows = network

    report = report_of(all_transformed(rows, days=days), as_of + timedelta(days), limits)

    before = report_of(rows, as_of, limits)
    assert (report.totals, report.wards) == (before.totals, before.wards)
    assert list(map(told, report.findings)) == [
        told(finding, days=days) for finding in before.findings
    ]


@both_ways
@quick
@given(networks(), thresholds)
def test_twice_the_network_has_everything_twice(report_of, network, limits):
    as_of, rows = network

    report = report_of(doubled(rows), as_of, limits)

    once = report_of(rows, as_of, limits)
    assert report.totals == tuple(2 * figure for figure in once.totals)
    assert Counter(map(told_ward, report.wards)) == Counter(
        told_ward(ward, code=code) for ward in once.wards for code in (same, other_code)
    )
    assert Counter(map(told, report.findings)) == Counter(
        told(finding, **copy) for finding in once.findings for copy in COPIES
    )


@both_ways
@quick
@given(networks(), thresholds)
def test_a_ward_far_away_changes_nothing_else(report_of, network, limits):
    as_of, rows = network
    apart = ward_row(code="99999", last_entry_on=as_of, last_desk_on=as_of)

    report = report_of(rows._replace(wards=[*rows.wards, apart]), as_of, limits)

    before = report_of(rows, as_of, limits)
    assert report.wards[:-1] == before.wards
    assert tuple(found for found in report.findings if found.ward != "99999") == before.findings


@quick
@given(networks(), thresholds, st.randoms(use_true_random=False))
def test_twice_the_network_falls_twice_whatever_the_order_of_rows(network, limits, random):
    as_of, rows = network

    twice = falls(judge(build_network(shuffled(doubled(rows), random), as_of=as_of), limits))

    once = falls(judge(build_network(rows, as_of=as_of), limits))
    assert Counter(map(told_fall, twice)) == Counter(
        told_fall(fall, **copy) for fall in once for copy in COPIES
    )


def spread(number):
    """Another number, that comes after those that came before."""
    return 7 * number + 3


def told_fall(fall, *, number=same, code=same):
    """What falls, as it is told of the transformed network."""
    kind, name = fall.subject
    return (
        kind,
        code(name) if kind is SubjectKind.WARD else number(name),
        tuple(map(code, fall.wards)),
        tuple(map(number, fall.posts)),
        tuple(map(number, fall.orphans)),
        tuple(map(number, fall.resting)),
        tuple(told(finding, number=number, code=code) for finding in fall.opened),
        tuple(told(finding, number=number, code=code) for finding in fall.closed),
        tuple((code(change.code), *change[1:]) for change in fall.changes),
    )
