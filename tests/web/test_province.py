"""The overview of all wards, and the list of all findings."""

from datetime import date

import pytest
import time_machine

from models.enums import Role
from tests.factories.accounts import AccountFactory, account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    HelpSessionFactory,
    MenteeFactory,
    MentorFactory,
    PersonFactory,
    SupportPostFactory,
)
from tests.web.pages import main_text, normal, page

pytestmark = pytest.mark.usefixtures("on_10_march")
WARD, OTHER_WARD = "21553", "21583"


@pytest.fixture
def on_10_march():
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False):
        yield


@pytest.fixture
def province(sign_in):
    return sign_in(account_with(Role.PROVINCE))


def names(response):
    return [normal(link.get_text()) for link in page(response).select("tbody th a")]


def row_of(response, code):
    [row] = page(response).select(f'tbody tr:has(a[href^="/xa/{code}"])')
    return [normal(cell.get_text()) for cell in row.select("td")]


def test_the_overview_has_every_ward_and_its_figures_with_their_base(province):
    MentorFactory()
    SupportPostFactory(ward=any_ward(OTHER_WARD))

    response = province.get("/tong-quan")

    assert len(names(response)) == 135
    text = main_text(response)
    assert "2 xã, phường thiếu người, 0 nơi cần chú ý, 133 nơi chưa có dữ liệu" in text
    assert "1/135 (1 %)" in text


def test_the_overview_begins_with_what_to_do_first(province):
    MentorFactory()
    MentorFactory(ward=any_ward(OTHER_WARD))

    soup = page(province.get("/tong-quan"))

    first = soup.select_one("#first")
    sentences = [normal(line.get_text()) for line in first.select(".finding-message")]
    assert len(sentences) == 3
    assert sentences[0].startswith("Phường Quy Nhơn Bắc chưa có nhân sự hỗ trợ – thêm ít nhất 1")
    assert normal(first.select_one("p > a[href='/viec-can-lam']").get_text()) == "Xem cả 4 việc"


def test_a_past_day_offers_nothing_to_do(province):
    MentorFactory()

    soup = page(province.get("/tong-quan?ngay=01/03/2026"))

    assert soup.select_one("#first") is None


def test_an_error_page_of_a_demonstration_site_carries_its_band(province):
    AccountFactory(is_demo=True)
    province.get("/tong-quan")

    soup = page(province.get("/xa/99999"))

    assert soup.select_one(".demonstration-band") is not None


def test_a_ward_without_data_shows_dashes_and_no_zero(province):
    MentorFactory(ward=any_ward(OTHER_WARD))

    response = province.get("/tong-quan")

    assert row_of(response, WARD) == ["–Chưa có dữ liệu"] + ["–"] * 7
    assert row_of(response, OTHER_WARD)[:4] == [
        "▲Thiếu người",
        "Chưa có nhân sự hỗ trợ",
        "1",
        "0 / 0",
    ]


def test_wards_are_filtered_and_sorted_by_the_address(province):
    MentorFactory()
    for _ in range(3):
        MenteeFactory(ward=any_ward(OTHER_WARD))

    by_status = names(province.get("/tong-quan?tinh-trang=critical"))
    by_cause = names(province.get("/tong-quan?nguyen-nhan=ward_without_support"))
    by_name = names(province.get("/tong-quan?q=quy nhon bac"))
    by_waiting = names(province.get("/tong-quan?sap-xep=cho"))
    everything = names(province.get("/tong-quan?tinh-trang=x&sap-xep=y"))

    assert len(by_status) == len(by_cause) == 2
    assert by_name == ["Quy Nhơn Bắc"]
    assert by_waiting[0] == any_ward(OTHER_WARD).name
    assert len(everything) == 135


def test_a_tab_for_each_status_counts_its_wards_and_keeps_the_other_choices(province):
    MentorFactory()
    SupportPostFactory(ward=any_ward(OTHER_WARD))

    response = province.get("/tong-quan?tinh-trang=no_data&sap-xep=ten&_scheme=x")

    tabs = {normal(link.get_text()): link for link in page(response).select(".tabs a")}
    assert list(tabs) == ["Tất cả (135)", "Thiếu người (2)", "Chưa có dữ liệu (133)"]
    assert tabs["Chưa có dữ liệu (133)"]["aria-current"] == "page"
    assert "sap-xep=ten" in tabs["Thiếu người (2)"]["href"]
    assert len(names(province.get(tabs["Thiếu người (2)"]["href"]))) == 2


def test_wards_whose_leader_has_no_account_can_be_listed(province):
    account_with(Role.WARD_LEADER)
    account_with(Role.SUPPORT, OTHER_WARD)

    response = province.get("/tong-quan?tai-khoan=chua-co")

    assert len(names(response)) == 134
    assert any_ward(WARD).name not in names(response)
    assert "Bí thư Đoàn đã có tài khoản 1/135 (1 %)" in main_text(response)


def test_the_page_of_a_ward_tells_the_province_that_its_leader_has_no_account(province):
    account_with(Role.WARD_LEADER)
    words = "Chưa Bí thư Đoàn nào có tài khoản"

    assert words not in main_text(province.get(f"/xa/{WARD}"))
    assert words in main_text(province.get(f"/xa/{OTHER_WARD}"))


def test_the_province_imports_and_exports_for_the_ward_it_looks_at(province):
    links = {link["href"] for link in page(province.get(f"/xa/{WARD}")).select(".link-row a")}

    assert {f"/nhap-danh-sach?xa={WARD}", f"/exports/danh-sach.xlsx?xa={WARD}"} <= links


def test_a_past_day_stays_chosen_when_a_ward_is_opened(province):
    MentorFactory()

    response = province.get("/tong-quan?ngay=28/02/2026&q=quy nhon bac")

    [link] = page(response).select("tbody th a")
    assert link["href"] == f"/xa/{WARD}?ngay=28/02/2026"
    assert "Đây là tình hình vào ngày 28/02/2026." in main_text(response)


def test_the_overview_of_an_empty_site_says_what_is_missing(province):
    text = main_text(province.get("/tong-quan"))

    assert "135 nơi chưa có dữ liệu" in text
    assert "chưa có dữ liệu người" not in text


def test_a_leader_has_no_overview_of_the_province(sign_in):
    client = sign_in(account_with(Role.WARD_LEADER))

    assert client.get("/tong-quan").status_code == 403


def test_all_findings_can_be_filtered_and_are_explained(province):
    MentorFactory()
    MentorFactory(ward=any_ward(OTHER_WARD))

    response = province.get(f"/ra-soat?xa={OTHER_WARD}&viec=mentor_below_floor")

    text = main_text(response)
    assert len(page(response).select(".finding")) == 1
    assert "4 việc, 1 đang hiện" in text
    assert "dưới 5 người học được tính" in text


def test_json_follows_the_scope_of_the_reader(sign_in):
    MentorFactory(person=PersonFactory(full_name="Puih Nam"))
    MentorFactory(ward=any_ward(OTHER_WARD))
    leader, province = (sign_in(account_with(role)) for role in (Role.WARD_LEADER, Role.PROVINCE))

    own = leader.get("/audit.json").json
    everything = province.get("/audit.json").json

    assert [ward["code"] for ward in own["wards"]] == [WARD]
    assert {found["ward"] for found in own["findings"]} == {WARD}
    assert "Puih Nam" in own["findings"][1]["message"]
    assert len(everything["wards"]) == 135
    assert own["findings"] == [found for found in everything["findings"] if found["ward"] == WARD]


def test_json_tells_a_past_day(province):
    HelpSessionFactory(service_date=date(2026, 2, 1))

    answers = [
        province.get(f"/audit.json?{query}").json
        for query in ("as_of=2026-02-28", "ngay=28/02/2026")
    ]

    assert answers[0] == answers[1]
    assert answers[0]["as_of"] == "2026-02-28"


def test_json_refuses_a_day_with_a_sentence(province):
    response = province.get("/audit.json?as_of=2027-01-01")

    assert response.status_code == 422
    assert response.json == {"error": "Ngày này chưa tới. Chọn hôm nay hoặc một ngày trước đó."}


def test_json_tells_each_reader_what_changed_in_their_wards(sign_in):
    MentorFactory(started_on=date(2026, 2, 10))
    MentorFactory(started_on=date(2026, 2, 10), ward=any_ward(OTHER_WARD))
    leader, province = (sign_in(account_with(role)) for role in (Role.WARD_LEADER, Role.PROVINCE))
    address = "/audit.json?ngay=28/02/2026&tu=01/02/2026"

    own, everything = (client.get(address).json["since"] for client in (leader, province))

    assert own["as_of"] == everything["as_of"] == "2026-02-01"
    assert (own["mentors"]["joined"], everything["mentors"]["joined"]) == (1, 2)
    assert {found["ward"] for found in own["findings_opened"]} == {WARD}


def test_json_refuses_to_compare_with_a_later_day(province):
    response = province.get("/audit.json?ngay=01/02/2026&tu=02/02/2026")

    assert response.status_code == 422
    assert response.json == {"error": "Ngày so sánh phải trước hoặc trùng ngày của số liệu."}


@pytest.mark.parametrize("role", [Role.SUPPORT, Role.ADMIN])
def test_who_may_not_see_people_gets_no_audit(sign_in, role):
    client = sign_in(account_with(role))

    assert client.get("/audit.json").status_code == 403
    assert client.get("/ra-soat").status_code == 403


def test_each_ward_has_a_text_for_zalo_with_figures_and_its_link_and_nobody_s_name(province):
    MentorFactory(person=PersonFactory(full_name="Rơ Châm H'Dih"))
    SupportPostFactory(ward=any_ward(OTHER_WARD))

    soup = page(province.get("/tong-quan/zalo"))

    texts = [area.get_text() for area in soup.select("main textarea")]
    assert len(texts) == 135
    # Those where people are missing come first.
    assert {texts[0].splitlines()[0], texts[1].splitlines()[0]} == {
        "Đại sứ số – phường Quy Nhơn Bắc",
        "Đại sứ số – phường Quy Nhơn",
    }
    [own] = [text for text in texts if "phường Quy Nhơn Bắc" in text]
    assert own.splitlines()[-1] == f"Xem: http://localhost/xa/{WARD}"
    assert sum(line.startswith("- ") for line in own.splitlines()) <= 3
    assert not any("H'Dih" in text for text in texts)
