"""Putting a row of a roster file right in its preview: fields, errors beside them, joining."""

import pytest
import time_machine

from models import db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.network import MentorFactory, PersonFactory
from tests.factories.rosters import Recorded, mentorships, recorded, rows_file
from tests.web.pages import main_text, normal, page, post_form
from tests.web.test_roster_import import preview_of

CONTENT = rows_file(
    ["Siu Phen", "mentor", 1990, "12"],
    ["Kpă Nay", "người học", 1960, None, "Siu Phen"],
    ["Siu Blơ", "hỗ trợ", 3000],
)


@pytest.fixture(autouse=True)
def midday():
    with time_machine.travel("2026-03-10T05:00:00Z", tick=False):
        yield


@pytest.fixture
def leader(sign_in):
    return sign_in(account_with(Role.WARD_LEADER))


def fields(soup) -> dict[str, str]:
    named = soup.select("main form input[name]:not([type=hidden]), main form textarea[name]")
    chosen = soup.select_one("#role option[selected]")
    texts = {one["name"]: one.get("value", "") or one.get_text(strip=True) for one in named}
    return texts | {"role": chosen["value"]}


def test_a_rejected_row_opens_as_fields_with_what_was_typed_and_its_errors_beside_them(leader):
    url = preview_of(leader, CONTENT)
    links = [a["href"] for a in page(leader.get(url)).select("tr.problem a")]

    soup = page(leader.get(links[0]))

    assert links[0] == f"{url}/dong/0/2"
    told = fields(soup)
    assert (told["full_name"], told["role"], told["birth"], told["phone"]) == (
        "Siu Phen",
        "mentor",
        "1990",
        "12",
    )
    assert "không phải là số điện thoại" in soup.select_one("#phone-error").get_text()
    assert [a["href"] for a in soup.select(".error-summary a")] == ["#phone"]


def test_a_row_put_right_joins_the_import_with_those_that_waited_for_it(leader):
    url = preview_of(leader, CONTENT)
    row = f"{url}/dong/0/2"
    sent = fields(page(leader.get(row))) | {"phone": "0912 000 001"}

    answer = post_form(leader, row, sent, page_url=row)

    assert answer.status_code == 303
    soup = page(leader.get(url))
    assert "Dòng 2 đã đúng" in normal(soup.select_one(".notices").get_text(" "))
    assert soup.select_one(f".notices a[href='{url}/dong/0/4']") is not None
    assert "Chỉ nhập 2 dòng đúng" in soup.get_text()
    post_form(leader, f"{url}/ap-dung", {"only_good": "1"}, page_url=url)
    assert recorded() == Recorded(2, 1, 1, 0, 1)
    assert [pair[:2] for pair in mentorships()] == [("Siu Phen", "Kpă Nay")]
    assert leader.get(row).status_code == 404


def test_a_row_that_is_still_wrong_says_so_and_keeps_what_was_typed(leader):
    url = preview_of(leader, CONTENT)
    row = f"{url}/dong/0/4"
    sent = fields(page(leader.get(row))) | {"birth": "1890", "hamlet": "Làng Ốp"}

    answer = post_form(leader, row, sent, page_url=row)

    assert answer.status_code == 422
    again = page(leader.get(row))
    assert "1890" in again.select_one("#birth-error").get_text()
    assert (fields(again)["birth"], fields(again)["hamlet"]) == ("1890", "Làng Ốp")
    assert "Có 3 lỗi" in main_text(leader.get(url))


def test_a_row_that_the_file_has_not_does_not_exist(leader):
    url = preview_of(leader, CONTENT)

    answers = [leader.get(f"{url}/dong/{place}").status_code for place in ("0/9", "1/2")]

    assert answers == [404, 404]


def test_import_is_a_dry_run_first_with_old_and_new_of_known_people_to_choose_from(leader):
    person = PersonFactory(full_name="Siu Phen", birth_year=1990, phone="+84912000001")
    MentorFactory(person=person)
    url = preview_of(leader, rows_file(["Siu Phen", "mentor", 1991, "0912000001"]))
    choices = f"{url}/thay-doi"

    shown = main_text(leader.get(choices))
    before = main_text(leader.get(url))
    post_form(leader, choices, {"taken": "0"}, page_url=choices)
    after = main_text(leader.get(url))
    post_form(leader, f"{url}/ap-dung", {}, page_url=url)

    assert "Siu Phen (dòng 2): năm sinh 1990 → 1991" in shown
    assert "0 dòng sẽ được cập nhật" in before
    assert "Cập nhật 1 dòng" in after
    db.session.refresh(person)
    assert person.birth_year == 1991
    assert leader.get(choices).status_code == 404


def test_duplicates_are_warned_about_and_resolved_in_the_preview_itself(leader):
    person = PersonFactory(full_name="Siu Phen", birth_year=1990, phone="+84912000001")
    MentorFactory(person=person)
    url = preview_of(leader, rows_file(["Siu Phên", "người học", 1990, "0912000002"]))
    choices = f"{url}/trung"

    before = main_text(leader.get(url))
    shown = main_text(leader.get(choices))
    sent = post_form(leader, choices, {"row-0-2": f"p{person.id}"}, page_url=choices)
    again = page(leader.get(choices)).select_one("input[name=row-0-2][checked]")
    post_form(leader, f"{url}/ap-dung", {}, page_url=url)

    assert "1 dòng chưa chọn là ai" in before
    assert "Dòng 2: Siu Phên · 1990 · 0912 ••• 002, Người học" in shown
    assert "0912 ••• 001 · Mentor – " in shown
    assert "cùng tên và năm sinh, khác số điện thoại" in shown
    assert (sent.status_code, again["value"]) == (303, f"p{person.id}")
    assert recorded() == Recorded(1, 1, 1, 0, 0)
    assert leader.get(choices).status_code == 404
