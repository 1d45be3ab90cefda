"""Two people edit the same record: the second is told, sees both, loses nothing."""

from datetime import date

import pytest
import time_machine

from app.queries.settings import get_settings
from models import Language, Person, db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.network import MenteeFactory
from tests.web.pages import form_keys, main_text, normal, page


@pytest.fixture(autouse=True)
def on_10_march():
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False):
        yield


def told(response) -> list[str]:
    rows = page(response).select("form.form table tbody tr")
    return [normal(row.get_text(" ")) for row in rows]


@pytest.fixture
def edited_twice(sign_in):
    """Let a colleague save a mentee's form between opening and sending it; return the answer."""
    account = account_with(Role.WARD_LEADER)
    account.display_name = "Rơ Châm Lan"
    mentee = MenteeFactory(person__full_name="Siu Blơi")
    db.session.commit()
    first, second = sign_in(account), sign_in(account_with(Role.WARD_LEADER))
    url = f"/nguoi-hoc/{mentee.id}/sua"
    keys = form_keys(second, url)
    first.post(url, data=form_keys(first, url) | {"full_name": "Siu Blới", "birth_year": "1991"})
    typed = {"full_name": "Siu Blơy", "birth_year": "1992", "note": "thích chụp ảnh"}
    return second, url, typed, second.post(url, data=keys | typed)


def test_the_second_is_told_sees_both_values_and_who_was_faster_and_when(edited_twice):
    _, _, _, answer = edited_twice

    assert answer.status_code == 422
    assert told(answer) == [
        "Họ và tên Siu Blơy Siu Blới",
        "Năm sinh 1992 1991",
        "Ghi chú thích chụp ảnh để trống",
    ]
    boxes = page(answer).select("input[name=kept]")
    assert [box["value"] for box in boxes] == ["full_name", "birth_year", "note"]
    assert "do Rơ Châm Lan ghi lúc 09:00 ngày 10/03/2026" in normal(page(answer).get_text(" "))


def test_the_second_takes_either_value_of_each_field_and_loses_nothing(edited_twice):
    client, url, typed, answer = edited_twice
    version = page(answer).select_one("input[name=version]")["value"]
    keys = form_keys(client, url) | {"version": version}

    saved = client.post(url, data=keys | typed | {"kept": ["full_name"]})

    assert saved.status_code == 303
    db.session.expire_all()
    person = db.session.query(Person).one()
    assert (person.full_name, person.birth_year, person.note) == (
        "Siu Blới",
        1992,
        "thích chụp ảnh",
    )


def test_an_entry_of_a_catalogue_may_keep_what_the_other_one_wrote(sign_in):
    admin = sign_in(account_with(Role.ADMIN))
    entry = db.session.query(Language).order_by(Language.id).first()
    url = f"/quan-tri/danh-muc/ngon-ngu/{entry.id}"
    old = form_keys(admin, url)
    admin.post(url, data=form_keys(admin, url) | {"label": "Tên mới", "position": "1"})
    mine = {"label": "Tên của tôi", "position": "9", "is_active": "y"}
    answer = admin.post(url, data=old | mine)
    version = page(answer).select_one("input[name=version]")["value"]

    admin.post(url, data=old | mine | {"version": version, "kept": ["label", "is_active"]})

    db.session.expire_all()
    entry = db.session.get(Language, entry.id)
    assert (entry.label, entry.position, entry.is_active) == ("Tên mới", 9, False)


def test_a_conflict_is_not_called_a_mistake(edited_twice):
    _, _, _, answer = edited_twice

    assert normal(page(answer).select_one("[role=alert] h2").get_text()) == (
        "Chưa lưu: có hai bản khác nhau"
    )


def test_a_double_press_on_a_correction_is_no_conflict(sign_in):
    leader = sign_in(account_with(Role.WARD_LEADER))
    url = f"/nguoi-hoc/{MenteeFactory(person__full_name='Siu Blơi').id}/sua"
    typed = form_keys(leader, url) | {"full_name": "Siu Blới", "phone": "0905.000.001"}
    leader.post(url, data=typed)

    second = leader.post(url, data=typed)

    assert second.status_code == 303
    assert "Đã lưu thông tin của Siu Blới." in main_text(leader.get(second.location))


def test_two_who_change_a_setting_see_both_values_and_the_second_may_keep_either(sign_in):
    account = account_with(Role.ADMIN)
    account.display_name = "Rơ Châm Lan"
    db.session.commit()
    first, second = sign_in(account), sign_in(account_with(Role.ADMIN))
    url = "/quan-tri/cai-dat/floor"
    old = form_keys(second, url)
    first.post(url, data=form_keys(first, url) | {"value": "6", "effective_on": "01/04/2026"})
    mine = {"value": "7", "effective_on": "01/05/2026"}

    answer = second.post(url, data=old | mine)

    assert told(answer) == ["Giá trị mới 7 6", "Áp dụng từ ngày 01/05/2026 01/04/2026"]
    assert "do Rơ Châm Lan ghi lúc 09:00 ngày 10/03/2026" in main_text(answer)
    version = page(answer).select_one("input[name=version]")["value"]
    second.post(url, data=old | mine | {"version": version, "kept": ["effective_on"]})
    assert [get_settings(date(2026, month, 1)).floor for month in (3, 4, 5)] == [5, 7, 7]
