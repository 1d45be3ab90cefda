"""What is assumed of a network: who goes, who comes, which wards are one."""

import random

from graphs.planning.what_if import (
    Assumptions,
    Joining,
    assumed,
    busiest_mentors,
    scarcest_posts,
)
from graphs.timeline import is_open
from tests.factories.rows import (
    AS_OF,
    OTHER_WARD,
    WARD,
    days_ago,
    mentee_row,
    mentor_row,
    mentorship_row,
    mentorship_rows,
    network_rows,
    post_row,
    report_of,
    ward_row,
)

BOTH = {WARD, OTHER_WARD}
TWO_WARDS = [ward_row(), ward_row(code=OTHER_WARD, has_data=False, last_entry_on=None)]
AWAY = ((days_ago(1), days_ago(-9)),)


def busy_rows(**more):
    """Mentor 1 with two mentees, mentor 2 of the other ward with three, mentor 3 with two."""
    return network_rows(
        wards=TWO_WARDS,
        mentors=[
            mentor_row(),
            mentor_row(id=2, person=502, ward=OTHER_WARD),
            mentor_row(id=3, person=503),
            mentor_row(id=4, person=504, pauses=AWAY),
            mentor_row(id=5, person=505, ended_on=AS_OF),
        ],
        mentees=[mentee_row(id=number) for number in range(1, 8)],
        mentorships=[
            *mentorship_rows(2),
            *mentorship_rows(3, first=3, mentor=2),
            *mentorship_rows(2, first=6, mentor=3),
            mentorship_row(id=20, mentee=20, mentor=3, ended_on=days_ago(3)),
        ],
        **more,
    )


def test_the_busiest_mentors_at_work_go_first_and_of_equals_the_one_known_longest():
    rows = busy_rows()

    assert busiest_mentors(rows, 1, wards=BOTH, on=AS_OF) == {2}
    assert busiest_mentors(rows, 2, wards=BOTH, on=AS_OF) == {2, 1}
    assert busiest_mentors(rows, 9, wards={WARD}, on=AS_OF) == {1, 3}


def test_support_people_go_first_where_fewest_are_at_work_with_all_their_posts():
    rows = network_rows(
        wards=TWO_WARDS,
        posts=[
            post_row(id=1, person=900),
            post_row(id=2, person=901),
            post_row(id=3, person=902, ward=OTHER_WARD),
            post_row(id=4, person=902),
            post_row(id=5, person=903, ward=OTHER_WARD, pauses=AWAY),
        ],
    )

    assert scarcest_posts(rows, 1, wards=BOTH, on=AS_OF) == {3, 4}
    assert scarcest_posts(rows, 2, wards=BOTH, on=AS_OF) == {1, 3, 4}
    assert scarcest_posts(rows, 0, wards=BOTH, on=AS_OF) == set()


def test_who_is_added_waits_in_each_ward_and_is_nobody_known():
    rows = busy_rows()

    after = assumed(rows, Assumptions(mentees_added=2), on=AS_OF)

    added = [row for row in after.mentees if row not in rows.mentees]
    assert sorted(row.ward for row in added) == [WARD, WARD, OTHER_WARD, OTHER_WARD]
    assert {row.id for row in added} == {21, 22, 23, 24}
    assert {row.person for row in added} == {506, 507, 508, 509}
    assert all(ward.has_data and ward.last_entry_on == AS_OF for ward in after.wards)


def test_with_a_ward_named_nobody_of_another_comes_or_goes():
    after = assumed(
        busy_rows(), Assumptions(mentors_gone=9, mentees_added=1, ward=OTHER_WARD), on=AS_OF
    )

    assert [row.id for row in after.mentors if is_open(row, AS_OF)] == [1, 3, 4]
    assert [row.ward for row in after.mentees[7:]] == [OTHER_WARD]


def test_people_come_and_go_before_wards_are_joined():
    after = assumed(
        busy_rows(),
        Assumptions(mentees_added=1, ward=OTHER_WARD, joining=Joining(OTHER_WARD, WARD)),
        on=AS_OF,
    )

    assert [ward.code for ward in after.wards] == [WARD]
    assert {row.ward for row in (*after.mentors, *after.mentees)} == {WARD}
    assert len(after.mentees) == 8


def test_without_an_assumption_the_audit_stays_as_it_is():
    rows = busy_rows(posts=[post_row()])

    after = assumed(rows, Assumptions(), on=AS_OF)

    assert report_of(**after._asdict()) == report_of(**rows._asdict())


def test_the_order_of_rows_changes_nothing():
    rows = busy_rows(posts=[post_row(), post_row(id=2, person=901)])
    chance = random.Random(4)  # noqa: S311  # repeatable, not secret
    assumptions = Assumptions(mentors_gone=2, support_gone=1, mentees_added=3)
    expected = report_of(**assumed(rows, assumptions, on=AS_OF)._asdict())

    for _ in range(20):
        mixed = rows._replace(
            **{
                kind: chance.sample(list(values), len(values))
                for kind, values in rows._asdict().items()
            }
        )
        assert report_of(**assumed(mixed, assumptions, on=AS_OF)._asdict()) == expected
