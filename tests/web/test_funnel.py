"""The page of the funnel: numbers that add up, words beside them, and lists behind them."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from app.services.derived_rows import fill_tallies
from models import db
from models.enums import LearningOffer, Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.desk import DAY
from tests.factories.network import (
    FollowUpFactory,
    HandoffFactory,
    HelpSessionFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PersonFactory,
)
from tests.web.pages import main_text, normal, page

SignIn = Callable[..., FlaskClient]
FUNNEL = "/thong-ke/tu-quay-den-tu-lam"
OTHER = "23575"

pytestmark = pytest.mark.usefixtures("at_nine")


@pytest.fixture
def at_nine():
    with time_machine.travel("2026-08-31 09:05+07:00", tick=False):
        yield


@pytest.fixture
def support(sign_in: SignIn) -> FlaskClient:
    return sign_in(account_with(Role.SUPPORT))


@pytest.fixture
def province(sign_in: SignIn) -> FlaskClient:
    return sign_in(account_with(Role.PROVINCE, None))


def a_ward_s_story(code: str = "21553") -> None:
    """Four sessions: one not asked, one declined, one waits, one learns and was asked."""
    ward = any_ward(code)
    HelpSessionFactory(ward=ward, service_date=DAY)
    HelpSessionFactory(ward=ward, service_date=DAY, learning_offer=LearningOffer.DECLINED)
    for name in ("Ksor Thoan", "Siu H'Bia"):
        mentee = MenteeFactory(ward=ward, person=PersonFactory(full_name=name), started_on=DAY)
        session = HelpSessionFactory(ward=ward, service_date=DAY)
        HandoffFactory(help_session=session, mentee=mentee, handed_on=DAY)
    MentorshipFactory(mentor=MentorFactory(ward=ward), mentee=mentee, started_on=DAY)
    FollowUpFactory(mentee=mentee, service_date=DAY)
    fill_tallies(db.session())
    db.session.commit()


def steps(soup: BeautifulSoup) -> dict[str, str]:
    rows = soup.select(".funnel-step")
    return {normal(row.th.get_text()): normal(row.td.get_text(" ")).split()[0] for row in rows}


def test_each_step_has_its_number_its_share_and_a_bar_without_scripts(support):
    a_ward_s_story()

    soup = page(support.get(FUNNEL))

    assert steps(soup) == {
        "Lượt hỗ trợ": "4",
        "Chưa hỏi có muốn học không": "1",
        "Không muốn học": "1",
        "Chuyển cho mentor": "2",
        "Chờ mentor": "1",
        "Tạm nghỉ": "0",
        "Có mentor, đã gặp": "0",
        "Có mentor, chưa gặp": "1",
        "Học xong": "0",
        "Thôi học": "0",
        "Đã gọi hỏi được": "1",
        "Vẫn tự làm được": "1",
        "Cần giúp thêm": "0",
    }
    handed_on = soup.select(".funnel-step")[3]
    assert normal(handed_on.select_one(".funnel-share").get_text()) == "50 % số lượt"
    assert (handed_on.progress["max"], handed_on.progress["value"]) == ("4", "2")
    assert "Mỗi lượt đứng đúng một chỗ" in soup.get_text()


def test_a_number_leads_to_those_behind_it(support):
    a_ward_s_story()

    link = page(support.get(FUNNEL)).find("a", href=lambda url: url and "cho=chua-gap" in url)
    text = main_text(support.get(link["href"]))

    assert "Siu H'Bia" in text
    assert "Đang học với" in text
    assert "gọi hỏi: vẫn tự làm được" in text
    assert "Ksor Thoan" not in text


def test_nothing_recorded_is_no_data_rather_than_zeros(support):
    text = main_text(support.get(FUNNEL))

    assert "chưa có dữ liệu" in text
    assert "Ghi lượt hỗ trợ" in text
    assert "0 %" not in text


@pytest.mark.parametrize(
    ("code", "label"),
    [("2026-08", "Tháng 8/2026"), ("2026-Q3", "Quý 3/2026"), ("2025", "Năm 2025")],
)
def test_a_year_a_quarter_or_a_month_is_chosen_in_the_address(support, code, label):
    a_ward_s_story()

    soup = page(support.get(f"{FUNNEL}?ky={code}"))

    assert soup.find("option", selected=True)["value"] == code
    assert label in soup.select_one("main").get_text()


def test_an_unknown_period_is_the_running_year(support):
    a_ward_s_story()

    assert "Năm 2026" in main_text(support.get(f"{FUNNEL}?ky=1999&xa=%00&cho=x"))


def test_on_the_first_day_of_a_year_the_last_one_is_shown(sign_in):
    with time_machine.travel("2027-01-01 09:05+07:00", tick=False):
        text = main_text(sign_in(account_with(Role.SUPPORT)).get(FUNNEL))

    assert "Năm 2026: chưa có dữ liệu" in text


def test_previous_periods_can_be_chosen_and_a_quarter_that_begins_today_is_not_0_of_0(sign_in):
    a_ward_s_story()
    with time_machine.travel("2026-09-15 09:05+07:00", tick=False):
        client = sign_in(account_with(Role.SUPPORT))
        first_day, quarter, before = (
            page(client.get(f"{FUNNEL}{query}")) for query in ("", "?ky=2026-Q4", "?ky=2026-Q3")
        )

    assert steps(first_day)["Lượt hỗ trợ"] == steps(before)["Lượt hỗ trợ"] == "4"
    words = normal(quarter.select_one("main").get_text(" "))
    assert "chưa có dữ liệu" in words
    assert "0/0" not in words
    assert "0 %" not in words


def test_the_province_sees_each_ward_by_name_and_those_without_data_as_such(province):
    a_ward_s_story()

    soup = page(province.get(FUNNEL))

    link = soup.find("a", href=f"{FUNNEL}?ky=2026&xa=21553")
    cells = [normal(cell.get_text(" ")).split()[0] for cell in link.find_parent("tr").select("td")]
    assert cells == ["4", "1", "1", "2", "1", "0", "1", "0", "0", "1", "0"]
    other = soup.find("a", href=f"{FUNNEL}?ky=2026&xa={OTHER}").find_parent("tr")
    assert normal(other.td.get_text()) == "chưa có dữ liệu"


def test_a_reader_of_one_ward_counts_that_one_alone(support):
    a_ward_s_story(OTHER)

    assert "chưa có dữ liệu" in main_text(support.get(f"{FUNNEL}?xa={OTHER}"))
    people = main_text(support.get(f"{FUNNEL}/nguoi?cho=chuyen&xa={OTHER}"))
    assert "Ksor Thoan" not in people


def test_the_list_of_a_place_without_anybody_says_so(support):
    a_ward_s_story()

    assert "Không có ai" in main_text(support.get(f"{FUNNEL}/nguoi?cho=xong"))


def test_sessions_of_other_days_belong_to_other_periods(support):
    a_ward_s_story()
    HelpSessionFactory(service_date=date(2026, 5, 4) + timedelta(days=1))
    fill_tallies(db.session())
    db.session.commit()

    assert steps(page(support.get(f"{FUNNEL}?ky=2026-05")))["Lượt hỗ trợ"] == "1"
    assert steps(page(support.get(f"{FUNNEL}?ky=2026-08")))["Lượt hỗ trợ"] == "4"
