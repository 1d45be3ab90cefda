"""Entries count in the quarter of their day, or in the next one that is still open."""

from datetime import date

import pytest

from app import clock
from app.access.scope import WardScope
from app.quarters import Quarter, quarter_of
from app.queries.period_entries import KINDS
from app.services.reporting_periods import period_counting
from app.services.transaction import technical_write, transaction
from models import Base, ReportingPeriod, db


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 6, 14), "2026-Q2"),
        (date(2026, 6, 15), "2026-Q3"),
        (date(2026, 9, 14), "2026-Q3"),
        (date(2026, 9, 15), "2026-Q4"),
        (date(2026, 12, 14), "2026-Q4"),
        (date(2026, 12, 15), "2027-Q1"),
        (date(2027, 1, 1), "2027-Q1"),
        (date(2027, 3, 14), "2027-Q1"),
        (date(2027, 3, 15), "2027-Q2"),
    ],
)
def test_a_quarter_runs_from_cut_off_to_cut_off(day: date, code: str) -> None:
    assert quarter_of(day).code == code


def test_the_third_quarter_covers_15_june_to_14_september() -> None:
    assert quarter_of(date(2026, 7, 1)) == Quarter("2026-Q3", date(2026, 6, 15), date(2026, 9, 15))


@pytest.mark.usefixtures("flask_app")
def test_what_comes_late_for_a_closed_period_counts_in_the_next() -> None:
    with technical_write() as session:
        closed = ReportingPeriod(
            code="2026-Q3",
            started_on=date(2026, 6, 15),
            ended_on=date(2026, 9, 15),
            closed_at=clock.now(),
        )
        session.add(closed)

    with transaction(WardScope.everywhere(), "contact_logged"):
        period_id = period_counting(date(2026, 7, 1))

    period = db.session.get(ReportingPeriod, period_id)
    assert period is not None
    assert period.code == "2026-Q4"


def test_whatever_names_its_period_is_among_the_kinds_that_periods_count() -> None:
    naming = {
        mapper.local_table.name
        for mapper in Base.registry.mappers
        if "reported_in_id" in mapper.local_table.c
    }

    assert naming == {model.__tablename__ for model in KINDS.values()}
