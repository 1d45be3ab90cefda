"""What is read of the recorded for a roster file: who may be meant, and their roles and pairs."""

from datetime import date

import pytest

from app.access.scope import WardScope
from app.queries.roster_matching import (
    KnownPairing,
    MentorLoad,
    count_loads,
    find_people,
    list_pairings,
    list_spells,
)
from app.queries.value_lists import is_one_of
from models import Person, db
from tests.factories.base import any_ward
from tests.factories.network import (
    ENTERED_AT,
    START,
    HamletFactory,
    MenteeFactory,
    MentorCapacityFactory,
    MentorFactory,
    MentorshipFactory,
    PersonFactory,
    SupportPostFactory,
    end_reason,
)

pytestmark = pytest.mark.usefixtures("flask_app")
EVERYWHERE = WardScope.everywhere()
PHONE, OTHER_PHONE = "+84912345678", "+84912345679"
TODAY = date(2026, 3, 10)


@pytest.fixture
def here():
    return any_ward()


@pytest.fixture
def elsewhere():
    return any_ward("23764")


def named(name, **values):
    return PersonFactory(full_name=name, **values)


def found(scope=EVERYWHERE, *, names=frozenset(), phones=()):
    return [person.id for person in find_people(scope, names=names, phones=phones)]


@pytest.mark.parametrize("role", [MentorFactory, MenteeFactory, SupportPostFactory])
def test_a_name_means_who_has_or_had_a_role_in_that_ward(role, here, elsewhere):
    present = role(person=named("Đinh Thị Hoa"), ward=here)
    past = role(person=named("Đinh thị hòa"), ward=here, ended_on=date(2026, 2, 1))
    role(person=named("Đinh Thị Hoa"), ward=elsewhere)
    role(person=named("Đinh Thị Hoan"), ward=here)
    assert found(names={(here.id, "dinh thi hoa")}) == [present.person_id, past.person_id]


def test_a_phone_means_everybody_of_the_scope_who_has_it(here, elsewhere):
    near = MentorFactory(person=named("Đinh Thị Hoa", phone=PHONE), ward=here)
    far = MenteeFactory(person=named("Rah Lan H'Mi", phone=PHONE), ward=elsewhere)
    named("Không Vai Trò", phone=PHONE)
    assert found(phones=[PHONE, OTHER_PHONE]) == [near.person_id, far.person_id]
    assert found(WardScope.of([here.id]), phones=[PHONE]) == [near.person_id]


def test_nobody_is_found_in_a_ward_outside_the_scope(here, elsewhere):
    MentorFactory(person=named("Đinh Thị Hoa"), ward=elsewhere)
    names = {(elsewhere.id, "dinh thi hoa")}
    assert found(WardScope.of([here.id]), names=names) == []


def test_who_was_deleted_or_merged_and_whose_role_was_deleted_is_not_meant(here):
    kept = MentorFactory(person=named("Đinh Thị Hoa", phone=PHONE), ward=here).person
    MentorFactory(person=named("Đinh Thị Hoa", phone=PHONE, merged_into_id=kept.id), ward=here)
    MentorFactory(person=named("Đinh Thị Hoa", phone=PHONE, deleted_at=ENTERED_AT), ward=here)
    MentorFactory(person=named("Đinh Thị Hoa", phone=PHONE), ward=here, deleted_at=ENTERED_AT)
    assert found(names={(here.id, "dinh thi hoa")}, phones=[PHONE]) == [kept.id]


def test_a_hamlet_that_was_deleted_is_not_told(here):
    hamlets = [HamletFactory(ward=here), HamletFactory(ward=here, deleted_at=ENTERED_AT)]
    for hamlet in hamlets:
        MenteeFactory(person=named("Đinh Thị Hoa", hamlet=hamlet), ward=here)
    people = find_people(EVERYWHERE, names={(here.id, "dinh thi hoa")}, phones=[])
    assert [person.hamlet for person in people] == [hamlets[0].name, None]


def test_all_roles_of_those_who_are_meant_are_read_by_start(here, elsewhere):
    person = named("Đinh Thị Hoa")
    second = MentorFactory(person=person, ward=elsewhere, started_on=date(2026, 3, 1))
    first = MenteeFactory(person=person, ward=here, ended_on=date(2026, 2, 1))
    MentorFactory(person=person, ward=here, deleted_at=ENTERED_AT)
    spells = list_spells(WardScope.of([here.id]), [person.id])
    assert [(spell.id, spell.ward_id) for spell in spells] == [
        (first.id, here.id),
        (second.id, elsewhere.id),
    ]
    assert list_spells(WardScope.of([any_ward("23942").id]), [person.id]) == []


def test_the_pairs_of_mentees_are_read_with_who_the_mentor_is(here):
    mentor = MentorFactory(person=named("Đinh Thị Hoa", phone=PHONE), ward=here)
    mentee = MenteeFactory(ward=here)
    pair = MentorshipFactory(mentor=mentor, mentee=mentee)
    MentorshipFactory(mentor=MentorFactory(ward=here), mentee=mentee, deleted_at=ENTERED_AT)
    assert list_pairings(EVERYWHERE, [mentee.id]) == [
        KnownPairing(
            pair.id, mentee.id, mentor.id, "dinh thi hoa", PHONE, pair.started_on, pair.ended_on
        )
    ]


def test_the_load_of_a_mentor_is_that_of_the_day_and_the_limit_the_latest(here):
    ended = {"ended_on": TODAY, "end_reason": end_reason("other")}
    mentor, idle = MentorFactory(ward=here), MentorFactory(ward=here)
    MentorshipFactory(mentor=mentor, mentee=MenteeFactory(ward=here))
    MentorshipFactory(mentor=mentor, mentee=MenteeFactory(ward=here), **ended)
    for effective_on, capacity in ((START, 10), (date(2026, 2, 1), 7), (date(2026, 4, 1), 3)):
        MentorCapacityFactory(mentor=mentor, effective_on=effective_on, capacity=capacity)
    assert count_loads(EVERYWHERE, [mentor.id, idle.id], day=TODAY) == {
        mentor.id: MentorLoad(1, 7),
        idle.id: MentorLoad(0, None),
    }


@pytest.mark.parametrize("more", [0, 70_000])
def test_a_list_may_have_more_values_than_a_statement_has_marks(more):
    hoa, mai = named("Đinh Thị Hoa"), named("Rah Lan H'Mai", phone=PHONE)
    ids = [hoa.id, mai.id, *range(1_000_000, 1_000_000 + more)]
    wanted = db.session.query(Person.id).order_by(Person.id)
    assert wanted.filter(is_one_of(Person.id, ids)).all() == [(hoa.id,), (mai.id,)]
    assert wanted.filter(is_one_of(Person.phone, [PHONE, OTHER_PHONE])).all() == [(mai.id,)]
    assert wanted.filter(is_one_of(Person.phone, [])).all() == []
