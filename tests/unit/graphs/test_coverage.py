from datetime import date

import pytest

from graphs.checks.coverage import (
    support_on_paper,
    ward_silent,
    ward_without_mentor,
    ward_without_support,
)
from graphs.findings import ActionCode, Finding, Rule, Subject, SubjectKind
from tests.factories.rows import (
    AS_OF,
    OTHER_WARD,
    WARD,
    days_ago,
    mentor_row,
    post_row,
    ward_of,
    ward_row,
)


def without_support(*posts):
    return list(ward_without_support(ward_of(posts=posts), as_of=AS_OF))


def without_mentor(*mentors):
    return list(ward_without_mentor(ward_of(mentors=mentors), as_of=AS_OF))


def on_paper(*, posts, desk_days=14, **ward_fields):
    ward = ward_of(wards=[ward_row(**ward_fields)], posts=posts)
    return list(support_on_paper(ward, as_of=AS_OF, desk_days=desk_days))


def silent(**ward_fields):
    ward = ward_of(wards=[ward_row(**ward_fields)])
    return list(ward_silent(ward, as_of=AS_OF, silent_days=30))


def test_a_ward_that_never_had_a_post_is_without_support():
    assert without_support() == [
        Finding(
            rule=Rule.WARD_WITHOUT_SUPPORT,
            ward=WARD,
            subject=Subject(SubjectKind.WARD, WARD),
            measured=0,
            expected=1,
            since=None,
            action=ActionCode.ADD_SUPPORT_POST,
        )
    ]


def test_a_ward_with_one_open_post_has_support():
    assert without_support(post_row()) == []


def test_a_post_in_another_ward_does_not_help():
    assert len(without_support(post_row(ward=OTHER_WARD))) == 1


def test_a_ward_is_without_support_since_the_last_post_ended():
    gone = post_row(id=1, ended_on=date(2026, 3, 2))
    gone_later = post_row(id=2, ended_on=date(2026, 5, 4))

    assert [finding.since for finding in without_support(gone_later, gone)] == [date(2026, 5, 4)]


def test_a_paused_post_does_not_avert_and_tells_since_when():
    gone = post_row(id=1, ended_on=date(2026, 3, 2))
    resting = post_row(id=2, pauses=((date(2026, 4, 6), date(2026, 7, 6)),))

    assert [finding.since for finding in without_support(gone, resting)] == [date(2026, 4, 6)]


def test_a_post_that_ended_while_paused_was_last_at_work_before_the_pause():
    post = post_row(pauses=((date(2026, 4, 6), date(2026, 5, 4)),), ended_on=date(2026, 5, 4))

    assert [finding.since for finding in without_support(post)] == [date(2026, 4, 6)]


def test_a_post_that_ends_today_leaves_the_ward_without_support_since_today():
    assert [finding.since for finding in without_support(post_row(ended_on=AS_OF))] == [AS_OF]


def test_a_ward_without_a_mentor_at_work_is_found():
    # one left on 2 March, the other rests since 6 April
    gone = mentor_row(id=1, ended_on=date(2026, 3, 2))
    resting = mentor_row(id=2, pauses=((date(2026, 4, 6), days_ago(-1)),))

    assert without_mentor(gone, resting) == [
        Finding(
            rule=Rule.WARD_WITHOUT_MENTOR,
            ward=WARD,
            subject=Subject(SubjectKind.WARD, WARD),
            measured=0,
            expected=1,
            since=date(2026, 4, 6),
            action=ActionCode.ADD_MENTOR,
        )
    ]


def test_one_mentor_at_work_is_enough():
    resting = mentor_row(id=2, pauses=((date(2026, 4, 6), days_ago(-1)),))

    assert without_mentor(mentor_row(id=1), resting) == []


def test_a_mentor_back_from_a_pause_today_is_enough():
    assert without_mentor(mentor_row(pauses=((days_ago(9), AS_OF),))) == []


def test_support_without_activity_for_14_days_is_on_paper():
    assert on_paper(posts=[post_row()], last_desk_on=days_ago(14)) == [
        Finding(
            rule=Rule.SUPPORT_ON_PAPER,
            ward=WARD,
            subject=Subject(SubjectKind.WARD, WARD),
            measured=14,
            expected=14,
            since=days_ago(14),
            action=ActionCode.LOG_SESSION,
        )
    ]


def test_support_that_was_never_active_is_on_paper():
    findings = on_paper(posts=[post_row()], last_desk_on=None)

    assert [(finding.measured, finding.since) for finding in findings] == [(None, None)]


def test_support_active_13_days_ago_is_in_fact():
    assert on_paper(posts=[post_row()], last_desk_on=days_ago(13)) == []


def test_a_ward_without_any_support_is_not_also_on_paper():
    assert on_paper(posts=[], last_desk_on=None) == []


@pytest.mark.parametrize(("days", "count"), [(29, 0), (30, 1)])
def test_a_ward_is_silent_when_nothing_was_entered_within_30_days(days, count):
    assert len(silent(last_entry_on=days_ago(days))) == count


def test_a_silent_ward_tells_its_last_entry():
    assert silent(last_entry_on=days_ago(43)) == [
        Finding(
            rule=Rule.WARD_SILENT,
            ward=WARD,
            subject=Subject(SubjectKind.WARD, WARD),
            measured=43,
            expected=30,
            since=days_ago(43),
            action=ActionCode.ENTER_DATA,
        )
    ]


def test_a_ward_whose_rows_were_all_entered_later_is_silent_without_a_date():
    assert [(finding.measured, finding.since) for finding in silent(last_entry_on=None)] == [
        (None, None)
    ]
