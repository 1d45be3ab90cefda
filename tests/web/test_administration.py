"""Catalogues, settings, the change log and the system page."""

from datetime import date

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from app.access.scope import WardScope
from app.queries import system
from app.queries.settings import get_settings
from app.services.transaction import transaction
from app.services.undo_batch import undo_batch
from models import Batch, EndReason, Language, Person, Setting, TargetGroup, db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.web.pages import form_keys, main_text, page, post_form

CATALOGUES = "/quan-tri/danh-muc"
SETTINGS = "/quan-tri/cai-dat"


@pytest.fixture
def admin(sign_in) -> FlaskClient:
    return sign_in(account_with(Role.ADMIN))


@pytest.fixture(autouse=True)
def on_a_day_in_march():
    with time_machine.travel("2026-03-10T03:00:00Z", tick=False):
        yield


def test_a_new_entry_gets_a_code_from_its_label_that_nobody_has(admin):
    first = post_form(
        admin, f"{CATALOGUES}/ngon-ngu/them", {"label": "Giẻ - Triêng", "position": "9"}
    )
    second = post_form(
        admin, f"{CATALOGUES}/ngon-ngu/them", {"label": "Giẻ Triêng 2", "position": "9"}
    )

    codes = db.session.scalars(
        select(Language.code).where(Language.position == 9).order_by(Language.code)
    ).all()
    assert (first.status_code, second.status_code) == (303, 303)
    assert codes == ["gie_trieng", "gie_trieng_2"]


def test_two_entries_of_one_code_stem_are_numbered(admin):
    post_form(admin, f"{CATALOGUES}/ngon-ngu/them", {"label": "Xơ Đăng", "position": "9"})
    post_form(admin, f"{CATALOGUES}/ngon-ngu/them", {"label": "Xơ-Đăng", "position": "9"})

    codes = select(Language.code).where(Language.position == 9).order_by(Language.id)
    assert db.session.scalars(codes).all() == ["xo_dang", "xo_dang_2"]


def test_an_edited_entry_keeps_its_code_and_may_be_put_aside(admin):
    entry_id = language("hre").id

    answer = post_form(
        admin, f"{CATALOGUES}/ngon-ngu/{entry_id}", {"label": "Hrê (Hơ Rê)", "position": "3"}
    )

    entry = language("hre")
    assert answer.status_code == 303
    assert (entry.label, entry.position, entry.is_active) == ("Hrê (Hơ Rê)", 3, False)


def test_the_second_of_two_who_edit_an_entry_sees_both_and_may_save_then(admin):
    url = f"{CATALOGUES}/ngon-ngu/{language('hre').id}"
    seen_before = form_keys(admin, url)
    post_form(admin, url, {"label": "Hrê", "position": "3", "is_active": "y"})

    second = admin.post(url, data=seen_before | {"label": "Hơ Rê", "position": "3"})

    assert second.status_code == 422
    assert language("hre").label == "Hrê"
    told = [
        [cell.get_text(strip=True) for cell in row.select("th, td")]
        for row in page(second).select("main table tbody tr")
    ]
    assert told == [
        ["Tên hiện trong biểu mẫu", "Hơ Rê", "Hrê"],
        ["Còn dùng: hiện trong danh sách để chọn", "không", "có"],
    ]
    keys = {
        field["name"]: field["value"] for field in page(second).select("main input[type=hidden]")
    }
    third = admin.post(url, data=keys | {"label": "Hơ Rê", "position": "3"})
    assert third.status_code == 303
    assert language("hre").label == "Hơ Rê"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"label": "", "position": "1"}, "Chưa nhập mục này"),
        ({"label": "x" * 121, "position": "1"}, "Dài quá 120 ký tự"),
        ({"label": "Lào", "position": "không"}, "Nhập một số nguyên"),
        ({"label": "Lào", "position": "0"}, "Nhập số từ 1 đến 999"),
        ({"label": "HRE", "position": "1"}, "đã có mục tên như vậy"),
    ],
)
def test_an_entry_that_will_not_do_says_why(admin, data, sentence):
    answer = post_form(admin, f"{CATALOGUES}/ngon-ngu/them", data)

    assert answer.status_code == 422
    assert sentence in main_text(answer)


def test_what_is_true_of_an_entry_is_said_when_it_is_made_and_shown_afterwards(admin):
    post_form(
        admin,
        f"{CATALOGUES}/nhom-doi-tuong/them",
        {"label": "Người có H", "position": "20", "flags": "is_sensitive"},
    )

    group = db.session.scalar(select(TargetGroup).where(TargetGroup.position == 20))
    assert group.is_sensitive
    assert "Dữ liệu nhạy cảm" in main_text(admin.get(f"{CATALOGUES}/nhom-doi-tuong"))
    assert "Tính là hoàn thành" in main_text(admin.get(f"{CATALOGUES}/ly-do-ket-thuc"))


def test_a_reason_is_offered_where_it_was_made_for(admin):
    post_form(
        admin,
        f"{CATALOGUES}/ly-do-ket-thuc/them",
        {"label": "Đi làm xa", "position": "20", "flags": ["for_mentee", "for_mentorship"]},
    )

    reason = db.session.scalar(select(EndReason).where(EndReason.position == 20))
    assert (reason.for_mentee, reason.for_mentorship) == (True, True)
    assert (reason.for_mentor, reason.is_completion) == (False, False)


def test_a_catalogue_that_does_not_exist_is_not_found(admin):
    assert admin.get(f"{CATALOGUES}/mon-an").status_code == 404


def test_a_setting_counts_from_its_day_on_and_not_before(admin):
    answer = post_form(admin, f"{SETTINGS}/floor", {"value": "6", "effective_on": "01/04/2026"})

    assert answer.status_code == 303
    assert get_settings(date(2026, 3, 31)).floor == 5
    assert get_settings(date(2026, 4, 1)).floor == 6
    assert "6 người từ 01/04/2026" in main_text(admin.get(SETTINGS))


def test_a_second_value_for_the_same_day_replaces_the_first(admin):
    for value in ("6", "7"):
        post_form(admin, f"{SETTINGS}/floor", {"value": value, "effective_on": "01/04/2026"})

    assert db.session.scalars(select(Setting.value)).all() == ["7"]


def test_who_counts_towards_the_floor_is_chosen_from_two(admin):
    answer = post_form(
        admin, f"{SETTINGS}/floor_counts", {"value": "open", "effective_on": "01/04/2026"}
    )

    assert answer.status_code == 303
    assert get_settings(date(2026, 4, 1)).floor_counts == "open"


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("floor", "0", "Nhập số từ 1 đến 50"),
        ("floor", "51", "Nhập số từ 1 đến 50"),
        ("default_capacity", "201", "Nhập số từ 1 đến 200"),
        ("contact_days", "366", "Nhập số từ 1 đến 365"),
        ("waiting_days", "", "Chưa nhập mục này"),
        ("desk_days", "mười", "Nhập một số nguyên"),
        ("floor_counts", "all", "Chọn"),
    ],
)
def test_a_value_out_of_bounds_is_refused(admin, key, value, sentence):
    answer = post_form(admin, f"{SETTINGS}/{key}", {"value": value, "effective_on": "01/04/2026"})

    assert answer.status_code == 422
    assert sentence in main_text(answer)
    assert db.session.scalars(select(Setting)).all() == []


def test_a_setting_that_does_not_exist_is_not_found(admin):
    assert admin.get(f"{SETTINGS}/color").status_code == 404


def test_a_setting_can_be_taken_back(sign_in):
    account = account_with(Role.ADMIN)
    account_id = account.id
    post_form(sign_in(account), f"{SETTINGS}/floor", {"value": "6", "effective_on": "01/04/2026"})
    batch_id = db.session.scalar(select(Batch.id).where(Batch.kind == "setting_changed"))

    undo_batch(WardScope.of([], account_id), batch_id)

    assert get_settings(date(2026, 4, 1)).floor == 5


def test_the_log_says_who_did_what_without_naming_citizens(admin):
    leader = account_with(Role.WARD_LEADER)
    username = leader.username
    scope = WardScope.of([any_ward().id], leader.id)
    with transaction(scope, "mentee_registered", ward_id=any_ward().id) as unit:
        person = Person(full_name="Rơ Châm H'Dih")
        db.session.add(person)
        unit.about(person)

    text = main_text(admin.get("/quan-tri/nhat-ky"))

    assert f"{username}" in text
    assert f"người số {unit.receipt.object_id}" in text
    assert "10:00 ngày 10/03/2026" in text
    assert "H'Dih" not in text


def test_the_log_is_filtered_by_account_and_day(admin):
    leader = account_with(Role.WARD_LEADER)
    username = leader.username
    with transaction(WardScope.of([], leader.id), "setting_changed"):
        pass

    def shown(query: str) -> int:
        return len(page(admin.get(f"/quan-tri/nhat-ky?{query}")).select("tbody tr"))

    assert shown(f"username={username}") == 1
    assert shown(f"username={username}&last_day=09/03/2026") == 0
    assert shown(f"username={username}&first_day=10/03/2026&last_day=10/03/2026") == 1
    assert shown("username=khong.co.ai") == 0


def test_a_day_that_does_not_exist_is_said_and_the_log_still_shown(admin):
    answer = admin.get("/quan-tri/nhat-ky?first_day=31/02/2026")

    assert answer.status_code == 200
    assert "Ngày chưa đúng" in main_text(answer)


def test_the_system_page_names_versions_and_sizes(admin, monkeypatch):
    text = main_text(admin.get("/quan-tri/he-thong"))

    for part in ("Chương trình 1.", "Python 3.", "SQLite 3.", "Ổ đĩa còn trống", "Dữ liệu thật"):
        assert part in text


@pytest.mark.parametrize(("version", "warns"), [((3, 40, 1), True), ((3, 51, 3), False)])
def test_an_old_sqlite_is_warned_about(admin, monkeypatch, version, warns):
    monkeypatch.setattr(system.sqlite3, "sqlite_version_info", version)

    assert ("trước 3.51.3" in main_text(admin.get("/quan-tri/he-thong"))) == warns


def language(code: str) -> Language:
    return db.session.scalar(select(Language).where(Language.code == code))
