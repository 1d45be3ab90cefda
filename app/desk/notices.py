"""What a work list says of desks: half-days ahead without anybody, or no plan at all; pure."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from app.desk.duties import Half, arrange_duties, find_gaps, is_planned
from app.queries.duty_plan import DutyFacts


class DeskNotice(NamedTuple):
    """A desk with gaps; without a plan every half-day is one, and none is worth naming."""

    ward_id: int
    is_planned: bool
    gaps: tuple[Half, ...]


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
