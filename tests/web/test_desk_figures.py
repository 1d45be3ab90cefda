"""The figures of the desk: turns and people apart, and «no data» where nothing was entered."""

from collections.abc import Callable
from datetime import date, time

import pytest
import time_machine
from flask.testing import FlaskClient

from models.enums import FollowUpAnswer, HelpMode, Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.desk import procedure
from tests.factories.network import (
    FollowUpFactory,
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


def test_earlier_periods_stand_below_by_the_day_of_help(support):
    HelpSessionFactory(service_date=date(2026, 6, 15), mode=HelpMode.SELF)
    HelpSessionFactory.create_batch(2, service_date=date(2026, 6, 14), mode=HelpMode.TOGETHER)
    HelpSessionFactory(
        service_date=date(2025, 9, 14), mode=HelpMode.ON_BEHALF, is_first_this_year=True
    )

    rows = page(support.get(FIGURES)).select("#cac-ky tbody tr")

    assert [normal(row.get_text(" ")).split(" chưa có")[0] for row in rows] == [
        "Quý 3/2026 15/06/2026 – 02/09/2026 1 0 1/1 (100 %) 0/1 (0 %) 0/1 (0 %)",
        "Quý 2/2026 15/03/2026 – 14/06/2026 2 0 0/2 (0 %) 2/2 (100 %) 0/2 (0 %)",
        "Quý 1/2026 15/12/2025 – 14/03/2026",
        "Quý 4/2025 15/09/2025 – 14/12/2025",
        "Quý 3/2025 15/06/2025 – 14/09/2025 1 1 0/1 (0 %) 0/1 (0 %) 1/1 (100 %)",
    ]


def test_periods_before_the_first_session_are_left_out(support):
    HelpSessionFactory(service_date=date(2026, 6, 14))

    rows = page(support.get(FIGURES)).select("#cac-ky tbody th a")

    assert [normal(row.get_text()) for row in rows] == ["Quý 2/2026"]
    assert "Quý 1/2026" not in main_text(support.get(FIGURES))


def test_in_january_the_periods_of_last_year_are_still_there(support):
    HelpSessionFactory(service_date=date(2025, 9, 14))

    text = main_text(support.get(FIGURES))

    assert "Năm nay chưa có dữ liệu." in text
    assert "Quý 3/2025" in text


def test_a_period_leads_to_what_was_frequent_in_it(support):
    HelpSessionFactory(service_date=date(2026, 6, 14), procedure=procedure("passport"))
    HelpSessionFactory(service_date=date(2026, 9, 1), procedure=procedure("land"))
    second_quarter = page(support.get(FIGURES)).find("a", string="Quý 2/2026")

    section = page(support.get(second_quarter["href"])).select_one("#hay-gap")

    assert [normal(cell.get_text()) for cell in section.select("tbody th")] == ["Hộ chiếu"]
    tabs = [normal(tab.get_text()) for tab in section.select(".tabs a")]
    assert tabs == ["Quý 2/2026", "Hôm nay", "Tuần này", "Năm 2026"]


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


def test_the_next_class_is_about_what_people_cannot_do_alone(support):
    certification = procedure("certification")
    values = {"service_date": date(2026, 8, 31), "procedure": certification}
    HelpSessionFactory.create_batch(4, mode=HelpMode.ON_BEHALF, **values)
    HelpSessionFactory.create_batch(2, mode=HelpMode.TOGETHER, **values)
    HelpSessionFactory(mode=HelpMode.SELF, **values)

    text = main_text(support.get(FIGURES))

    assert (
        "Chứng thực : 7 lượt trong 4 tuần, 4 phải làm thay, 2 làm cùng → nên dạy ở lớp tuần này"
        " (4 tuần trước đó: 0 lượt)"
    ) in text


def test_too_few_sessions_suggest_nothing(support):
    HelpSessionFactory(service_date=date(2026, 8, 31), mode=HelpMode.ON_BEHALF)

    assert "nên chưa có gợi ý" in main_text(support.get(FIGURES))


def test_the_queue_by_hour_is_a_chart_with_its_table(support):
    HelpSessionFactory(service_date=date(2026, 9, 1), service_time=time(8, 15))
    HelpSessionFactory(service_date=date(2026, 9, 1), service_time=None)

    figure = page(support.get(FIGURES)).select_one("#hinh-luot-theo-gio")

    assert "; 1 lượt chưa có giờ để riêng." in normal(figure.get_text())
    assert normal(figure.h2.get_text()) == "Quầy đông nhất từ 8 đến 9 giờ: 1 lượt trong 4 tuần"
    rows = [normal(row.get_text(" ")) for row in figure.select("tbody tr")]
    assert rows[1] == "8–9 giờ 1"
    assert rows[-1] == "Chưa có giờ 1"


def test_a_queue_whose_hours_are_all_known_says_nothing_of_others(support):
    HelpSessionFactory(service_date=date(2026, 9, 1), service_time=time(8, 15))

    figure = page(support.get(FIGURES)).select_one("#hinh-luot-theo-gio")

    assert "chưa có giờ để riêng" not in figure.get_text()


@pytest.mark.parametrize(
    ("span", "labels"),
    [
        ("hom-nay", ["Hộ chiếu"]),
        ("tuan", ["Đất đai", "Hộ chiếu"]),
        ("nam", ["Chứng thực", "Đất đai", "Hộ chiếu"]),
    ],
)
def test_procedures_are_ranked_for_today_the_week_and_the_year(support, span, labels):
    HelpSessionFactory(service_date=date(2026, 9, 2), procedure=procedure("passport"))
    HelpSessionFactory.create_batch(2, service_date=date(2026, 8, 31), procedure=procedure("land"))
    HelpSessionFactory.create_batch(
        3, service_date=date(2026, 3, 2), procedure=procedure("certification")
    )

    section = page(support.get(f"{FIGURES}?ky={span}")).select_one("#hay-gap")

    first = section.select_one("table")
    assert [normal(cell.get_text()) for cell in first.select("tbody th")] == labels


def test_the_province_opens_the_desk_of_one_ward(sign_in):
    HelpSessionFactory.create_batch(
        5, ward=any_ward("23575"), service_date=date(2026, 9, 1), mode=HelpMode.ON_BEHALF
    )
    HelpSessionFactory(service_date=date(2026, 9, 1))
    province = sign_in(account_with(Role.PROVINCE))

    of_ward = main_text(province.get(f"{FIGURES}?xa=23575"))
    of_all = main_text(province.get(FIGURES))

    assert "Từ đầu năm: 5 lượt" in of_ward
    assert "nên dạy ở lớp tuần này" in of_ward
    assert "Từ đầu năm: 6 lượt" in of_all
    assert "lớp tuần này" not in of_all


def test_the_desk_of_another_ward_does_not_exist(support):
    assert support.get(f"{FIGURES}?xa=23575").status_code == 404


def test_the_share_of_those_who_still_manage_stands_beside_with_its_base(support):
    HelpSessionFactory(service_date=date(2026, 9, 1))
    for answer in (FollowUpAnswer.STILL_ABLE, *FollowUpAnswer):
        FollowUpFactory(answer=answer, service_date=date(2026, 8, 3))
    FollowUpFactory(service_date=date(2025, 12, 31))

    text = main_text(support.get(FIGURES))

    assert "Vẫn tự làm được 2/3 (67 %) trên số lần hỏi được" in text
    assert "Gọi không gặp 1 lần không tính vào tỷ lệ" in text


def test_nobody_asked_yet_is_no_data_about_who_still_manages(support):
    HelpSessionFactory(service_date=date(2026, 9, 1))

    assert "Vẫn tự làm được chưa có dữ liệu" in main_text(support.get(FIGURES))
