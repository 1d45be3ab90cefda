"""Comparing days: from what is kept as from what is read, and only while nothing is written."""

from contextlib import nullcontext
from datetime import timedelta

import pytest

from app import clock
from app.access.scope import WardScope
from app.queries.audit import picture_of
from app.queries.comparison import KEPT, MOST_KEPT, compare_days
from app.queries.kept_network import kept_network
from graphs.comparison import compare
from tests.factories.base import any_ward
from tests.factories.network import MentorFactory
from tests.factories.site import RandomSite

EVERYWHERE = WardScope.everywhere()


def island():
    return WardScope.of([any_ward("21607").id])


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_kept_of_today_tells_the_same_as_what_is_read(flask_app, monkeypatch, seed):
    RandomSite(seed).fill()
    today = clock.today()
    since = today - timedelta(days=200)
    scopes = [EVERYWHERE, WardScope.of([any_ward("21553").id, any_ward("21583").id])]
    with kept_network(EVERYWHERE, today):
        pass

    of_kept = [compare_days(scope, since, today) for scope in scopes]

    monkeypatch.setattr("app.queries.audit.kept_network", lambda *_: nullcontext())
    of_rows = [compare(picture_of(scope, since), picture_of(scope, today)) for scope in scopes]
    assert of_kept == of_rows


def test_a_comparison_is_made_once_until_something_is_written(flask_app):
    today = clock.today()
    since = today - timedelta(days=30)
    MentorFactory(started_on=today - timedelta(days=3))

    first, again = (compare_days(EVERYWHERE, since, today) for _ in range(2))
    elsewhere = compare_days(island(), since, today)
    MentorFactory(started_on=today - timedelta(days=2))
    later = compare_days(EVERYWHERE, since, today)

    assert again is first
    assert [each.mentors.joined for each in (first, elsewhere, later)] == [1, 0, 2]


def test_only_the_latest_comparisons_are_kept(flask_app):
    today = clock.today()
    days = [today - timedelta(days=number) for number in range(MOST_KEPT + 3)]

    for day in days:
        compare_days(island(), day, today)

    assert [asked.since for asked in KEPT.questions] == days[-MOST_KEPT:]
