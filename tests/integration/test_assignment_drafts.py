"""A plan of pairings from the draft to its publication: what is written, refused, taken back."""

import random
from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from app import clock
from app.access.scope import WardScope
from app.errors import (
    AlreadyDoneError,
    DraftBrokenError,
    DraftClosedError,
    EmptyPlanError,
    MentorOverfullError,
    MoveForbiddenError,
    NetworkChangedError,
    OutOfScopeError,
)
from app.planning.drafts import draft_figures
from app.queries.assignment_drafts import get_draft_card, get_draft_content, list_draft_cards
from app.queries.audit import audit_scope
from app.services.change_draft import drop_move, redirect_move
from app.services.compute_draft import compute_draft, touch_draft
from app.services.discard_draft import discard_draft
from app.services.make_draft import make_draft
from app.services.publish_draft import publish_draft
from app.services.undo_batch import undo_batch
from graphs.planning.plan import Aim
from graphs.planning.rows import PlanRows, Reach
from models import AssignmentDraft, Mentorship, db
from models.enums import DraftState, Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    MenteeFactory,
    MentorCapacityFactory,
    MentorFactory,
    MentorshipFactory,
    PauseFactory,
)

pytestmark = pytest.mark.usefixtures("flask_app", "on_10_march")

WARD, ELSEWHERE = "21553", "21583"
TODAY = date(2026, 3, 10)


@pytest.fixture
def on_10_march():
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False):
        yield


def leader_scope(ward_code: str = WARD) -> WardScope:
    account = account_with(Role.WARD_LEADER, ward_code)
    return WardScope.of([any_ward(ward_code).id], account.id)


def drafted(scope: WardScope) -> int:
    draft_id = make_draft(scope, ward_id=scope.only_ward_id, reach=Reach.WARD)
    compute_draft(scope, draft_id)
    return draft_id


def four_and_one_waiting() -> tuple[int, int]:
    """A mentor with four people and somebody who waits; their ids."""
    mentor = MentorFactory()
    for _ in range(4):
        MentorshipFactory(mentor=mentor)
    return mentor.id, MenteeFactory().id


def open_pairs() -> set[tuple[int, int, date]]:
    statement = select(Mentorship.mentor_id, Mentorship.mentee_id, Mentorship.started_on).where(
        Mentorship.ended_on.is_(None)
    )
    return {tuple(row) for row in db.session.execute(statement)}


def test_a_draft_says_what_the_plan_reaches_and_changes_nothing() -> None:
    mentor_id, mentee_id = four_and_one_waiting()
    before, scope = open_pairs(), leader_scope()

    draft_id = drafted(scope)

    content = get_draft_content(scope, draft_id)
    assert get_draft_card(scope, draft_id).state is DraftState.READY
    assert content.outcome["objective"]["mentors_meeting_floor_after"] == 1
    assert [(move.mentee, move.from_mentor, move.to_mentor) for move in content.draft.moves] == [
        (mentee_id, None, mentor_id)
    ]
    assert open_pairs() == before


def test_publishing_ends_and_begins_pairs_today_and_undo_gives_all_back() -> None:
    mentor_id, mentee_id = four_and_one_waiting()
    rich = MentorFactory()
    for _ in range(6):
        MentorshipFactory(mentor=rich)
    poor = MentorFactory()
    for _ in range(4):
        MentorshipFactory(mentor=poor)
    before, scope, rich_id, poor_id = open_pairs(), leader_scope(), rich.id, poor.id
    draft_id = drafted(scope)

    receipt = publish_draft(scope, draft_id)

    begun = open_pairs() - before
    assert {(mentor, day) for mentor, _, day in begun} == {(mentor_id, TODAY), (poor_id, TODAY)}
    [(lost_by, moved, _)] = before - open_pairs()
    assert lost_by == rich_id
    assert {mentee for _, mentee, _ in begun} == {mentee_id, moved}
    assert get_draft_card(scope, draft_id).state is DraftState.PUBLISHED
    undo_batch(scope, receipt.batch_id)
    assert open_pairs() == before
    assert get_draft_card(scope, draft_id).is_undone


def test_a_dropped_move_is_not_carried_out_and_may_be_taken_back() -> None:
    mentor_id, mentee_id = four_and_one_waiting()
    before, scope = open_pairs(), leader_scope()
    draft_id = drafted(scope)
    drop_move(scope, draft_id, mentee_id, is_dropped=True)
    with pytest.raises(EmptyPlanError):
        publish_draft(scope, draft_id)

    drop_move(scope, draft_id, mentee_id, is_dropped=False)
    publish_draft(scope, draft_id)

    assert open_pairs() - before == {(mentor_id, mentee_id, TODAY)}


def test_a_move_may_lead_to_another_mentor() -> None:
    _, mentee_id = four_and_one_waiting()
    before, other_id, scope = open_pairs(), MentorFactory().id, leader_scope()
    draft_id = drafted(scope)

    redirect_move(scope, draft_id, mentee_id, other_id)

    publish_draft(scope, draft_id)
    assert open_pairs() - before == {(other_id, mentee_id, TODAY)}


def test_a_mentor_without_room_by_the_draft_is_no_other_mentor() -> None:
    mentors = [MentorFactory(), MentorFactory()]
    for mentor in mentors:
        MentorCapacityFactory(mentor=mentor, capacity=1)
    waiting = [MenteeFactory().id, MenteeFactory().id]
    scope = leader_scope()
    draft_id = drafted(scope)
    moves = {move.mentee: move for move in get_draft_content(scope, draft_id).draft.moves}

    with pytest.raises(MentorOverfullError):
        redirect_move(scope, draft_id, waiting[0], moves[waiting[1]].to_mentor)


def test_somebody_who_is_away_or_of_a_foreign_ward_is_no_other_mentor() -> None:
    _, mentee_id = four_and_one_waiting()
    away, far = MentorFactory(), MentorFactory(ward=any_ward(ELSEWHERE))
    PauseFactory(mentor=away, started_on=date(2026, 3, 1), ended_on=date(2026, 4, 1))
    scope, away_id, far_id = leader_scope(), away.id, far.id
    draft_id = drafted(scope)

    with pytest.raises(MoveForbiddenError):
        redirect_move(scope, draft_id, mentee_id, away_id)
    with pytest.raises(OutOfScopeError):
        redirect_move(scope, draft_id, mentee_id, far_id)


def test_without_the_move_that_makes_room_the_one_that_needs_it_is_not_published() -> None:
    full, other = MentorFactory(), MentorFactory()
    MentorCapacityFactory(mentor=full, capacity=1)
    MentorCapacityFactory(mentor=other, capacity=1)
    leaving = MentorshipFactory(mentor=full).mentee_id
    waiting = MenteeFactory().id
    full_id, other_id, scope = full.id, other.id, leader_scope()
    draft_id = drafted(scope)
    redirect_move(scope, draft_id, waiting, other_id)
    row = db.session.get_one(AssignmentDraft, draft_id)
    # As somebody with an old page may send it: both go to the same mentor.
    [move] = row.moves["moves"]
    row.moves = {**row.moves, "moves": [move, [leaving, WARD, full_id, *move[3:]]]}
    db.session.commit()

    with pytest.raises(DraftBrokenError):
        publish_draft(scope, draft_id)


def test_a_network_that_changed_meanwhile_asks_for_a_new_plan() -> None:
    four_and_one_waiting()
    scope = leader_scope()
    draft_id = drafted(scope)
    MenteeFactory()

    with pytest.raises(NetworkChangedError):
        publish_draft(scope, draft_id)


def test_what_changes_in_other_wards_does_not_matter() -> None:
    mentor_id, mentee_id = four_and_one_waiting()
    before, scope = open_pairs(), leader_scope()
    draft_id = drafted(scope)
    MenteeFactory(ward=any_ward(ELSEWHERE))

    publish_draft(scope, draft_id)

    assert open_pairs() - before == {(mentor_id, mentee_id, TODAY)}


def test_a_pair_that_began_today_is_no_matter_of_a_plan() -> None:
    poor, rich = MentorFactory(), MentorFactory()
    for _ in range(4):
        MentorshipFactory(mentor=poor)
    for _ in range(6):
        MentorshipFactory(mentor=rich, started_on=TODAY)
    scope = leader_scope()

    assert get_draft_content(scope, drafted(scope)).draft.moves == ()


def test_a_draft_is_published_once() -> None:
    four_and_one_waiting()
    scope = leader_scope()
    draft_id = drafted(scope)
    publish_draft(scope, draft_id, request_key="one-press-of-the-button")

    with pytest.raises(AlreadyDoneError):
        publish_draft(scope, draft_id, request_key="one-press-of-the-button")
    with pytest.raises(DraftClosedError):
        publish_draft(scope, draft_id)
    with pytest.raises(DraftClosedError):
        discard_draft(scope, draft_id)


def test_a_draft_belongs_to_whoever_made_it() -> None:
    four_and_one_waiting()
    draft_id, stranger = drafted(leader_scope()), leader_scope()

    for act in (publish_draft, discard_draft, get_draft_card, get_draft_content):
        with pytest.raises(OutOfScopeError):
            act(stranger, draft_id)


def test_a_discarded_draft_is_not_worked_out_and_is_no_longer_listed() -> None:
    four_and_one_waiting()
    scope = leader_scope()
    draft_id = make_draft(scope, ward_id=scope.only_ward_id, reach=Reach.WARD)
    discard_draft(scope, draft_id)

    compute_draft(scope, draft_id)

    assert get_draft_card(scope, draft_id).state is DraftState.DISCARDED
    assert list_draft_cards(scope, limit=5) == []


def test_a_draft_discarded_while_it_is_worked_out_ends_at_the_next_aim(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    four_and_one_waiting()
    scope = leader_scope()
    draft_id = make_draft(scope, ward_id=scope.only_ward_id, reach=Reach.WARD)
    begun: list[Aim] = []

    def plan(_rows: PlanRows, *, on_aim: Callable[[Aim], None], **_: object) -> None:
        for aim in Aim:
            begun.append(aim)
            on_aim(aim)
            discard_draft(scope, draft_id)

    monkeypatch.setattr("app.services.compute_draft.checked_plan", plan)

    compute_draft(scope, draft_id)

    assert begun == list(Aim)[:2]
    assert get_draft_card(scope, draft_id).state is DraftState.DISCARDED


def test_a_draft_that_waits_for_its_turn_is_still_worked_on() -> None:
    scope = leader_scope()
    with time_machine.travel("2026-03-10T01:30:00Z", tick=False):
        draft_id = make_draft(scope, ward_id=scope.only_ward_id, reach=Reach.WARD)

    touch_draft(scope, draft_id)

    assert get_draft_card(scope, draft_id).touched_at == clock.now()
    assert make_draft(scope, ward_id=scope.only_ward_id, reach=Reach.WARD) == draft_id
    compute_draft(scope, draft_id)
    assert get_draft_card(scope, draft_id).state is DraftState.READY
    assert not touch_draft(scope, draft_id)


def test_a_month_later_what_nobody_published_is_gone() -> None:
    scope = leader_scope()
    with time_machine.travel("2026-02-01T02:00:00Z", tick=False):
        old_id = drafted(scope)

    new_id = make_draft(scope, ward_id=scope.only_ward_id, reach=Reach.WARD)

    assert [card.id for card in list_draft_cards(scope, limit=5)] == [new_id]
    assert old_id != new_id or db.session.get_one(AssignmentDraft, new_id).as_of == TODAY


def test_who_no_longer_looks_after_one_of_its_wards_sees_nothing_of_a_draft() -> None:
    four_and_one_waiting()
    account = account_with(Role.WARD_LEADER, ELSEWHERE)
    both = WardScope.of([any_ward(WARD).id, any_ward(ELSEWHERE).id], account.id)
    draft_id = make_draft(both, ward_id=None, reach=Reach.WARD)
    compute_draft(both, draft_id)

    with pytest.raises(OutOfScopeError):
        get_draft_content(WardScope.of([any_ward(ELSEWHERE).id], account.id), draft_id)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_told_of_a_changed_draft_is_what_the_audit_tells_once_it_is_published(seed) -> None:
    chance = random.Random(seed)  # noqa: S311  # made-up networks, no secret
    for guided in chance.choices(range(9), k=4):
        mentor = MentorFactory()
        for _ in range(guided):
            MentorshipFactory(mentor=mentor)
    for _ in range(chance.randint(2, 9)):
        MenteeFactory()
    scope = leader_scope()
    draft_id = drafted(scope)
    moves = get_draft_content(scope, draft_id).draft.moves
    for move in chance.sample(moves, len(moves) // 3):
        drop_move(scope, draft_id, move.mentee, is_dropped=True)
    told = draft_figures(get_draft_content(scope, draft_id))
    before = audit_scope(scope, TODAY).totals

    publish_draft(scope, draft_id)

    after = audit_scope(scope, TODAY).totals
    assert (before.mentors_meeting_floor, before.mentees_waiting) == (
        told.at_floor_before,
        told.waiting_before,
    )
    assert (after.mentors_meeting_floor, after.mentees_waiting) == (
        told.at_floor_after,
        told.waiting_after,
    )


def test_asked_for_twice_at_once_it_is_one_draft() -> None:
    scope = leader_scope()

    first, second = (
        make_draft(scope, ward_id=scope.only_ward_id, reach=Reach.WARD) for _ in range(2)
    )

    assert first == second
