"""The audit agrees, on every figure and finding, with one written a second time and naively."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphs.audit import audit
from graphs.findings import Rule, Severity
from graphs.network import build_network
from graphs.rows import MenteeRow, MentorRow, MentorshipRow, NetworkRows, PostRow
from tests.examples import many
from tests.factories.rows import ward_row
from tests.unit.graphs.brute_force import BruteForce
from tests.unit.graphs.generated import CODES, networks, thresholds

repeatable = settings(
    max_examples=many(120),
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def audit_of(rows, limits, as_of):
    return audit(build_network(rows, as_of=as_of), limits)


def as_tuple(finding):
    return (
        finding.rule.value,
        finding.ward,
        finding.subject.kind.value,
        finding.subject.id,
        finding.measured,
        finding.expected,
        finding.since,
        finding.action.value,
    )


@repeatable
@given(networks(), thresholds)
def test_every_figure_agrees(network, limits):
    as_of, rows = network
    naive = BruteForce(rows, limits._asdict(), as_of)

    report = audit_of(rows, limits, as_of)

    assert report.totals._asdict() == naive.totals()
    for ward, row in zip(report.wards, rows.wards, strict=True):
        figures = ward.figures._asdict()
        assert (figures.pop("code"), figures.pop("name")) == (row.code, row.name)
        assert figures == naive.figures(row)
        assert ward.status.value == naive.status(row)


@repeatable
@given(networks(), thresholds)
def test_every_finding_agrees_with_its_evidence(network, limits):
    as_of, rows = network

    report = audit_of(rows, limits, as_of)

    found = [as_tuple(finding) for finding in report.findings]
    assert set(found) == BruteForce(rows, limits._asdict(), as_of).findings
    assert len(found) == len(set(found))


@repeatable
@given(networks(), thresholds, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(network, limits, random):
    as_of, rows = network
    shuffled = NetworkRows(*(random.sample(kind, len(kind)) for kind in rows))

    assert audit_of(shuffled, limits, as_of) == audit_of(rows, limits, as_of)


@repeatable
@given(networks(), thresholds)
def test_the_numbers_of_spells_and_people_change_nothing_but_themselves(network, limits):
    as_of, rows = network
    # Of these the numbers tell which came first.
    rows = rows._replace(alike=[], entries=[])

    report = audit_of(_renumbered(rows), limits, as_of)

    before = audit_of(rows, limits, as_of)
    assert report.totals == before.totals
    # Of findings of one rule the number tells which comes first, and so which action is the ward's.
    assert [replace(ward, action=None) for ward in report.wards] == [
        replace(ward, action=None) for ward in before.wards
    ]
    assert_wards_do_what_their_first_finding_asks(report)
    assert_wards_do_what_their_first_finding_asks(before)
    assert {as_tuple(finding) for finding in report.findings} == {
        (*as_tuple(finding)[:3], _other_number(finding.subject.id), *as_tuple(finding)[4:])
        for finding in before.findings
    }


def assert_wards_do_what_their_first_finding_asks(report):
    for ward in report.wards:
        of_ward = [finding for finding in report.findings if finding.ward == ward.code]
        pressing = [finding for finding in of_ward if finding.severity is not Severity.NOTICE]
        if isinstance(ward.primary_cause, Rule):
            assert (ward.primary_cause, ward.action) == (pressing[0].rule, pressing[0].action)


@repeatable
@given(networks(), thresholds)
def test_a_ward_more_changes_nothing_elsewhere(network, limits):
    as_of, rows = network
    lonely = ward_row(code="00000", last_entry_on=as_of)

    report = audit_of(rows._replace(wards=[lonely, *rows.wards]), limits, as_of)

    before = audit_of(rows, limits, as_of)
    assert report.wards[1:] == before.wards
    assert tuple(f for f in report.findings if f.ward != lonely.code) == before.findings
    assert [f.rule.value for f in report.findings if f.ward == lonely.code] == [
        "ward_without_support",
        "ward_without_mentor",
    ]


@repeatable
@given(networks(), thresholds, st.sampled_from(CODES))
def test_a_ward_alone_reads_as_it_does_among_all(network, limits, code):
    as_of, rows = network
    # One ward does not know of a person who seems to be registered in another one as well.
    at_home = [row for row in rows.alike if {row.earlier_ward, row.later_ward} == {code}]
    rows = rows._replace(alike=at_home)

    alone = audit_of(_rows_of(rows, code), limits, as_of)

    everywhere = audit_of(rows, limits, as_of)
    assert alone.wards == tuple(ward for ward in everywhere.wards if ward.code == code)
    assert alone.findings == tuple(f for f in everywhere.findings if f.ward == code)


def _other_number(number):
    return number if isinstance(number, str) else 10_007 - number


def _renumbered(rows):
    """The same network under other numbers, in the opposite order."""

    def renumber(row):
        names = {"id", "person", "mentor", "mentee"} & set(row._fields)
        return row._replace(**{name: _other_number(getattr(row, name)) for name in names})

    kinds = (PostRow, MentorRow, MenteeRow, MentorshipRow)
    return NetworkRows(
        *([renumber(row) if isinstance(row, kinds) else row for row in kind] for kind in rows)
    )


def _rows_of(rows, code):
    """What docs/definitions.md asks for when one ward is reported."""
    mentors = {mentor.id for mentor in rows.mentors if mentor.ward == code}
    mentees = {mentee.id for mentee in rows.mentees if mentee.ward == code}
    mentorships = [m for m in rows.mentorships if m.mentor in mentors or m.mentee in mentees]
    guided = {mentorship.mentee for mentorship in mentorships if mentorship.mentor in mentors}
    return NetworkRows(
        wards=[ward for ward in rows.wards if ward.code == code],
        borders=rows.borders,
        posts=[post for post in rows.posts if post.ward == code],
        mentors=[mentor for mentor in rows.mentors if mentor.ward == code],
        mentees=[m for m in rows.mentees if m.ward == code or m.id in guided],
        mentorships=mentorships,
        desk=rows.desk,
        alike=[row for row in rows.alike if row.later_ward == code],
        entries=[row for row in rows.entries if row.ward == code],
    )
