"""A network in which somebody has left, or people were paired, row by row."""

from datetime import date

from graphs.rows import AlikeRow
from graphs.supposing import after_leaving, after_pairing
from tests.factories.rows import (
    AS_OF,
    OTHER_WARD,
    WARD,
    days_ago,
    mentee_row,
    mentor_row,
    mentorship_row,
    network_rows,
    post_row,
    ward_row,
)


def test_the_spell_and_its_open_pairings_end_on_the_day():
    ended = mentorship_row(id=2, mentee=2, ended_on=days_ago(9), is_completion=True)
    other = mentorship_row(id=3, mentor=2, mentee=3)
    rows = network_rows(
        mentors=[mentor_row(), mentor_row(id=2, person=501)],
        mentees=[mentee_row(), mentee_row(id=3)],
        mentorships=[mentorship_row(), ended, other],
    )

    after = after_leaving(rows, mentors={1}, on=AS_OF)

    assert after.mentors == [mentor_row(ended_on=AS_OF), mentor_row(id=2, person=501)]
    assert after.mentees == [mentee_row(last_mentorship_end=AS_OF), mentee_row(id=3)]
    assert after.mentorships == [mentorship_row(ended_on=AS_OF), ended, other]


def test_who_left_before_or_comes_later_is_not_touched():
    rows = network_rows(
        posts=[post_row(ended_on=days_ago(3))],
        mentors=[mentor_row(ended_on=AS_OF)],
    )

    after = after_leaving(rows, mentors={1}, posts={1}, on=AS_OF)

    assert (after.posts, after.mentors) == (rows.posts, rows.mentors)


def test_alike_people_are_compared_where_both_still_have_a_role():
    here = AlikeRow(500, WARD, 700, WARD, date(2026, 2, 2))
    there = AlikeRow(500, OTHER_WARD, 700, WARD, date(2026, 2, 2))
    rows = network_rows(
        mentors=[mentor_row()],
        posts=[post_row(person=500, ward=OTHER_WARD)],
        mentees=[mentee_row(person=700)],
    )._replace(alike=[here, there])

    assert after_leaving(rows, mentors={1}, on=AS_OF).alike == [there]
    assert after_leaving(rows, posts={1}, on=AS_OF).alike == [here]


def test_a_pairing_begins_on_the_day_without_a_contact():
    rows = network_rows(
        mentors=[mentor_row()],
        mentees=[mentee_row(id=4, last_mentorship_start=days_ago(90))],
        mentorships=[mentorship_row(id=8, mentee=4, ended_on=AS_OF)],
    )

    after = after_pairing(rows, {4: 1}, on=AS_OF)

    assert after.wards == [ward_row(last_entry_on=AS_OF)]
    assert after.mentees == [mentee_row(id=4, last_mentorship_start=AS_OF)]
    assert after.mentorships[1:] == [
        mentorship_row(id=9, mentee=4, started_on=AS_OF, last_contact_on=None)
    ]
