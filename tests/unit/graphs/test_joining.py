"""A network in which two wards became one, row by row."""

from datetime import datetime, time

from graphs.joining import after_joining
from graphs.rows import AlikeRow, BorderRow, EntryRow, Gap, PlaceRow
from tests.factories.rows import (
    AS_OF,
    OTHER_WARD,
    WARD,
    border_row,
    days_ago,
    desk_row,
    mentee_row,
    mentor_row,
    mentorship_row,
    network_rows,
    post_row,
    report_of,
    ward_row,
)

THIRD = "21607"
HERE = ward_row()
THERE = ward_row(code=OTHER_WARD, name="Quy Nhơn", latitude=13.7, last_entry_on=AS_OF)
FAR = ward_row(code=THIRD, name="Nhơn Châu")


def joined(**rows):
    """The rows after the other ward became part of the first."""
    together = network_rows(**{"wards": [HERE, THERE, FAR]} | rows)
    return after_joining(together, OTHER_WARD, WARD, on=AS_OF)


def test_the_ward_that_stays_keeps_its_name_and_point_and_hears_what_the_other_heard():
    assert joined().wards == [ward_row(last_entry_on=AS_OF), FAR]


def test_a_ward_without_data_has_those_of_the_one_that_joins_it():
    empty = ward_row(has_data=False, last_entry_on=None, last_desk_on=None)

    [first, _far] = joined(wards=[empty, THERE, FAR]).wards

    assert (first.has_data, first.last_entry_on, first.last_desk_on) == (True, AS_OF, days_ago(1))


def test_everybody_of_the_ward_that_is_gone_belongs_to_the_other():
    after = joined(
        mentors=[mentor_row(), mentor_row(id=2, person=501, ward=OTHER_WARD)],
        mentees=[mentee_row(ward=OTHER_WARD), mentee_row(id=2, ward=THIRD)],
    )

    assert [row.ward for row in after.mentors] == [WARD, WARD]
    assert [row.ward for row in after.mentees] == [WARD, THIRD]


def test_who_serves_at_both_desks_has_one_post():
    after = joined(
        posts=[
            post_row(),
            post_row(id=2, ward=OTHER_WARD),
            post_row(id=3, ward=OTHER_WARD, person=901),
            post_row(id=4, ward=OTHER_WARD, ended_on=days_ago(9)),
        ]
    )

    assert [(row.id, row.ward) for row in after.posts] == [(1, WARD), (3, WARD), (4, WARD)]


def test_borders_add_up_and_the_one_between_them_is_gone():
    after = joined(
        borders=[
            border_row(),
            BorderRow(WARD, THIRD, 2.0),
            BorderRow(OTHER_WARD, THIRD, 3.0),
        ]
    )

    assert after.borders == [BorderRow(WARD, THIRD, 5.0)]


def test_sessions_and_first_visits_add_up():
    after = joined(desk=[desk_row(), desk_row(ward=OTHER_WARD, sessions=3, people=2)])

    assert after.desk == [desk_row(sessions=15, people=9)]


def test_the_way_between_two_people_is_that_of_the_new_ward():
    there = PlaceRow(OTHER_WARD, 13.7, 109.167)
    here = PlaceRow(WARD, HERE.latitude, HERE.longitude)
    after = joined(
        mentors=[mentor_row(), mentor_row(id=2, person=501, ward=THIRD)],
        mentorships=[
            mentorship_row(id=1, gap=Gap(there, lacks_language=False)),
            mentorship_row(id=2, gap=Gap(there, lacks_language=True)),
            mentorship_row(id=3, mentor=2, gap=Gap(there, lacks_language=True)),
        ],
    )

    assert [row.gap for row in after.mentorships] == [
        None,
        Gap(None, lacks_language=True),
        Gap(here, lacks_language=True),
    ]


def test_alike_people_are_compared_once_and_entries_move():
    first_there = AlikeRow(1, OTHER_WARD, 2, WARD, AS_OF)
    entry = EntryRow(7, OTHER_WARD, 1, 1, "done", datetime.combine(AS_OF, time(9)))

    rows = network_rows(wards=[HERE, THERE])._replace(
        alike=[first_there, first_there._replace(earlier_ward=WARD)], entries=[entry]
    )
    after = after_joining(rows, OTHER_WARD, WARD, on=AS_OF)

    assert after.alike == [first_there._replace(earlier_ward=WARD)]
    assert after.entries == [entry._replace(ward=WARD)]


def test_the_audit_is_that_of_a_network_that_never_knew_two_wards():
    people = {
        "posts": [post_row()],
        "mentors": [mentor_row(), mentor_row(id=2, person=501, ward=OTHER_WARD)],
        "mentees": [mentee_row(ward=OTHER_WARD), *(mentee_row(id=n) for n in (2, 3))],
        "mentorships": [mentorship_row(gap=Gap(PlaceRow(OTHER_WARD, 13.7, 109.1), False))],
    }
    after = joined(wards=[HERE, THERE], **people)
    always = {
        "posts": [post_row()],
        "mentors": [mentor_row(), mentor_row(id=2, person=501)],
        "mentees": [mentee_row(id=n) for n in (1, 2, 3)],
        "mentorships": [mentorship_row()],
    }

    assert report_of(**after._asdict()) == report_of(
        wards=[ward_row(last_entry_on=AS_OF)], **always
    )
