"""The audit of the wards of a scope: what page, command and JSON all come from."""

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.kept_network import kept_network
from app.queries.network import network_rows
from app.queries.settings import SiteSettings, get_settings
from graphs.audit import AuditedWard, AuditReport, audit
from graphs.comparison import Picture
from graphs.findings import Rule
from graphs.measures import Totals
from graphs.network import Network, build_network, reported_people
from graphs.standing import WardStanding, ward_standings

# What the desk of a ward can do something about, or should know of those it handed on.
DESK_RULES = frozenset({Rule.WARD_WITHOUT_SUPPORT, Rule.SUPPORT_ON_PAPER, Rule.HANDOFF_PENDING})


class WardAudit(NamedTuple):
    """The audit of one ward, with its people one by one."""

    report: AuditReport
    standing: WardStanding


class WardSurvey(NamedTuple):
    """What an audit tells of the wards, without its findings: in order of code, and together."""

    as_of: date
    totals: Totals
    wards: tuple[AuditedWard, ...]


def audit_scope(scope: WardScope, day: date) -> AuditReport:
    """Audit the wards of the scope as of a day, with the settings of that day."""
    with kept_network(scope, day) as kept:
        if kept is not None:
            return kept.live.report(kept.codes_in(scope))
    settings = get_settings(day)
    return audit(_network(scope, day, settings), settings.thresholds)


def survey_wards(scope: WardScope, day: date) -> WardSurvey:
    """Return figures and states of the scope's wards: thousands of findings are left alone."""
    with kept_network(scope, day) as kept:
        if kept is not None:
            codes = kept.codes_in(scope)
            return WardSurvey(day, kept.live.totals(codes), kept.live.wards(codes))
    report = audit_scope(scope, day)
    return WardSurvey(day, report.totals, report.wards)


def audit_ward(scope: WardScope, ward_id: int, day: date) -> WardAudit:
    """Audit one ward of the scope as of a day.

    Raises `OutOfScopeError` for another ward, and for one that was dissolved by then.
    """
    ward = scope.narrowed_to(ward_id)
    with kept_network(ward, day) as kept:
        if kept is not None and ward_id in kept.codes:
            code = kept.codes[ward_id]
            return WardAudit(kept.live.report([code]), kept.live.standing(code))
    settings = get_settings(day)
    network = _network(ward, day, settings)
    standings = ward_standings(network, settings.thresholds)
    if not standings:
        raise OutOfScopeError(ward_id)
    return WardAudit(audit(network, settings.thresholds), standings[0])


def standings_of(scope: WardScope, day: date) -> list[WardStanding]:
    """Return where the scope's wards and their people stand as of a day, in order of code."""
    settings = get_settings(day)
    return ward_standings(_network(scope, day, settings), settings.thresholds)


def picture_of(scope: WardScope, day: date) -> Picture:
    """Return the people of the scope's wards and their audit as of a day, to be compared."""
    with kept_network(scope, day) as kept:
        if kept is not None:
            codes = kept.codes_in(scope)
            return Picture(kept.live.people(codes), kept.live.report(codes))
    settings = get_settings(day)
    network = _network(scope, day, settings)
    return Picture(reported_people(network), audit(network, settings.thresholds))


def audit_desk(scope: WardScope, day: date) -> AuditReport:
    """Audit the scope and keep the findings that concern its desks."""
    report = audit_scope(scope, day)
    kept = tuple(finding for finding in report.findings if finding.rule in DESK_RULES)
    return replace(report, findings=kept)


def _network(scope: WardScope, day: date, settings: SiteSettings) -> Network:
    rows = network_rows(scope, day, default_capacity=settings.default_capacity)
    return build_network(rows, as_of=day)
