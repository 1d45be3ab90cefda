"""What the audit of some wards would say if somebody were away, or had moved."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from app.access.scope import WardScope
from app.garbage import without_collection
from app.queries.network import network_rows
from app.queries.settings import get_settings
from graphs.audit import AuditReport, audit
from graphs.network import build_network
from graphs.rows import NetworkRows
from graphs.supposing import SpellIds, after_moving, after_pausing
from models.enums import PersonRole

# To the wards that stay it is all one where somebody goes.
ELSEWHERE = ""
_KIND_OF = {
    PersonRole.MENTOR: "mentors",
    PersonRole.MENTEE: "mentees",
    PersonRole.SUPPORT_POST: "posts",
}


class Supposed(NamedTuple):
    """Two audits of the same wards and day: as it is, and as it would be."""

    now: AuditReport
    then: AuditReport


def suppose_away(scope: WardScope, role: PersonRole, ids: Collection[int], day: date) -> Supposed:
    """Audit the wards of a scope on a day, and once more with these people away."""
    rows = _rows(scope, day)
    away = (day, day + timedelta(days=1))
    return _both(rows, after_pausing(rows, _spells(role, ids), away=away), day)


def suppose_moved(
    scope: WardScope,
    role: PersonRole,
    ids: Collection[int],
    day: date,
    *,
    left: Collection[int] = (),
) -> Supposed:
    """Audit the wards of a scope on a day, and once more with these people gone elsewhere.

    Their pairings go along, but for those that are `left`, by id.
    """
    rows = _rows(scope, day)
    people = _spells(role, ids)
    return _both(rows, after_moving(rows, people, left=left, ward=ELSEWHERE, on=day), day)


def suppose_gone(scope: WardScope, role: PersonRole, ids: Collection[int], day: date) -> Supposed:
    """Audit the wards of a scope on a day, and once more without these people and their pairs."""
    rows, people = _rows(scope, day), _spells(role, ids)
    left = {
        row.id
        for row in rows.mentorships
        if row.mentor in people.mentors or row.mentee in people.mentees
    }
    return _both(rows, after_moving(rows, people, left=left, ward=ELSEWHERE, on=day), day)


def _spells(role: PersonRole, ids: Collection[int]) -> SpellIds:
    return SpellIds()._replace(**{_KIND_OF[role]: frozenset(ids)})


def _rows(scope: WardScope, day: date) -> NetworkRows:
    return network_rows(scope, day, default_capacity=get_settings(day).default_capacity)


def _both(rows: NetworkRows, supposed: NetworkRows, day: date) -> Supposed:
    thresholds = get_settings(day).thresholds
    with without_collection():
        audits = [audit(build_network(one, as_of=day), thresholds) for one in (rows, supposed)]
    return Supposed(*audits)
