"""The charts of the desks agree with plain SQL over the help sessions."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from app.access.scope import WardScope
from app.figures.desk_by_week import make_desk_by_week
from app.figures.figure import FigureQuery
from app.figures.top_topics import make_obstacles, make_procedures
from models import HelpSession, Obstacle, Procedure, db
from tests.factories.base import any_ward
from tests.factories.site import WARD_CODES, RandomSite
from tests.web.statements import counted_statements

DAYS = (date(2026, 1, 1), date(2026, 5, 14), date(2026, 6, 30), date(2026, 7, 29))
EVERYWHERE = WardScope.everywhere()

WEEK = """
SELECT count(CASE WHEN mode = 'self' THEN 1 END), count(CASE WHEN mode = 'together' THEN 1 END),
  count(CASE WHEN mode = 'on_behalf' THEN 1 END), count(*),
  count(CASE WHEN is_first_this_year THEN 1 END)
FROM help_sessions
WHERE deleted_at IS NULL AND service_date BETWEEN :first AND :last {of_ward}
"""
FIRST = "SELECT min(service_date) FROM help_sessions WHERE deleted_at IS NULL {of_ward}"
TOPICS = """
SELECT label, count(*) FROM help_sessions JOIN {table} ON {table}.id = {column}
WHERE deleted_at IS NULL AND service_date BETWEEN :first AND :last {of_ward}
GROUP BY {table}.id, label, position ORDER BY 2 DESC, position, {table}.id
"""


def ask(statement, ward_id, **values):
    of_ward = "" if ward_id is None else f"AND ward_id = {ward_id}"
    given = {name: value.isoformat() for name, value in values.items()}
    return db.session.execute(text(statement.format(of_ward=of_ward)), given).all()


def scopes():
    """Everywhere, and each ward of the random site; with the ward's id for plain SQL."""
    yield EVERYWHERE, None
    for code in WARD_CODES:
        ward_id = any_ward(code).id
        yield WardScope.of([ward_id]), ward_id


def fill(seed):
    """Fill a site at random, with sessions of many kinds."""
    RandomSite(seed).fill()
    procedures = db.session.scalars(db.select(Procedure.id).order_by(Procedure.id)).all()
    obstacles = [None, *db.session.scalars(db.select(Obstacle.id).order_by(Obstacle.id))]
    for number, session in enumerate(db.session.scalars(db.select(HelpSession)).all()):
        session.procedure_id = procedures[number * number % len(procedures)]
        session.obstacle_id = obstacles[number % len(obstacles)]
    db.session.commit()


def expected_weeks(day, ward_id):
    first_day = ask(FIRST, ward_id)[0][0]
    begun = date.fromisoformat(str(first_day)) if first_day else None
    last_monday = day - timedelta(days=day.weekday())
    for back in range(25, -1, -1):
        monday = last_monday - timedelta(weeks=back)
        sunday = monday + timedelta(days=6)
        is_known = begun is not None and begun <= sunday
        counts = ask(WEEK, ward_id, first=monday, last=min(sunday, day))[0]
        yield tuple(counts) if is_known else (None,) * 5


@pytest.mark.parametrize("seed", range(2))
def test_weeks_are_those_of_plain_sql(flask_app, seed):
    fill(seed)

    for day in DAYS:
        for scope, ward_id in scopes():
            rows = make_desk_by_week(FigureQuery(scope, day)).table.rows
            expected = list(expected_weeks(day, ward_id))
            is_known = any(counts[0] is not None for counts in expected)
            assert [row[1:] for row in rows] == (expected if is_known else [])


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(
    ("make", "table", "column"),
    [(make_procedures, "procedures", "procedure_id"), (make_obstacles, "obstacles", "obstacle_id")],
)
def test_topics_are_those_of_plain_sql(flask_app, seed, make, table, column):
    fill(seed)
    statement = TOPICS.replace("{table}", table).replace("{column}", column)

    for day in DAYS:
        for scope, ward_id in scopes():
            rows = make(FigureQuery(scope, day)).table.rows
            new_year = date(day.year, 1, 1)
            assert [row[:2] for row in rows] == [
                tuple(row) for row in ask(statement, ward_id, first=new_year, last=day)
            ]


def test_the_desk_charts_ask_few_questions_however_many_sessions_there_are(flask_app):
    counts = []
    for seed in range(2):
        fill(seed)
        assert db.session.query(HelpSession).count() > 0
        with counted_statements() as statements:
            make_desk_by_week(FigureQuery(EVERYWHERE, DAYS[-1]))
            make_procedures(FigureQuery(EVERYWHERE, DAYS[-1]))
            make_obstacles(FigureQuery(EVERYWHERE, DAYS[-1]))
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 6
