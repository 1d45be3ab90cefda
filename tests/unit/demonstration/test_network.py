"""The made-up network shows what a demonstration is for, on any day."""

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest

from app.demonstration.plan import Size
from app.demonstration.profiles import EXHIBITS, Flaw, Mentors, Support
from graphs.findings import Rule, WardStatus
from models.enums import ActivityKind, FollowUpAnswer, FollowUpOccasion, SkillLevel
from tests.unit.demonstration.as_network import (
    all_of,
    entry_days,
    made_up_network,
    report_of,
    rows_of,
    shipped_places,
)

DAYS = (
    date(2026, 11, 22),
    date(2026, 1, 1),
    date(2027, 3, 15),
    date(2028, 2, 29),
)
SMALL = Size(mentors=150, mentees=760, sessions=300)
TODAY = DAYS[0]

# Found from names and times of entering, of which the rows of a made-up network tell nothing.
FOUND_IN_RECORDS = {Rule.POSSIBLE_DUPLICATE, Rule.ENTRY_BURST}
RULE_OF_FLAW = {
    Flaw.BELOW_FLOOR: Rule.MENTOR_BELOW_FLOOR,
    Flaw.SHORT_OF_CAPACITY: Rule.WARD_SHORT_OF_CAPACITY,
    Flaw.MENTOR_ON_PAPER: Rule.MENTOR_ON_PAPER,
    Flaw.HANDOFF: Rule.HANDOFF_PENDING,
    Flaw.WAITING: Rule.MENTEE_WAITING,
    Flaw.DORMANT: Rule.MENTORSHIP_DORMANT,
    Flaw.OVER_CAPACITY: Rule.MENTOR_OVER_CAPACITY,
}


@pytest.fixture(scope="module", params=DAYS, ids=str)
def day(request):
    return request.param


@pytest.fixture(scope="module")
def wards(day):
    return made_up_network(today=day)


@pytest.fixture(scope="module")
def report(wards, day):
    return report_of(wards, today=day)


def test_every_finding_of_the_audit_occurs(report):
    assert {finding.rule for finding in report.findings} == set(Rule) - FOUND_IN_RECORDS


def test_every_ward_that_serves_as_an_example_shows_what_it_is_for(report):
    shown = {
        code: {finding.rule for finding in report.findings if finding.ward == code}
        for code in EXHIBITS
    }

    missing = {
        code: promised(profile) - shown[code]
        for code, profile in EXHIBITS.items()
        if not promised(profile) <= shown[code]
    }

    assert missing == {}


def test_examples_without_a_flaw_are_covered_and_those_without_data_empty(report):
    status = {ward.code: ward.status for ward in report.wards}

    assert {status[code] for code, profile in EXHIBITS.items() if is_flawless(profile)} == {
        WardStatus.COVERED
    }
    assert {status[code] for code, profile in EXHIBITS.items() if not profile.has_data} == {
        WardStatus.NO_DATA
    }


def test_no_state_of_a_ward_is_rare_and_none_is_everywhere(report):
    totals = report.totals

    assert 20 <= totals.wards_covered <= 60
    assert 10 <= totals.wards_critical <= 25
    assert 40 <= totals.wards_warning <= 85
    assert 8 <= totals.wards_no_data <= 18


def test_the_numbers_are_those_asked_for(wards):
    people = {row.number for row in all_of(wards, "persons")}
    mentees = {row.person for row in all_of(wards, "mentees")}

    assert len(all_of(wards, "mentors")) == 400
    assert len(mentees) == 2_000
    assert len(all_of(wards, "sessions")) - len(all_of(wards, "handoffs")) == 6_000
    assert mentees < people


def test_nothing_happens_after_today_and_nothing_is_typed_in_before_it_happened(wards, day):
    events = [*all_of(wards, "contacts"), *all_of(wards, "sessions"), *all_of(wards, "duty_turns")]

    assert max(row.service_date for row in events) <= day
    assert all(row.service_date <= row.entered_on <= day for row in events)
    assert any(row.service_date < row.entered_on for row in events)
    assert max(max(days) for days in entry_days(wards).values()) <= day


def test_busy_desks_noted_the_turns_of_one_morning_at_once(wards):
    noted = [row for row in all_of(wards, "sessions") if row.bundle is not None]
    sizes = Counter(row.bundle for row in noted)

    assert set(sizes) == {bundle.number for bundle in all_of(wards, "bundles")} != set()
    assert set(sizes.values()) == {5}
    assert len(sizes) < 40
    assert len({(row.bundle, row.ward, row.service_date) for row in noted}) == len(sizes)
    assert {(row.service_time, row.minutes, row.groups) for row in noted} == {(None, None, ())}
    assert {row.session for row in all_of(wards, "handoffs")}.isdisjoint(
        row.number for row in noted
    )


def test_some_visitors_decline_and_none_of_them_is_handed_on(wards):
    handed_on = {row.session for row in all_of(wards, "handoffs")}
    declined = {row.number for row in all_of(wards, "sessions") if row.has_declined}

    assert declined.isdisjoint(handed_on)
    assert 0.1 < len(declined) / len(all_of(wards, "sessions")) < 0.3


def test_mentors_hold_activities_of_every_kind_on_days_on_which_they_met_people(wards, day):
    activities = all_of(wards, "activities")
    met = {(row.mentor, row.service_date) for row in all_of(wards, "contacts")}
    held = [row for row in activities if row.turns is not None]
    planned = [row for row in activities if row.turns is None]

    assert {(row.host, row.service_date) for row in held} <= met
    assert all(len(row.people) <= row.turns for row in held)
    assert {ActivityKind.COMMUNITY_CLASS, ActivityKind.HOUSE_VISIT} <= {row.kind for row in held}
    assert planned
    assert all(row.service_date >= day == row.entered_on for row in planned)
    assert len({row.ward for row in planned}) < len({row.ward for row in held}) < 135


def test_who_was_taught_is_called_later_with_every_answer_and_one_that_stands(wards, day):
    calls = all_of(wards, "follow_ups")
    spells = {row.number: row for row in all_of(wards, "mentees")}
    reached = [row for row in calls if row.answer is not FollowUpAnswer.UNREACHED]

    assert {row.answer for row in calls} == set(FollowUpAnswer)
    assert {row.occasion for row in calls} == set(FollowUpOccasion)
    assert len({(row.mentee, row.occasion) for row in reached}) == len(reached)
    assert max(row.service_date for row in calls) <= day
    assert all(row.ward == spells[row.mentee].ward for row in calls)
    assert all(
        (row.service_date - spells[row.mentee].ended_on).days >= 14
        for row in calls
        if row.occasion is FollowUpOccasion.COMPLETED
    )


def test_assessments_are_said_by_the_mentor_of_the_day_and_get_better(wards, day):
    said = all_of(wards, "assessments")
    pairs = {(row.mentee, row.mentor): row for row in all_of(wards, "mentorships")}
    order = list(SkillLevel)

    assert {row.level for row in said} == set(SkillLevel)
    for row in said:
        pair = pairs[row.mentee, row.mentor]
        assert pair.started_on <= row.service_date <= (pair.ended_on or day)
    levels = defaultdict(list)
    for row in said:
        levels[row.mentee, row.skill].append(order.index(row.level))
    assert all(told == sorted(told) for told in levels.values())


def test_spells_and_pairings_end_after_they_start(wards):
    spells = [
        row
        for kind in ("mentors", "mentees", "support_posts", "mentorships", "pauses")
        for row in all_of(wards, kind)
    ]

    assert [row for row in spells if row.ended_on and row.ended_on <= row.started_on] == []


def test_pairings_lie_within_both_spells(wards):
    mentors = {row.number: row for row in all_of(wards, "mentors")}
    mentees = {row.number: row for row in all_of(wards, "mentees")}

    outside = [
        pair
        for pair in all_of(wards, "mentorships")
        for spell in (mentors[pair.mentor], mentees[pair.mentee])
        if pair.started_on < spell.started_on
        or (spell.ended_on and (pair.ended_on is None or pair.ended_on > spell.ended_on))
    ]

    assert outside == []


def test_who_attends_a_contact_is_paired_on_that_day(wards):
    pairs = {row.number: row for row in all_of(wards, "mentorships")}

    strangers = [
        contact
        for contact in all_of(wards, "contacts")
        for pair in (pairs[number] for number in contact.mentorships)
        if pair.mentor != contact.mentor
        or contact.service_date < pair.started_on
        or (pair.ended_on and contact.service_date > pair.ended_on)
    ]

    assert strangers == []


def test_some_people_are_taught_across_a_border_and_some_have_moved(wards):
    neighbours = {place.code: place.neighbours for place in shipped_places()}
    across = [pair for pair in all_of(wards, "mentorships") if pair.mentor_ward != pair.mentee_ward]
    moved = [row for row in all_of(wards, "mentees") if row.continues]

    assert len(across) > len(moved) >= 6
    far = [pair for pair in across if pair.mentee_ward not in neighbours[pair.mentor_ward]]
    assert len(far) == 2
    assert all(pair.continues for pair in far)
    assert all(row.continues for row in across if row.mentee in {spell.number for spell in moved})


def test_a_desk_is_only_open_from_monday_to_friday(wards):
    assert {row.service_date.weekday() for row in all_of(wards, "sessions")} == {0, 1, 2, 3, 4}


def test_the_same_seed_and_day_make_the_same_network():
    first = made_up_network(today=TODAY, size=SMALL)
    second = made_up_network(today=TODAY, size=SMALL)

    assert first == second
    assert first != made_up_network(today=TODAY, size=SMALL, seed=2)


def test_a_larger_network_has_as_believable_wards():
    size = Size(mentors=1_500, mentees=9_000, sessions=500)

    totals = report_of(made_up_network(today=TODAY, size=size), today=TODAY).totals

    assert totals.mentors + totals.mentors_paused <= 1_500
    assert totals.wards_covered >= 20
    assert totals.mentors_meeting_floor > totals.mentors * 0.6


@pytest.mark.parametrize(
    "size", [Size(0, 0, 0), Size(3, 1, 2), Size(0, 40, 0), Size(40, 0, 9)], ids=str
)
def test_a_tiny_network_is_made_without_complaint(size):
    wards = made_up_network(today=TODAY, size=size)

    assert len(all_of(wards, "mentors")) == size.mentors
    assert len(list(rows_of(wards, today=TODAY).wards)) == 135


def promised(profile):
    """The rules that a profile says the ward breaks."""
    rules = {RULE_OF_FLAW[flaw] for flaw in profile.flaws}
    if profile.mentors is not Mentors.WORKING:
        rules.add(Rule.WARD_WITHOUT_MENTOR)
    if profile.support is Support.ON_PAPER:
        rules.add(Rule.SUPPORT_ON_PAPER)
    elif profile.support is not Support.WORKING:
        rules.add(Rule.WARD_WITHOUT_SUPPORT)
    if profile.is_silent:
        rules.add(Rule.WARD_SILENT)
    return rules


def is_flawless(profile):
    """Whether a profile promises a covered ward."""
    return profile.has_data and not promised(profile)


def test_a_person_is_registered_no_later_than_the_first_role(wards):
    registered = {row.number: row.entered_on for row in all_of(wards, "persons")}

    late = [
        row
        for kind in ("mentors", "mentees", "support_posts")
        for row in all_of(wards, kind)
        if registered[row.person] - row.started_on > timedelta(0)
    ]

    assert late == []
