"""The targets of the network that a report tells: in force at its cut-off, with what is reached."""

from datetime import date

from app.access.scope import WardScope
from app.queries.plan_targets import TargetRow, list_targets
from app.queries.target_figures import Standing, target_standings
from app.reports.figures import TargetOfPeriod


def collect_targets(scope: WardScope, first_day: date, day: date) -> tuple[TargetOfPeriod, ...]:
    """Return the targets due since the first day of a period, as they stand at its cut-off.

    Those due before were told by the report of their own period, and what counts in another year
    is told in that one. The percentages of the province are none of them: the network counts
    nothing towards them.
    """
    told = [
        row
        for row in list_targets(scope, on=day)
        if row.indicator.is_of_network
        and row.due_on >= first_day
        and (not row.indicator.is_of_year or row.due_on.year == day.year)
    ]
    # What stands 28 days before takes long to find; nobody asks for it without a target.
    standings = target_standings(scope, day) if told else {}
    return tuple(_told(row, standings.get((row.ward_id, row.indicator))) for row in told)


def _told(row: TargetRow, standing: Standing | None) -> TargetOfPeriod:
    reached, gained = (None, None) if standing is None else standing
    return TargetOfPeriod(
        ward_code=row.ward_code,
        ward_name=row.ward_name,
        indicator=row.indicator.value,
        due_on=row.due_on.isoformat(),
        value=row.value,
        reached=reached,
        gained=gained,
    )
