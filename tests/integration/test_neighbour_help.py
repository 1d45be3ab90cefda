"""Who helps whom by what is recorded, and how much of it a scope is told."""

from app import clock
from app.access.scope import WardScope
from app.queries.twinning import twinning_for
from tests.factories.base import any_ward
from tests.factories.network import MenteeFactory, MentorFactory, SupportPostFactory

HERE, NEXT_DOOR, ISLAND = "21553", "21583", "21607"


def scope_of(code):
    return WardScope.of([any_ward(code).id])


def told(twinning):
    return [
        (each.way.giver, each.way.taker, each.people, each.way.is_by_sea)
        for each in twinning.partnerships
    ]


def test_every_partner_is_told_and_nobody_else(flask_app):
    MentorFactory(ward=any_ward(HERE))
    for code in (NEXT_DOOR, NEXT_DOOR, ISLAND):
        MenteeFactory(ward=any_ward(code))
    for _ in range(3):
        SupportPostFactory(ward=any_ward(HERE))
    today = clock.today()
    next_door, island = (HERE, NEXT_DOOR, 2, False), (HERE, ISLAND, 1, True)

    everything = twinning_for(WardScope.everywhere(), today)

    assert told(everything.learners) == [next_door, island]
    assert told(everything.support) == [(HERE, NEXT_DOOR, 1, False), (HERE, ISLAND, 1, True)]
    assert told(twinning_for(scope_of(HERE), today).learners) == [next_door, island]
    assert told(twinning_for(scope_of(ISLAND), today).learners) == [island]
    assert told(twinning_for(scope_of("23575"), today).learners) == []


def test_a_scope_is_told_what_its_own_wards_still_lack(flask_app):
    for code in (NEXT_DOOR, ISLAND):
        MenteeFactory(ward=any_ward(code))

    found = twinning_for(scope_of(ISLAND), clock.today())

    assert (found.learners.missing, found.support.missing) == ({ISLAND: 1}, {ISLAND: 1})
