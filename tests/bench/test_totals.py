"""What the audit is measured against gives the same totals, also over chains and merges."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from app.access.scope import WardScope
from app.queries.audit import audit_scope
from app.queries.settings import get_settings
from bench.other_graphs import totals_by_igraph, totals_by_rustworkx
from bench.plain_sql import plain_totals
from models import db
from tests.factories.site import RandomSite

DAYS = (date(2025, 10, 15), date(2026, 1, 1), date(2026, 6, 30), date(2026, 12, 31))
WAYS = {
    "sqlite3": plain_totals,
    "igraph": totals_by_igraph,
    "rustworkx": totals_by_rustworkx,
}


@pytest.mark.parametrize("package", WAYS)
@pytest.mark.parametrize("seed", range(3))
def test_every_way_to_the_totals_comes_to_the_same(flask_app, package, seed):
    pytest.importorskip(package, reason="chỉ có khi cài requirements-bench.txt")
    RandomSite(seed).fill()
    db.session.commit()

    for day in DAYS:
        expected = audit_scope(WardScope.everywhere(), day).totals._asdict()
        with closing(sqlite3.connect(db.engine.url.database, isolation_level=None)) as connection:
            totals = WAYS[package](connection, day, get_settings(day))

        assert totals == expected
