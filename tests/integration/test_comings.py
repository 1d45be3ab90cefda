"""Who came from another ward, and who is due back: the receiving ward and the leader are told."""

from datetime import date

import pytest
import time_machine

from app.access.scope import WardScope
from app.queries.comings import list_arrivals, list_returns
from app.queries.pauses import find_pause
from app.queries.spells import SpellKey
from app.services.move_rules import MoveTerms
from app.services.move_spell import move_spell
from app.services.pause_rules import PauseTerms
from app.services.pause_spell import pause_spell
from app.services.set_return import set_return
from models import Account
from models.enums import PersonRole, Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PauseFactory,
    SupportPostFactory,
)

OLD, NEW = "21553", "21583"
BEGUN = date(2026, 1, 5)


@pytest.fixture
def march(flask_app):
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False) as now:
        yield now


def scope_of(code: str, account: Account | None = None) -> WardScope:
    return WardScope.of([any_ward(code).id], account.id if account else None)


def named(arrivals) -> list[tuple[str, str, bool]]:
    return [(one.full_name, one.origin_name, one.is_waiting) for one in arrivals]


def test_the_receiving_ward_is_told_of_arrivals_for_14_days_and_the_others_are_not(march):
    mover = account_with(Role.PROVINCE)
    mentor = MentorFactory(ward=any_ward(OLD), person__full_name="Rơ Châm Pril", started_on=BEGUN)
    learner = MenteeFactory(ward=any_ward(OLD), person__full_name="Siu Blơi", started_on=BEGUN)
    everywhere = WardScope.everywhere(mover.id)
    for role, spell in ((PersonRole.MENTOR, mentor), (PersonRole.MENTEE, learner)):
        terms = MoveTerms(any_ward(NEW).id, date(2026, 3, 9))
        move_spell(everywhere, SpellKey(role, spell.id), terms)

    told = named(list_arrivals(scope_of(NEW), date(2026, 3, 10)))

    assert told == [
        ("Rơ Châm Pril", "phường Quy Nhơn Bắc", False),
        ("Siu Blơi", "phường Quy Nhơn Bắc", True),
    ]
    assert list_arrivals(scope_of(OLD), date(2026, 3, 10)) == []
    assert list_arrivals(scope_of(NEW, mover), date(2026, 3, 10)) == []
    assert len(list_arrivals(scope_of(NEW), date(2026, 3, 23))) == 2
    assert list_arrivals(scope_of(NEW), date(2026, 3, 24)) == []


def test_a_mentee_who_came_along_with_the_mentor_waits_for_nobody(march):
    pair = MentorshipFactory(mentor__ward=any_ward(OLD), mentee__ward=any_ward(OLD))
    terms = MoveTerms(any_ward(NEW).id, date(2026, 3, 9))
    move_spell(WardScope.everywhere(), SpellKey(PersonRole.MENTEE, pair.mentee_id), terms)

    assert [one.is_waiting for one in list_arrivals(scope_of(NEW), date(2026, 3, 10))] == [False]


def test_who_is_due_back_is_asked_about_a_week_before_and_after_the_day(march):
    for days, values in (
        ((2, 3), {"mentor": MentorFactory(person__full_name="qua một tuần")}),
        ((2, 4), {"mentee": MenteeFactory(person__full_name="đã đến hạn")}),
        ((2, 17), {"support_post": SupportPostFactory(person__full_name="sắp đến hạn")}),
        ((2, 18), {"mentor": MentorFactory(person__full_name="còn lâu")}),
    ):
        PauseFactory(started_on=date(2026, 3, days[0]), ended_on=date(2026, 3, days[1]), **values)
    elsewhere = MentorFactory(ward=any_ward(NEW))
    PauseFactory(mentor=elsewhere, started_on=BEGUN, ended_on=date(2026, 3, 11))

    due = list_returns(scope_of(OLD), date(2026, 3, 10))

    assert [(one.full_name, one.due_on.day) for one in due] == [
        ("đã đến hạn", 4),
        ("sắp đến hạn", 17),
    ]


def test_a_return_that_was_recorded_or_put_off_is_not_asked_about(march):
    everywhere = WardScope.everywhere()
    keys = [SpellKey(PersonRole.MENTOR, MentorFactory(started_on=BEGUN).id) for _ in range(2)]
    for key in keys:
        pause_spell(everywhere, key, PauseTerms(date(2026, 3, 10), date(2026, 3, 20)))
    march.move_to("2026-03-18T02:00:00Z")
    back, away = keys
    first, second = list_returns(scope_of(OLD), date(2026, 3, 18))

    today = date(2026, 3, 18)
    set_return(everywhere, back, find_pause(everywhere, back, today).id, on=today)
    pause_spell(everywhere, away, PauseTerms(date(2026, 3, 20), date(2026, 5, 1)))

    assert {first.spell_id, second.spell_id} == {back.id, away.id}
    assert list_returns(scope_of(OLD), date(2026, 3, 18)) == []
