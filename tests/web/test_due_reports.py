"""The work list says when the quarter's report is due and what is still missing for it."""

from datetime import date

import pytest
import time_machine

from app.access.scope import WardScope
from app.services.close_period import close_period
from app.services.log_session import log_session
from models import HelpSession, Ward, db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.desk import session_details, staff
from tests.factories.network import MentorFactory
from tests.web.pages import main_text

HEAD = "Báo cáo Quý 3/2026: hạn gửi 15/09/2026"


@pytest.fixture
def at(flask_app):
    with time_machine.travel("2026-09-10 08:00+07:00", tick=False) as traveller:
        MentorFactory(ward=any_ward("21553"))
        yield traveller


def told(client):
    return main_text(client.get("/viec-can-lam"))


def enter_something():
    _account, scope = staff()
    details = session_details(service_date=date(2026, 8, 31))
    log_session(scope, any_ward("21553").id, details)


@pytest.mark.parametrize("code", ["15/03", "15/06", "15/09", "15/12"])
def test_reports_are_due_on_the_15th_of_the_last_month_of_each_quarter(at, sign_in, code):
    day, month = code.split("/")
    at.move_to(f"2026-{month}-{day} 08:00+07:00")

    text = told(sign_in(account_with(Role.PROVINCE)))

    assert f"hạn gửi {code}/2026, đúng hôm nay." in text


def test_the_province_reads_how_many_wards_entered_nothing(at, sign_in):
    enter_something()

    text = told(sign_in(account_with(Role.PROVINCE)))

    wards = db.session.query(Ward).count()
    with_rows = db.session.query(HelpSession.ward_id).distinct().count()
    silent = wards - with_rows
    assert f"{HEAD}, còn 5 ngày. {silent}/{wards} xã, phường chưa nhập gì trong kỳ." in text


def test_a_ward_reads_what_it_still_lacks(at, sign_in):
    leader = sign_in(account_with(Role.WARD_LEADER, "21553"))
    before = told(leader)

    enter_something()

    assert f"{HEAD}, còn 5 ngày. Xã, phường chưa nhập gì trong kỳ này." in before
    assert "Trong kỳ chưa ghi buổi hướng dẫn nào." in told(leader)


@pytest.mark.parametrize(("day", "is_told"), [("2026-08-31", False), ("2026-09-01", True)])
def test_the_line_comes_two_weeks_before(at, sign_in, day, is_told):
    at.move_to(f"{day} 08:00+07:00")

    assert (HEAD in told(sign_in(account_with(Role.PROVINCE)))) == is_told


def test_the_province_is_told_until_the_period_is_closed(at, sign_in):
    at.move_to("2026-09-20 08:00+07:00")
    province = sign_in(account_with(Role.PROVINCE))
    before = told(province)

    close_period(WardScope.everywhere(), "2026-Q3")

    assert "đã quá 5 ngày mà kỳ chưa khóa" in before
    assert HEAD not in told(province)


def test_where_nothing_was_recorded_the_first_step_is_told_instead(at, sign_in):
    text = told(sign_in(account_with(Role.WARD_LEADER, "23575")))

    assert "Chưa có dữ liệu" in text
    assert HEAD not in text
