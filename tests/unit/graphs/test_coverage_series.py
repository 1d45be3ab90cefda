"""Coverage on several days: by hand, and every figure against the audit of that day."""

from collections import Counter
from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graphs.audit import audit
from graphs.coverage_series import SeriesDay, ward_histories
from graphs.network import build_network
from graphs.rows import NetworkRows, Thresholds
from graphs.standing import ward_standings
from graphs.ward_history import (
    CoveragePoint,
    MentorLoad,
    coverage_points,
    mentor_loads,
    month_ends,
)
from tests.factories.columns import first_day, history_columns
from tests.factories.rows import (
    OTHER_WARD,
    WARD,
    mentee_row,
    mentor_row,
    mentorship_row,
    network_rows,
    post_row,
    ward_row,
)
from tests.unit.graphs.generated import networks, past_days, thresholds

JANUARY, MARCH, JUNE = date(2026, 1, 31), date(2026, 3, 31), date(2026, 6, 30)
FLOOR_OF_TWO = Thresholds(floor=2)


def series(rows, days, *, contacts=None, desk=None, settings=FLOOR_OF_TWO):
    columns = history_columns(rows, contacts=contacts, desk=desk)
    histories = ward_histories(columns, [SeriesDay(day, settings) for day in days])
    return coverage_points(list(histories.values()), days)


def test_the_days_are_the_ends_of_twelve_months_and_the_day_itself():
    days = month_ends(date(2026, 3, 31), months=12)

    assert days[0] == date(2025, 3, 31)
    assert days[-3:] == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]
    assert len(days) == 13


def test_the_first_day_of_a_month_follows_the_end_of_the_one_before():
    assert month_ends(date(2026, 11, 1), months=2) == [
        date(2026, 9, 30),
        date(2026, 10, 31),
        date(2026, 11, 1),
    ]


def test_a_ward_comes_to_the_floor_on_paper_and_later_in_fact():
    rows = network_rows(
        mentors=[mentor_row(started_on=date(2026, 2, 1))],
        mentees=[mentee_row(id=n, started_on=date(2026, 2, 1)) for n in (1, 2, 3)],
        mentorships=[mentorship_row(mentee=n, started_on=date(2026, 3, 1)) for n in (1, 2)],
        posts=[post_row(started_on=date(2026, 2, 1))],
    )

    points = series(
        rows,
        [JANUARY, MARCH, JUNE],
        contacts={1: [date(2026, 6, 1)], 2: [date(2026, 3, 2), date(2026, 6, 10)]},
        desk={WARD: [date(2026, 6, 17)]},
    )

    assert points == [
        CoveragePoint(JANUARY, 1, 1, 0, 0, 0, 0, 0, 0, 0),
        CoveragePoint(MARCH, 1, 0, 1, 0, 1, 1, 0, 3, 1),
        CoveragePoint(JUNE, 1, 0, 1, 1, 1, 1, 1, 3, 1),
    ]
    assert [point.has_data for point in points] == [False, True, True]


def test_a_completed_mentee_counts_until_the_end_of_the_year():
    done = mentorship_row(ended_on=date(2026, 3, 31), is_completion=True)
    rows = network_rows(mentors=[mentor_row()], mentorships=[done])
    days = [MARCH, date(2026, 12, 31), date(2027, 1, 1)]

    points = series(rows, days, contacts={1: [MARCH]}, settings=Thresholds(floor=1))

    assert [point.mentors_meeting_floor for point in points] == [1, 1, 0]
    assert [point.mentors_meeting_floor_in_fact for point in points] == [1, 1, 0]


def test_each_day_is_judged_by_the_settings_in_force_on_it():
    rows = network_rows(
        mentors=[mentor_row()], mentorships=[mentorship_row(mentee=n) for n in (1, 2)]
    )
    days = [SeriesDay(MARCH, Thresholds(floor=2)), SeriesDay(JUNE, Thresholds(floor=3))]

    histories = ward_histories(history_columns(rows), days)

    points = coverage_points(list(histories.values()), [MARCH, JUNE])
    assert [point.mentors_meeting_floor for point in points] == [1, 0]


def test_a_mentor_of_two_wards_is_one_mentor_of_the_province():
    rows = network_rows(
        wards=[ward_row(), ward_row(code=OTHER_WARD)],
        mentors=[mentor_row(id=1), mentor_row(id=2, ward=OTHER_WARD)],
    )

    histories = ward_histories(history_columns(rows), [SeriesDay(JUNE, Thresholds())])

    assert [coverage_points([ward], [JUNE])[0].mentors for ward in histories.values()] == [1, 1]
    assert coverage_points(list(histories.values()), [JUNE])[0].mentors == 1


def test_a_ward_that_was_dissolved_is_counted_until_then():
    columns = history_columns(network_rows(mentors=[mentor_row()], posts=[post_row()]))
    dissolved = columns._replace(
        wards=columns.wards._replace(valid_to=np.array([JUNE], dtype="datetime64[D]"))
    )

    histories = ward_histories(
        dissolved, [SeriesDay(MARCH, Thresholds()), SeriesDay(JUNE, Thresholds())]
    )

    points = coverage_points(list(histories.values()), [MARCH, JUNE])
    assert points[0].mentors == points[0].wards_with_support == points[0].wards == 1
    assert points[1] == CoveragePoint(JUNE, *[0] * 9)


def test_loads_are_counted_on_the_last_day_with_paused_mentors_apart():
    resting = ((date(2026, 6, 1), date(2026, 8, 1)),)
    rows = network_rows(
        mentors=[mentor_row(id=1), mentor_row(id=2, pauses=resting), mentor_row(id=3)],
        mentorships=[mentorship_row(mentee=1), mentorship_row(mentee=2)],
    )

    histories = ward_histories(
        history_columns(rows, contacts={1: [JUNE]}),
        [SeriesDay(MARCH, Thresholds()), SeriesDay(JUNE, Thresholds())],
    )

    assert mentor_loads(histories.values()) == {
        MentorLoad(2, 1, is_paused=False): 1,
        MentorLoad(0, 0, is_paused=True): 1,
        MentorLoad(0, 0, is_paused=False): 1,
    }


def test_no_ward_has_no_history():
    assert coverage_points([], [JUNE]) == []


@st.composite
def pasts(draw):
    """The rows of a network with all contacts and desk days, and some days in order."""
    as_of, rows = draw(networks())
    some_days = st.lists(past_days(as_of), max_size=4)
    contacts = {pair.id: draw(some_days) for pair in rows.mentorships}
    desk = {ward.code: draw(some_days) for ward in rows.wards}
    days = sorted({*draw(st.lists(past_days(as_of), max_size=4)), as_of})
    return rows, contacts, desk, [SeriesDay(day, draw(thresholds)) for day in days]


@given(pasts())
def test_every_point_is_what_the_audit_of_its_day_says(past):
    rows, contacts, desk, days = past

    histories = ward_histories(history_columns(rows, contacts=contacts, desk=desk), days)

    all_points = coverage_points(list(histories.values()), [at.day for at in days])
    assert all_points == [audited(rows, contacts, desk, at, None) for at in days]
    assert mentor_loads(histories.values()) == audited_loads(rows, contacts, days[-1])
    for code, history in histories.items():
        points = coverage_points([history], [at.day for at in days])
        assert points == [audited(rows, contacts, desk, at, str(code)) for at in days]


def audited(rows, contacts, desk, at, only):
    """The figures of all wards, or of one alone, by the audit of the day."""
    as_known = NetworkRows(
        wards=[
            ward._replace(
                has_data=is_by(first_day(rows, ward.code, contacts, desk), at.day),
                last_desk_on=last_by(desk[ward.code], at.day),
            )
            for ward in rows.wards
            if only in {None, ward.code}
        ],
        borders=(),
        posts=rows.posts,
        mentors=rows.mentors,
        mentees=rows.mentees,
        mentorships=[
            pair._replace(last_contact_on=last_by(contacts[pair.id], at.day))
            for pair in rows.mentorships
        ],
        desk=(),
    )
    totals = audit(build_network(as_known, as_of=at.day), at.thresholds).totals
    return CoveragePoint(at.day, *(getattr(totals, name) for name in CoveragePoint._fields[1:]))


def audited_loads(rows, contacts, at):
    """The loads of the mentors of the rows' wards, as the audit sees them."""
    as_known = rows._replace(
        mentorships=[
            pair._replace(last_contact_on=last_by(contacts[pair.id], at.day))
            for pair in rows.mentorships
        ]
    )
    wards = ward_standings(build_network(as_known, as_of=at.day), at.thresholds)
    return Counter(
        MentorLoad(mentor.guided, mentor.guided_in_fact, mentor.is_paused)
        for ward in wards
        for mentor in ward.mentors
    )


def is_by(first, day):
    return first is not None and first <= day


def last_by(days, day):
    return max((seen for seen in days if seen <= day), default=None)


def test_the_days_may_lie_close_together():
    rows = network_rows(mentors=[mentor_row()], mentorships=[mentorship_row()])
    days = [JUNE - timedelta(days=1), JUNE]

    points = series(rows, days, contacts={1: [JUNE]}, settings=Thresholds(floor=1))

    assert [point.mentors_meeting_floor_in_fact for point in points] == [0, 1]
