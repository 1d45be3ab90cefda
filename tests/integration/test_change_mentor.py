"""A mentee gets another mentor: one step, or none, and one way back."""

from datetime import date

import pytest
from sqlalchemy import select

from app.access.scope import WardScope
from app.errors import (
    CapacityExceededError,
    LaterChangeError,
    OutOfScopeError,
    PairEndsTooEarlyError,
    SameMentorError,
)
from app.queries.spells import SpellKey
from app.rule_wording import describe_broken_rule
from app.services.change_mentor import change_mentor
from app.services.end_spell import end_spell
from app.services.undo_batch import undo_batch
from models import Batch, Mentorship, db
from models.enums import PersonRole, Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    START,
    MentorCapacityFactory,
    MentorFactory,
    MentorshipFactory,
    end_reason,
)

pytestmark = pytest.mark.usefixtures("flask_app")

DAY = date(2026, 3, 2)


def leader_scope(ward_code: str = "21553") -> WardScope:
    account = account_with(Role.WARD_LEADER, ward_code)
    return WardScope.of([any_ward(ward_code).id], account.id)


def pairs() -> list[tuple[int, date, date | None, int | None]]:
    return sorted(
        db.session.execute(
            select(
                Mentorship.mentor_id,
                Mentorship.started_on,
                Mentorship.ended_on,
                Mentorship.end_reason_id,
            )
        )
    )


def test_the_old_pair_ends_on_the_day_on_which_the_new_one_begins() -> None:
    pair, after_id = MentorshipFactory(), MentorFactory().id
    before_id, reason_id = pair.mentor_id, end_reason("mentor_changed").id

    receipt = change_mentor(leader_scope(), pair.id, after_id, on=DAY)

    assert pairs() == [(before_id, START, DAY, reason_id), (after_id, DAY, None, None)]
    assert db.session.get_one(Batch, receipt.batch_id).kind == "mentor_changed"


def test_undoing_it_gives_the_old_pair_back_and_takes_the_new_one() -> None:
    pair, after_id, scope = MentorshipFactory(), MentorFactory().id, leader_scope()
    before_id = pair.mentor_id
    receipt = change_mentor(scope, pair.id, after_id, on=DAY)

    undo_batch(scope, receipt.batch_id)

    assert pairs() == [(before_id, START, None, None)]


def test_a_mentor_without_room_leaves_the_old_pair_as_it_is() -> None:
    pair, full = MentorshipFactory(), MentorFactory()
    MentorCapacityFactory(mentor=full, capacity=1)
    MentorshipFactory(mentor=full)
    before_id, full_id = pair.mentor_id, full.id

    with pytest.raises(CapacityExceededError):
        change_mentor(leader_scope(), pair.id, full_id, on=DAY)

    assert pairs() == [(before_id, START, None, None), (full_id, START, None, None)]


def test_the_same_mentor_again_is_no_change() -> None:
    pair = MentorshipFactory(
        mentor__person__full_name="Siu Phen", mentee__person__full_name="Rơ Châm H'Dih"
    )

    with pytest.raises(SameMentorError) as refused:
        change_mentor(leader_scope(), pair.id, pair.mentor_id, on=DAY)

    assert describe_broken_rule(refused.value) == (
        "Rơ Châm H'Dih đang học với mentor Siu Phen rồi. Chọn mentor khác."
    )


def test_a_pair_of_this_very_day_is_undone_and_not_changed() -> None:
    pair, after_id = MentorshipFactory(), MentorFactory().id

    with pytest.raises(PairEndsTooEarlyError):
        change_mentor(leader_scope(), pair.id, after_id, on=START)


def test_both_mentors_and_the_mentee_have_to_be_of_the_scope() -> None:
    pair, far_id = MentorshipFactory(), MentorFactory(ward=any_ward("21583")).id

    with pytest.raises(OutOfScopeError):
        change_mentor(leader_scope(), pair.id, far_id, on=DAY)
    with pytest.raises(OutOfScopeError):
        change_mentor(leader_scope("21583"), pair.id, far_id, on=DAY)


def test_a_pair_is_not_given_back_to_a_mentor_who_has_left_since() -> None:
    pair, after_id, scope = MentorshipFactory(), MentorFactory().id, leader_scope()
    before_id, reason_id = pair.mentor_id, end_reason("mentor_left").id
    receipt = change_mentor(scope, pair.id, after_id, on=DAY)
    end_spell(
        scope, SpellKey(PersonRole.MENTOR, before_id), on=date(2026, 3, 5), reason_id=reason_id
    )
    before = pairs()

    with pytest.raises(LaterChangeError):
        undo_batch(scope, receipt.batch_id)

    assert pairs() == before
