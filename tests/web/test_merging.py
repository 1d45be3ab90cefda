"""The page on which two records of one person become one."""

from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import select

from models import Person, db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import MenteeFactory, MentorFactory, MentorshipFactory, PersonFactory
from tests.web.pages import form_keys, main_text, normal, page

HERE, THERE = "21553", "21583"


@pytest.fixture(autouse=True)
def on_10_march():
    with time_machine.travel(datetime(2026, 3, 10, 3, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def leader(sign_in):
    return sign_in(account_with(Role.WARD_LEADER, HERE))


@pytest.fixture
def records():
    """One person twice: the phones differ, only the later record knows the year."""
    return [
        MenteeFactory(
            ward=any_ward(HERE),
            person=PersonFactory(full_name="Siu H'Bli", phone=phone, birth_year=year),
        )
        for phone, year in (("+84905000001", None), ("+84905000002", 1988))
    ]


def address(records, *, other=1):
    return f"/ra-soat/trung-nguoi/{records[0].person_id}/gop/{records[other].person_id}"


def sent(client, url, **values):
    version = page(client.get(url)).select_one("input[name=version]")["value"]
    return {**form_keys(client, url), "version": version, **values}


def test_only_what_differs_is_asked_and_the_rest_is_taken_from_where_it_is_known(leader, records):
    url = address(records)

    asked = page(leader.get(url)).select("form fieldset legend")
    answer = leader.post(url, data=sent(leader, url, phone="kia"), follow_redirects=True)

    assert [normal(legend.get_text()) for legend in asked] == ["Điện thoại"]
    assert "Đã gộp hai hồ sơ của Siu H'Bli." in main_text(answer)
    db.session.expire_all()
    kept, archived = db.session.scalars(select(Person).order_by(Person.id)).all()
    assert (kept.phone, kept.birth_year) == ("+84905000002", 1988)
    assert archived.merged_into_id == kept.id


def test_the_merge_is_taken_back_by_one_press(leader, records):
    url = address(records)
    answer = leader.post(url, data=sent(leader, url, phone="giu"), follow_redirects=True)
    form = page(answer).select_one("form[action*='hoan-tac']")

    leader.post(form["action"], data={i["name"]: i["value"] for i in form.select("input[name]")})

    db.session.expire_all()
    assert all(person.merged_into_id is None for person in db.session.scalars(select(Person)))


def test_what_has_to_be_settled_first_is_said_and_the_choice_is_kept(leader, records):
    for record in records:
        MentorshipFactory(mentee=record, mentor=MentorFactory(ward=record.ward))
    url = address(records)

    refused = leader.post(url, data=sent(leader, url, phone="kia"))

    assert refused.status_code == 422
    assert "Hai hồ sơ có cặp ghép trùng thời gian" in main_text(refused)
    assert page(refused).select_one("input[name=phone][checked]")["value"] == "kia"


def test_the_review_leads_to_the_merge(leader, records):
    records[1].person.phone = records[0].person.phone
    db.session.commit()

    shown = page(leader.get(f"/ra-soat/trung-nguoi/{records[1].person_id}"))

    assert shown.select_one(f"a[href='{address(records)}']").get_text() == "Gộp hồ sơ 1 và 2"


def test_a_page_of_a_person_leads_to_the_merge_with_whoever_is_found_by_name_or_phone(
    leader, records
):
    MenteeFactory(ward=any_ward(THERE), person=PersonFactory(full_name="Siu H'Bli"))
    shown = page(leader.get(f"/nguoi-hoc/{records[0].id}"))
    url = shown.find("a", string="Gộp với hồ sơ khác")["href"]

    offered = page(leader.get(url)).select("tbody a")
    typed = leader.post(url, data={**form_keys(leader, url), "q": "0905 000 002"})

    assert [link["href"] for link in offered] == [address(records)]
    assert [link["href"] for link in page(typed).select("tbody a")] == [address(records)]
    nobody = leader.post(url, data={**form_keys(leader, url), "q": "Ksor"})
    assert "Không thấy hồ sơ nào khác khớp «Ksor»" in main_text(nobody)


def test_records_of_another_ward_do_not_exist(leader, records):
    stranger = MenteeFactory(ward=any_ward(THERE))

    assert leader.get(address([*records, stranger], other=2)).status_code == 404


def test_a_record_is_not_merged_with_itself(leader, records):
    assert leader.get(address(records, other=0)).status_code == 404


def test_who_merges_older_records_sees_what_stood_there_and_what_stands_there_now(leader, records):
    url = address(records)
    old = [i["value"] for i in page(leader.get(url)).select("input[name=seen]")]
    form = sent(leader, url, phone="kia", seen=old)
    records[1].person.phone = "+84905000003"
    db.session.commit()

    answer = leader.post(url, data=form)

    assert answer.status_code == 422
    rows = [normal(row.get_text(" ")) for row in page(answer).select("form.form tbody tr")]
    assert rows == ["Điện thoại (hồ sơ gộp vào) 0905 000 002 0905 000 003"]
    again = page(answer)
    values = {i["name"]: i["value"] for i in again.select("form.form input[type=hidden]")}
    chosen = again.select_one("input[name=phone][checked]")["value"]
    assert leader.post(url, data=values | {"phone": chosen}).status_code == 303
    db.session.expire_all()
    assert db.session.get(Person, records[0].person_id).phone == "+84905000003"
