import pytest

from graphs.checks.orphans import dormant_mentorships, pending_handoffs, waiting_mentees
from graphs.findings import ActionCode, Finding, Rule, Subject, SubjectKind
from tests.factories.rows import (
    AS_OF,
    OTHER_WARD,
    WARD,
    days_ago,
    mentee_row,
    mentor_row,
    mentorship_row,
    ward_of,
)


def findings(mentorships=(), **fields):
    """What is said about one mentee, pending hand-offs first."""
    ward = ward_of(mentees=[mentee_row(**fields)], mentorships=mentorships)
    return [
        *pending_handoffs(ward, ward.waiting_mentees, as_of=AS_OF, waiting_days=7),
        *waiting_mentees(ward, ward.waiting_mentees, as_of=AS_OF, waiting_days=7),
    ]


def rules(*args, **fields):
    return [finding.rule for finding in findings(*args, **fields)]


def test_who_waits_for_eight_days_is_found():
    assert findings(started_on=days_ago(8)) == [
        Finding(
            rule=Rule.MENTEE_WAITING,
            ward=WARD,
            subject=Subject(SubjectKind.MENTEE, 1),
            measured=8,
            expected=7,
            since=days_ago(8),
            action=ActionCode.PAIR_MENTEE,
        )
    ]


def test_who_waits_for_seven_days_is_not_yet():
    assert findings(started_on=days_ago(7)) == []


def test_who_was_handed_on_eight_days_ago_is_pending_and_not_also_waiting():
    assert findings(started_on=days_ago(8), handed_on_on=days_ago(8)) == [
        Finding(
            rule=Rule.HANDOFF_PENDING,
            ward=WARD,
            subject=Subject(SubjectKind.MENTEE, 1),
            measured=8,
            expected=7,
            since=days_ago(8),
            action=ActionCode.PAIR_MENTEE,
        )
    ]


def test_who_was_handed_on_seven_days_ago_is_not_pending_yet():
    assert findings(started_on=days_ago(7), handed_on_on=days_ago(7)) == []


def test_who_waited_long_before_being_handed_on_lately_still_waits():
    assert rules(started_on=days_ago(40), handed_on_on=days_ago(3)) == [Rule.MENTEE_WAITING]


def test_who_was_handed_on_and_rested_is_pending_though_the_wait_is_young():
    fields = {"started_on": days_ago(20), "pauses": ((days_ago(15), days_ago(2)),)}

    assert rules(handed_on_on=days_ago(20), **fields) == [Rule.HANDOFF_PENDING]
    assert rules(**fields) == []


@pytest.mark.parametrize(
    ("paired", "rule"),
    [(19, Rule.MENTEE_WAITING), (20, Rule.MENTEE_WAITING), (21, Rule.HANDOFF_PENDING)],
)
def test_a_handoff_is_answered_by_a_mentorship_of_that_day_or_later(paired, rule):
    assert rules(
        started_on=days_ago(40),
        handed_on_on=days_ago(20),
        last_mentorship_start=days_ago(paired),
        last_mentorship_end=days_ago(10),
    ) == [rule]


def test_who_is_paired_is_neither_waiting_nor_pending():
    paired = [mentorship_row(mentee=1)]

    assert findings(paired, started_on=days_ago(20), handed_on_on=days_ago(20)) == []


def test_who_rests_is_neither_waiting_nor_pending():
    pauses = ((days_ago(1), days_ago(-1)),)

    assert findings(started_on=days_ago(20), handed_on_on=days_ago(20), pauses=pauses) == []


def test_a_waiting_finding_belongs_to_the_ward_of_the_mentee():
    ward = ward_of(mentees=[mentee_row(id=1), mentee_row(id=2, ward=OTHER_WARD)])

    assert [mentee.row.id for mentee in ward.mentees] == [1]


def test_a_sleeping_mentorship_is_found_in_the_ward_of_its_mentor():
    ward = ward_of(
        mentors=[mentor_row()],
        mentees=[mentee_row(ward=OTHER_WARD)],
        mentorships=[mentorship_row(id=7, mentee=1, last_contact_on=days_ago(41))],
    )

    assert list(
        dormant_mentorships(ward, ward.mentorships_dormant, as_of=AS_OF, contact_days=30)
    ) == [
        Finding(
            rule=Rule.MENTORSHIP_DORMANT,
            ward=WARD,
            subject=Subject(SubjectKind.MENTORSHIP, 7),
            measured=41,
            expected=30,
            since=days_ago(41),
            action=ActionCode.LOG_CONTACT,
        )
    ]


def test_a_mentorship_met_29_days_ago_is_awake():
    ward = ward_of(
        mentors=[mentor_row()], mentorships=[mentorship_row(last_contact_on=days_ago(29))]
    )

    assert (
        list(dormant_mentorships(ward, ward.mentorships_dormant, as_of=AS_OF, contact_days=30))
        == []
    )
