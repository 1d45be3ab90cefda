"""The page on which wards help their neighbours: what the province and a leader are told."""

import pytest

from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    MenteeFactory,
    MentorCapacityFactory,
    MentorFactory,
    SupportPostFactory,
)
from tests.web.pages import main_text, normal, page

HERE, NEXT_DOOR, ISLAND = "21553", "21583", "21607"  # Quy Nhơn Bắc and Quy Nhơn touch
ADDRESS = "/ke-hoach/giup-nhau"


@pytest.fixture
def province(sign_in):
    return sign_in(account_with(Role.PROVINCE))


def room_for(people, code):
    mentor = MentorFactory(ward=any_ward(code))
    MentorCapacityFactory(mentor=mentor, capacity=people)


def waiting(people, code):
    for _ in range(people):
        MenteeFactory(ward=any_ward(code))


def sentences(response):
    return [normal(cell.get_text()) for cell in page(response).select("section tbody th")]


def test_who_has_room_takes_on_who_waits_next_door(province):
    room_for(9, HERE)
    waiting(6, NEXT_DOOR)

    response = province.get(ADDRESS)

    assert sentences(response) == [
        (
            "Phường Quy Nhơn Bắc nhận thêm 6 người học của phường Quy Nhơn: Quy Nhơn Bắc còn 9 chỗ,"
            " Quy Nhơn thiếu 6."
        )
    ]
    text = main_text(response)
    assert "6 người đang chờ học được ở nơi khác, qua 1 cặp xã, phường" in text
    assert [link["href"] for link in page(response).select("section tbody a")] == [
        f"/xa/{HERE}",
        f"/xa/{NEXT_DOOR}",
    ]


def test_the_island_is_helped_over_the_sea_and_what_is_left_is_told(province):
    room_for(4, HERE)
    waiting(6, ISLAND)

    response = province.get(ADDRESS)

    [row] = page(response).select("section tbody tr")
    assert normal(row.select("td")[-1].get_text()).endswith("km đường biển")
    assert "Xã Nhơn Châu còn 2 người chờ mà chung quanh không nơi nào nhận thêm được." in main_text(
        response
    )


def test_the_province_goes_on_to_a_plan_of_pairs_and_a_leader_asks_the_province(sign_in, province):
    room_for(9, HERE)
    waiting(6, NEXT_DOOR)
    leader = sign_in(account_with(Role.WARD_LEADER, HERE))

    links = page(province.get(ADDRESS)).select("#learners .link-row a")

    assert [link["href"] for link in links] == ["/ghep-cap/ke-hoach"]
    assert "Tỉnh Đoàn ghép người học" in main_text(leader.get(ADDRESS))


def test_who_has_two_at_the_desk_sends_one(province):
    for _ in range(2):
        SupportPostFactory(ward=any_ward(HERE))
    room_for(1, NEXT_DOOR)

    assert sentences(province.get(ADDRESS)) == [
        (
            "Phường Quy Nhơn Bắc cử 1 nhân sự hỗ trợ sang phường Quy Nhơn, ví dụ mỗi tuần một ngày:"
            " Quy Nhơn Bắc có 2 người, Quy Nhơn chưa có ai."
        )
    ]


def test_a_leader_is_told_of_the_own_partners_alone(sign_in):
    room_for(9, HERE)
    waiting(6, NEXT_DOOR)
    taker = sign_in(account_with(Role.WARD_LEADER, NEXT_DOOR))

    response = taker.get(ADDRESS)

    assert len(sentences(response)) == 1
    assert [link["href"] for link in page(response).select("section tbody a")] == [
        f"/xa/{NEXT_DOOR}"
    ]


def test_a_leader_of_another_ward_reads_that_there_is_nothing(sign_in):
    room_for(9, HERE)
    waiting(6, NEXT_DOOR)
    other = sign_in(account_with(Role.WARD_LEADER, ISLAND))

    response = other.get(ADDRESS)

    assert sentences(response) == []
    assert "Chưa có gì để giúp nhau" in main_text(response)


def test_where_nobody_lacks_anything_the_page_says_what_would_stand_there(province):
    assert "Nơi nào có dữ liệu cũng đủ chỗ cho người đang chờ" in main_text(province.get(ADDRESS))


def test_the_province_sees_arrows_on_the_map_and_their_numbers(province):
    room_for(9, HERE)
    waiting(6, NEXT_DOOR)

    soup = page(province.get(ADDRESS))
    plot = province.get(soup.select_one("[data-figure]")["data-figure"]).json

    [heads] = [trace for trace in plot["data"] if trace["meta"] == "heads"]
    assert heads["customdata"] == [{"title": "Quy Nhơn Bắc → Quy Nhơn: 6 người học"}]
    rows = soup.select(".figure-table tbody tr")
    assert [normal(cell.get_text()) for cell in rows[0].select("th, td")][:4] == [
        "Phường Quy Nhơn Bắc",
        "Phường Quy Nhơn",
        "6",
        "người học",
    ]


def test_a_leader_reads_the_proposals_without_the_map_of_all_wards(sign_in):
    room_for(9, HERE)
    waiting(6, NEXT_DOOR)
    leader = sign_in(account_with(Role.WARD_LEADER, HERE))

    assert page(leader.get(ADDRESS)).select("[data-figure]") == []
    assert leader.get("/hinh/giup-nhau.json").status_code == 403
