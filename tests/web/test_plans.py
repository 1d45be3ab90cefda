"""The plans that are offered, and whom to recruit."""

import pytest

from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import MenteeFactory, MentorFactory, SupportPostFactory
from tests.web.pages import main_text, normal, page, sheet

ISLAND, WARD = "21607", "21553"


@pytest.fixture
def province(sign_in):
    return sign_in(account_with(Role.PROVINCE))


@pytest.fixture
def leader(sign_in):
    return sign_in(account_with(Role.WARD_LEADER, ISLAND))


def rows(response, section="wards"):
    return [
        [normal(cell.get_text()) for cell in row.select("th, td")]
        for row in page(response).select(f"#{section} tbody tr")
    ]


def test_the_hub_leads_to_every_plan(province):
    soup = page(province.get("/ke-hoach"))

    assert "/ke-hoach/tuyen-them" in {link["href"] for link in soup.select(".tool-list a")}


def test_the_province_sees_who_is_needed_where_and_why(province):
    MenteeFactory(ward=any_ward(ISLAND))
    MentorFactory(ward=any_ward(WARD))

    response = province.get("/ke-hoach/tuyen-them")

    assert "Ít nhất 1 mentor và 2 nhân sự hỗ trợ mới" in main_text(response)
    assert "Đã chứng minh" in main_text(response)
    assert [row[:5] for row in rows(response)] == [
        ["Quy Nhơn Bắc", "0", "1", "0", "10"],
        ["Nhơn Châu", "1", "1", "1", "0"],
    ]


def test_a_leader_sees_the_own_ward_alone_and_is_asked_for_no_reach(leader):
    MenteeFactory(ward=any_ward(ISLAND))
    MentorFactory(ward=any_ward(WARD))

    response = leader.get("/ke-hoach/tuyen-them?pham-vi=border")

    assert [row[0] for row in rows(response)] == ["Nhơn Châu"]
    assert page(response).select("input[name=pham-vi]") == []


def test_mentors_without_enough_people_are_told_beside(leader):
    ward = any_ward(ISLAND)
    MentorFactory(ward=ward)
    SupportPostFactory(ward=ward)

    response = leader.get("/ke-hoach/tuyen-them")

    assert "Nơi thừa mentor" in main_text(response)
    assert [row[:4] for row in rows(response, "surplus")] == [["Nhơn Châu", "1", "0", "1"]]


def test_where_nobody_is_missing_the_page_says_what_to_do_next(leader):
    ward = any_ward(ISLAND)
    MentorFactory(ward=ward)
    SupportPostFactory(ward=ward)

    text = main_text(leader.get("/ke-hoach/tuyen-them"))

    assert "Chưa cần tuyển thêm ai" in text
    assert "Ghép người đang chờ" in text


@pytest.mark.parametrize("reach", ["", "anywhere", "province"])
def test_a_reach_that_is_not_offered_counts_as_bordering_wards(province, reach):
    response = province.get(f"/ke-hoach/tuyen-them?pham-vi={reach}")

    [chosen] = page(response).select("input[name=pham-vi][checked]")
    assert chosen["value"] == "border"


def test_where_nothing_is_known_nobody_is_told_that_all_is_well(province):
    text = main_text(province.get("/ke-hoach/tuyen-them"))

    assert "Chưa có dữ liệu để tính" in text
    assert "Nhập danh sách" in text
    assert "Không nơi nào thiếu người" not in text


def test_the_plan_comes_as_a_workbook_of_the_wards_on_the_page(province):
    MenteeFactory(ward=any_ward(ISLAND))
    MentorFactory(ward=any_ward(WARD))
    SupportPostFactory(ward=any_ward(WARD))

    answer = province.get("/exports/tuyen-them.xlsx?pham-vi=ward")

    table = sheet(answer)
    told = {row[0]: row for row in table}
    assert "tuyen-them-toan-tinh-" in answer.headers["Content-Disposition"]
    assert "Ít nhất 1 mentor và 1 nhân sự hỗ trợ mới" in told
    assert told[WARD][1:7] == ["Quy Nhơn Bắc", 0.0, 0.0, "–", "–", 1.0]
    assert told[ISLAND][1:7] == ["Nhơn Châu", 1.0, 1.0, 1.0, 0.0, 0.0]


def test_the_workbook_of_a_leader_holds_the_own_ward_alone(leader):
    MenteeFactory(ward=any_ward(ISLAND))
    MentorFactory(ward=any_ward(WARD))

    table = sheet(leader.get("/exports/tuyen-them.xlsx?pham-vi=border"))

    assert table[-1][0] == ISLAND
    assert WARD not in {row[0] for row in table}
