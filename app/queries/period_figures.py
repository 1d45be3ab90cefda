"""The figures of a period: collected while it is open, as they were frozen once it is closed."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from app.access.scope import WardScope
from app.queries.audit import survey_wards
from app.queries.period_entries import KINDS, EntryCount, count_entries
from app.queries.report_figures import Span, collect_report
from app.queries.reporting_periods import PeriodRow, frozen_figures
from app.queries.wards import list_wards
from app.reports.figures import ReportFigures, read_report

FORMAT = 1


class PeriodFigures(NamedTuple):
    """What is told of a period: plain values by `collect_period`, and whether they are frozen."""

    values: dict[str, Any]
    is_frozen: bool


def collect_period(scope: WardScope, period: PeriodRow, today: date) -> dict[str, Any]:
    """Return the network as of the cut-off (or today) and what the period counts, by ward.

    The values are those that JSON knows. A ward without a row in the period has `entries` null,
    which is not 0.
    """
    day = min(period.last_day, today)
    survey = survey_wards(scope, day)
    codes = {card.id: card.code for card in list_wards(scope)}
    by_ward: dict[str, list[EntryCount]] = defaultdict(list)
    for count in count_entries(scope, period.id):
        by_ward[codes.get(count.ward_id, "")].append(count)
    return {
        "format": FORMAT,
        "period": {
            "code": period.code,
            "first_day": period.started_on.isoformat(),
            "last_day": period.last_day.isoformat(),
        },
        "as_of": day.isoformat(),
        "totals": survey.totals._asdict(),
        "entries": _entries([count for counts in by_ward.values() for count in counts]),
        "wards": [
            {
                **ward.figures._asdict(),
                "status": ward.status.value,
                "primary_cause": ward.primary_cause and ward.primary_cause.value,
                "entries": _entries(by_ward[ward.code]) if ward.code in by_ward else None,
            }
            for ward in survey.wards
        ],
    }


def collect_frozen(scope: WardScope, period: PeriodRow, today: date) -> dict[str, Any]:
    """Return what is kept of a period when it is closed: its figures and those of its report."""
    span = Span(period.id, period.code, period.started_on, period.last_day)
    return {
        **collect_period(scope, period, today),
        "report": collect_report(scope, span, today).as_values(),
    }


def report_of(scope: WardScope, period: PeriodRow, today: date) -> ReportFigures:
    """Return the figures of a report: the frozen ones of a closed period, else those of today.

    A reader of some wards gets these wards alone; the sums of a closed period stay the province's.
    """
    values = None
    if period.id is not None and period.is_closed:
        values = frozen_figures(WardScope.everywhere(), period.id)
    if values is None or "report" not in values:
        span = Span(period.id, period.code, period.started_on, period.last_day)
        return collect_report(scope, span, today)
    figures = read_report(values["report"])
    own = {card.code for card in list_wards(scope)}
    return replace(
        figures,
        wards=tuple(ward for ward in figures.wards if ward.code in own),
        targets=tuple(
            one
            for one in figures.targets
            if one.ward_code in own or (one.ward_code is None and scope.is_everywhere)
        ),
    )


def figures_of(
    scope: WardScope, period: PeriodRow, today: date, *, edition: int | None = None
) -> PeriodFigures:
    """Return the frozen figures of a closed period, or those of today for an open one.

    A reader of some wards gets these wards alone, without the totals of the province.
    """
    if period.id is None or (edition is None and not period.is_closed):
        return PeriodFigures(collect_period(scope, period, today), is_frozen=False)
    frozen = frozen_figures(WardScope.everywhere(), period.id, edition)
    if frozen is None:
        return PeriodFigures(collect_period(scope, period, today), is_frozen=False)
    if scope.is_everywhere:
        return PeriodFigures(frozen, is_frozen=True)
    own = {card.code for card in list_wards(scope)}
    wards = [ward for ward in frozen["wards"] if ward["code"] in own]
    return PeriodFigures(
        {**frozen, "wards": wards, "totals": None, "entries": None, "report": None},
        is_frozen=True,
    )


def _entries(counts: list[EntryCount]) -> dict[str, int]:
    """Add up the counts of some wards: one figure a kind, the people, and what came late."""
    rows = {kind: sum(one.rows for one in counts if one.kind == kind) for kind in KINDS}
    return {
        **rows,
        "people": sum(one.people for one in counts),
        "late": sum(one.late for one in counts),
    }
