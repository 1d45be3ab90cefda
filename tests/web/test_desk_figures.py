"""The figures of the desk: turns and people apart, and «no data» where nothing was entered."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from flask.testing import FlaskClient

from models.enums import HelpMode, Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    HelpSessionFactory,
    MentorFactory,
    PersonFactory,
    SupportPostFactory,
)
from tests.web.pages import main_text, normal, page

SignIn = Callable[..., FlaskClient]
FIGURES = "/thong-ke"

pytestmark = pytest.mark.usefixtures("on_a_wednesday")


@pytest.fixture
def on_a_wednesday():
    with time_machine.travel("2026-09-02 09:05+07:00", tick=False):
        yield


@pytest.fixture
def support(sign_in: SignIn) -> FlaskClient:
    return sign_in(account_with(Role.SUPPORT))


def test_turns_people_and_shares_stand_for_today_the_week_and_the_year(support):
    HelpSessionFactory(service_date=date(2026, 8, 31), mode=HelpMode.SELF, is_first_this_year=True)
    HelpSessionFactory.create_batch(3, service_date=date(2026, 8, 30), mode=HelpMode.TOGETHER)
    HelpSessionFactory(service_date=date(2026, 9, 1), ward=any_ward("23575"))

    table = page(support.get(FIGURES)).find("table")

    rows = [
        [normal(cell.get_text(" ")) for cell in row.find_all(["th", "td"])]
        for row in table.select("tbody tr")
    ]
    missing = "chưa có dữ liệu"
    assert rows == [
        ["Hôm nay 02/09/2026", missing, missing, missing, missing, missing],
        ["Tuần này 31/08/2026 – 02/09/2026", "1", "1", "1/1 (100 %)", "0/1 (0 %)", "0/1 (0 %)"],
        ["Năm 2026 01/01/2026 – 02/09/2026", "4", "1", "1/4 (25 %)", "3/4 (75 %)", "0/4 (0 %)"],
    ]


def test_a_desk_without_entries_has_no_data_rather_than_zero(support):
    text = main_text(support.get(FIGURES))

    assert "Chưa có dữ liệu" in text
    assert "0 lượt" not in text


def test_the_figures_are_dated(support):
    HelpSessionFactory(service_date=date(2026, 9, 1))

    assert "Số liệu đến 02/09/2026" in page(support.get(FIGURES)).footer.get_text()


def test_the_state_of_the_own_ward_can_be_copied_and_names_nobody(support):
    MentorFactory(person=PersonFactory(full_name="Ksor H'Thoan"))
    SupportPostFactory(person=PersonFactory(full_name="Lê Văn Tám"))

    text = page(support.get(FIGURES)).find("textarea").get_text()

    assert text.startswith("Đại sứ số – phường Quy Nhơn Bắc\nSố liệu đến 02/09/2026\n")
    assert "• Mentor: 1 người" in text
    assert "Thoan" not in text
    assert "Tám" not in text


def test_readers_of_several_wards_copy_no_text_from_the_desk(sign_in):
    province = sign_in(account_with(Role.PROVINCE))

    assert page(province.get(FIGURES)).find("textarea") is None
