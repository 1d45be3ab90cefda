"""Closing a quarter freezes its figures; what comes late counts in the next one."""

import hashlib
import json
import zlib
from datetime import date
from itertools import pairwise

import pytest
import time_machine
from sqlalchemy import select, text, update

from app.access.scope import WardScope
from app.errors import EditConflictError, OutOfScopeError, PeriodClosedError
from app.period_errors import (
    NeighbourClosedError,
    NotUndoneError,
    PeriodDaysError,
    PeriodNotOverError,
    PeriodOpenError,
)
from app.queries.period_entries import LateEntry, list_late
from app.queries.period_figures import figures_of
from app.queries.reporting_periods import get_period, list_periods, period_to_show
from app.services.change_period import change_period
from app.services.check_site import check_site
from app.services.close_period import close_period, reopen_period
from app.services.delete_session import delete_session
from app.services.log_session import log_session
from app.services.undo_batch import undo_batch
from models import Batch, HelpSession, Mentor, ReportEdition, ReportingPeriod, db
from tests.factories.base import any_ward
from tests.factories.desk import session_details, staff
from tests.factories.network import MentorFactory

EVERYWHERE = WardScope.everywhere()
CODE = "2026-Q3"
IN_Q3, AFTER_Q3 = date(2026, 8, 31), date(2026, 9, 15)

pytestmark = pytest.mark.usefixtures("flask_app")


@pytest.fixture(autouse=True)
def clock_at():
    with time_machine.travel("2026-09-15 08:00+07:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def desk():
    _account, scope = staff()
    return scope, any_ward("21553").id


def logged(desk, day, **values):
    scope, ward_id = desk
    details = session_details(service_date=day, **values)
    return log_session(scope, ward_id, details).object_id


def edition(number=1):
    return db.session.scalars(select(ReportEdition).filter_by(edition=number)).one()


def ward_of(figures, code="21553"):
    return next(ward for ward in figures.values["wards"] if ward["code"] == code)


def figures_now(scope=EVERYWHERE, code=CODE, **chosen):
    return figures_of(scope, get_period(scope, code), date(2026, 9, 20), **chosen)


def period_code(session_id):
    return db.session.get_one(HelpSession, session_id).reported_in.code


def test_the_digest_is_that_of_the_json_that_was_kept(desk):
    logged(desk, IN_Q3)

    close_period(EVERYWHERE, CODE)

    plain = zlib.decompress(edition().content)
    assert hashlib.sha256(plain).hexdigest() == edition().digest
    values = json.loads(plain)
    again = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert again.encode() == plain
    counted = db.session.scalar(text("SELECT count(*) FROM help_sessions"))
    assert values["entries"]["sessions"] == counted == 1
    assert check_site(EVERYWHERE) == []


def test_any_edit_afterwards_leaves_figures_and_digest_as_they_are(desk):
    mentor = MentorFactory(ward=any_ward("21553"))
    logged(desk, IN_Q3)
    close_period(EVERYWHERE, CODE)
    before = figures_now()
    digest = edition().digest

    db.session.execute(update(Mentor).values(deleted_at=mentor.entered_at))
    db.session.commit()
    logged(desk, IN_Q3)

    assert figures_now() == before
    assert edition().digest == digest
    assert before.is_frozen
    assert ward_of(before)["mentors"] == 1


def test_what_comes_late_counts_in_the_next_period_and_is_listed_there(desk):
    close_period(EVERYWHERE, CODE)

    late_id = logged(desk, IN_Q3)
    logged(desk, AFTER_Q3)

    following = get_period(EVERYWHERE, "2026-Q4")
    row = db.session.get_one(HelpSession, late_id)
    ward = any_ward("21553")
    assert list_late(EVERYWHERE, following.id, offset=0, size=9) == [
        LateEntry("sessions", late_id, ward.code, ward.name, IN_Q3, row.entered_at)
    ]
    assert (
        ward_of(figures_now(code="2026-Q4"))["entries"] | {"sessions": 2, "late": 1}
        == (ward_of(figures_now(code="2026-Q4"))["entries"])
    )
    other = WardScope.of([any_ward("23575").id])
    assert list_late(other, following.id, offset=0, size=9) == []


def test_rows_of_a_closed_period_are_neither_changed_nor_deleted(desk):
    session_id = logged(desk, IN_Q3)
    close_period(EVERYWHERE, CODE)

    with pytest.raises(PeriodClosedError):
        delete_session(desk[0], session_id)


def test_a_ward_that_entered_nothing_is_not_0(desk):
    logged(desk, IN_Q3)

    close_period(EVERYWHERE, CODE)

    assert ward_of(figures_now())["entries"]["sessions"] == 1
    assert ward_of(figures_now(), "23575")["entries"] is None


def test_a_reader_of_one_ward_gets_the_frozen_figures_of_that_ward_alone(desk):
    logged(desk, IN_Q3)
    close_period(EVERYWHERE, CODE)

    figures = figures_now(desk[0])

    assert [ward["code"] for ward in figures.values["wards"]] == ["21553"]
    assert figures.values["totals"] is figures.values["entries"] is None


def test_a_period_is_not_closed_before_it_is_over(clock_at):
    clock_at.move_to("2026-09-14 23:59+07:00")

    with pytest.raises(PeriodNotOverError):
        close_period(EVERYWHERE, CODE)


def test_closing_is_for_who_sees_every_ward(desk):
    with pytest.raises(OutOfScopeError):
        close_period(desk[0], CODE)
    with pytest.raises(OutOfScopeError):
        reopen_period(desk[0], CODE, reason="x")


def test_reopening_is_logged_with_its_reason_and_a_second_closing_is_a_second_edition(desk):
    logged(desk, IN_Q3)
    close_period(EVERYWHERE, CODE)
    first = figures_now()

    reopened = reopen_period(EVERYWHERE, CODE, reason="Thiếu số liệu của hai xã")
    logged(desk, IN_Q3)
    close_period(EVERYWHERE, CODE)

    assert db.session.get_one(Batch, reopened.batch_id).kind == "period_reopened"
    assert edition(1).reopen_reason == "Thiếu số liệu của hai xã"
    assert figures_now(edition=1) == first
    assert figures_now().values["entries"]["sessions"] == 2
    assert check_site(EVERYWHERE) == []


def test_what_was_late_stays_in_the_next_period_when_one_is_reopened(desk):
    close_period(EVERYWHERE, CODE)
    late_id = logged(desk, IN_Q3)

    reopen_period(EVERYWHERE, CODE, reason="x")

    assert period_code(late_id) == "2026-Q4"
    assert period_code(logged(desk, IN_Q3)) == CODE
    with pytest.raises(PeriodOpenError):
        reopen_period(EVERYWHERE, CODE, reason="x")


def test_closing_is_answered_by_reopening_and_not_taken_back():
    receipt = close_period(EVERYWHERE, CODE)

    with pytest.raises(NotUndoneError):
        undo_batch(EVERYWHERE, receipt.batch_id)


def test_check_tells_of_frozen_figures_that_somebody_altered(desk):
    logged(desk, IN_Q3)
    close_period(EVERYWHERE, CODE)
    altered = zlib.decompress(edition().content).replace(b'"sessions":1', b'"sessions":9')

    db.session.execute(update(ReportEdition).values(content=zlib.compress(altered)))
    db.session.commit()

    assert check_site(EVERYWHERE) == [
        "Số liệu đã khóa của kỳ 2026-Q3, lần khóa 1, không khớp mã kiểm tra: đã bị sửa."
    ]


def test_days_that_move_take_their_entries_along_and_leave_no_gap(desk):
    moved = logged(desk, date(2026, 9, 12))
    stays = logged(desk, IN_Q3)

    change_period(
        EVERYWHERE,
        CODE,
        first_day=date(2026, 6, 20),
        last_day=date(2026, 9, 10),
        seen=(date(2026, 6, 15), date(2026, 9, 14)),
    )

    assert (period_code(stays), period_code(moved)) == (CODE, "2026-Q4")
    stored = db.session.scalars(select(ReportingPeriod).order_by(ReportingPeriod.started_on)).all()
    assert [(one.code, one.started_on, one.ended_on) for one in stored] == [
        ("2026-Q2", date(2026, 3, 15), date(2026, 6, 20)),
        (CODE, date(2026, 6, 20), date(2026, 9, 11)),
        ("2026-Q4", date(2026, 9, 11), date(2026, 12, 15)),
    ]


@pytest.mark.parametrize(
    ("first_day", "last_day"),
    [
        (date(2026, 9, 1), date(2026, 8, 1)),
        (date(2026, 3, 15), date(2026, 9, 14)),
        (date(2026, 6, 15), date(2026, 12, 14)),
        (date(2026, 9, 15), date(2026, 9, 20)),
    ],
)
def test_days_that_leave_none_to_a_period_are_refused(first_day, last_day):
    seen = date(2026, 6, 15), date(2026, 9, 14)

    with pytest.raises(PeriodDaysError):
        change_period(EVERYWHERE, CODE, first_day=first_day, last_day=last_day, seen=seen)


def test_a_closed_period_neither_gives_nor_takes_days():
    close_period(EVERYWHERE, CODE)
    seen = date(2026, 9, 15), date(2026, 12, 14)

    with pytest.raises(NeighbourClosedError):
        change_period(
            EVERYWHERE, "2026-Q4", first_day=date(2026, 9, 1), last_day=seen[1], seen=seen
        )
    with pytest.raises(PeriodClosedError):
        change_period(EVERYWHERE, CODE, first_day=IN_Q3, last_day=IN_Q3, seen=seen)


def test_who_saw_other_days_is_told():
    seen = date(2026, 6, 15), date(2026, 9, 13)

    with pytest.raises(EditConflictError):
        change_period(EVERYWHERE, CODE, first_day=seen[0], last_day=date(2026, 9, 9), seen=seen)


def test_the_first_day_of_a_quarter_shows_the_last_one():
    assert period_to_show(EVERYWHERE, date(2026, 9, 15)).code == "2026-Q3"
    assert period_to_show(EVERYWHERE, date(2026, 9, 16)).code == "2026-Q4"


def test_periods_that_have_begun_are_offered_without_gap_also_where_nothing_was_entered():
    periods = list_periods(EVERYWHERE, date(2026, 9, 15))

    assert [period.code for period in periods][:3] == ["2026-Q4", "2026-Q3", "2026-Q2"]
    assert all(later.started_on == earlier.ended_on for later, earlier in pairwise(periods))
