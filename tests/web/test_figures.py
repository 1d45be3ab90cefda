"""Figures as JSON and as workbooks, and the page of the map with the same numbers in words."""

import orjson
import plotly.graph_objects as go
import pytest

from app.figures.registry import FIGURES, About
from app.services.load_demonstration import load_demonstration
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import MentorFactory, SupportPostFactory
from tests.web.pages import main_text, normal, page, sheet

WARD, OTHER_WARD, ISLAND = "21553", "21583", "21607"
LARGEST_MAP = 25_000


@pytest.fixture
def small_site(flask_app):
    load_demonstration(mentors=60, mentees=300, sessions=60)


@pytest.fixture
def lively_site(flask_app):
    load_demonstration(mentors=400, mentees=2000, sessions=300)


@pytest.fixture
def province(sign_in):
    return sign_in(account_with(Role.PROVINCE))


def locations(plot) -> dict[str, list[str]]:
    """Return the wards of each surface by its status."""
    return {
        trace["meta"]: trace["locations"]
        for trace in plot["data"]
        if trace["type"] == "choropleth" and trace["meta"] != "mark"
    }


def legend(soup) -> list[str]:
    return [normal(link.get_text(" ")) for link in soup.select(".map-legend a")]


def test_the_map_draws_every_ward_in_the_status_that_the_audit_gives_it(province):
    MentorFactory()
    SupportPostFactory()
    MentorFactory(ward=any_ward(OTHER_WARD))

    plot = province.get("/hinh/ban-do.json").json

    wards = locations(plot)
    assert wards["critical"] == [OTHER_WARD]
    assert wards["warning"] == [WARD]
    assert len(wards["no_data"]) == 133
    assert len(go.Figure(plot).data) == len(plot["data"])


def test_a_lively_map_stays_small(lively_site, province):
    answer = province.get("/hinh/ban-do.json")

    assert len(answer.data) <= LARGEST_MAP


def test_an_unchanged_figure_is_not_sent_again(province):
    first = province.get("/hinh/ban-do.json")

    again = province.get("/hinh/ban-do.json", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["Cache-Control"] == "private, no-cache"


def test_a_figure_of_no_day_is_refused_with_a_sentence(province):
    answer = province.get("/hinh/ban-do.json?ngay=31/02/2026")

    assert answer.status_code == 422
    assert "Ngày chưa đúng" in orjson.loads(answer.data)["error"]


def test_a_past_map_leads_to_the_wards_as_they_were_then(province):
    plot = province.get("/hinh/ban-do.json?ngay=01/01/2026").json

    assert plot["layout"]["meta"]["address"] == "/xa/*?ngay=01/01/2026"


@pytest.mark.parametrize("role", [Role.WARD_LEADER, Role.SUPPORT])
def test_the_map_is_for_the_province(sign_in, role):
    client = sign_in(account_with(role, WARD))

    answers = [client.get(url) for url in ("/hinh/ban-do.json", "/exports/hinh-ban-do.xlsx")]

    assert [answer.status_code for answer in answers] == [403, 403]


@pytest.mark.parametrize(
    "name", [name for name, kind in FIGURES.items() if kind.about is not About.SCOPE]
)
def test_a_figure_of_a_foreign_ward_does_not_exist(sign_in, name):
    client = sign_in(account_with(Role.WARD_LEADER, WARD))

    answers = [
        client.get(f"{address}?xa={OTHER_WARD}")
        for address in (f"/hinh/{name}.json", f"/exports/hinh-{name}.xlsx")
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize(
    "name", [name for name, kind in FIGURES.items() if kind.about is About.WARD]
)
def test_a_figure_of_a_ward_asks_which(province, name):
    assert province.get(f"/hinh/{name}.json").status_code == 404


@pytest.mark.parametrize("name", FIGURES)
def test_plotly_accepts_every_figure(small_site, province, name):
    plot = province.get(f"/hinh/{name}.json?xa={WARD}").json

    assert len(go.Figure(plot).data) == len(plot["data"])
    assert not any(tag in str(plot) for tag in ("<b>", "<i>", "<a "))


def test_the_workbook_holds_the_table_of_the_page(province):
    MentorFactory()

    answer = province.get("/exports/hinh-ban-do.xlsx")
    rows = sheet(answer)
    shown = page(province.get("/ban-do")).select(".figure-table tbody tr")

    assert "ban-do-toan-tinh-" in answer.headers["Content-Disposition"]
    assert [row[0] for row in rows[:2]] == [
        "0/135 xã, phường đã đủ; 1 nơi thiếu người",
        "Phạm vi: Toàn tỉnh Gia Lai",
    ]
    assert [normal(row.select_one("th").get_text()) for row in shown] == [
        row[0] for row in rows[-135:]
    ]
    assert rows[-135][1:4] == ["▲ Thiếu người", "Chưa có nhân sự hỗ trợ", 1.0]
    assert rows[-1][3:] == ["–"] * 4


def test_the_page_says_the_same_in_words_and_leads_to_each_ward(province):
    MentorFactory()

    soup = page(province.get("/ban-do"))

    assert legend(soup) == [
        "▲ Thiếu người 1",
        "● Cần chú ý 0",
        "✓ Đã đủ 0",
        "– Chưa có dữ liệu 134",
    ]
    assert "0/135 xã, phường đã đủ; 1 nơi thiếu người" in main_text(province.get("/ban-do"))
    links = [link["href"] for link in soup.select(".figure-table tbody th a")]
    assert len(links) == 135
    assert links[0] == f"/xa/{WARD}"


def test_a_status_is_chosen_in_the_legend_and_stays_in_the_address(province):
    MentorFactory()

    soup = page(province.get("/ban-do?tinh-trang=critical&ngay="))

    current = soup.select_one(".map-legend [aria-current]")
    figure = soup.select_one("[data-figure]")
    assert normal(current.get_text(" ")) == "▲ Thiếu người 1"
    assert current["href"] == "/ban-do"
    assert figure["data-figure"] == "/hinh/ban-do.json?tinh-trang=critical"
    assert locations(province.get(figure["data-figure"]).json) == {
        "critical": [WARD],
        "faded": locations(province.get("/hinh/ban-do.json").json)["no_data"],
    }


def test_without_scripts_a_ward_that_was_looked_for_is_told_in_words(province):
    soup = page(province.get(f"/ban-do?xa={ISLAND}"))

    card = soup.select_one("[data-card]:not([hidden])")
    assert "xã Nhơn Châu" in normal(card.get_text(" "))
    assert card.select_one("a")["href"] == f"/xa/{ISLAND}"


def test_a_past_day_is_said_and_kept_by_every_way_on(province):
    soup = page(province.get("/ban-do?ngay=01/01/2026"))

    assert "Đây là tình hình vào ngày 01/01/2026" in normal(soup.select_one("main").get_text(" "))
    assert soup.select_one("[data-figure]")["data-figure"] == "/hinh/ban-do.json?ngay=01/01/2026"
    assert soup.select_one(".figure-tools a")["href"].endswith("ban-do.xlsx?ngay=01/01/2026")
    assert all("ngay=" in link["href"] for link in soup.select(".figure-table tbody th a"))


def test_a_day_that_is_none_comes_back_with_a_sentence(province):
    answer = province.get("/ban-do?ngay=32/01/2026")

    assert answer.status_code == 422
    assert "Ngày chưa đúng" in main_text(answer)


def test_the_outlines_are_kept_for_good_and_credited(province):
    soup = page(province.get("/ban-do"))

    with province.get(soup.select_one("link[as=fetch]")["href"]) as answer:
        outlines = answer.json

    assert "immutable" in answer.headers["Cache-Control"]
    assert len(outlines["features"]) == 135
    assert "Ranh giới: Nhà xuất bản Tài nguyên" in soup.select_one("figcaption").get_text()
