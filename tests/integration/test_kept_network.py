"""The network of today that a process keeps tells what a reading of all rows would tell."""

import pytest
import time_machine

from app import clock
from app.access.scope import WardScope
from app.queries import kept_network
from app.queries.audit import audit_scope, audit_ward
from app.queries.network import network_rows
from app.queries.settings import get_settings
from graphs.audit import audit
from graphs.network import build_network
from graphs.standing import ward_standings
from models import db
from tests.factories.base import any_ward
from tests.factories.site import WARD_CODES, RandomSite
from tests.factories.steps import RandomSteps

EVERYWHERE = WardScope.everywhere()
STEPS = 60


@pytest.fixture(autouse=True)
def last_day_of_june():
    with time_machine.travel("2026-06-30T03:00:00Z", tick=False):
        yield


def cold_audit(scope=EVERYWHERE):
    """The audit from all rows, read now."""
    today = clock.today()
    settings = get_settings(today)
    rows = network_rows(scope, today, default_capacity=settings.default_capacity)
    network = build_network(rows, as_of=today)
    return audit(network, settings.thresholds), ward_standings(network, settings.thresholds)


def kept_audit():
    wards = [any_ward(code).id for code in WARD_CODES]
    today = clock.today()
    standings = [audit_ward(EVERYWHERE, ward_id, today).standing for ward_id in wards]
    return audit_scope(EVERYWHERE, today), sorted(standings, key=lambda ward: ward.row.code)


def assert_kept_tells_what_all_rows_tell(after):
    report, standings = cold_audit()
    kept_report, kept_standings = kept_audit()
    assert kept_report.wards == report.wards, after
    assert kept_report == report, after
    assert kept_standings == [ward for ward in standings if ward.row.code in WARD_CODES], after


def kept():
    """What is kept of this database, as an object."""
    return kept_network._places[db.engine].kept.live


@pytest.mark.parametrize("seed", range(3))
def test_after_every_step_the_kept_network_tells_what_all_rows_tell(flask_app, seed):
    RandomSite(seed).fill()
    steps = RandomSteps(seed)
    assert_kept_tells_what_all_rows_tell("the beginning")
    first = kept()

    for _ in range(STEPS):
        step = steps.take()
        assert_kept_tells_what_all_rows_tell(step)

    assert kept() is first
