"""Lists as Excel users expect them: order, columns and filter in the address, and as a workbook."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from python_calamine import CalamineWorkbook
from werkzeug.datastructures import MultiDict

from app.access.scope import WardScope
from app.web.mentee_listing import MenteeListing
from app.web.mentor_listing import MentorListing
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    AttendanceFactory,
    HamletFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PersonFactory,
    SupportPostFactory,
)
from tests.factories.rosters import bring_in, errors, outcomes, recorded, warnings
from tests.web.pages import normal, page

OTHER_WARD = "21583"

pytestmark = pytest.mark.usefixtures("on_10_march")


@pytest.fixture
def on_10_march():
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False):
        yield


@pytest.fixture
def leader(sign_in):
    return sign_in(account_with(Role.WARD_LEADER))


def names(soup):
    return [normal(link.get_text()) for link in soup.select("tbody th a")]


def headings(soup):
    return [normal(head.get_text()) for head in soup.select("thead th")]


def three_mentors():
    """An guides two and met somebody lately, Bình guides one, Chi nobody."""
    an, binh, _chi = (
        MentorFactory(person=PersonFactory(full_name=name, birth_year=year))
        for name, year in (("Lê An", 1990), ("Lê Bình", None), ("Lê Chi", 1980))
    )
    AttendanceFactory(mentorship=MentorshipFactory(mentor=an))
    MentorshipFactory(mentor=an)
    MentorshipFactory(mentor=binh)


@pytest.mark.parametrize(
    ("order", "shown"),
    [
        ("", "An Bình Chi"),
        ("-ten", "Chi Bình An"),
        ("nguoi-hoc", "Chi Bình An"),
        ("-nguoi-hoc", "An Bình Chi"),
        ("con-cho", "An Bình Chi"),
        ("buoi-gan-nhat", "An Bình Chi"),
        ("-buoi-gan-nhat", "An Bình Chi"),
        ("nam-sinh", "Chi An Bình"),
        ("-nam-sinh", "An Chi Bình"),
        ("khong-co", "An Bình Chi"),
    ],
)
def test_mentors_stand_in_the_order_that_the_address_asks_for_those_without_a_value_last(
    leader, order, shown
):
    three_mentors()

    soup = page(leader.get(f"/mentor?sap={order}"))

    assert " ".join(name.removeprefix("Lê ") for name in names(soup)) == shown


def test_a_heading_puts_the_list_in_its_order_and_pressed_again_in_the_other_one(leader):
    three_mentors()

    first = page(leader.get("/mentor?tinh-trang=duoi-muc"))
    link = first.find("a", string="Người học")
    second = page(leader.get(link["href"]))

    assert link["href"] == "/mentor?tinh-trang=duoi-muc&sap=nguoi-hoc"
    assert second.find("th", attrs={"aria-sort": "ascending"}).get_text(strip=True) == "Người học"
    assert second.find("a", string="Người học")["href"].endswith("&sap=-nguoi-hoc")


def test_chosen_columns_are_shown_and_kept_by_the_links_of_the_page(leader):
    thon = HamletFactory(name="Thôn 3")
    MentorFactory(person=PersonFactory(full_name="Lê An", hamlet=thon, phone="+84912345678"))

    soup = page(leader.get("/mentor?cot=ten&cot=thon&cot=dien-thoai"))

    assert headings(soup) == ["Họ và tên", "Thôn, làng, tổ", "Điện thoại"]
    assert [normal(cell.get_text()) for cell in soup.select("tbody td")] == [
        "Thôn 3",
        "0912 ••• 678",
    ]
    assert soup.find("a", string="Họ và tên")["href"] == (
        "/mentor?sap=-ten&cot=ten&cot=thon&cot=dien-thoai"
    )


def test_the_line_under_a_name_leaves_out_what_a_column_tells(leader):
    thon = HamletFactory(name="Thôn 3")
    person = PersonFactory(full_name="Lê An", birth_year=1990, hamlet=thon, phone="+84912345678")
    MentorFactory(person=person)

    def hints(columns: str) -> list[str]:
        soup = page(leader.get(f"/mentor?cot=ten{columns}"))
        return [normal(hint.get_text()) for hint in soup.select("tbody .hint")]

    assert hints("") == ["1990 · Thôn 3 · 0912 ••• 678"]
    assert hints("&cot=thon&cot=dien-thoai") == ["1990"]
    assert hints("&cot=thon&cot=dien-thoai&cot=nam-sinh") == []


def test_what_a_mentor_carries_and_may_carry_are_two_numbers_in_the_workbook(leader):
    person = PersonFactory(full_name="Lê An", birth_year=1990, phone="+84912345678")
    MentorshipFactory(mentor=MentorFactory(person=person))

    answer = leader.get("/exports/mentor.xlsx?cot=ten&cot=dang-kem&cot=suc-nhan")

    rows = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert rows[-2:] == [
        ["Họ và tên", "Đang kèm", "Sức nhận", "Năm sinh", "Điện thoại"],
        ["Lê An", 1.0, 10.0, 1990.0, "0912 345 678"],
    ]


@pytest.mark.parametrize("path", ["mentor", "nguoi-hoc", "nhan-su-ho-tro"])
def test_every_list_of_people_comes_back_through_the_import_without_a_change(leader, path):
    person = PersonFactory(full_name="Lê An", phone="+84912000001", birth_year=1990)
    MentorshipFactory(
        mentor=MentorFactory(person=person), mentee=MenteeFactory(person=PersonFactory())
    )
    MenteeFactory(person=PersonFactory(full_name="Siu Chờ", phone="+84912000002"))
    MenteeFactory(person=PersonFactory(full_name="Siu Trần"))
    SupportPostFactory(person=PersonFactory(full_name="Ksor Blơ", phone="+84912000003"))
    before = recorded()

    content = leader.get(f"/exports/{path}.xlsx").data
    report = bring_in(content, ward_code=any_ward().code)

    assert set(outcomes(report)) == {"unchanged"}
    assert (errors(report), warnings(report)) == ([], [])
    assert recorded() == before


def test_mentees_stand_in_order_of_their_mentor_and_of_how_long_they_wait(leader):
    waiting = [
        MenteeFactory(person=PersonFactory(full_name=name), started_on=date(2026, 1, day))
        for name, day in (("Lê An", 9), ("Lê Bình", 5))
    ]
    taught = MentorshipFactory(mentee=MenteeFactory(person=PersonFactory(full_name="Lê Chi")))

    longest_first = page(leader.get("/nguoi-hoc?sap=cho-tu&cot=ten&cot=cho-tu"))
    by_mentor = page(leader.get("/nguoi-hoc?sap=mentor"))

    assert names(longest_first) == ["Lê Bình", "Lê An", "Lê Chi"]
    assert names(by_mentor) == ["Lê Chi", "Lê An", "Lê Bình"]
    assert {one.ward_id for one in waiting} == {taught.mentee.ward_id}


def test_filters_live_in_the_url_and_a_link_that_is_sent_respects_the_readers_scope(sign_in):
    MenteeFactory(person=PersonFactory(full_name="Lê An"), ward=any_ward())
    MenteeFactory(person=PersonFactory(full_name="Lê Bình"), ward=any_ward(OTHER_WARD))
    link = f"/nguoi-hoc?q=le&sap=-ten&xa={OTHER_WARD}"

    province = sign_in(account_with(Role.PROVINCE))
    leader = sign_in(account_with(Role.WARD_LEADER))

    assert names(page(province.get(link))) == ["Lê Bình"]
    assert names(page(leader.get(link))) == ["Lê An"]


def test_export_equals_the_filter_on_screen_complete_dated_with_the_scope_in_its_file_name(leader):
    for number in range(60):
        MenteeFactory(person=PersonFactory(full_name=f"Lê An {number:02}"))
    MenteeFactory(person=PersonFactory(full_name="Ksor Blơ"))
    soup = page(leader.get("/nguoi-hoc?q=le+an&sap=-ten&cot=ten&cot=bat-dau"))

    answer = leader.get(soup.select_one('a[href^="/exports/"]')["href"])

    rows = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    top = next(number for number, row in enumerate(rows) if row[0] == "Họ và tên")
    assert answer.headers["Content-Disposition"].endswith("nguoi-hoc-quy-nhon-bac-2026-03-10.xlsx")
    assert rows[top][:2] == ["Họ và tên", "Bắt đầu"]
    assert [row[0] for row in rows[top + 1 :]] == [f"Lê An {n:02}" for n in range(59, -1, -1)]
    assert soup.select_one(".count-line").get_text(strip=True) == "60 người, 50 đang hiện"


@pytest.mark.usefixtures("flask_app")
def test_all_ids_of_a_filter_are_those_of_its_pages_one_after_the_other():
    three_mentors()
    scope = WardScope.everywhere()

    for listing in (MentorListing, MenteeListing):
        for words in ("q=le", "sap=-ten", "sap=buoi-gan-nhat", "sap=mentor", "tinh-trang=con-cho"):
            name, value = words.split("=")
            asked = listing(scope, MultiDict([(name, value)]))
            assert asked.ids() == [line.id for line in asked.window().lines]
