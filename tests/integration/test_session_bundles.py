"""Many turns of help noted at once: each counts, all are marked, one undo takes them back."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select

from app.access.scope import WardScope
from app.errors import AlreadyDoneError, OutOfScopeError, PeriodClosedError
from app.queries.audit import audit_scope
from app.queries.desk_choices import find_habit
from app.queries.help_sessions import DayCounts, count_day, list_day_sessions
from app.queries.own_sessions import find_latest_session, list_entered_sessions
from app.queries.session_bundles import (
    count_bundled,
    find_bundle,
    list_bundled_ids,
    list_bundles,
)
from app.services.bundle_sessions import BundleDetails, BundleLine, bundle_sessions
from app.services.check_site import check_site
from app.services.delete_session import delete_session
from app.services.undo_batch import undo_batch
from graphs.findings import Rule
from models import DeskDay, HelpSession, db
from models.enums import HalfDay, HelpMode, HelpResult
from tests.factories.base import any_ward
from tests.factories.desk import (
    DAY,
    close_third_quarter,
    link_to_post,
    procedure,
    staff,
)
from tests.factories.network import HelpSessionFactory, SupportPostFactory

pytestmark = pytest.mark.usefixtures("flask_app", "at_noon")

EVERYWHERE = WardScope.everywhere()


@pytest.fixture
def at_noon():
    with time_machine.travel("2026-08-31 12:00+07:00", tick=False):
        yield


def line(code: str, mode: HelpMode, sessions: int, people: int) -> BundleLine:
    return BundleLine(procedure_id=procedure(code).id, mode=mode, sessions=sessions, people=people)


def morning(**values: Any) -> BundleDetails:
    """Return a morning of fourteen turns, changed where the test says so."""
    usual = BundleDetails(
        service_date=DAY,
        result=HelpResult.DONE,
        half_day=HalfDay.MORNING,
        lines=[
            line("vneid", HelpMode.TOGETHER, 9, 4),
            line("vneid", HelpMode.SELF, 3, 0),
            line("birth", HelpMode.ON_BEHALF, 2, 2),
        ],
    )
    return replace(usual, **values)


def stored() -> list[HelpSession]:
    return list(db.session.scalars(select(HelpSession).order_by(HelpSession.id)))


def test_each_turn_of_a_bundle_is_a_session_with_its_ward_post_and_period() -> None:
    account, scope = staff()
    post = SupportPostFactory()
    link_to_post(account, post)
    account_id, post_id, ward_id = account.id, post.id, any_ward().id

    bundle_id = bundle_sessions(scope, ward_id, morning()).object_id

    rows = stored()
    assert len(rows) == 14
    assert {
        (row.ward_id, row.service_date, row.service_time, row.entered_by_id, row.bundle_id)
        for row in rows
    } == {(ward_id, DAY, None, account_id, bundle_id)}
    assert {(row.support_post_id, row.reported_in.code) for row in rows} == {(post_id, "2026-Q3")}
    kinds = select(
        HelpSession.mode, HelpSession.is_first_this_year, func.count(HelpSession.id)
    ).group_by(HelpSession.mode, HelpSession.is_first_this_year)
    assert set(map(tuple, db.session.execute(kinds))) == {
        (HelpMode.TOGETHER, True, 4),
        (HelpMode.TOGETHER, False, 5),
        (HelpMode.SELF, False, 3),
        (HelpMode.ON_BEHALF, True, 2),
    }


def test_a_bundle_counts_in_every_figure_and_the_site_passes_its_check() -> None:
    _account, scope = staff()
    ward_id = any_ward().id
    HelpSessionFactory(service_date=DAY, is_first_this_year=True)

    bundle_sessions(scope, ward_id, morning())

    tallies = select(DeskDay.mode, DeskDay.sessions, DeskDay.people).order_by(DeskDay.mode)
    assert set(map(tuple, db.session.execute(tallies))) == {
        (HelpMode.ON_BEHALF, 2, 2),
        (HelpMode.SELF, 3, 0),
        (HelpMode.TOGETHER, 10, 5),
    }
    assert count_day(scope, DAY) == DayCounts(sessions=15, people=7)
    assert check_site(EVERYWHERE) == []


def test_one_undo_takes_all_of_a_bundle_back_and_the_figures_with_it() -> None:
    _account, scope = staff()
    receipt = bundle_sessions(scope, any_ward().id, morning())

    undo_batch(scope, receipt.batch_id)

    assert stored() == []
    assert find_bundle(scope, receipt.object_id) is None
    assert count_day(scope, DAY) == DayCounts(0, 0)
    assert check_site(EVERYWHERE) == []


def test_the_same_form_makes_one_bundle_also_after_it_was_undone() -> None:
    _account, scope = staff()
    ward_id, key = any_ward().id, "a-key-of-one-form"
    receipt = bundle_sessions(scope, ward_id, morning(), request_key=key)

    with pytest.raises(AlreadyDoneError):
        bundle_sessions(scope, ward_id, morning(), request_key=key)
    assert len(stored()) == 14
    undo_batch(scope, receipt.batch_id)
    with pytest.raises(AlreadyDoneError):
        bundle_sessions(scope, ward_id, morning(), request_key=key)
    assert stored() == []


def test_a_bundle_tells_its_hours_its_lines_and_who_entered_it() -> None:
    account, scope = staff()
    account_id, name = account.id, account.display_name
    hours = morning(half_day=None, began_at=time(7), ended_at=time(11))

    receipt = bundle_sessions(scope, any_ward().id, hours)

    [bundle] = list_bundles(scope, DAY, DAY)
    assert (bundle.id, bundle.batch_id) == (receipt.object_id, receipt.batch_id)
    assert (bundle.half_day, bundle.began_at, bundle.ended_at) == (None, time(7), time(11))
    assert (bundle.entered_by_id, bundle.entered_by) == (account_id, name)
    assert (bundle.sessions, bundle.people, bundle.is_late) == (14, 6, False)
    assert [(part.mode, part.sessions, part.people) for part in bundle.lines] == [
        (HelpMode.ON_BEHALF, 2, 2),
        (HelpMode.SELF, 3, 0),
        (HelpMode.TOGETHER, 9, 4),
    ]


def test_a_session_of_a_bundle_is_marked_and_can_go_alone() -> None:
    _account, scope = staff()
    single = HelpSessionFactory(service_date=DAY).id
    bundle_id = bundle_sessions(scope, any_ward().id, morning()).object_id
    bundled = [row.id for row in stored() if row.id != single]

    delete_session(scope, bundled[0])

    bundle = find_bundle(scope, bundle_id)
    assert bundle is not None
    assert bundle.sessions == 13
    marks = {row.id: row.is_bundled for row in list_day_sessions(scope, DAY, at_most=20)}
    assert marks == dict.fromkeys(bundled[1:], True) | {single: False}
    assert list_bundled_ids(scope, [single, *bundled]) == frozenset(bundled[1:])
    assert count_bundled(scope, DAY, DAY) == 13


def test_what_comes_late_for_a_closed_report_counts_in_the_next() -> None:
    _account, scope = staff()
    close_third_quarter()

    bundle_id = bundle_sessions(scope, any_ward().id, morning()).object_id

    bundle = find_bundle(scope, bundle_id)
    assert bundle is not None
    assert (bundle.period_code, bundle.is_late) == ("2026-Q4", True)


def test_a_bundle_of_a_closed_report_stays() -> None:
    _account, scope = staff()
    receipt = bundle_sessions(scope, any_ward().id, morning())
    stored()[0].reported_in.closed_at = stored()[0].entered_at
    db.session.commit()

    with pytest.raises(PeriodClosedError):
        undo_batch(scope, receipt.batch_id)

    assert len(stored()) == 14


def test_nobody_bundles_for_the_desk_of_another_ward_or_reads_of_it() -> None:
    _account, scope = staff()
    _colleague, elsewhere = staff("23575")
    bundle_id = bundle_sessions(scope, any_ward().id, morning()).object_id

    with pytest.raises(OutOfScopeError):
        bundle_sessions(elsewhere, any_ward().id, morning())

    assert find_bundle(elsewhere, bundle_id) is None
    assert list_bundles(elsewhere, DAY, DAY) == []
    assert count_bundled(elsewhere, DAY, DAY) == 0


def test_a_habit_and_the_last_session_are_learned_from_single_sessions_alone() -> None:
    _account, scope = staff()
    ward_id = any_ward().id
    bundle_sessions(scope, ward_id, morning())

    learned = (
        find_habit(scope),
        find_latest_session(scope),
        list_entered_sessions(scope, DAY, at_most=20),
    )

    assert learned == (None, None, [])


def test_the_kept_network_follows_a_bundle_and_its_undo() -> None:
    _account, scope = staff()
    audit_scope(EVERYWHERE, DAY)

    receipt = bundle_sessions(
        scope, any_ward().id, morning(lines=[line("vneid", HelpMode.SELF, 12, 0)])
    )
    bundled = bursts()
    undo_batch(scope, receipt.batch_id)

    assert (bundled, bursts()) == ([12], [])


def bursts() -> list[int | None]:
    """Return how many sessions each burst has that the audit of the day finds."""
    findings = audit_scope(EVERYWHERE, DAY).findings
    return [finding.measured for finding in findings if finding.rule is Rule.ENTRY_BURST]


def test_bundles_of_other_days_are_not_listed() -> None:
    _account, scope = staff()
    bundle_sessions(scope, any_ward().id, morning(service_date=date(2026, 8, 20)))

    assert list_bundles(scope, date(2026, 8, 21), DAY) == []
    assert len(list_bundles(scope, date(2026, 8, 20), DAY)) == 1
