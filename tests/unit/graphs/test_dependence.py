"""A ward with one support post at work, or where one mentor has most of the pairs."""

from random import Random

import pytest

from graphs.checks.dependence import ward_hangs_on_one_person
from graphs.findings import ActionCode, Finding, Rule, Subject, SubjectKind
from tests.factories.rows import (
    AS_OF,
    WARD,
    days_ago,
    mentor_row,
    mentorship_rows,
    post_row,
    report_of,
    ward_of,
)

RESTING = ((days_ago(1), days_ago(-1)),)


def hangs_on(**rows):
    """Kind of subject, id, measured, expected and action of each finding."""
    found = ward_hangs_on_one_person(ward_of(**rows), as_of=AS_OF)
    return [(*f.subject, f.measured, f.expected, f.action) for f in found]


def taught(*loads, **of_first):
    """Mentors 1, 2, … with so many pairs each, and room for one more each but by what is said."""
    mentors, pairs = [], []
    for number, load in enumerate(loads, start=1):
        fields = of_first if number == 1 else {}
        mentors.append(mentor_row(id=number, person=number, **{"capacity": load + 1} | fields))
        pairs += mentorship_rows(load, first=len(pairs) + 1, mentor=number)
    return {"mentors": mentors, "mentorships": pairs}


def test_a_single_post_is_all_the_desk_hangs_on():
    assert list(ward_hangs_on_one_person(ward_of(posts=[post_row(id=7)]), as_of=AS_OF)) == [
        Finding(
            rule=Rule.WARD_HANGS_ON_ONE_PERSON,
            ward=WARD,
            subject=Subject(SubjectKind.SUPPORT_POST, 7),
            measured=1,
            expected=2,
            since=None,
            action=ActionCode.ADD_SUPPORT_POST,
        )
    ]


@pytest.mark.parametrize(
    "posts",
    [
        [],
        [post_row(id=1), post_row(id=2)],
        [post_row(id=1, pauses=RESTING)],
        [post_row(id=1, ended_on=AS_OF)],
    ],
)
def test_no_post_at_work_is_another_rule_and_two_are_enough(posts):
    assert hangs_on(posts=posts) == []


def test_a_second_post_that_rests_or_has_ended_does_not_help():
    posts = [post_row(id=1), post_row(id=2, pauses=RESTING), post_row(id=3, ended_on=AS_OF)]

    assert hangs_on(posts=posts) == [("support_post", 1, 1, 2, "add_support_post")]


def test_a_mentor_with_more_than_half_of_five_pairs_is_named_with_the_numbers():
    # Three of five; one has to go to one of the others, each of whom has room for one.
    assert hangs_on(**taught(3, 1, 1)) == [("mentor", 1, 3, 2, "move_mentees")]


def test_half_of_the_pairs_is_not_more_than_half():
    assert hangs_on(**taught(3, 3)) == []


def test_of_four_pairs_anybody_may_have_most():
    assert hangs_on(**taught(4)) == []


def test_without_room_elsewhere_a_mentor_is_wanted_first():
    # Nine of ten: four have to go, and the other one has room for one.
    assert hangs_on(**taught(9, 1)) == [("mentor", 1, 9, 5, "add_mentor")]
    assert hangs_on(**taught(5)) == [("mentor", 1, 5, 2, "add_mentor")]


def test_a_mentor_who_rests_yields_nothing_but_the_pairs_count_on():
    assert hangs_on(**taught(6, 4, pauses=RESTING)) == []
    assert hangs_on(**taught(2, 4, pauses=RESTING)) == [("mentor", 2, 4, 3, "add_mentor")]


def test_a_post_and_a_mentor_of_the_same_number_are_two_findings():
    findings = report_of(posts=[post_row(id=1)], **taught(5)).findings

    assert [f.subject for f in findings if f.rule is Rule.WARD_HANGS_ON_ONE_PERSON] == [
        Subject(SubjectKind.MENTOR, 1),
        Subject(SubjectKind.SUPPORT_POST, 1),
    ]


def test_somebody_always_has_most_of_an_odd_number_when_there_are_two():
    # Seven of thirteen: whoever takes one over has seven then.
    assert hangs_on(**taught(7, 6)) == [("mentor", 1, 7, 6, "add_mentor")]


@pytest.mark.parametrize("seed", range(60))
def test_doing_what_the_finding_asks_for_removes_it(seed):
    chance = Random(seed)  # noqa: S311  # chance that repeats
    rows = taught(*chance.choices(range(13), k=chance.randint(1, 4)), capacity=chance.randint(1, 9))
    is_moved_only = None

    while found := list(ward_hangs_on_one_person(ward_of(**rows), as_of=AS_OF)):
        # After a move nothing is left; a mentor more may be but the first step.
        assert is_moved_only is not True
        (finding,) = found
        is_moved_only = finding.action is ActionCode.MOVE_MENTEES
        if not is_moved_only:
            rows["mentors"].append(mentor_row(id=90 + len(rows["mentors"]), capacity=10))
        _move_on(rows, finding)


def _move_on(rows, finding):
    """Move what is too much to whom there is room with, each getting at most half."""
    pairs = rows["mentorships"]
    for other in rows["mentors"]:
        load = sum(pair.mentor == other.id for pair in pairs)
        too_many = sum(pair.mentor == finding.subject.id for pair in pairs) - finding.expected
        room = min(other.capacity, finding.expected) - load
        movable = [i for i, pair in enumerate(pairs) if pair.mentor == finding.subject.id]
        for place in movable[: max(0, min(room, too_many))]:
            pairs[place] = pairs[place]._replace(mentor=other.id)
