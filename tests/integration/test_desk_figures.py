"""The desk's figures count the days and wards that were asked for, turns and people apart."""

from datetime import date

import pytest

from app.queries.desk_figures import (
    DeskFigures,
    RankedEntry,
    count_desk_figures,
    rank_obstacles,
    rank_procedures,
)
from models import Obstacle, db
from models.enums import HelpMode
from tests.factories.base import any_ward
from tests.factories.desk import DAY, procedure, staff
from tests.factories.network import HelpSessionFactory

pytestmark = pytest.mark.usefixtures("flask_app")

NEW_YEAR = date(2026, 1, 1)


def test_sessions_are_counted_by_who_did_the_procedure_within_days_and_wards() -> None:
    _account, scope = staff()
    HelpSessionFactory(service_date=NEW_YEAR, mode=HelpMode.SELF, is_first_this_year=True)
    HelpSessionFactory.create_batch(2, service_date=DAY, mode=HelpMode.ON_BEHALF)
    HelpSessionFactory(service_date=date(2025, 12, 31))
    HelpSessionFactory(service_date=DAY, ward=any_ward("23575"))

    figures = count_desk_figures(scope, NEW_YEAR, DAY)

    assert figures == DeskFigures(sessions=3, people=1, by_oneself=1, together=0, on_behalf=2)


def test_procedures_and_obstacles_are_ranked_by_their_sessions() -> None:
    _account, scope = staff()
    sim = db.session.query(Obstacle).filter_by(code="sim").one()
    HelpSessionFactory.create_batch(2, service_date=DAY, procedure=procedure("land"))
    HelpSessionFactory(service_date=DAY, procedure=procedure("passport"), obstacle=sim)

    assert rank_procedures(scope, NEW_YEAR, DAY, at_most=1) == [RankedEntry("Đất đai", 2)]
    assert rank_obstacles(scope, NEW_YEAR, DAY, at_most=5) == [
        RankedEntry("SIM không chính chủ, đổi số", 1)
    ]
