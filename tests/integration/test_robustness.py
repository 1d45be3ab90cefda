"""What is told to fall is what the audit finds once the people have really left."""

from datetime import timedelta

import pytest

from app import clock
from app.access.scope import WardScope
from app.queries.audit import audit_scope
from app.queries.robustness import falls_in
from app.queries.spells import SpellKey
from app.services.end_spell import end_spell
from graphs.comparison import only_in, ward_changes
from graphs.findings import SubjectKind
from models.enums import PersonRole
from tests.factories.base import any_ward
from tests.factories.network import (
    HandoffFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PauseFactory,
    PersonFactory,
    SupportPostFactory,
    end_reason,
)

EVERYWHERE = WardScope.everywhere()
HERE, NEXT_DOOR, ISLAND = "21553", "21583", "21607"


@pytest.fixture
def staff(flask_app):
    """Three wards with cross-ward pairs, a paused mentor, two desks of one person, and twins."""
    today = clock.today()
    here, other, island = map(any_ward, (HERE, NEXT_DOOR, ISLAND))
    at_two_desks = PersonFactory()
    posts = [SupportPostFactory(ward=ward, person=at_two_desks) for ward in (here, island)]
    posts += [SupportPostFactory(ward=here), SupportPostFactory(ward=other)]
    mentors = [MentorFactory(ward=ward) for ward in (here, here, other, island)]
    for mentor, homes in zip(
        mentors, ([here] * 5 + [other], [here], [other, here], [island] * 2), strict=True
    ):
        for home in homes:
            MentorshipFactory(mentor=mentor, mentee=MenteeFactory(ward=home))
    handed_on = MentorshipFactory(mentor=mentors[2], mentee=MenteeFactory(ward=here)).mentee
    HandoffFactory(mentee=handed_on, handed_on=today - timedelta(days=20))
    PauseFactory(mentor=mentors[3], started_on=today, ended_on=today + timedelta(days=5))
    first = PersonFactory(full_name="Rơ Châm Dih", birth_year=1961, phone=None)
    second = PersonFactory(full_name="Rơ Châm Dih", birth_year=1961, phone=None)
    mentors.append(MentorFactory(ward=other, person=first))
    MenteeFactory(ward=other, person=second)
    return mentors, posts


def told(kind, key):
    """The one fall of a subject."""
    [fall] = [one for one in falls_in(EVERYWHERE, clock.today()) if one.subject == (kind, key)]
    return fall


def leave(role, *spells):
    """End spells one after the other; return what that opened, closed and changed."""
    today = clock.today()
    before = audit_scope(EVERYWHERE, today)
    for spell in spells:
        key = SpellKey(role[spell.__tablename__], spell.id)
        end_spell(EVERYWHERE, key, on=today, reason_id=end_reason("other").id)
    after = audit_scope(EVERYWHERE, today)
    return (
        only_in(after.findings, before.findings),
        only_in(before.findings, after.findings),
        tuple(ward_changes(before, after)),
    )


ROLES = {"mentors": PersonRole.MENTOR, "support_posts": PersonRole.SUPPORT_POST}


@pytest.mark.parametrize("place", range(5))
def test_a_mentor_who_really_leaves_brings_about_what_was_told(staff, place):
    mentor = staff[0][place]
    fall = told(SubjectKind.MENTOR, mentor.id)

    assert (fall.opened, fall.closed, fall.changes) == leave(ROLES, mentor)


@pytest.mark.parametrize("place", [0, 2, 3])
def test_a_support_person_who_really_leaves_all_posts_too(staff, place):
    posts = staff[1]
    person = posts[place].person_id
    fall = told(SubjectKind.PERSON, person)

    own = [post for post in posts if post.person_id == person]
    assert (fall.opened, fall.closed, fall.changes) == leave(ROLES, *own)


@pytest.mark.parametrize("code", [HERE, NEXT_DOOR, ISLAND])
def test_a_ward_whose_whole_staff_really_leaves_too(staff, code):
    ward = any_ward(code)
    fall = told(SubjectKind.WARD, code)

    own = [row for rows in staff for row in rows if row.ward_id == ward.id]
    assert (fall.opened, fall.closed, fall.changes) == leave(ROLES, *own)


def test_a_leader_is_told_of_the_own_ward_and_how_many_elsewhere_are_left_behind(staff):
    own = EVERYWHERE.narrowed_to(any_ward(HERE).id)

    mine = falls_in(own, clock.today())

    first = next(one for one in mine if one.subject == (SubjectKind.MENTOR, staff[0][0].id))
    assert len(first.orphans) == 6
    assert {ward for one in mine for ward in one.wards} == {HERE}
    assert {finding.ward for one in mine for finding in one.opened} <= {HERE}


def test_what_falls_is_told_once_until_something_is_written(staff):
    today = clock.today()

    first, again = (falls_in(EVERYWHERE, today) for _ in range(2))
    of_ward = falls_in(WardScope.of([any_ward(ISLAND).id]), today)
    MentorFactory(ward=any_ward(ISLAND))
    later = falls_in(EVERYWHERE, today)

    assert again is first
    assert len(of_ward) < len(first) < len(later)
