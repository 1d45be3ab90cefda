"""The program's audit and one made of plain SQL agree on random sites."""

from dataclasses import asdict
from datetime import date

import pytest

from app.access.scope import WardScope
from app.queries.audit import audit_scope
from app.queries.settings import get_settings
from bench.audit_equals_sql import as_plain
from bench.plain_audit import plain_audit
from graphs.findings import Rule
from models import db
from tests.factories.base import any_ward
from tests.factories.site import WARD_CODES, RandomSite
from tests.web.statements import counted_statements

DAYS = (
    date(2025, 6, 30),
    date(2025, 10, 15),
    date(2025, 12, 31),
    date(2026, 1, 1),
    date(2026, 3, 31),
    date(2026, 6, 30),
    date(2026, 7, 31),
    date(2026, 12, 31),
)


# In this site a ward is dissolved, whose people are still guided from other wards.
DISSOLVING, DISSOLVED_ON = 4, date(2025, 10, 1)


@pytest.mark.parametrize("seed", range(5))
def test_figures_and_findings_of_every_day_are_those_of_plain_sql(flask_app, seed):
    RandomSite(seed).fill()
    if seed == DISSOLVING:
        any_ward(WARD_CODES[0]).valid_to = DISSOLVED_ON
        db.session.commit()

    reports = {day: audit_scope(WardScope.everywhere(), day) for day in DAYS}

    for day, report in reports.items():
        with db.engine.connect() as connection:
            plain = plain_audit(connection, day, asdict(get_settings(day)))
        found = as_plain(report)
        assert found.totals == plain.totals
        assert found.findings == plain.findings
        assert found.wards == plain.wards
        assert len(report.findings) == len(found.findings)


@pytest.mark.parametrize("seed", range(2))
def test_one_ward_alone_is_told_as_within_the_province(flask_app, seed):
    RandomSite(seed).fill()
    day = date(2026, 6, 30)
    province = audit_scope(WardScope.everywhere(), day)

    alone = {code: audit_scope(WardScope.of([any_ward(code).id]), day) for code in WARD_CODES}

    for code, report in alone.items():
        assert report.wards == tuple(ward for ward in province.wards if ward.code == code)
        assert within(report, code) == within(province, code)


def test_a_random_site_breaks_every_rule_some_day(flask_app):
    RandomSite(seed=2).fill()

    reports = [audit_scope(WardScope.everywhere(), day) for day in DAYS]

    assert {finding.rule for report in reports for finding in report.findings} == set(Rule)


def within(report, code):
    """The findings of a ward; but who is alike across wards one ward does not know."""
    return [
        finding
        for finding in report.findings
        if finding.ward == code and finding.rule is not Rule.POSSIBLE_DUPLICATE
    ]


def test_the_number_of_statements_does_not_grow_with_the_rows(flask_app):
    counts = []
    for seed in range(2):
        RandomSite(seed).fill()
        with counted_statements() as statements:
            audit_scope(WardScope.everywhere(), DAYS[-1])
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 21
