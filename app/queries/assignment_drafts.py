"""Plans of pairings under review: each one belongs to the account that made it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, select

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.value_lists import is_one_of
from app.queries.wards import list_wards
from graphs.planning.draft import Draft
from graphs.planning.rows import Reach
from models import AssignmentDraft, Batch, Mentee, Mentor, Mentorship, Ward, db
from models.enums import BatchState, DraftState


class DraftCard(NamedTuple):
    """A draft without its moves. `ward_id` None: all wards that its maker looks after."""

    id: int
    state: DraftState
    ward_id: int | None
    ward_name: str | None
    reach: Reach
    as_of: date
    created_at: datetime
    touched_at: datetime
    aim: str | None
    batch_id: int | None
    is_undone: bool


class DraftContent(NamedTuple):
    """What was worked out: what the plan reaches and how it is proven, and its moves."""

    outcome: dict[str, Any]
    draft: Draft


class SpellWards(NamedTuple):
    """The wards of role spells by their ids."""

    mentors: dict[int, int]
    mentees: dict[int, int]


def lock_draft(scope: WardScope, draft_id: int) -> AssignmentDraft:
    """Return a draft of the reader's own for writing; 404 for anybody else's."""
    statement = (
        select(AssignmentDraft)
        .where(AssignmentDraft.id == draft_id, AssignmentDraft.account_id == scope.account_id)
        .with_for_update()
    )
    draft = db.session.scalar(statement)
    if draft is None or not _is_reachable(scope, draft.ward_id):
        raise OutOfScopeError(AssignmentDraft, draft_id)
    return draft


def get_draft_card(scope: WardScope, draft_id: int) -> DraftCard:
    """Return a draft of the reader's own; 404 for anybody else's."""
    row = db.session.execute(_cards(scope).where(AssignmentDraft.id == draft_id)).one_or_none()
    if row is None or not _is_reachable(scope, row.ward_id):
        raise OutOfScopeError(AssignmentDraft, draft_id)
    return _card(row)


def get_draft_content(scope: WardScope, draft_id: int) -> DraftContent:
    """Return what was worked out for a draft of the reader's own; 404 where there is nothing.

    Who no longer looks after one of its wards reads nothing of it.
    """
    statement = select(
        AssignmentDraft.ward_id, AssignmentDraft.outcome, AssignmentDraft.moves
    ).where(AssignmentDraft.id == draft_id, AssignmentDraft.account_id == scope.account_id)
    row = db.session.execute(statement).one_or_none()
    if row is None or row.moves is None or not _is_reachable(scope, row.ward_id):
        raise OutOfScopeError(AssignmentDraft, draft_id)
    content = DraftContent(row.outcome, Draft.of_values(row.moves))
    _require_wards(scope, content)
    return content


def list_draft_cards(scope: WardScope, *, limit: int) -> list[DraftCard]:
    """Return the reader's own newest drafts, without those that were discarded."""
    statement = (
        _cards(scope)
        .where(AssignmentDraft.state != DraftState.DISCARDED)
        .order_by(AssignmentDraft.id.desc())
        .limit(limit)
    )
    rows = db.session.execute(statement)
    return [_card(row) for row in rows if _is_reachable(scope, row.ward_id)]


def open_mentorships_of(scope: WardScope, mentee_ids: Iterable[int]) -> list[Mentorship]:
    """Return the open pairs of mentees for writing, as far as their mentors are in the scope."""
    statement = (
        select(Mentorship)
        .where(
            is_one_of(Mentorship.mentee_id, list(mentee_ids)),
            Mentorship.ended_on.is_(None),
            scope.limit(Mentorship.mentor_ward_id),
        )
        .order_by(Mentorship.id)
    )
    return list(db.session.scalars(statement))


def wards_of_spells(
    scope: WardScope, mentor_ids: Iterable[int], mentee_ids: Iterable[int]
) -> SpellWards:
    """Return the wards of spells of the scope; `OutOfScopeError` where one is beyond it."""
    found = []
    for spell, ids in ((Mentor, set(mentor_ids)), (Mentee, set(mentee_ids))):
        statement = select(spell.id, spell.ward_id).where(
            is_one_of(spell.id, sorted(ids)), scope.limit(spell.ward_id)
        )
        wards = dict(db.session.execute(statement).all())
        if wards.keys() != ids:
            raise OutOfScopeError(spell, sorted(ids - wards.keys()))
        found.append(wards)
    return SpellWards(*found)


def _cards(scope: WardScope) -> Select[*tuple[Any, ...]]:
    return (
        select(
            AssignmentDraft.id,
            AssignmentDraft.state,
            AssignmentDraft.ward_id,
            Ward.name,
            AssignmentDraft.reach,
            AssignmentDraft.as_of,
            AssignmentDraft.created_at,
            AssignmentDraft.touched_at,
            AssignmentDraft.aim,
            AssignmentDraft.batch_id,
            Batch.state.label("batch_state"),
        )
        .outerjoin(Ward, Ward.id == AssignmentDraft.ward_id)
        .outerjoin(Batch, Batch.id == AssignmentDraft.batch_id)
        .where(AssignmentDraft.account_id == scope.account_id)
    )


def _card(row: Row[*tuple[Any, ...]]) -> DraftCard:
    *facts, batch_state = row
    card = DraftCard._make((*facts, batch_state is BatchState.UNDONE))
    return card._replace(reach=Reach(card.reach))


def _require_wards(scope: WardScope, content: DraftContent) -> None:
    """Raise `OutOfScopeError` where a draft tells of a ward that the reader no longer has."""
    if scope.is_everywhere:
        return
    told = {mentor.ward for mentor in content.draft.mentors.values()}
    told |= {move.ward for move in content.draft.moves}
    told |= {row["ward"] for row in content.outcome["impossible"]}
    beyond = told - {ward.code for ward in list_wards(scope)}
    if beyond:
        raise OutOfScopeError(Ward, sorted(beyond))


def _is_reachable(scope: WardScope, ward_id: int | None) -> bool:
    """A draft for several wards has none; what may be written is limited move by move."""
    return ward_id is None or scope.includes(ward_id)
