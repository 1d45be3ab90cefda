import json

from graphs.audit import AuditedWard, is_deciding
from graphs.findings import ActionCode, Rule, WardStatus
from graphs.rows import Thresholds
from tests.factories.rows import (
    AS_OF,
    WARD,
    days_ago,
    desk_row,
    mentee_row,
    mentor_row,
    mentorship_row,
    mentorship_rows,
    post_row,
    report_of,
    ward_row,
)


def covered(**changes):
    """A ward where everything is right, but for the changes."""
    rows = {
        "posts": [post_row()],
        "mentors": [mentor_row()],
        "mentees": [mentee_row(id=number) for number in range(1, 6)],
        "mentorships": mentorship_rows(5),
        "desk": [desk_row()],
    }
    return report_of(**rows | changes)


def deciding(findings):
    """Those that decide about a ward: one with a single mentor and post has notices as well."""
    return tuple(finding for finding in findings if is_deciding(finding))


def state(report):
    (ward,) = report.wards
    return ward.status, ward.primary_cause, ward.action


def test_a_ward_where_everything_is_right_is_covered():
    report = covered()

    assert deciding(report.findings) == ()
    assert state(report) == (WardStatus.COVERED, None, None)


def test_a_ward_without_support_is_critical():
    assert state(covered(posts=[])) == (
        WardStatus.CRITICAL,
        Rule.WARD_WITHOUT_SUPPORT,
        ActionCode.ADD_SUPPORT_POST,
    )


def test_support_comes_before_mentors_and_mentors_before_the_rest():
    report = covered(mentors=[], mentorships=[], posts=[])

    assert [finding.rule for finding in report.findings] == [
        Rule.WARD_WITHOUT_SUPPORT,
        Rule.WARD_WITHOUT_MENTOR,
        Rule.WARD_SHORT_OF_CAPACITY,
    ]
    assert state(report)[1] is Rule.WARD_WITHOUT_SUPPORT


def test_a_ward_with_any_other_finding_is_a_warning():
    report = covered(wards=[ward_row(last_entry_on=days_ago(40))])

    assert state(report) == (WardStatus.WARNING, Rule.WARD_SILENT, ActionCode.ENTER_DATA)


def test_a_ward_without_data_is_neither_critical_nor_found():
    report = report_of(wards=[ward_row(has_data=False, last_entry_on=None, last_desk_on=None)])

    assert report.findings == ()
    assert state(report) == (WardStatus.NO_DATA, WardStatus.NO_DATA, ActionCode.IMPORT_ROSTER)
    assert (report.totals.wards_no_data, report.totals.wards_critical) == (1, 0)


def test_a_ward_whose_people_have_all_left_has_data_and_is_critical():
    report = report_of(posts=[post_row(ended_on=days_ago(3))])

    assert state(report)[0] is WardStatus.CRITICAL


def test_all_rules_are_run():
    # Three wards: the first lacks everything and is silent; in the second mentor 1 guides one
    # and someone handed on waits; mentor 2 has too many; mentor 3 met nobody of late.
    report = report_of(
        wards=[
            ward_row(code="1", last_entry_on=None),
            ward_row(code="2", last_desk_on=None),
        ],
        posts=[post_row(ward="2")],
        mentors=[
            mentor_row(id=1, ward="2", capacity=1),
            mentor_row(id=2, ward="2", capacity=5),
            mentor_row(id=3, ward="2", capacity=5),
        ],
        mentees=[
            mentee_row(id=90, ward="2", started_on=days_ago(9)),
            mentee_row(id=91, ward="2", started_on=days_ago(9), handed_on_on=days_ago(9)),
        ],
        mentorships=[
            mentorship_row(mentor=1, mentee=1),
            *mentorship_rows(6, first=2, mentor=2),
            *mentorship_rows(5, first=8, mentor=3, last_contact_on=days_ago(30)),
        ],
    )

    assert [
        (finding.rule.value, finding.ward, finding.subject.id) for finding in report.findings
    ] == [
        ("ward_without_support", "1", "1"),
        ("ward_without_mentor", "1", "1"),
        ("ward_short_of_capacity", "2", "2"),
        ("mentor_below_floor", "2", 1),
        ("support_on_paper", "2", "2"),
        ("mentor_on_paper", "2", 3),
        ("handoff_pending", "2", 91),
        ("mentee_waiting", "2", 90),
        *(("mentorship_dormant", "2", number) for number in range(8, 13)),
        ("mentor_over_capacity", "2", 2),
        ("ward_silent", "1", "1"),
        ("ward_hangs_on_one_person", "2", 1),
    ]


def test_every_threshold_reaches_its_rule():
    report = covered(
        wards=[ward_row(last_entry_on=days_ago(3), last_desk_on=days_ago(3))],
        mentees=[mentee_row(id=90, started_on=days_ago(3))],
        mentorships=mentorship_rows(6, last_contact_on=days_ago(3)),
        thresholds=Thresholds(floor=6, contact_days=3, desk_days=3, waiting_days=2, silent_days=3),
    )

    assert {finding.rule: finding.expected for finding in deciding(report.findings)} == {
        Rule.SUPPORT_ON_PAPER: 3,
        Rule.MENTOR_ON_PAPER: 6,
        Rule.MENTEE_WAITING: 2,
        Rule.MENTORSHIP_DORMANT: 3,
        Rule.WARD_SILENT: 3,
    }


def test_the_wards_are_counted_by_their_status():
    report = report_of(
        wards=[
            ward_row(code="1", has_data=False),
            ward_row(code="2", has_data=False),
            ward_row(code="3"),
            ward_row(code="4"),
        ],
        posts=[post_row(ward="4")],
        mentors=[mentor_row(ward="4")],
        mentorships=mentorship_rows(5),
    )

    assert (
        report.totals._asdict()
        | {
            "wards": 4,
            "wards_no_data": 2,
            "wards_critical": 1,
            "wards_warning": 0,
            "wards_covered": 1,
        }
        == report.totals._asdict()
    )


def test_performing_the_action_removes_the_finding():
    # four people and one who waits for nine days: two findings, one pairing
    short = covered(
        mentees=[mentee_row(id=5, started_on=days_ago(9))], mentorships=mentorship_rows(4)
    )
    paired = covered(
        mentees=[mentee_row(id=5, started_on=days_ago(9))],
        mentorships=[
            *mentorship_rows(4),
            mentorship_row(mentee=5, started_on=AS_OF, last_contact_on=AS_OF),
        ],
    )

    assert [finding.action for finding in deciding(short.findings)] == [
        ActionCode.PAIR_WAITING,
        ActionCode.PAIR_MENTEE,
    ]
    assert deciding(paired.findings) == ()


def test_a_report_is_written_as_plain_values():
    report = covered(mentors=[mentor_row(capacity=4)], mentorships=mentorship_rows(5))

    written = report.as_dict()

    assert json.loads(json.dumps(written)) == written
    assert list(written) == ["as_of", "settings", "totals", "wards", "findings"]
    assert written["as_of"] == "2026-06-30"
    assert written["settings"] == {
        "floor": 5,
        "floor_counts": "completed",
        "contact_days": 30,
        "desk_days": 14,
        "waiting_days": 7,
        "silent_days": 30,
    }
    assert written["wards"] == [
        {
            "code": WARD,
            "name": "Quy Nhơn Bắc",
            "status": "warning",
            "primary_cause": "mentor_over_capacity",
            "action": {"code": "raise_capacity"},
            "mentors": 1,
            "mentees": 5,
            "waiting": 0,
            "support_posts": 1,
        }
    ]
    assert [finding["rule"] for finding in written["findings"]] == [
        "mentor_over_capacity",
        "ward_hangs_on_one_person",
        "ward_hangs_on_one_person",
    ]


def test_the_totals_are_named_as_scripts_expect_them():
    assert list(covered().as_dict()["totals"]) == [
        "wards",
        "wards_covered",
        "wards_critical",
        "wards_warning",
        "wards_no_data",
        "wards_with_support",
        "wards_with_support_in_fact",
        "mentors",
        "mentors_paused",
        "mentors_meeting_floor",
        "mentors_meeting_floor_in_fact",
        "mentees",
        "mentees_waiting",
        "mentorships_open",
        "mentorships_dormant",
        "sessions",
        "people_helped",
    ]


def test_a_covered_ward_is_written_without_cause_and_action():
    ward: AuditedWard = covered().wards[0]

    assert (ward.as_dict()["primary_cause"], ward.as_dict()["action"]) == (None, None)
