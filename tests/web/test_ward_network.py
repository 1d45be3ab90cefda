"""The network of a ward: names for those who may see them, numbers of the audit, any day."""

import io
from datetime import date

import plotly.graph_objects as go
import pytest
import time_machine
from python_calamine import CalamineWorkbook

from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PersonFactory,
    SupportPostFactory,
)
from tests.web.pages import main_text, normal, page

pytestmark = pytest.mark.usefixtures("on_10_march")
WARD, OTHER_WARD = "21553", "21583"
PAGE, PLOT = f"/xa/{WARD}/mang-luoi", f"/hinh/mang-luoi.json?xa={WARD}"


@pytest.fixture
def on_10_march():
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False):
        yield


@pytest.fixture
def leader(sign_in):
    return sign_in(account_with(Role.WARD_LEADER))


def named(name: str):
    return PersonFactory(full_name=name)


def points(plot) -> dict[str, str | None]:
    """Return the addresses of the dots by the names that they tell."""
    return {
        told["title"]: told.get("url")
        for trace in plot["data"]
        for told in trace.get("customdata", ())
    }


def rows(answer) -> list[list[str]]:
    return [
        [normal(cell.get_text(" ")) for cell in row.select("th, td")]
        for row in page(answer).select(".figure-table tbody tr")
    ]


def test_the_title_says_who_is_missing_and_the_table_says_who_is_there(leader):
    mentor = MentorFactory(person=named("Lê Thị Bảy"))
    MentorshipFactory(mentor=mentor, mentee=MenteeFactory(person=named("Rah Lan Pin")))
    MenteeFactory(person=named("Kpă Tơ"), started_on=date(2026, 3, 1))
    SupportPostFactory(person=named("Trần Quầy"))

    answer = leader.get(PAGE)

    assert "Mentor duy nhất chưa đủ 5 người học; 1 người đang chờ" in main_text(answer)
    assert rows(answer) == [
        [
            *("Lê Thị Bảy", "1", "5", "0", "1", "0"),
            *("● Mentor chưa đủ 5 người học", "Rah Lan Pin"),
        ],
        ["Kpă Tơ", *["–"] * 5, "Đang chờ mentor từ 01/03/2026", "–"],
        ["Trần Quầy", *["–"] * 5, "Nhân sự hỗ trợ", "–"],
    ]


def test_every_person_is_drawn_with_the_address_of_their_page(leader):
    mentor = MentorFactory(person=named("Lê Thị Bảy"))
    pair = MentorshipFactory(mentor=mentor, mentee=MenteeFactory(person=named("Rah Lan Pin")))
    post = SupportPostFactory(person=named("Trần Quầy"))

    plot = leader.get(PLOT).json

    assert points(plot) == {
        "Trần Quầy": f"/nhan-su-ho-tro/{post.id}",
        "Lê Thị Bảy": f"/mentor/{mentor.id}",
        "Rah Lan Pin": f"/nguoi-hoc/{pair.mentee_id}",
    }
    assert len(go.Figure(plot).data) == len(plot["data"])


def test_of_somebody_in_another_ward_only_name_and_ward_are_told(leader, sign_in):
    mentor = MentorFactory(person=named("Lê Thị Bảy"))
    learner = MenteeFactory(
        person=PersonFactory(full_name="Siu Xa", phone="+84912345678", birth_year=1957),
        ward=any_ward(OTHER_WARD),
    )
    MentorshipFactory(mentor=mentor, mentee=learner)

    answer = leader.get(PLOT)
    seen = points(answer.json)
    everywhere = points(sign_in(account_with(Role.PROVINCE)).get(PLOT).json)

    assert seen["Siu Xa"] == ""
    assert everywhere["Siu Xa"] == f"/nguoi-hoc/{learner.id}"
    assert any_ward(OTHER_WARD).name in seen
    assert "345678" not in answer.get_data(as_text=True)
    assert "1957" not in answer.get_data(as_text=True)


def test_a_mentor_of_another_ward_is_named_with_the_mentees_from_here(leader):
    mentor = MentorFactory(person=named("Siu Xa"), ward=any_ward(OTHER_WARD))
    for name in ("Rah Lan Pin", "Kpă Tơ"):
        MentorshipFactory(mentor=mentor, mentee=MenteeFactory(person=named(name)))

    answer = leader.get(PAGE)

    assert points(leader.get(PLOT).json)["Siu Xa"] == ""
    assert [row[0] for row in rows(answer)] == ["Siu Xa"]
    assert rows(answer)[0][6:] == ["Mentor ở xã, phường khác", "Rah Lan Pin, Kpă Tơ"]
    assert "Chưa có mentor nào đang làm việc; không ai phải chờ" in main_text(answer)


@pytest.mark.parametrize("url", [PAGE, PLOT, f"/exports/hinh-mang-luoi.xlsx?xa={WARD}"])
def test_who_may_not_see_people_gets_no_name(url, sign_in):
    MentorFactory(person=named("Lê Thị Bảy"))

    for role in (Role.SUPPORT, Role.ADMIN):
        answer = sign_in(account_with(role)).get(url)

        assert answer.status_code in {403, 404}
        assert "Bảy" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "url", [f"/xa/{OTHER_WARD}/mang-luoi", f"/hinh/mang-luoi.json?xa={OTHER_WARD}"]
)
def test_a_foreign_ward_does_not_exist_for_a_leader(url, leader):
    assert leader.get(url).status_code == 404


def test_one_mentor_is_looked_at_alone_with_everybody_guided(leader):
    mentor = MentorFactory(person=named("Lê Thị Bảy"))
    MentorshipFactory(mentor=mentor, mentee=MenteeFactory(person=named("Rah Lan Pin")))
    MentorFactory(person=named("Võ Văn Tám"))

    answer = leader.get(f"{PAGE}?mentor={mentor.id}")

    assert "Lê Thị Bảy đang kèm 1 người học, còn thiếu 4 để đủ 5" in main_text(answer)
    assert [row[0] for row in rows(answer)] == ["Lê Thị Bảy", "Rah Lan Pin"]
    assert [*points(leader.get(f"{PLOT}&mentor={mentor.id}").json)] == ["Lê Thị Bảy", "Rah Lan Pin"]


@pytest.mark.parametrize("mentor", ["0", "999999", "x", "1e3", "9" * 400])
def test_a_mentor_who_is_not_of_the_ward_does_not_exist(mentor, leader):
    MentorFactory(ward=any_ward(OTHER_WARD))

    assert leader.get(f"{PAGE}?mentor={mentor}").status_code == 404
    assert leader.get(f"{PLOT}&mentor={mentor}").status_code == 404


def test_a_past_day_shows_who_was_there_then_and_offers_no_pairing(leader):
    MentorFactory(person=named("Lê Thị Bảy"), started_on=date(2026, 1, 5))
    MentorFactory(person=named("Võ Văn Tám"), started_on=date(2026, 3, 1))
    MenteeFactory(started_on=date(2026, 1, 5))

    answer = leader.get(f"{PAGE}?ngay=28/02/2026")

    assert "Đây là tình hình vào ngày 28/02/2026." in main_text(answer)
    assert "Võ Văn Tám" not in main_text(answer)
    assert page(answer).select(".network-actions a") == []
    [figure] = page(answer).select("figure")
    assert figure["data-figure"] == f"{PLOT}&ngay=28/02/2026"


def test_a_day_that_cannot_be_asked_about_is_refused_on_top_and_beside_the_field(leader):
    answer = leader.get(f"{PAGE}?ngay=31/02/2026")

    assert answer.status_code == 422
    soup = page(answer)
    [field] = soup.select("input[name=ngay][aria-invalid]")
    assert soup.select_one(".error-summary a")["href"] == f"#{field['id']}"


def test_mentors_who_would_answer_to_the_same_call_are_called_by_two_words(leader):
    for name in ("Huỳnh Thị Hồng Thủy", "Nguyễn Thị Thủy", "Võ Kim Trang"):
        MentorFactory(person=named(name))
    MenteeFactory(person=named("Lê Văn Trang"))

    plot = leader.get(PLOT).json

    [names] = [trace["text"] for trace in plot["data"] if trace["mode"] == "text"]
    assert sorted(names) == ["Hồng Thủy", "Thị Thủy", "Trang"]


def test_a_saved_picture_says_which_ward_it_shows(leader):
    MentorFactory()

    [figure] = page(leader.get(PAGE)).select("[data-figure]")

    assert figure["data-place"] == "Phường Quy Nhơn Bắc"


def test_those_who_wait_are_paired_from_here_by_who_may(leader):
    MentorFactory()
    MenteeFactory()

    [button] = page(leader.get(PAGE)).select(".network-actions a")

    assert normal(button.get_text()) == "Ghép 1 người đang chờ"
    assert button["href"] == f"/ghep-cap?xa={WARD}"


def test_a_ward_without_anybody_says_what_will_be_here(leader):
    answer = leader.get(PAGE)

    assert page(answer).select("[data-plot]") == []
    [start] = page(answer).select(".empty-state a")
    assert start["href"] == f"/nhap-danh-sach?xa={WARD}"


def test_the_workbook_holds_the_rows_of_the_table(leader):
    MentorFactory(person=named("Lê Thị Bảy"))

    answer = leader.get(f"/exports/hinh-mang-luoi.xlsx?xa={WARD}")

    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    cells = [cell for row in book.get_sheet_by_index(0).to_python() for cell in row]
    assert "Lê Thị Bảy" in cells
    assert "Mentor chưa đủ 5 người học" in " ".join(str(cell) for cell in cells)


def test_the_pages_of_a_ward_stand_beside_each_other(leader):
    tabs = page(leader.get(f"/xa/{WARD}?ngay=28/02/2026")).select(".tabs a")

    assert [normal(tab.get_text()) for tab in tabs] == ["Tổng quan", "Mạng lưới", "Biểu đồ"]
    assert tabs[0]["aria-current"] == "page"
    assert tabs[1]["href"] == f"{PAGE}?ngay=28/02/2026"
