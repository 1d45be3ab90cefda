"""The pages on which a notice of the audit is looked at and answered."""

from datetime import UTC, datetime

import pytest
import time_machine

from models import HelpSession, db
from models.enums import HelpResult, Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import MenteeFactory, PersonFactory
from tests.web.pages import form_keys, normal, page
from tests.web.people_forms import edit_values
from tests.web.sample_things import Place

HERE, THERE = "21553", "21583"


@pytest.fixture(autouse=True)
def on_10_march():
    with time_machine.travel(datetime(2026, 3, 10, 3, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def leader(sign_in):
    account = account_with(Role.WARD_LEADER, HERE)
    return sign_in(account), Place(HERE, account)


def sent(client, address, **values):
    """What the form of a page sends."""
    seen = page(client.get(address)).select_one("input[name=seen]")["value"]
    return {**form_keys(client, address), "seen": seen, **values}


def test_records_of_one_person_stand_side_by_side_and_are_told_apart(leader):
    client, place = leader
    address = f"/ra-soat/trung-nguoi/{place.twin()}"

    shown = client.get(address)
    answered = client.post(address, data=sent(client, address), follow_redirects=True)

    headings = [normal(heading.get_text()) for heading in page(shown).select("h2")]
    assert headings[0].startswith("Hồ sơ 1: Nguyễn Văn An")
    assert headings[2:] == ["Những người khác nhau", "Cùng một người"]
    assert "Đã ghi đây là những người khác nhau." in normal(page(answered).get_text())
    assert "Không còn hồ sơ nào giống" in normal(page(client.get(address)).get_text())


def test_the_finding_leads_to_the_page_and_names_the_person(leader):
    client, place = leader
    twin = place.twin()

    text = client.get("/ra-soat?viec=possible_duplicate").text

    assert f'href="/ra-soat/trung-nguoi/{twin}"' in text
    assert "có thể được ghi 2 lần" in text


def test_an_answer_about_other_records_than_those_shown_is_refused(leader):
    client, place = leader
    twin = place.twin()
    address = f"/ra-soat/trung-nguoi/{twin}"

    response = client.post(address, data=sent(client, address, seen=f"{twin} x -1"))

    assert response.status_code == 422
    assert "nội dung này đã thay đổi" in normal(page(response).get_text())


def test_a_leader_is_told_nothing_of_a_record_in_another_ward(leader, sign_in):
    client, _ = leader
    for code in (HERE, THERE):
        person = PersonFactory(full_name="Siu Bia", phone="+84905123456", birth_year=1990)
        MenteeFactory(person=person, ward=any_ward(code))
    own, other = person.id - 1, person.id

    assert "Không còn hồ sơ nào giống" in client.get(f"/ra-soat/trung-nguoi/{own}").text
    assert client.get(f"/ra-soat/trung-nguoi/{other}").status_code == 404
    province = sign_in(account_with(Role.PROVINCE))
    assert "2 hồ sơ giống nhau" in province.get(f"/ra-soat/trung-nguoi/{own}").text


def test_the_sessions_of_a_burst_are_listed_and_confirmed(leader):
    client, place = leader
    address = f"/ra-soat/nhap-don/{place.burst()}"

    shown = client.get(address)
    answered = client.post(address, data=sent(client, address), follow_redirects=True)

    assert len(page(shown).select("tbody tr")) == 10
    assert "Đã ghi các lượt này là đúng." in normal(page(answered).get_text())
    assert "Không còn gì phải xem" in normal(page(client.get(address)).get_text())


def ticked(client, address, ids):
    """What the form of deleting sends."""
    return {**form_keys(client, address), "luot": [str(one) for one in ids]}


def test_a_burst_says_of_each_session_why_it_stands_there(leader):
    client, place = leader

    soup = page(client.get(f"/ra-soat/nhap-don/{place.burst()}"))

    reasons = [normal(cell.get_text()) for cell in soup.select('td[data-label="Vì sao"]')]
    assert reasons == ["hàng loạt trong 10 phút, cùng một phút"] * 10


def test_ticked_sessions_are_deleted_and_can_be_put_back(leader):
    client, place = leader
    first = place.burst()
    address = f"/ra-soat/nhap-don/{first}"

    answer = client.post(f"{address}/xoa", data=ticked(client, address, [first, first + 3]))

    assert answer.location == f"/ra-soat/nhap-don/{first + 1}"
    soup = page(client.get(answer.location))
    assert "Đã xóa 2 lượt." in normal(soup.select_one(".notices").get_text())
    undo = soup.select_one(".notices form")
    client.post(undo["action"], data={"csrf_token": undo.find("input")["value"]})
    assert len(page(client.get(address)).select("tbody tr")) == 10


@pytest.mark.parametrize(
    ("ids", "sentence"),
    [
        ([], "Chưa chọn lượt nào"),
        ([999_999], "nội dung này đã thay đổi"),
        (["x"], "Có lựa chọn không có trong danh sách"),
    ],
)
def test_nothing_ticked_or_something_else_is_refused_with_the_reason(leader, ids, sentence):
    client, place = leader
    address = f"/ra-soat/nhap-don/{place.burst()}"

    answer = client.post(f"{address}/xoa", data=ticked(client, address, ids))

    assert answer.status_code == 422
    assert sentence in page(answer).select_one(".error-summary").get_text()
    assert len(page(answer).select("tbody tr")) == 10


def test_a_leader_corrects_a_session_of_a_burst_and_goes_on_reviewing(leader):
    client, place = leader
    first = place.burst()
    shown = page(client.get(f"/ra-soat/nhap-don/{first}"))
    address = shown.select_one("a.burst-edit")["href"]

    answer = client.post(
        address, data=edit_values(client, address) | {"outcome": "referred", "minutes": "7"}
    )

    assert answer.location == f"/ra-soat/nhap-don/{first + 1}"
    session = db.session.get(HelpSession, first)
    assert (session.result, session.minutes) == (HelpResult.REFERRED, 7)


def test_a_correction_that_is_wrong_comes_back_and_is_not_stored(leader):
    client, place = leader
    address = f"/ra-soat/nhap-don/{place.burst()}/sua"

    answer = client.post(address, data=edit_values(client, address) | {"minutes": "0"})

    assert answer.status_code == 422
    assert "Nhập số phút từ 1 đến 600" in normal(page(answer).get_text())


def test_a_session_of_no_burst_is_left_to_the_desk(leader):
    client, place = leader
    address = f"/ra-soat/nhap-don/{place.help_session()}"

    answer = client.get(f"{address}/sua")

    assert (answer.status_code, answer.location) == (302, address)
    assert client.post(f"{address}/sua", data=form_keys(client, "/ra-soat")).status_code in (
        303,
        400,
    )
