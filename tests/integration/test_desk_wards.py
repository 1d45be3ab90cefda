"""The desks of all wards: what the tallies say is what plain SQL counts over the sessions."""

import random
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from app.access.scope import WardScope
from app.queries.desk_wards import (
    WardTally,
    list_last_session_entries,
    list_ward_places,
    list_ward_tallies,
)
from models import db
from models.enums import HelpMode
from tests.factories.base import any_ward
from tests.factories.network import HelpSessionFactory

pytestmark = pytest.mark.usefixtures("flask_app")

EVERYWHERE = WardScope.everywhere()
CODES = ("21553", "21583", "23575")
LAST = date(2026, 8, 31)
BY_HAND = text("""
SELECT ward_id, count(*), sum(CASE WHEN is_first_this_year THEN 1 ELSE 0 END),
       sum(CASE WHEN mode = 'self' THEN 1 ELSE 0 END)
FROM help_sessions WHERE deleted_at IS NULL AND service_date >= :first AND service_date <= :last
GROUP BY ward_id ORDER BY ward_id
""")


def some_sessions(seed):
    chance = random.Random(seed)  # noqa: S311  # reproducible, no secret
    for _ in range(60):
        HelpSessionFactory(
            ward=any_ward(chance.choice(CODES)),
            service_date=LAST - timedelta(days=chance.randint(0, 60)),
            mode=chance.choice(list(HelpMode)),
            is_first_this_year=chance.random() < 0.5,
        )


@pytest.mark.parametrize("days", [0, 27, 60])
def test_each_ward_counts_what_plain_sql_counts(days):
    some_sessions(days)
    first = LAST - timedelta(days=days)

    tallies = sorted(list_ward_tallies(EVERYWHERE, first, LAST))

    rows = db.session.execute(BY_HAND, {"first": first, "last": LAST})
    assert tallies == [WardTally(*row) for row in rows]


def test_the_last_entry_is_of_a_session_that_is_still_there():
    session = HelpSessionFactory(ward=any_ward(CODES[0]))
    HelpSessionFactory(ward=any_ward(CODES[1]), deleted_at=session.entered_at)

    assert list(list_last_session_entries(EVERYWHERE)) == [session.ward_id]


def test_only_wards_of_the_scope_are_told_of():
    own = WardScope.of([any_ward(CODES[0]).id])
    some_sessions(1)

    assert [place.code for place in list_ward_places(own, LAST)] == [CODES[0]]
    assert {row.ward_id for row in list_ward_tallies(own, date(2026, 1, 1), LAST)} == set(
        own.ward_ids
    )
    assert set(list_last_session_entries(own)) == set(own.ward_ids)


def test_all_wards_stand_in_the_table_with_their_population():
    places = list_ward_places(EVERYWHERE, LAST)

    assert len(places) == 135
    assert places[0].population == 45_746
