"""What falls if one leaves: on paper, and against auditing the network without them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from graphs.audit import audit
from graphs.comparison import WardChange, only_in, ward_changes
from graphs.findings import Rule, Subject, SubjectKind, WardStatus
from graphs.judged import judge, judged_already
from graphs.live import LiveNetwork
from graphs.network import build_network
from graphs.robustness import Fall, falls
from graphs.supposing import after_leaving
from graphs.timeline import is_open, is_paused
from tests.factories.rows import (
    OTHER_WARD,
    THRESHOLDS,
    WARD,
    days_ago,
    mentee_row,
    mentor_row,
    mentorship_row,
    mentorship_rows,
    network_of,
    post_row,
    ward_row,
)
from tests.unit.graphs.generated import CODES, changes_of, networks, thresholds
from tests.unit.graphs.test_live_against_audit import applied, repeatable


def falls_of(**rows):
    """By subject, what falls in the network of the rows that are named."""
    return {fall.subject: fall for fall in falls(judge(network_of(**rows), THRESHOLDS))}


def rules(findings):
    return {finding.rule for finding in findings}


def mentor(number):
    return Subject(SubjectKind.MENTOR, number)


def person(number):
    return Subject(SubjectKind.PERSON, number)


def ward(code):
    return Subject(SubjectKind.WARD, code)


def test_the_only_mentor_leaves_a_covered_ward_bare_and_five_people_behind():
    fall = falls_of(
        posts=[post_row(), post_row(id=2, person=901)],
        mentors=[mentor_row(capacity=5)],
        mentees=[mentee_row(id=number) for number in range(1, 6)],
        mentorships=mentorship_rows(5),
    )[mentor(1)]

    assert fall.orphans == (1, 2, 3, 4, 5)
    assert rules(fall.opened) == {Rule.WARD_WITHOUT_MENTOR, Rule.WARD_SHORT_OF_CAPACITY}
    assert rules(fall.closed) == {Rule.WARD_HANGS_ON_ONE_PERSON}
    assert fall.changes == (
        WardChange(WARD, "Quy Nhơn Bắc", WardStatus.COVERED, WardStatus.CRITICAL),
    )
    assert fall.bare_wards == (WARD,)
    assert fall.weight == (1, 5, 2)


def test_a_paused_mentee_comes_back_to_no_mentor_but_does_not_wait():
    resting = mentee_row(id=2, pauses=((days_ago(3), days_ago(-3)),))

    fall = falls_of(
        mentors=[mentor_row()],
        mentees=[mentee_row(), resting],
        mentorships=mentorship_rows(2),
    )[mentor(1)]

    assert (fall.orphans, fall.resting) == ((1,), (2,))


def test_one_of_two_mentors_leaves_nothing_bare():
    fall = falls_of(
        mentors=[mentor_row(), mentor_row(id=2, person=501)],
        mentees=[mentee_row()],
        mentorships=[mentorship_row()],
    )[mentor(1)]

    assert fall.opened == ()
    assert [one.subject for one in fall.closed] == [mentor(1)]
    assert fall.orphans == (1,)


def test_a_person_at_two_desks_leaves_both():
    fall = falls_of(
        wards=[ward_row(), ward_row(code=OTHER_WARD)],
        posts=[post_row(), post_row(id=2, ward=OTHER_WARD), post_row(id=3, person=901)],
    )[person(900)]

    assert fall.wards == (WARD, OTHER_WARD)
    assert fall.bare_wards == (OTHER_WARD,)
    assert {(one.rule, one.ward) for one in fall.opened} == {
        (Rule.WARD_HANGS_ON_ONE_PERSON, WARD),
        (Rule.WARD_WITHOUT_SUPPORT, OTHER_WARD),
    }


def test_the_staff_of_a_ward_leaves_people_of_another_behind_too():
    fall = falls_of(
        wards=[ward_row(), ward_row(code=OTHER_WARD)],
        mentors=[mentor_row()],
        mentees=[mentee_row(), mentee_row(id=2, ward=OTHER_WARD)],
        mentorships=mentorship_rows(2),
    )[ward(WARD)]

    assert fall.orphans == (1, 2)
    assert (Rule.WARD_SHORT_OF_CAPACITY, OTHER_WARD) in {
        (one.rule, one.ward) for one in fall.opened
    }


def one_pairing_each(rows, as_of):
    """The rows as a database allows them: one open pairing a mentee, alike people with roles."""
    seen, pairings = set(), []
    for row in rows.mentorships:
        if not is_open(row, as_of) or row.mentee not in seen:
            pairings.append(row)
        if is_open(row, as_of):
            seen.add(row.mentee)
    return after_leaving(rows._replace(mentorships=pairings), on=as_of)


def by_auditing(rows, as_of, limits):
    """What falls, each time by an audit of the network without them."""
    before = audit(build_network(rows, as_of=as_of), limits)
    codes = {row.code for row in rows.wards}
    posts = [row for row in rows.posts if is_open(row, as_of) and row.ward in codes]
    mentors = [row for row in rows.mentors if is_open(row, as_of) and row.ward in codes]
    leavers = [
        *(
            (person(one), [], [row for row in posts if row.person == one])
            for one in sorted({row.person for row in posts})
        ),
        *((mentor(row.id), [row], []) for row in sorted(mentors, key=lambda row: row.id)),
        *(
            (
                ward(code),
                [row for row in mentors if row.ward == code],
                [row for row in posts if row.ward == code],
            )
            for code in sorted(codes)
        ),
    ]
    for subject, of_mentors, of_posts in leavers:
        ids = {row.id for row in of_mentors}
        left = after_leaving(rows, mentors=ids, posts={row.id for row in of_posts}, on=as_of)
        after = audit(build_network(left, as_of=as_of), limits)
        with_them = {
            row.mentee for row in rows.mentorships if row.mentor in ids and is_open(row, as_of)
        }
        behind = sorted(
            (row.id, is_paused(row, as_of))
            for row in rows.mentees
            if row.id in with_them and is_open(row, as_of)
        )
        yield Fall(
            subject,
            tuple(sorted({row.ward for row in (*of_mentors, *of_posts)})),
            tuple(sorted(row.id for row in of_posts)),
            tuple(number for number, rests in behind if not rests),
            tuple(number for number, rests in behind if rests),
            only_in(after.findings, before.findings),
            only_in(before.findings, after.findings),
            tuple(ward_changes(before, after)),
        )


@repeatable
@given(st.data(), networks(), thresholds)
def test_what_falls_is_what_an_audit_without_them_finds(data, network, limits):
    as_of, rows = network
    wards = data.draw(st.lists(st.sampled_from(rows.wards), unique=True))
    rows = one_pairing_each(rows._replace(wards=wards), as_of)

    judged = judge(build_network(rows, as_of=as_of), limits)

    assert falls(judged) == list(by_auditing(rows, as_of, limits))


@repeatable
@given(st.data(), networks(), thresholds)
def test_a_kept_network_tells_the_same_of_any_of_its_wards(data, network, limits):
    as_of, rows = network
    live = LiveNetwork(rows, as_of=as_of, thresholds=limits)
    changes = data.draw(changes_of(rows, as_of))
    live.apply(changes)
    rows = applied(rows, changes)
    codes = data.draw(st.sets(st.sampled_from(CODES)))

    of_codes = rows._replace(wards=[row for row in rows.wards if row.code in codes])
    fresh = judge(build_network(of_codes, as_of=as_of), limits)
    assert falls(judged_already(live, codes)) == falls(fresh)


@settings(repeatable, max_examples=40)
@given(st.randoms(use_true_random=False), networks(), thresholds)
def test_the_order_of_rows_and_a_ward_apart_change_nothing_else(chance, network, limits):
    as_of, rows = network
    rows = one_pairing_each(rows, as_of)
    before = falls(judge(build_network(rows, as_of=as_of), limits))

    for kind in rows._fields:
        shuffled = [*getattr(rows, kind)]
        chance.shuffle(shuffled)
        rows = rows._replace(**{kind: shuffled})
    apart = rows._replace(
        wards=[*rows.wards, ward_row(code="23700")],
        mentors=[*rows.mentors, mentor_row(id=900, ward="23700", person=901, started_on=as_of)],
    )

    assert falls(judge(build_network(rows, as_of=as_of), limits)) == before
    after = falls(judge(build_network(apart, as_of=as_of), limits))
    assert [fall for fall in after if fall.wards != ("23700",)] == before
