"""How much of what was planted the notices find, and how much of what they find was planted.

The figures stand in docs/plausibility.md.
"""

from datetime import UTC, datetime
from typing import NamedTuple

import pytest
import time_machine

from app import clock
from app.access.scope import WardScope
from app.queries.audit import audit_scope
from app.queries.reviews import get_alike_people
from graphs.findings import Rule
from tests.factories.planted import PlantedSite

EVERYWHERE = WardScope.everywhere()


class Measured(NamedTuple):
    """By the way a fault came about (found, planted); and how many findings nobody planted."""

    by_kind: dict[str, tuple[int, int]]
    unplanted: int

    @property
    def precision(self):
        found = sum(found for found, _ in self.by_kind.values())
        return round(found / (found + self.unplanted), 2)

    @property
    def recall(self):
        found, planted = map(sum, zip(*self.by_kind.values(), strict=True))
        return round(found / planted, 2)


@pytest.fixture
def planted(flask_app):
    with time_machine.travel(datetime(2026, 3, 10, 3, tzinfo=UTC), tick=False):
        site = PlantedSite(seed=2026)
        site.fill()
        yield site


def subjects(rule):
    report = audit_scope(EVERYWHERE, clock.today())
    return [finding.subject.id for finding in report.findings if finding.rule is rule]


def measured(found, planted):
    by_kind = {kind: (len(faults & found), len(faults)) for kind, faults in planted.items()}
    return Measured(by_kind, len(found - set().union(*planted.values())))


def test_people_typed_twice_are_found_by_name_with_phone_or_year(planted):
    pairs = set()
    for person_id in subjects(Rule.POSSIBLE_DUPLICATE):
        pairs.update(map(frozenset, get_alike_people(EVERYWHERE, person_id).pairs))

    result = measured(pairs, planted.twins)

    assert result.by_kind == {
        "accents dropped, same phone": (12, 12),
        "phone written otherwise": (12, 12),
        "phone left out, same year": (12, 12),
        "next ward, same phone": (12, 12),
        "phone and year left out": (0, 12),
        "next ward, phone left out": (0, 12),
        "a letter mistyped": (0, 12),
    }
    assert (result.unplanted, result.precision, result.recall) == (6, 0.89, 0.57)


def test_sessions_entered_in_a_burst_are_found(planted):
    result = measured(set(subjects(Rule.ENTRY_BURST)), planted.bursts)

    assert result.by_kind == {
        "15 within 10 minutes": (6, 6),
        "40 at once": (6, 6),
        "12 in one night": (6, 6),
        "10 around midnight": (6, 6),
        "12 in half an hour": (0, 6),
        "8 within a minute": (0, 6),
    }
    assert (result.unplanted, result.precision, result.recall) == (0, 1.0, 0.67)
