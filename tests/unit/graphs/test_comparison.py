"""What changed between two days, worked out on paper and computed a second time."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphs.audit import audit
from graphs.comparison import PairChange, Picture, compare
from graphs.findings import Rule, WardStatus
from graphs.movement import Movement
from graphs.network import build_network, reported_people
from graphs.rows import Thresholds
from tests.examples import many
from tests.factories.rows import (
    AS_OF,
    OTHER_WARD,
    THRESHOLDS,
    WARD,
    days_ago,
    mentee_row,
    mentor_row,
    mentorship_row,
    network_of,
    network_rows,
    post_row,
    ward_row,
)
from tests.unit.graphs.generated import networks, thresholds

WEEK_AGO = days_ago(7)
TWO_WARDS = [ward_row(), ward_row(code=OTHER_WARD, name="Pleiku")]
repeatable = settings(
    max_examples=many(80),
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def picture_of(network, limits=THRESHOLDS):
    return Picture(reported_people(network), audit(network, limits))


def changes(**rows):
    """What changed in the last week, by the same rows read as of both days."""
    then, now = (picture_of(network_of(as_of=day, **rows)) for day in (WEEK_AGO, AS_OF))
    return compare(then, now)


def test_who_begins_has_joined_and_who_ends_has_left():
    found = changes(
        mentors=[
            mentor_row(id=1, person=1, started_on=days_ago(3)),
            mentor_row(id=2, person=2, started_on=days_ago(90), ended_on=days_ago(2)),
            mentor_row(id=3, person=3, started_on=days_ago(90)),
        ]
    )

    assert found.mentors == Movement(joined=1, left=1, moved=0)


def test_a_spell_that_goes_on_in_another_ward_is_a_move():
    found = changes(
        wards=TWO_WARDS,
        posts=[
            post_row(id=1, person=1, ended_on=days_ago(3)),
            post_row(id=2, person=1, started_on=days_ago(3), ward=OTHER_WARD),
        ],
    )

    assert found.support_staff == Movement(joined=0, left=0, moved=1)


def test_whoever_moves_out_of_the_wards_looked_at_has_left_them():
    found = changes(
        mentors=[
            mentor_row(id=1, person=1, ended_on=days_ago(3)),
            mentor_row(id=2, person=1, started_on=days_ago(3), ward=OTHER_WARD),
        ]
    )

    assert found.mentors == Movement(joined=0, left=1, moved=0)


def test_a_second_ward_beside_the_first_is_no_move():
    found = changes(
        wards=TWO_WARDS,
        mentors=[
            mentor_row(id=1, person=1),
            mentor_row(id=2, person=1, started_on=days_ago(3), ward=OTHER_WARD),
        ],
    )

    assert found.mentors == Movement(joined=0, left=0, moved=0)


def test_a_pair_that_moves_together_has_neither_begun_nor_ended():
    found = changes(
        wards=TWO_WARDS,
        mentors=[
            mentor_row(id=1, person=500, ended_on=days_ago(3)),
            mentor_row(id=2, person=500, started_on=days_ago(3), ward=OTHER_WARD),
        ],
        mentorships=[
            mentorship_row(id=1, mentor=1, person=7, ended_on=days_ago(3)),
            mentorship_row(id=2, mentor=2, person=7, started_on=days_ago(3)),
            mentorship_row(id=3, mentor=2, person=8, started_on=days_ago(1)),
            mentorship_row(id=4, mentor=1, person=9, ended_on=days_ago(4)),
        ],
    )

    assert found.mentorships == PairChange(begun=1, ended=1, completed=0)


def test_of_the_ended_pairs_those_that_reached_their_goal_are_told():
    found = changes(
        mentors=[mentor_row()],
        mentorships=[
            mentorship_row(id=1, ended_on=days_ago(3), is_completion=True),
            mentorship_row(id=2, ended_on=days_ago(3)),
            mentorship_row(id=3, ended_on=days_ago(20), is_completion=True),
        ],
    )

    assert found.mentorships == PairChange(begun=0, ended=2, completed=1)


def test_a_ward_whose_last_support_staff_goes_is_lost_and_one_that_gets_it_back_is_won():
    covered = {
        "wards": [ward_row(last_entry_on=days_ago(8), last_desk_on=days_ago(8))],
        "mentors": [mentor_row()],
        "mentees": [mentee_row(started_on=days_ago(90), last_mentorship_start=days_ago(80))],
        "mentorships": [mentorship_row(last_contact_on=days_ago(8))],
    }
    with_support = network_of(as_of=WEEK_AGO, posts=[post_row()], **covered)
    without = network_of(posts=[post_row(ended_on=days_ago(1))], **covered)
    limits = Thresholds(floor=1)

    then, now = picture_of(with_support, limits), picture_of(without, limits)
    lost, won = compare(then, now), compare(now, then)

    [ward] = lost.wards_lost
    assert (ward.code, ward.then, ward.now) == (WARD, WardStatus.COVERED, WardStatus.CRITICAL)
    assert not lost.wards_won
    assert [ward.code for ward in won.wards_won] == [WARD]
    assert [finding.rule for finding in lost.findings_opened] == [Rule.WARD_WITHOUT_SUPPORT]
    # It hung on that one person; now there is nobody to hang on.
    assert [finding.rule for finding in lost.findings_closed] == [Rule.WARD_HANGS_ON_ONE_PERSON]
    assert (lost.totals_then.wards_covered, lost.totals_now.wards_covered) == (1, 0)


def test_a_finding_that_lasts_is_neither_opened_nor_closed_whatever_it_measures():
    found = changes(
        mentors=[mentor_row()],
        mentorships=[mentorship_row(), mentorship_row(id=2, started_on=days_ago(3))],
    )

    rules = {finding.rule for finding in (*found.findings_opened, *found.findings_closed)}
    assert Rule.MENTOR_BELOW_FLOOR not in rules


def test_each_day_is_judged_by_its_own_settings():
    rows = network_rows(mentors=[mentor_row()], mentorships=[mentorship_row()])
    network = build_network(rows, as_of=AS_OF)

    found = compare(
        picture_of(network, Thresholds(floor=1)), picture_of(network, Thresholds(floor=2))
    )

    assert [finding.rule for finding in found.findings_opened] == [Rule.MENTOR_BELOW_FLOOR]


def test_a_ward_that_was_not_there_then_has_no_state_then():
    then = picture_of(network_of(as_of=WEEK_AGO))
    now = picture_of(network_of(wards=TWO_WARDS))

    [ward] = [ward for ward in compare(then, now).wards if ward.code == OTHER_WARD]

    assert ward.then is None
    assert not ward.is_lost


@repeatable
@given(networks(), thresholds)
def test_nothing_has_changed_since_the_same_day(drawn, limits):
    as_of, rows = drawn
    picture = picture_of(build_network(rows, as_of=as_of), limits)

    found = compare(picture, picture)

    assert found.mentors == found.mentees == found.support_staff == (0, 0, 0)
    assert found.mentorships == (0, 0, 0)
    assert found.wards == found.findings_opened == found.findings_closed == ()
    assert found.totals_then == found.totals_now


@repeatable
@given(networks(), thresholds, thresholds, st.integers(1, 200))
def test_the_other_way_round_everything_is_mirrored(drawn, limits, limits_then, days):
    as_of, rows = drawn
    then = picture_of(build_network(rows, as_of=as_of - timedelta(days=days)), limits_then)
    now = picture_of(build_network(rows, as_of=as_of), limits)

    there, back = compare(then, now), compare(now, then)

    assert there.findings_opened == back.findings_closed
    assert there.findings_closed == back.findings_opened
    assert [ward.code for ward in there.wards_won] == [ward.code for ward in back.wards_lost]
    assert there.mentorships.begun == back.mentorships.ended
    assert there.mentorships.ended == back.mentorships.begun
    for ahead, behind in zip(movements(there), movements(back), strict=True):
        assert (ahead.joined, ahead.left, ahead.moved) == (behind.left, behind.joined, behind.moved)


@repeatable
@given(networks(), st.integers(1, 200))
def test_people_agree_with_counting_each_of_them(drawn, days):
    as_of, rows = drawn
    then, now = as_of - timedelta(days=days), as_of
    found = compare(*(picture_of(build_network(rows, as_of=day)) for day in (then, now)))

    for movement, spells in zip(
        movements(found), (rows.mentors, rows.mentees, rows.posts), strict=True
    ):
        assert movement == count_one_by_one(spells, then, now)


def movements(comparison):
    return comparison.mentors, comparison.mentees, comparison.support_staff


def count_one_by_one(spells, then: date, now: date):
    """Joined, left and moved by looking at each person's wards on both days."""
    joined = left = moved = 0
    for person in {row.person for row in spells}:
        before, after = (
            {
                row.ward
                for row in spells
                if row.person == person
                and row.started_on <= day
                and (row.ended_on is None or row.ended_on > day)
            }
            for day in (then, now)
        )
        joined += bool(after) and not before
        left += bool(before) and not after
        moved += bool(before and after and before - after and after - before)
    return joined, left, moved
