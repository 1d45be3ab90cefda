"""Looking after accounts: inviting, roles over days, disabling, and the last administrator."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from app.services.passwords import hash_password
from models import Account, Grant, SignIn, db
from models.enums import Role
from tests.factories.accounts import (
    PASSWORD,
    AccountFactory,
    GrantFactory,
    account_with,
    open_sign_in,
)
from tests.factories.base import any_ward
from tests.web.pages import form_keys, main_text, page, post_form

ACCOUNTS = "/quan-tri/tai-khoan"


def administrator() -> Account:
    account = account_with(Role.ADMIN)
    account.password_hash = hash_password(PASSWORD)
    db.session.commit()
    return account


@pytest.fixture
def admin(sign_in) -> FlaskClient:
    return sign_in(administrator())


def new_account(**fields) -> dict[str, object]:
    return {
        "display_name": "Rơ Châm H'Dih",
        "username": "h.dih",
        "roles": ["leader", "support"],
        "ward_id": any_ward().id,
        "started_on": "01/03/2026",
        "ended_on": "",
    } | fields


def act(client: FlaskClient, account_id: int, action: str):
    """Press one of the buttons of an account's page."""
    url = f"{ACCOUNTS}/{account_id}"
    return post_form(client, f"{url}/{action}", {}, page_url=url)


def test_a_new_account_gets_its_roles_and_a_link_that_is_shown_once(admin):
    answer = post_form(admin, f"{ACCOUNTS}/them", new_account())

    first, second = admin.get(answer.location), admin.get(answer.location)
    assert "http://localhost/moi/" in page(first).select_one("textarea").text
    assert page(second).select("textarea") == []
    granted = db.session.execute(
        select(Account.username, Grant.role, Grant.started_on)
        .join(Account.grants)
        .where(Account.username == "h.dih")
        .order_by(Grant.role)
    ).all()
    assert granted == [
        ("h.dih", Role.WARD_LEADER, date(2026, 3, 1)),
        ("h.dih", Role.SUPPORT, date(2026, 3, 1)),
    ]


def test_a_form_that_is_sent_twice_makes_one_account(admin):
    data = new_account() | form_keys(admin, f"{ACCOUNTS}/them")

    answers = [admin.post(f"{ACCOUNTS}/them", data=data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert len(db.session.scalars(select(Account).where(Account.username == "h.dih")).all()) == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"username": "Có dấu cách"}, "chữ không dấu"),
        ({"username": "x" * 65}, "3 đến 64 ký tự"),
        ({"display_name": ""}, "Chưa nhập mục này"),
        ({"display_name": "A" * 121}, "Dài quá 120 ký tự"),
        ({"roles": []}, "Chọn ít nhất một vai trò"),
        ({"roles": ["king"]}, "Chọn"),
        ({"ward_id": ""}, "Chọn xã, phường"),
        ({"ward_id": "999999"}, "không có trong danh sách"),
        ({"started_on": "31/02/2026"}, "Ngày chưa đúng"),
        ({"ended_on": "01/03/2026"}, "phải sau ngày bắt đầu"),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_nothing_is_made(admin, change, sentence):
    answer = post_form(admin, f"{ACCOUNTS}/them", new_account(**change))

    assert answer.status_code == 422
    assert sentence in main_text(answer)
    assert db.session.scalar(select(Account).where(Account.username == "h.dih")) is None


def test_markup_in_a_name_is_shown_as_typed(admin):
    answer = post_form(admin, f"{ACCOUNTS}/them", new_account(display_name="<b>Bé</b> 🌾"))

    assert page(admin.get(answer.location)).h1.text == "<b>Bé</b> 🌾"


def test_a_username_is_given_once_whatever_the_capitals(admin):
    AccountFactory(username="h.dih")

    answer = post_form(admin, f"{ACCOUNTS}/them", new_account(username="H.Dih"))

    assert "đã có người dùng" in main_text(answer)


def test_a_disabled_account_is_signed_out_everywhere_and_may_come_back(admin, sign_in):
    account = account_with(Role.WARD_LEADER)
    account_id, client = account.id, sign_in(account)

    act(admin, account_id, "khoa")
    locked_out = client.get("/tai-khoan/thiet-bi").status_code
    act(admin, account_id, "mo-khoa")

    assert locked_out == 302
    assert db.session.get(Account, account_id).disabled_at is None
    assert client.get("/tai-khoan/thiet-bi").status_code == 302


def test_the_last_administrator_cannot_be_disabled(sign_in):
    account = administrator()
    account_id, client = account.id, sign_in(account)

    answer = act(client, account_id, "khoa")

    assert "quản trị cuối cùng" in main_text(client.get(answer.location))
    assert db.session.get(Account, account_id).disabled_at is None


def test_an_administrator_who_never_set_a_password_does_not_count_as_another(sign_in):
    account_with(Role.ADMIN)
    account = administrator()
    account_id, client = account.id, sign_in(account)

    act(client, account_id, "khoa")

    assert db.session.get(Account, account_id).disabled_at is None


def test_one_of_two_administrators_can_be_disabled(sign_in):
    other_id = administrator().id
    client = sign_in(administrator())

    act(client, other_id, "khoa")

    assert db.session.get(Account, other_id).disabled_at is not None


def test_the_last_administrator_cannot_lose_the_role(sign_in):
    account = administrator()
    url = f"{ACCOUNTS}/{account.id}/vai-tro/{account.grants[0].id}/thoi"
    client = sign_in(account)

    answer = post_form(client, url, {"ended_on": "31/12/2030"})

    assert answer.status_code == 422
    assert "quản trị cuối cùng" in main_text(answer)


def test_a_role_is_added_and_shown_with_its_days(admin):
    account_id = AccountFactory().id

    answer = post_form(
        admin,
        f"{ACCOUNTS}/{account_id}/vai-tro",
        {"role": "province", "ward_id": "", "started_on": "01/03/2026", "ended_on": "01/09/2026"},
    )

    text = main_text(admin.get(answer.location))
    assert "Tỉnh Đoàn" in text
    assert "01/03/2026" in text
    assert "01/09/2026" in text


def test_the_same_role_over_the_same_days_is_refused(admin):
    account_id = account_with(Role.PROVINCE).id

    answer = post_form(
        admin,
        f"{ACCOUNTS}/{account_id}/vai-tro",
        {"role": "province", "ward_id": "", "started_on": "01/03/2026"},
    )

    assert "đã có vai trò này" in main_text(answer)


def test_a_role_ends_on_a_day_and_not_before_it_began(admin):
    grant = GrantFactory(role=Role.SUPPORT, ward=any_ward(), started_on=date(2026, 3, 1))
    grant_id, account_id = grant.id, grant.account_id
    url = f"{ACCOUNTS}/{account_id}/vai-tro/{grant_id}/thoi"

    too_early = post_form(admin, url, {"ended_on": "28/02/2026"})
    in_time = post_form(admin, url, {"ended_on": "01/03/2026"})

    assert "không thể trước ngày bắt đầu (01/03/2026)" in main_text(too_early)
    assert in_time.status_code == 303
    assert db.session.get(Grant, grant_id).ended_on == date(2026, 3, 1)


def test_a_role_that_has_ended_gives_no_rights(admin, sign_in):
    grant = GrantFactory(role=Role.PROVINCE)
    grant_id, account_id, client = grant.id, grant.account_id, sign_in(grant.account)

    post_form(admin, f"{ACCOUNTS}/{account_id}/vai-tro/{grant_id}/thoi", {"ended_on": "01/01/2026"})

    assert client.get("/tong-quan").status_code == 403
    assert "chưa có vai trò" in main_text(client.get("/"))


def test_a_reset_link_leaves_the_old_password_until_it_is_used(admin):
    account = administrator()
    account_id, old_hash = account.id, account.password_hash
    open_sign_in(account)

    answer = act(admin, account_id, "lien-ket")

    assert "/moi/" in page(admin.get(answer.location)).select_one("textarea").text
    assert db.session.get(Account, account_id).password_hash == old_hash
    ended = select(SignIn.ended_at).where(SignIn.account_id == account_id)
    assert db.session.scalars(ended).all() == [None]


def test_accounts_are_found_by_name_role_and_state(admin):
    AccountFactory(display_name="Kpă Thuyết", username="kpa.thuyet")
    account_with(Role.SUPPORT).display_name = "Ksor H'Lan"
    AccountFactory(display_name="Đinh Văn Thôi", disabled_at=datetime(2026, 3, 1, tzinfo=UTC))
    db.session.commit()

    assert names_in(admin.get(f"{ACCOUNTS}?q=KPA")) == ["Kpă Thuyết"]
    assert names_in(admin.get(f"{ACCOUNTS}?role=support")) == ["Ksor H'Lan"]
    assert names_in(admin.get(f"{ACCOUNTS}?q=thôi")) == []
    assert names_in(admin.get(f"{ACCOUNTS}?q=thôi&disabled=y")) == ["Đinh Văn Thôi"]


def test_accounts_stand_by_given_name_and_in_a_workbook_as_on_screen(admin):
    for name, username in (("Kpă Bình", "a.kpa"), ("Siu An", "z.siu"), ("Ksor Đào", "k.ksor")):
        AccountFactory(display_name=name, username=username)
    query = "?q=.&cot=ten&cot=ten-dang-nhap"

    ours = {"Siu An", "Kpă Bình", "Ksor Đào"}
    shown = [name for name in names_in(admin.get(ACCOUNTS + query)) if name in ours]
    by_username = names_in(admin.get(f"{ACCOUNTS}{query}&sap=ten-dang-nhap"))
    book = CalamineWorkbook.from_filelike(
        BytesIO(admin.get(f"/exports/tai-khoan.xlsx{query}").data)
    )

    assert shown == ["Siu An", "Kpă Bình", "Ksor Đào"]
    assert [name for name in by_username if name in ours] == ["Kpă Bình", "Ksor Đào", "Siu An"]
    assert ["Siu An", "z.siu"] in book.get_sheet_by_index(0).to_python()


def test_long_lists_come_in_parts_that_keep_the_filter(admin):
    AccountFactory.create_batch(45)

    first = admin.get(f"{ACCOUNTS}?q=nguoi.dung")
    following = page(first).select_one("a[rel=next]")["href"]

    assert len(names_in(first)) == 40
    assert "q=nguoi.dung" in following
    assert len(names_in(admin.get(following))) >= 5


def test_what_the_administrator_did_can_be_taken_back_by_the_same_one(admin, sign_in):
    account_id = account_with(Role.WARD_LEADER).id
    answer = act(admin, account_id, "khoa")
    undo_url = page(admin.get(answer.location)).select_one("form[action^='/hoan-tac/']")["action"]

    by_others = [
        post_form(sign_in(account), undo_url, {}, page_url="/tai-khoan/thiet-bi").status_code
        for account in (administrator(), account_with(Role.PROVINCE))
    ]
    by_the_same = post_form(admin, undo_url, {}, page_url="/tai-khoan/thiet-bi")

    assert (by_others, by_the_same.status_code) == ([404, 404], 303)
    assert db.session.get(Account, account_id).disabled_at is None


def names_in(answer) -> list[str]:
    return [link.text for link in page(answer).select("tbody th a")]


def test_a_name_is_corrected_and_the_correction_can_be_undone(admin):
    account = AccountFactory(display_name="Rơ Châm Hdih", username="h.dih")
    url = f"{ACCOUNTS}/{account.id}"

    post_form(admin, f"{url}/sua", {"display_name": "Rơ Châm H'Dih"})

    shown = admin.get(url)
    assert page(shown).h1.get_text() == "Rơ Châm H'Dih"
    undo = page(shown).select_one(".notice form")["action"]
    admin.post(undo, data=form_keys(admin, url))
    assert page(admin.get(url)).h1.get_text() == "Rơ Châm Hdih"


def test_the_second_of_two_who_correct_a_name_sees_both(admin):
    account = AccountFactory(display_name="Rơ Châm Hdih")
    url = f"{ACCOUNTS}/{account.id}/sua"
    seen_before = form_keys(admin, url)
    post_form(admin, url, {"display_name": "Rơ Châm H'Dih"})

    second = admin.post(url, data=seen_before | {"display_name": "Rơ Châm H’Dịh"})

    assert second.status_code == 422
    assert "Có người vừa sửa mục này" in main_text(second)
    row = page(second).select_one("main table tbody tr")
    assert [cell.get_text(strip=True) for cell in row.select("th, td")] == [
        "Họ và tên",
        "Rơ Châm H’Dịh",
        "Rơ Châm H'Dih",
    ]


def test_who_lost_the_last_role_may_still_change_a_password_that_is_due(sign_in):
    account = AccountFactory(must_change_password=True)
    client = sign_in(account)

    assert client.get("/tai-khoan/mat-khau").status_code == 200
    assert client.get("/tai-khoan/thiet-bi").location == "/tai-khoan/mat-khau"


def test_a_leader_s_roles_are_handed_over_and_the_new_link_is_shown(admin):
    leader = account_with(Role.WARD_LEADER)
    url = f"{ACCOUNTS}/{leader.id}/ban-giao"
    successor = {"display_name": "Siu H'Lan", "username": "sh.lan", "started_on": "01/04/2027"}

    answer = post_form(admin, url, successor)

    shown = admin.get(answer.location)
    assert "http://localhost/moi/" in page(shown).select_one("textarea").text
    assert "Đã bàn giao vai trò" in main_text(shown) + page(shown).get_text()
    assert "01/04/2027" in main_text(admin.get(f"{ACCOUNTS}/{leader.id}"))


def test_a_hand_over_before_the_role_began_is_refused_beside_its_day(admin):
    leader = account_with(Role.WARD_LEADER)
    url = f"{ACCOUNTS}/{leader.id}/ban-giao"

    answer = post_form(
        admin,
        url,
        {"display_name": "Siu H'Lan", "username": "sh.lan", "started_on": "01/01/2020"},
    )

    assert answer.status_code == 422
    assert "Chọn ngày bàn giao" in page(answer).select_one("#started_on-error").get_text()
