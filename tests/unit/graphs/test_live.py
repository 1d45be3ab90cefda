"""A network that is kept tells what its rows tell when they are read afresh."""

import pytest

from graphs.audit import is_deciding
from graphs.findings import ActionCode, Finding, Rule, Subject, SubjectKind, WardStatus
from graphs.live import LiveNetwork, RowChanges
from tests.factories.rows import (
    AS_OF,
    OTHER_WARD,
    THRESHOLDS,
    WARD,
    days_ago,
    desk_row,
    mentee_row,
    mentor_row,
    mentorship_row,
    mentorship_rows,
    network_rows,
    post_row,
    ward_row,
)

RESTING = ((days_ago(1), days_ago(-1)),)


def live_of(**rows):
    return LiveNetwork(network_rows(**rows), as_of=AS_OF, thresholds=THRESHOLDS)


def covered(**rows):
    """A ward where everything is right, but for what is named: five mentees with one mentor."""
    right = {
        "posts": [post_row()],
        "mentors": [mentor_row()],
        "mentees": [mentee_row(id=number) for number in range(1, 6)],
        "mentorships": mentorship_rows(5),
        "desk": [desk_row()],
    }
    return live_of(**right | rows)


def deciding(findings):
    """Those that decide about a ward: one with a single mentor and post has notices as well."""
    return tuple(finding for finding in findings if is_deciding(finding))


def rules(live):
    return [finding.rule for finding in deciding(live.findings())]


def state(live):
    (ward,) = live.wards()
    return ward.status, ward.primary_cause


# one change --------------------------------------------------------------------------------


def test_nothing_is_found_where_everything_is_right():
    live = covered()

    assert (deciding(live.findings()), state(live)) == ((), (WardStatus.COVERED, None))


def test_a_pairing_that_ends_leaves_the_mentor_below_the_floor_and_the_mentee_waiting():
    live = covered(
        mentees=[mentee_row(id=number, started_on=days_ago(20)) for number in range(1, 6)]
    )

    live.apply(
        RowChanges(
            mentees=[
                mentee_row(id=5, started_on=days_ago(20), last_mentorship_end=days_ago(9)),
            ],
            mentorships=[mentorship_row(mentee=5, ended_on=days_ago(9))],
        )
    )

    assert deciding(live.findings()) == (
        Finding(
            rule=Rule.MENTOR_BELOW_FLOOR,
            ward=WARD,
            subject=Subject(SubjectKind.MENTOR, 1),
            measured=4,
            expected=5,
            since=days_ago(9),
            action=ActionCode.PAIR_WAITING,
        ),
        Finding(
            rule=Rule.MENTEE_WAITING,
            ward=WARD,
            subject=Subject(SubjectKind.MENTEE, 5),
            measured=9,
            expected=7,
            since=days_ago(9),
            action=ActionCode.PAIR_MENTEE,
        ),
    )
    assert state(live) == (WardStatus.WARNING, Rule.MENTOR_BELOW_FLOOR)
    totals = live.totals()
    assert (totals.mentors_meeting_floor, totals.mentees_waiting) == (0, 1)
    assert (totals.mentorships_open, totals.wards_warning, totals.wards_covered) == (4, 1, 0)


def test_a_pairing_that_is_opened_again_puts_everything_right():
    live = covered(mentorships=mentorship_rows(4))
    assert rules(live) == [Rule.MENTOR_BELOW_FLOOR]

    live.apply(RowChanges(mentorships=[mentorship_row(mentee=5)]))

    assert (deciding(live.findings()), state(live)) == ((), (WardStatus.COVERED, None))


def test_a_contact_wakes_a_pairing_and_the_mentor_meets_the_floor_in_fact():
    sleeping = mentorship_row(mentee=5, last_contact_on=days_ago(30))
    live = covered(mentorships=[*mentorship_rows(4), sleeping])
    assert rules(live) == [Rule.MENTOR_ON_PAPER, Rule.MENTORSHIP_DORMANT]

    live.apply(RowChanges(mentorships=[sleeping._replace(last_contact_on=AS_OF)]))

    assert deciding(live.findings()) == ()
    assert live.totals().mentors_meeting_floor_in_fact == 1


def test_a_mentee_of_another_ward_who_rests_lets_the_pairing_rest():
    sleeping = mentorship_row(mentee=5, last_contact_on=days_ago(40))
    mentee = mentee_row(id=5, ward=OTHER_WARD)
    live = covered(
        mentees=[mentee], mentorships=[*mentorship_rows(4), mentorship_row(mentee=6), sleeping]
    )
    assert rules(live) == [Rule.MENTORSHIP_DORMANT]

    live.apply(RowChanges(mentees=[mentee._replace(pauses=RESTING)]))
    assert deciding(live.findings()) == ()

    live.apply(RowChanges(gone_mentees=[5]))
    assert rules(live) == [Rule.MENTORSHIP_DORMANT]


def test_a_mentor_who_rests_is_counted_apart():
    live = covered()

    live.apply(RowChanges(mentors=[mentor_row(pauses=RESTING)]))

    assert rules(live) == [Rule.WARD_WITHOUT_MENTOR]
    assert (live.totals().mentors, live.totals().mentors_paused) == (0, 1)


def test_the_first_who_waits_turns_the_next_step_of_a_mentor_below_the_floor():
    live = covered(mentorships=mentorship_rows(4), mentees=[])
    assert [finding.action for finding in deciding(live.findings())] == [ActionCode.REGISTER_MENTEE]

    live.apply(RowChanges(mentees=[mentee_row(id=9)]))

    assert [finding.action for finding in deciding(live.findings())] == [ActionCode.PAIR_WAITING]


def test_room_with_another_mentor_turns_the_next_step_of_one_over_capacity():
    full = {"mentors": [mentor_row(capacity=4), mentor_row(id=2, capacity=5)]}
    pairs = [*mentorship_rows(5), *mentorship_rows(5, first=6, mentor=2)]
    live = covered(**full, mentorships=pairs)
    assert [finding.action for finding in deciding(live.findings())] == [ActionCode.RAISE_CAPACITY]

    live.apply(RowChanges(mentors=[mentor_row(id=2, capacity=6)]))

    assert [finding.action for finding in deciding(live.findings())] == [ActionCode.MOVE_MENTEES]


def test_posts_come_go_and_move():
    live = covered(wards=[ward_row(), ward_row(code=OTHER_WARD)])
    there = post_row(ward=OTHER_WARD)

    live.apply(RowChanges(posts=[there]))
    assert [ward.figures.support_posts for ward in live.wards()] == [0, 1]

    live.apply(RowChanges(gone_posts=[there.id]))
    assert [ward.figures.support_posts for ward in live.wards()] == [0, 0]


def test_a_person_merged_into_another_counts_once():
    live = covered(
        mentors=[mentor_row(id=1, person=501), mentor_row(id=2, person=502)],
        mentees=[mentee_row(id=1, person=1), mentee_row(id=2, person=2, ward=OTHER_WARD)],
        wards=[ward_row(), ward_row(code=OTHER_WARD)],
    )
    assert (live.totals().mentors, live.totals().mentees) == (2, 2)

    live.apply(RowChanges(mentors=[mentor_row(id=2, person=501)]))
    assert (live.totals().mentors, live.wards()[0].figures.mentors) == (1, 1)

    live.apply(RowChanges(mentees=[mentee_row(id=2, person=1, ward=OTHER_WARD)]))
    assert live.totals().mentees == 1
    assert [ward.figures.mentees for ward in live.wards()] == [1, 1]


def test_a_person_with_two_spells_stays_counted_while_one_is_open():
    spells = [mentor_row(id=number, person=501) for number in (1, 2)]
    live = covered(mentors=spells)

    live.apply(RowChanges(mentors=[spells[1]._replace(ended_on=AS_OF)]))
    assert (live.totals().mentors, live.wards()[0].figures.mentors) == (1, 1)

    live.apply(RowChanges(gone_mentors=[1]))
    assert (live.totals().mentors, live.wards()[0].figures.mentors) == (0, 0)


def test_a_ward_gets_its_first_row():
    live = live_of(wards=[ward_row(has_data=False, last_entry_on=None, last_desk_on=None)])
    assert state(live) == (WardStatus.NO_DATA, WardStatus.NO_DATA)

    live.apply(RowChanges(wards=[ward_row()], desk=[desk_row(sessions=3, people=2)]))

    assert state(live) == (WardStatus.CRITICAL, Rule.WARD_WITHOUT_SUPPORT)
    assert rules(live) == [Rule.WARD_WITHOUT_SUPPORT, Rule.WARD_WITHOUT_MENTOR]
    assert (live.totals().sessions, live.totals().people_helped) == (3, 2)


def test_a_ward_that_is_reported_from_now_on_brings_its_people():
    live = covered(
        mentors=[mentor_row(), mentor_row(id=2, ward=OTHER_WARD, person=777)],
        mentees=[mentee_row(id=1), mentee_row(id=9, ward=OTHER_WARD)],
    )
    assert (live.totals().wards, live.totals().mentors, live.totals().mentees) == (1, 1, 1)

    live.apply(RowChanges(wards=[ward_row(code=OTHER_WARD)]))

    assert (live.totals().wards, live.totals().mentors, live.totals().mentees) == (2, 2, 2)
    assert [ward.code for ward in live.wards()] == [WARD, OTHER_WARD]


# what is handed out ------------------------------------------------------------------------


def three_gaps():
    """Two wards without support, one of them without a mentor, and one mentor below the floor."""
    return live_of(
        wards=[ward_row(code=OTHER_WARD), ward_row()], mentors=[mentor_row(ward=OTHER_WARD)]
    )


def test_findings_come_by_rule_and_then_by_ward():
    assert [(finding.rule, finding.ward) for finding in three_gaps().findings()] == [
        (Rule.WARD_WITHOUT_SUPPORT, WARD),
        (Rule.WARD_WITHOUT_SUPPORT, OTHER_WARD),
        (Rule.WARD_WITHOUT_MENTOR, WARD),
        (Rule.MENTOR_BELOW_FLOOR, OTHER_WARD),
    ]


def test_findings_are_handed_out_by_the_page():
    live = three_gaps()
    everything = live.findings()

    assert live.findings(limit=2) == everything[:2]
    assert live.findings(start=1, limit=2) == everything[1:3]
    assert live.findings(start=3, limit=9) == everything[3:]


def test_findings_are_handed_out_by_ward_and_rule():
    live = three_gaps()

    assert [finding.rule for finding in live.findings({WARD})] == [
        Rule.WARD_WITHOUT_SUPPORT,
        Rule.WARD_WITHOUT_MENTOR,
    ]
    assert [f.ward for f in live.findings(rules={Rule.WARD_WITHOUT_SUPPORT})] == [WARD, OTHER_WARD]


def test_findings_are_counted_by_rule():
    live = three_gaps()

    assert list(live.count_by_rule().items()) == [
        (Rule.WARD_WITHOUT_SUPPORT, 2),
        (Rule.WARD_WITHOUT_MENTOR, 1),
        (Rule.MENTOR_BELOW_FLOOR, 1),
    ]
    assert live.count_by_rule([OTHER_WARD]) == {
        Rule.WARD_WITHOUT_SUPPORT: 1,
        Rule.MENTOR_BELOW_FLOOR: 1,
    }


def test_a_code_without_a_ward_is_an_error():
    with pytest.raises(KeyError):
        three_gaps().report(["99999"])


def test_a_report_that_was_handed_out_stays_as_it_was():
    live = covered()
    report, standing = live.report(), live.standing(WARD)

    live.apply(RowChanges(gone_mentorships=[1, 2], gone_mentors=[1], posts=[post_row(id=2)]))

    assert report == covered().report()
    assert standing == covered().standing(WARD)
