"""The coverage of past months agrees with the audits of those days, whatever was done since."""

from datetime import date, timedelta

import pytest
import time_machine

from app import clock
from app.access.scope import WardScope
from app.database import WRITING
from app.queries import kept_coverage
from app.queries.audit import audit_scope
from app.queries.coverage_history import read_history
from app.queries.kept_coverage import get_coverage
from app.services.load_demonstration import load_demonstration
from graphs.coverage_series import ward_histories
from graphs.ward_history import CoveragePoint, coverage_points, mentor_loads
from models import Setting, Ward, db
from tests.factories.base import any_ward
from tests.factories.site import WARD_CODES, RandomSite
from tests.factories.steps import RandomSteps
from tests.web.statements import counted_statements

DAY = date(2026, 7, 31)
EVERYWHERE = WardScope.everywhere()
STEPS = 25


def audited(scope, day):
    totals = audit_scope(scope, day).totals
    return CoveragePoint(day, *(getattr(totals, name) for name in CoveragePoint._fields[1:]))


def read_anew(series):
    """The points of all wards and of each, and the loads, from all rows, read now."""
    columns = read_history(EVERYWHERE, desk_since=series[0].day - timedelta(days=100))
    histories = ward_histories(columns, series)
    return told(histories, [at.day for at in series])


def told(histories, days):
    each = {ward: coverage_points([history], days) for ward, history in histories.items()}
    together = coverage_points(list(histories.values()), days)
    return together, each, mentor_loads(histories.values())


def told_by_what_is_kept(day):
    coverage = get_coverage(EVERYWHERE, day)
    wards = db.session.scalars(db.select(Ward.id).order_by(Ward.id)).all()
    histories = dict(zip(wards, coverage.histories, strict=True))
    return told(histories, [at.day for at in coverage.days])


@pytest.mark.parametrize(("seed", "day"), [(0, DAY), (1, date(2026, 1, 1)), (2, date(2026, 3, 30))])
def test_every_point_of_the_province_is_the_audit_of_its_day(flask_app, seed, day):
    RandomSite(seed).fill()

    points = get_coverage(EVERYWHERE, day).points

    assert points == [audited(EVERYWHERE, point.day) for point in points]
    assert len(points) == 13


@pytest.mark.parametrize("seed", range(2))
def test_every_point_of_a_ward_is_the_audit_of_its_day(flask_app, seed):
    RandomSite(seed).fill()

    for code in WARD_CODES:
        scope = WardScope.of([any_ward(code).id])
        points = get_coverage(scope, DAY).points
        assert points == [audited(scope, point.day) for point in points]


def test_points_of_the_demonstration_are_audits(flask_app):
    load_demonstration(mentors=60, mentees=300, sessions=800, seed=3)

    points = get_coverage(EVERYWHERE, clock.today()).points

    assert points == [audited(EVERYWHERE, point.day) for point in points]
    assert points[-1].mentors > 0


def test_a_day_is_judged_by_the_settings_in_force_on_it(flask_app):
    RandomSite(seed=1).fill()
    db.session.add_all(
        [
            Setting(key="floor", value="1", effective_on=date(2026, 3, 31), set_at=clock.now()),
            Setting(
                key="desk_days", value="60", effective_on=date(2026, 5, 31), set_at=clock.now()
            ),
        ]
    )
    db.session.commit()

    points = get_coverage(EVERYWHERE, DAY).points

    assert points == [audited(EVERYWHERE, point.day) for point in points]


@pytest.mark.parametrize("seed", range(2))
def test_after_every_step_what_is_kept_tells_what_all_rows_tell(flask_app, seed):
    with time_machine.travel("2026-06-30T03:00:00Z", tick=False):
        RandomSite(seed).fill()
        steps = RandomSteps(seed)
        today = clock.today()
        series = get_coverage(EVERYWHERE, today).days
        read = []
        for _ in range(STEPS):
            step = steps.take()
            series = get_coverage(EVERYWHERE, today).days
            assert told_by_what_is_kept(today) == read_anew(series), step
            read.append(len(kept_coverage._kept[db.engine][tuple(series)].histories))

        assert set(read) == {135}


def test_a_change_in_one_ward_leaves_the_others_as_they_are(flask_app):
    with time_machine.travel("2026-06-30T03:00:00Z", tick=False):
        RandomSite(seed=1).fill()
        steps = RandomSteps(seed=1)
        before = get_coverage(EVERYWHERE, clock.today()).histories

        steps.take()

        after = get_coverage(EVERYWHERE, clock.today()).histories
        same = sum(old is new for old, new in zip(before, after, strict=True))
        assert same >= 125


def test_what_is_kept_is_found_again_with_few_statements(flask_app):
    RandomSite(seed=1).fill()
    get_coverage(EVERYWHERE, DAY)

    with counted_statements() as statements:
        get_coverage(EVERYWHERE, DAY)

    assert len(statements) <= 4


def test_the_number_of_statements_does_not_grow_with_the_rows(flask_app):
    counts = []
    for seed in range(2):
        RandomSite(seed).fill()
        kept_coverage._kept.clear()
        with counted_statements() as statements:
            get_coverage(EVERYWHERE, DAY)
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 18


def test_a_unit_of_work_reads_for_itself_and_keeps_nothing(flask_app):
    RandomSite(seed=1).fill()
    kept_coverage._kept.pop(db.engine, None)
    db.session().info[WRITING] = True

    try:
        points = get_coverage(EVERYWHERE, DAY).points
    finally:
        db.session().info[WRITING] = False

    assert points[-1] == audited(EVERYWHERE, DAY)
    assert not kept_coverage._kept.get(db.engine)


def test_a_reader_of_one_ward_does_not_wait_for_another_reader(flask_app):
    RandomSite(seed=1).fill()
    scope = WardScope.of([any_ward(WARD_CODES[0]).id])

    with kept_coverage._lock:
        points = get_coverage(scope, DAY).points

    assert points[-1] == audited(scope, DAY)


def test_only_a_few_past_days_are_kept(flask_app):
    for back in range(kept_coverage.MOST_DAYS + 2):
        get_coverage(WardScope.of([any_ward().id]), DAY - timedelta(days=back))

    assert len(kept_coverage._kept[db.engine]) == kept_coverage.MOST_DAYS
