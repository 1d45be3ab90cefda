"""Hours and procedures of a desk: what the program says is what plain SQL and Python count."""

import random
from collections import Counter
from datetime import date, time, timedelta

import pytest

from app.access.scope import WardScope
from app.queries.desk_demand import ProcedureDemand, count_by_hour, list_procedure_demand
from models import HelpSession, Procedure, db
from models.enums import HelpMode
from tests.factories.base import any_ward
from tests.factories.desk import DAY, procedure
from tests.factories.network import HelpSessionFactory

pytestmark = pytest.mark.usefixtures("flask_app")

OWN, OTHER = "21553", "23575"


def own_scope():
    return WardScope.of([any_ward(OWN).id])


def session(**values):
    return HelpSessionFactory(**({"ward": any_ward(OWN), "service_date": DAY} | values))


def test_sessions_are_counted_by_the_hour_in_which_they_took_place():
    session(service_time=time(8, 0))
    session(service_time=time(8, 59, 59))
    session(service_time=time(0, 30))
    session(service_time=None)
    session(service_time=time(9), service_date=DAY - timedelta(days=28))
    session(service_time=time(9), ward=any_ward(OTHER))
    session(service_time=time(9), deleted_at=session().entered_at)

    hours = count_by_hour(own_scope(), DAY - timedelta(days=27), DAY)

    assert hours == {8: 2, 0: 1, None: 2}


def test_demand_compares_four_weeks_with_the_four_before():
    certification = procedure("certification")
    first = DAY - timedelta(days=27)
    for mode in (HelpMode.SELF, HelpMode.TOGETHER, HelpMode.ON_BEHALF, HelpMode.ON_BEHALF):
        session(procedure=certification, mode=mode, service_date=first)
    session(procedure=certification, service_date=first - timedelta(days=1))
    session(procedure=certification, service_date=first - timedelta(days=28))
    session(procedure=certification, service_date=first - timedelta(days=29))
    session(procedure=certification, ward=any_ward(OTHER))
    session(procedure=procedure("other"))

    assert list_procedure_demand(own_scope(), DAY, days=28) == [
        ProcedureDemand(certification.id, certification.label, 4, 1, 2, before=2)
    ]


@pytest.mark.parametrize("seed", range(3))
def test_demand_is_what_counting_row_by_row_says(seed):
    chance = random.Random(seed)  # noqa: S311  # reproducible, no secret
    codes = ("vneid", "land", "certification")
    for _ in range(60):
        session(
            ward=any_ward(chance.choice((OWN, OTHER))),
            procedure=procedure(chance.choice(codes)),
            mode=chance.choice(list(HelpMode)),
            service_date=DAY - timedelta(days=chance.randint(-2, 70)),
        )

    told = list_procedure_demand(own_scope(), DAY, days=28)

    assert {row.label: row[2:] for row in told} == by_hand(date(2026, 8, 4), date(2026, 7, 7))


def by_hand(first: date, before: date) -> dict[str, tuple[int, ...]]:
    counts = {}
    ward_id = any_ward(OWN).id
    for row, label in db.session.query(HelpSession, Procedure.label).join(Procedure):
        if row.ward_id == ward_id and before <= row.service_date <= DAY:
            count = counts.setdefault(label, Counter())
            count["now" if row.service_date >= first else "before"] += 1
            count[row.mode] += row.service_date >= first
    return {
        label: (
            count["now"],
            count[HelpMode.TOGETHER],
            count[HelpMode.ON_BEHALF],
            count["before"],
        )
        for label, count in counts.items()
    }
