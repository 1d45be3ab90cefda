"""Two records of one person, and sessions entered in a burst."""

import random
from datetime import date, datetime, time, timedelta
from itertools import combinations

from graphs.checks.plausibility import (
    BurstSign,
    burst_signs,
    entry_bursts,
    possible_duplicates,
)
from graphs.findings import ActionCode, Finding, Rule, Subject, SubjectKind
from graphs.rows import AlikeRow, EntryRow

D = date(2026, 3, 10)
MORNING = datetime.combine(date(2026, 3, 9), time(8))


def sessions(*minutes, start=MORNING, first_id=1, **values):
    """Like sessions of one account, so many minutes after a moment each."""
    usual = {"ward": "21553", "account": 7, "procedure": 3, "result": "done"} | values
    return [
        EntryRow(session=first_id + place, entered_at=start + timedelta(minutes=minute), **usual)
        for place, minute in enumerate(minutes)
    ]


def bursts(rows, as_of=D):
    return [finding for finding, _ in entry_bursts(rows, as_of=as_of)]


def sizes(rows, as_of=D):
    return [(finding.subject.id, finding.measured) for finding in bursts(rows, as_of)]


def test_two_records_of_one_person_are_told_about_the_later_one():
    rows = [AlikeRow(4, "21553", 9, "21553", date(2026, 3, 1))]

    assert possible_duplicates(rows) == [
        Finding(
            rule=Rule.POSSIBLE_DUPLICATE,
            ward="21553",
            subject=Subject(SubjectKind.PERSON, 9),
            measured=2,
            expected=1,
            since=date(2026, 3, 1),
            action=ActionCode.COMPARE_PEOPLE,
        )
    ]


def test_people_who_hang_together_are_one_finding():
    rows = [
        AlikeRow(1, "23563", 2, "23563", date(2026, 3, 1)),
        AlikeRow(2, "23563", 5, "23941", date(2026, 3, 4)),
        AlikeRow(2, "23563", 5, "21553", date(2026, 3, 4)),
        AlikeRow(3, "21553", 4, "21553", date(2026, 3, 2)),
    ]

    found = possible_duplicates(rows)

    assert sorted((one.ward, one.subject.id, one.measured) for one in found) == [
        ("21553", 4, 2),
        ("21553", 5, 3),
    ]


def test_ten_like_sessions_in_ten_minutes_are_a_burst():
    rows = sessions(*range(10))

    assert bursts(rows) == [
        Finding(
            rule=Rule.ENTRY_BURST,
            ward="21553",
            subject=Subject(SubjectKind.HELP_SESSION, 1),
            measured=10,
            expected=9,
            since=date(2026, 3, 9),
            action=ActionCode.REVIEW_SESSIONS,
        )
    ]


def test_nine_sessions_or_ten_in_eleven_minutes_are_none():
    assert sizes(sessions(*range(9))) == []
    assert sizes(sessions(0, 1, 2, 3, 4, 5, 6, 7, 8, 10)) == [(1, 10)]
    assert sizes(sessions(0, 1, 2, 3, 4, 5, 6, 7, 8, 11)) == []


def test_a_busy_morning_of_different_procedures_is_none():
    rows = [
        row
        for procedure in range(3)
        for row in sessions(*range(5), procedure=procedure, first_id=procedure * 10)
    ]

    assert sizes(rows) == []


def test_sessions_of_two_accounts_or_with_two_results_are_not_alike():
    assert sizes([*sessions(*range(5)), *sessions(*range(5), first_id=6, account=8)]) == []
    assert sizes([*sessions(*range(5)), *sessions(*range(5), first_id=6, result="other")]) == []


def test_a_burst_is_as_long_as_it_can_be_and_one_finding():
    assert sizes(sessions(*range(25))) == [(1, 25)]
    assert sizes(sessions(*range(10), *range(60, 70))) == [(1, 10), (11, 10)]


def test_ten_sessions_of_one_night_are_a_burst_however_far_apart():
    ten_in_the_evening = datetime.combine(date(2026, 3, 9), time(22))

    assert sizes(sessions(*range(0, 400, 40), start=ten_in_the_evening)) == [(1, 10)]
    assert sizes(sessions(*range(-1, 380, 42), start=ten_in_the_evening)) == []


def test_five_in_the_morning_is_a_new_day_of_entering():
    rows = sessions(*range(-5, 5), start=datetime.combine(date(2026, 3, 9), time(5)))

    assert sizes(rows) == []


def test_only_the_last_thirty_days_are_looked_at():
    assert sizes(sessions(*range(10), start=datetime.combine(date(2026, 2, 9), time(8)))) == [
        (1, 10)
    ]
    assert sizes(sessions(*range(10), start=datetime.combine(date(2026, 2, 8), time(8)))) == []


def test_bursts_agree_with_trying_every_set_of_sessions():
    """By definition: a session is in a burst when it is one of ten that are too close."""
    chance = random.Random(5)  # noqa: S311  # reproducible, no secret
    for _ in range(200):
        minutes = sorted(chance.choices(range(40), k=chance.randint(9, 24)))
        rows = sessions(*minutes)

        counted = sum(finding.measured for finding in bursts(rows))

        within = {
            place
            for first, last in combinations(range(len(minutes)), 2)
            if last - first == 9 and minutes[last] - minutes[first] <= 10
            for place in range(first, last + 1)
        }
        assert counted == len(within)


def test_each_session_of_a_burst_tells_why_it_stands_out():
    every_half_minute = [minute / 2 for minute in range(10)]
    evening = datetime.combine(date(2026, 3, 9), time(22))

    series = burst_signs(sessions(*every_half_minute))
    night = burst_signs(sessions(*(25 * number for number in range(10)), start=evening))
    mixed = burst_signs(sessions(*range(10), 120, start=evening - timedelta(minutes=3)))

    assert set(series.values()) == {frozenset({BurstSign.SERIES, BurstSign.SAME_MINUTE})}
    assert set(night.values()) == {frozenset({BurstSign.NIGHT})}
    assert list(mixed.values()) == [
        *[frozenset({BurstSign.SERIES})] * 3,
        *[frozenset({BurstSign.SERIES, BurstSign.NIGHT})] * 7,
        frozenset({BurstSign.NIGHT}),
    ]
