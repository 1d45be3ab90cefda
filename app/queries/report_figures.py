"""All figures of a quarterly report as plain values: collected once, frozen with the period.

What every figure means stands in docs/definitions.md; what is frozen is `ReportFigures.as_values`.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, Table, false, func, select, union

from app.access.scope import WardScope
from app.queries.activity_figures import (
    Counted,
    list_activity_figures,
    list_movements,
    sum_activities,
)
from app.queries.audit import audit_scope
from app.queries.comparison import compare_days
from app.queries.learning_figures import count_learning_of_period
from app.queries.period_entries import KINDS
from app.queries.period_targets import collect_targets
from app.queries.wards import WardCard, list_wards
from app.reports.figures import (
    FORMAT,
    ActivitiesOfPeriod,
    DeskOfPeriod,
    LearningOfPeriod,
    MovementPart,
    Movements,
    Pairs,
    Ranked,
    ReportFigures,
    ReportWard,
)
from graphs.audit import AuditedWard, AuditReport
from graphs.comparison import Comparison
from models import (
    Base,
    FollowUp,
    HelpSession,
    Obstacle,
    Procedure,
    ReportingPeriod,
    db,
)
from models.enums import ActivityKind, FollowUpAnswer, HelpMode

TOP = 5
ONE_DAY = timedelta(days=1)
# In the order of the figures.
MODES = (HelpMode.SELF, HelpMode.TOGETHER, HelpMode.ON_BEHALF)


class Span(NamedTuple):
    """A period as far as its report goes; without id nothing was ever entered in it."""

    id: int | None
    code: str
    first_day: date
    last_day: date


def collect_report(scope: WardScope, span: Span, today: date) -> ReportFigures:
    """Return the figures of a period for the wards of the scope, as known now.

    The network is that of the cut-off, or of today while the period runs; the change is against
    the day before the first one. Desk figures are what counts in the period, late entries too.
    """
    day = min(span.last_day, today)
    report = audit_scope(scope, day)
    change = compare_days(scope, span.first_day - ONE_DAY, day)
    previous = _period_before(span)
    return ReportFigures(
        format=FORMAT,
        code=span.code,
        first_day=span.first_day.isoformat(),
        last_day=span.last_day.isoformat(),
        as_of=day.isoformat(),
        before=change.then.isoformat(),
        settings=report.thresholds._asdict(),
        totals=report.totals._asdict(),
        totals_before=change.totals_then._asdict(),
        desk=_desk(scope, span.id, span.first_day),
        desk_before=None if previous is None else _desk(scope, *previous),
        procedures=_rank(scope, span.id, Procedure),
        obstacles=_rank(scope, span.id, Obstacle),
        findings=_count_findings(report),
        wards=_wards(scope, span.id, report),
        learning=_learning(scope, span, day),
        activities=_activities(scope, Counted(span.id, day)),
        movements=_movements(scope, Counted(span.id, day)),
        targets=collect_targets(scope, span.first_day, day),
        **_changes(change),
    )


def _changes(change: Comparison) -> dict[str, Any]:
    return {
        "mentors": Movements(*change.mentors),
        "mentees": Movements(*change.mentees),
        "support_staff": Movements(*change.support_staff),
        "mentorships": Pairs(*change.mentorships),
        "wards_won": tuple(ward.code for ward in change.wards_won),
        "wards_lost": tuple(ward.code for ward in change.wards_lost),
    }


def _learning(scope: WardScope, span: Span, day: date) -> LearningOfPeriod:
    learnt = count_learning_of_period(scope, span.id, span.first_day, day)
    return LearningOfPeriod(**learnt._asdict())


def _activities(scope: WardScope, within: Counted) -> tuple[ActivitiesOfPeriod, ...]:
    """The kinds of which any was held, in the order of the vocabulary."""
    wards = Counter(row.kind for row in list_activity_figures(scope, within))
    return tuple(
        ActivitiesOfPeriod(
            kind=kind.value, wards=wards[kind], **sum_activities(scope, within, kind)._asdict()
        )
        for kind in ActivityKind
        if wards[kind]
    )


def _movements(scope: WardScope, within: Counted) -> tuple[MovementPart, ...]:
    return tuple(
        MovementPart(one.label, one.people, one.activities)
        for one in list_movements(scope, within)
        if one.people or one.activities
    )


def _count_findings(report: AuditReport) -> dict[str, int]:
    counts = Counter(finding.rule.value for finding in report.findings)
    return dict(sorted(counts.items()))


def _wards(scope: WardScope, period_id: int | None, report: AuditReport) -> tuple[ReportWard, ...]:
    cards = {card.code: card for card in list_wards(scope)}
    desks = _desks_by_ward(scope, period_id)
    reported = _reported_wards(scope, period_id)
    return tuple(_ward(audited, cards[audited.code], desks, reported) for audited in report.wards)


def _ward(
    audited: AuditedWard,
    card: WardCard,
    desks: Mapping[int, tuple[int, int]],
    reported: set[int],
) -> ReportWard:
    figures = audited.figures._asdict()
    of_year = {
        "sessions_of_year": figures.pop("sessions"),
        "people_of_year": figures.pop("people_helped"),
    }
    has_reported = card.id in reported
    none_reported = (0, 0) if has_reported else (None, None)
    sessions, people = desks.get(card.id, none_reported)
    return ReportWard(
        **figures,
        **of_year,
        full_name=card.full_name,
        status=audited.status.value,
        primary_cause=audited.primary_cause and audited.primary_cause.value,
        action=audited.action and audited.action.value,
        has_reported=has_reported,
        sessions=sessions,
        people=people,
    )


def _desk(scope: WardScope, period_id: int | None, first_day: date) -> DeskOfPeriod:
    counted = _counts(scope, HelpSession, period_id)
    modes = (func.count().filter(HelpSession.mode == mode) for mode in MODES)
    sessions = select(
        func.count(),
        func.count().filter(HelpSession.is_first_this_year),
        *modes,
        func.count().filter(HelpSession.service_date < first_day),
    ).where(*counted)
    answers = (
        func.count().filter(FollowUp.answer == answer)
        for answer in (FollowUpAnswer.STILL_ABLE, FollowUpAnswer.NEEDS_HELP)
    )
    answered = select(*answers).where(*_counts(scope, FollowUp, period_id))
    counts = [*db.session.execute(sessions).one(), *db.session.execute(answered).one()]
    return DeskOfPeriod(*counts)


def _desks_by_ward(scope: WardScope, period_id: int | None) -> dict[int, tuple[int, int]]:
    statement = (
        select(
            HelpSession.ward_id,
            func.count(),
            func.count().filter(HelpSession.is_first_this_year),
        )
        .where(*_counts(scope, HelpSession, period_id))
        .group_by(HelpSession.ward_id)
    )
    return {ward: (sessions, people) for ward, sessions, people in db.session.execute(statement)}


def _reported_wards(scope: WardScope, period_id: int | None) -> set[int]:
    rows = (
        select(cast("Table", model.__table__).c.ward_id).where(*_counts(scope, model, period_id))
        for model in KINDS.values()
    )
    return set(db.session.scalars(union(*rows)))


def _rank(
    scope: WardScope, period_id: int | None, catalogue: type[Procedure | Obstacle]
) -> tuple[Ranked, ...]:
    named = HelpSession.procedure_id if catalogue is Procedure else HelpSession.obstacle_id
    sessions = func.count()
    statement = (
        select(catalogue.label, sessions)
        .join(HelpSession, named == catalogue.id)
        .where(*_counts(scope, HelpSession, period_id))
        .group_by(catalogue.id, catalogue.label, catalogue.position)
        .order_by(sessions.desc(), catalogue.position, catalogue.id)
        .limit(TOP)
    )
    return tuple(Ranked(*row) for row in db.session.execute(statement))


def _counts(
    scope: WardScope, model: type[Base], period_id: int | None
) -> tuple[ColumnElement[bool], ...]:
    """Whether a row is one of those that a period counts for the wards of a scope."""
    table = cast("Table", model.__table__)
    # What is planned is counted by no period, and no row by a period that is not stored.
    is_of_period = false() if period_id is None else table.c.reported_in_id == period_id
    return (
        is_of_period,
        table.c.deleted_at.is_(None),
        scope.limit(table.c.ward_id),
    )


def _period_before(span: Span) -> tuple[int, date] | None:
    """The stored period that ended when this one began."""
    statement = select(ReportingPeriod.id, ReportingPeriod.started_on).where(
        ReportingPeriod.ended_on == span.first_day
    )
    row = db.session.execute(statement).one_or_none()
    return None if row is None else (row[0], row[1])
