"""The desks of all wards as a page and as a workbook."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from python_calamine import CalamineWorkbook

from models.enums import HelpMode, Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import HelpSessionFactory
from tests.web.pages import main_text, normal, page

TABLE, WORKBOOK = "/tong-quan/quay", "/exports/quay-tung-xa-phuong.xlsx"

pytestmark = pytest.mark.usefixtures("at_nine")


@pytest.fixture
def at_nine():
    with time_machine.travel("2026-08-31 09:05+07:00", tick=False):
        yield


@pytest.fixture
def province(sign_in):
    return sign_in(account_with(Role.PROVINCE))


def all_rows(province, url: str) -> dict[str, list[str]]:
    """The rows of the table by ward, read from one page to the next as people do."""
    found = {}
    next_url = url
    while next_url:
        answer = province.get(next_url)
        found |= rows_of(answer)
        link = page(answer).select_one("nav.pager a[rel=next]")
        next_url = link and str(link["href"])
    return found


def rows_of(answer) -> dict[str, list[str]]:
    """The rows of the table on one page by ward."""
    rows = page(answer).select("table.data-table tbody tr")
    cells = [[normal(cell.get_text(" ")) for cell in row.find_all(["th", "td"])] for row in rows]
    return {row[0]: row[1:] for row in cells}


def test_all_wards_stand_in_one_table_with_turns_people_shares_and_rates(province):
    HelpSessionFactory.create_batch(
        3, ward=any_ward("21553"), service_date=date(2026, 8, 3), mode=HelpMode.TOGETHER
    )
    HelpSessionFactory(
        ward=any_ward("21553"),
        service_date=date(2026, 8, 31),
        mode=HelpMode.SELF,
        is_first_this_year=True,
    )

    rows = all_rows(province, TABLE)

    assert len(rows) == 135
    figures = rows["Quy Nhơn Bắc"]
    assert figures[1:4] == ["4", "1", "25"]
    # 4 turns and 1 person, 45,746 people living there.
    assert figures[5:] == ["0,1", "0,0"]


def test_a_page_holds_twenty_wards_so_that_a_phone_shows_no_endless_list(province):
    HelpSessionFactory(ward=any_ward("21553"))

    pages = [rows_of(province.get(f"{TABLE}?trang={number}")) for number in range(1, 8)]

    assert [len(rows) for rows in pages] == [20, 20, 20, 20, 20, 20, 15]


def test_a_ward_without_data_is_told_apart_from_zero(province):
    HelpSessionFactory(ward=any_ward("21553"), service_date=date(2026, 1, 5))

    rows = all_rows(province, f"{TABLE}?ky=tuan")

    assert rows["Quy Nhơn Bắc"][1:4] == ["0", "0", "–"]
    assert rows["Quy Nhơn"][1:] == ["chưa có dữ liệu", "–", "–", "chưa nhập", "–", "–"]


def test_the_workbook_holds_the_table_that_is_on_the_screen(province):
    HelpSessionFactory(ward=any_ward("21553"), service_date=date(2026, 8, 31))
    address = "?ky=4-tuan&xep=vung"

    answer = province.get(WORKBOOK + address)

    assert "quay-toan-tinh-4-tuan-2026-08-31.xlsx" in answer.headers["Content-Disposition"]
    book = CalamineWorkbook.from_filelike(BytesIO(answer.data))
    written = book.get_sheet_by_index(0).to_python()
    names = [row[0] for row in written]
    shown = list(all_rows(province, TABLE + address))
    assert names[-135:] == shown
    assert "04/08/2026 – 31/08/2026" in str(written[:4])


def test_there_is_no_way_to_rank_by_numbers(province):
    HelpSessionFactory(ward=any_ward("21553"))

    links = page(province.get(TABLE)).select("nav.tabs a")

    labels = [normal(link.get_text()) for link in links]
    assert labels[3:] == ["Tên", "Vùng", "Tự làm thấp trước", "Lâu chưa nhập trước"]


def test_a_province_without_a_session_learns_what_to_do(province):
    assert "Nhắc các xã, phường ghi lượt hỗ trợ" in main_text(province.get(TABLE))
