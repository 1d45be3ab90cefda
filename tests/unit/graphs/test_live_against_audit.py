"""However rows change, the kept network agrees with an audit of the rows as they are now."""

from collections import defaultdict

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphs.audit import audit
from graphs.checks.plausibility import entry_day
from graphs.live import LiveNetwork, OpenSpells
from graphs.network import build_network, reported_people
from graphs.standing import ward_standings
from tests.examples import many
from tests.unit.graphs.generated import CODES, changes_of, networks, reported, thresholds

KEYS = {"wards": "code", "desk": "ward"}

repeatable = settings(
    max_examples=many(100),
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def applied(rows, changes):
    """The rows as they are after the changes, in order of id."""

    def apply_to(kind):
        key = KEYS.get(kind, "id")
        gone = getattr(changes, f"gone_{kind}", ())
        by_key = {getattr(row, key): row for row in getattr(rows, kind)}
        for number in gone:
            by_key.pop(number, None)
        by_key |= {getattr(row, key): row for row in getattr(changes, kind, ())}
        return [by_key[number] for number in sorted(by_key)]

    people = ("wards", "posts", "mentors", "mentees", "mentorships", "desk")
    return rows._replace(
        **{kind: apply_to(kind) for kind in people},
        alike=[
            row for row in rows.alike if not {row.earlier, row.later} & {*changes.compared}
        ] + changes.alike,
        entries=[
            row
            for row in rows.entries
            if (row.ward, entry_day(row.entered_at)) not in changes.recounted
        ] + changes.entries,
    )  # fmt: skip


def in_order(people):
    """The rows of each kind in order of id."""
    return [sorted(rows) for rows in people]


@repeatable
@given(st.data(), networks(), thresholds)
def test_reports_agree_after_every_change(data, network, limits):
    as_of, rows = network
    rows = rows._replace(wards=data.draw(reported(rows.wards)))
    live = LiveNetwork(rows, as_of=as_of, thresholds=limits)

    for _ in range(data.draw(st.integers(1, 5))):
        changes = data.draw(changes_of(rows, as_of))
        live.apply(changes)
        rows = applied(rows, changes)

        fresh = build_network(rows, as_of=as_of)
        assert live.report() == audit(fresh, limits)
        assert in_order(live.people()) == in_order(reported_people(fresh))
        standings = ward_standings(fresh, limits)
        assert [live.standing(code) for code in fresh.wards] == standings
        assert live.count_spells() == OpenSpells(
            mentors=sum(len(ward.mentors) for ward in standings),
            mentees=sum(len(ward.mentees) for ward in standings),
            waiting=sum(ward.waiting for ward in standings),
        )
        everybody = [mentor.id for mentor in rows.mentors], [mentee.id for mentee in rows.mentees]
        assert live.mentors(everybody[0], list(fresh.wards)) == {
            mentor.row.id: mentor for ward in standings for mentor in ward.mentors
        }
        assert live.waiting_since(everybody[1], list(fresh.wards)) == {
            mentee.row.id: mentee.waiting_since
            for ward in standings
            for mentee in ward.waiting_mentees
        }


@settings(repeatable, max_examples=many(50))
@given(st.data(), networks(), thresholds)
def test_a_report_of_some_wards_is_the_audit_of_those_alone(data, network, limits):
    as_of, rows = network
    live = LiveNetwork(rows, as_of=as_of, thresholds=limits)
    changes = data.draw(changes_of(rows, as_of))
    live.apply(changes)
    rows = applied(rows, changes)
    codes = data.draw(st.sets(st.sampled_from(CODES)))

    chosen = live.report(codes)

    of_codes = rows._replace(wards=[ward for ward in rows.wards if ward.code in codes])
    assert chosen == audit(build_network(of_codes, as_of=as_of), limits)
    assert live.findings(codes) == chosen.findings
    fresh = build_network(of_codes, as_of=as_of)
    assert in_order(live.people(codes)) == in_order(reported_people(fresh))
    counts = defaultdict(int)
    for finding in chosen.findings:
        counts[finding.rule] += 1
    assert live.count_by_rule(codes) == counts
