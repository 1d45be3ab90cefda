from datetime import date

from graphs.findings import ActionCode, Finding, Rule, Severity, Subject, SubjectKind


def finding(rule=Rule.MENTEE_WAITING, *, ward="21553", kind=SubjectKind.MENTEE, subject=1):
    return Finding(
        rule=rule,
        ward=ward,
        subject=Subject(kind, subject),
        measured=9,
        expected=7,
        since=date(2026, 6, 21),
        action=ActionCode.PAIR_MENTEE,
    )


def test_every_rule_has_a_severity_and_the_critical_ones_come_first():
    severities = [rule.severity for rule in Rule]

    assert severities[:11] == [Severity.CRITICAL] * 2 + [Severity.WARNING] * 9
    assert set(severities[11:]) == {Severity.NOTICE}


def test_findings_are_sorted_by_precedence_then_ward_then_number():
    first = finding(Rule.WARD_WITHOUT_SUPPORT, ward="9", kind=SubjectKind.WARD, subject="9")
    second = finding(Rule.WARD_WITHOUT_MENTOR, ward="1", kind=SubjectKind.WARD, subject="1")
    third = finding(ward="1", subject=30)
    fourth = finding(ward="2", subject=4)
    fifth = finding(ward="2", subject=10)
    last = finding(Rule.WARD_SILENT, ward="1", kind=SubjectKind.WARD, subject="1")

    assert sorted([last, fifth, third, second, fourth, first]) == [
        first,
        second,
        third,
        fourth,
        fifth,
        last,
    ]


def test_a_finding_is_written_as_plain_values():
    assert finding().as_dict() == {
        "rule": "mentee_waiting",
        "severity": "warning",
        "ward": "21553",
        "subject": {"kind": "mentee", "id": 1},
        "measured": 9,
        "expected": 7,
        "since": "2026-06-21",
        "action": {"code": "pair_mentee"},
    }


def test_equal_findings_are_one_in_a_set():
    assert len({finding(), finding()}) == 1
