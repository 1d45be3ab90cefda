"""What a work list says of desks: half-days ahead without anybody, or no plan at all."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from app.access.scope import WardScope
from app.desk.duties import Half, arrange_duties, find_gaps, is_planned
from app.queries.duty_plan import DutyFacts, read_duty_facts
from app.queries.kept_answers import DUTY_KINDS, KeptAnswers


class DeskNotice(NamedTuple):
    """A desk with gaps; without a plan every half-day is one, and none is worth naming."""

    ward_id: int
    is_planned: bool
    gaps: tuple[Half, ...]


class _Asked(NamedTuple):
    ward_ids: frozenset[int] | None
    days: tuple[date, ...]


# As many as there are wards: the home page of each leader asks.
MOST_KEPT = 256
KEPT: KeptAnswers[_Asked, tuple[DeskNotice, ...]] = KeptAnswers(
    MOST_KEPT, DUTY_KINDS | {"duty_turns", "pauses", "support_posts"}
)


def desk_notices(scope: WardScope, days: Sequence[date]) -> tuple[DeskNotice, ...]:
    """Return what to tell of the desks of a reader of some wards; nothing of all of them at once.

    Kept until a post or the plan of some desk changes.
    """
    asked = _Asked(scope.ward_ids, tuple(days))
    return KEPT.answer(asked, lambda: tuple(_read_notices(scope, days)))


def _read_notices(scope: WardScope, days: Sequence[date]) -> list[DeskNotice]:
    return notice_desks(read_duty_facts(scope, days[0], days[-1]), scope.ward_ids or (), days)


def notice_desks(
    facts: DutyFacts, ward_ids: Collection[int], days: Sequence[date]
) -> list[DeskNotice]:
    """Return the desks that should be open in the days when nobody sits there, by ward."""
    duties = arrange_duties(facts, days)
    notices = (
        DeskNotice(
            ward_id,
            is_planned(facts, ward_id),
            tuple(find_gaps(facts, duties, ward_id, days)),
        )
        for ward_id in sorted(ward_ids)
    )
    return [notice for notice in notices if notice.gaps]
