"""Pairs across wards that do not touch, and pairs who cannot talk."""

from datetime import date

import pytest

from graphs.findings import ActionCode, Finding, Rule, Subject, SubjectKind
from graphs.rows import Gap, PlaceRow
from tests.factories.rows import (
    AS_OF,
    OTHER_WARD,
    WARD,
    border_row,
    mentee_row,
    mentor_row,
    mentorship_row,
    report_of,
    ward_row,
)

THERE = PlaceRow(OTHER_WARD, 14.788, 109.167)
BEGUN, MOVED = date(2026, 2, 2), date(2026, 4, 2)
RULES = {Rule.MENTORSHIP_FAR, Rule.MENTORSHIP_LANGUAGE}
RESTING = ((AS_OF, date(2026, 7, 9)),)


def found(*, gap, mentor=(), mentee=(), pair=(), **rows):
    report = report_of(
        mentors=[mentor_row(**dict(mentor))],
        mentees=[mentee_row(ward=OTHER_WARD, **dict(mentee))],
        mentorships=[mentorship_row(gap=gap, **dict(pair))],
        **rows,
    )
    return [finding for finding in report.findings if finding.rule in RULES]


def finding(rule, measured, expected, since):
    subject = Subject(SubjectKind.MENTORSHIP, 1)
    return Finding(rule, WARD, subject, measured, expected, since, ActionCode.CHANGE_MENTOR)


def test_a_degree_of_latitude_to_a_ward_that_does_not_border_is_far():
    since = {"started_on": MOVED, "clock_on": BEGUN}

    assert found(gap=Gap(THERE, lacks_language=False), pair=since) == [
        finding(Rule.MENTORSHIP_FAR, 111, 0, MOVED)
    ]


@pytest.mark.parametrize("sides", [(WARD, OTHER_WARD), (OTHER_WARD, WARD)])
def test_a_ward_that_borders_is_not_far(sides):
    borders = [border_row(code_a=sides[0], code_b=sides[1])]

    assert found(gap=Gap(THERE, lacks_language=False), borders=borders) == []


def test_without_a_language_in_common_since_the_pair_first_began():
    since = {"started_on": MOVED, "clock_on": BEGUN}

    assert found(gap=Gap(None, lacks_language=True), pair=since) == [
        finding(Rule.MENTORSHIP_LANGUAGE, 0, 1, BEGUN)
    ]


def test_a_pair_may_be_both_far_and_without_language():
    rules = [one.rule for one in found(gap=Gap(THERE, lacks_language=True))]

    assert rules == [Rule.MENTORSHIP_FAR, Rule.MENTORSHIP_LANGUAGE]


@pytest.mark.parametrize(
    "state",
    [
        {"mentor": {"pauses": RESTING}},
        {"mentee": {"pauses": RESTING}},
        {"pair": {"ended_on": AS_OF}},
    ],
)
def test_nothing_is_said_of_who_is_away_and_of_pairs_that_are_over(state):
    assert found(gap=Gap(THERE, lacks_language=True), **state) == []


def test_such_a_pair_leaves_the_state_of_the_ward_as_it_is():
    apart = mentorship_row(gap=Gap(THERE, lacks_language=True))
    people = {"mentors": [mentor_row()], "wards": [ward_row()]}

    [ward] = report_of(mentorships=[apart], **people).wards
    [plain] = report_of(mentorships=[apart._replace(gap=None)], **people).wards

    assert (ward.status, ward.primary_cause) == (plain.status, plain.primary_cause)
