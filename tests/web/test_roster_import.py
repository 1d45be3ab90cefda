"""Bringing a roster in through the pages: upload, preview, apply, drop; template and export."""

from io import BytesIO
from threading import Event

import pytest
import time_machine
from sqlalchemy import select

from app.access.later import wait_until_done
from app.access.scope import WardScope
from app.exchange.roster import parse_roster
from app.exchange.workbook import read_workbook
from app.services import roster_applying
from app.services.apply_preview import apply_preview
from models import RosterImport, RosterImportPart, db
from models.enums import ImportState, Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    HamletFactory,
    MentorFactory,
    PersonFactory,
    SupportPostFactory,
)
from tests.factories.rosters import Recorded, recorded, rows_file
from tests.factories.workbooks import encrypted_workbook, messy_roster, word_document
from tests.web.pages import form_keys, main_text, normal, page, post_form

UPLOAD = "/nhap-danh-sach"
GOOD = rows_file(
    ["Siu Phen", "mentor", 1990, "0912000001"],
    ["Rơ Châm Dih", "người học", 1958, None, "Siu Phen"],
    ["Kpă Nay", "người học", 1960],
)
WITH_ERRORS = rows_file(["Siu Phen", "mentor", 1990, "12"], ["Kpă Nay", "người học", 1960])


@pytest.fixture(autouse=True)
def midday():
    with time_machine.travel("2026-03-10T05:00:00Z", tick=False):
        yield


@pytest.fixture
def leader(sign_in):
    return sign_in(account_with(Role.WARD_LEADER))


def send(client, content, *, name="ds.xlsx", **fields):
    return post_form(client, UPLOAD, {"file": (BytesIO(content), name), "role": "", **fields})


def preview_of(client, content, **fields) -> str:
    response = send(client, content, **fields)
    assert response.status_code == 303
    return response.location


def test_the_preview_says_what_would_be_written_and_writes_nothing(leader):
    url = preview_of(leader, GOOD)

    text = main_text(leader.get(url))
    assert "Tệp ds.xlsx: 3 dòng" in text
    assert "Sẽ ghi thêm 1 mentor, 2 người học, 0 nhân sự hỗ trợ và 1 cặp." in text
    assert "Nhập 3 người" in text
    assert recorded() == Recorded(0, 0, 0, 0, 0)


def test_applying_records_the_people_and_offers_undo_and_the_next_step(leader):
    url = preview_of(leader, GOOD)

    response = post_form(leader, f"{url}/ap-dung", {}, page_url=url)

    assert response.status_code == 303
    soup = page(leader.get(response.location))
    notice = soup.select_one(".notices")
    assert "Đã nhập 1 mentor, 2 người học" in normal(notice.get_text(" "))
    assert "Ghép 1 người học đang chờ mentor" in normal(notice.get_text(" "))
    assert "Hoàn tác" in notice.get_text()
    assert recorded() == Recorded(3, 1, 2, 0, 1)


def test_a_preview_that_is_sent_twice_is_applied_once(leader):
    url = preview_of(leader, GOOD)
    keys = form_keys(leader, url)

    answers = [leader.post(f"{url}/ap-dung", data=keys).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert recorded().people == 3


def test_errors_are_listed_by_sheet_row_and_column_and_only_good_rows_are_offered(leader):
    url = preview_of(leader, WITH_ERRORS)

    soup = page(leader.get(url))
    [problem] = soup.select("tr.problem")
    cells = [normal(cell.get_text(" ")) for cell in problem.find_all(["th", "td"])]
    assert cells[:4] == ["▲ Lỗi", "Sheet1", "2", "D (Điện thoại)"]
    assert "Chỉ nhập 1 dòng đúng" in soup.get_text()
    post_form(leader, f"{url}/ap-dung", {"only_good": "1"}, page_url=url)
    assert recorded() == Recorded(1, 0, 1, 0, 0)


def test_a_file_without_one_good_row_offers_to_mend_it_and_nothing_else(leader):
    url = preview_of(leader, rows_file(["Siu Phen", "mentor", 1990, "12"]))

    soup = page(leader.get(url))

    assert "không có dòng mới nào đúng" in main_text(leader.get(url))
    assert [form["action"] for form in soup.select("main form")] == [f"{url}/bo"]


def test_what_was_imported_can_be_looked_at_again_from_what_was_done(leader):
    url = preview_of(leader, GOOD)
    post_form(leader, f"{url}/ap-dung", {}, page_url=url)

    links = {normal(a.get_text()): a["href"] for a in page(leader.get("/da-lam")).select("td a")}

    assert links == {"Xem danh sách đã nhập": url}


def test_a_preview_that_became_wrong_meanwhile_is_shown_anew_and_not_applied(leader):
    url = preview_of(leader, rows_file(["Siu Phen", "mentor", 1990, None, None, "05/01/2026"]))
    person = PersonFactory(full_name="Siu Phen", birth_year=1990)
    MentorFactory(person=person, ward=any_ward("21583"))
    SupportPostFactory(person=person)

    response = post_form(leader, f"{url}/ap-dung", {}, page_url=url)

    assert response.status_code == 422
    text = main_text(response)
    assert "Chưa nhập gì vì 1 dòng còn lỗi" in text
    assert "Người này đã là mentor ở xã, phường khác" in text


def test_the_rows_of_one_outcome_can_be_shown_alone(leader):
    MentorFactory(person=PersonFactory(full_name="Siu Phen", birth_year=1990, phone="+84912000001"))
    url = preview_of(leader, GOOD)

    soup = page(leader.get(f"{url}?ket-qua=unchanged"))

    table = soup.find("caption", string="Các dòng của tệp").find_parent("table")
    assert [normal(cell.get_text(" ")) for cell in table.select("tbody th")] == [
        "Siu Phen 1990 · 0912 ••• 001"
    ]


def test_a_file_without_roles_takes_the_chosen_one(leader):
    content = rows_file(["Siu Phen", 1990], headings=("Họ và tên", "Năm sinh"))

    url = preview_of(leader, content, role="support")

    assert "1 nhân sự hỗ trợ" in main_text(leader.get(url))


def test_a_row_of_another_ward_is_out_of_a_leaders_reach_whether_it_exists_or_not(leader):
    headings = ("Họ và tên", "Vai trò", "Xã/phường")
    content = rows_file(
        ["Siu Phen", "mentor", "Pleiku"], ["Siu Blơ", "mentor", "Atlantis"], headings=headings
    )

    text = main_text(leader.get(preview_of(leader, content)))

    assert "“Pleiku” không có hoặc ngoài phạm vi của bạn" in text
    assert "“Atlantis” không có hoặc ngoài phạm vi của bạn" in text


def test_the_province_chooses_the_ward_of_the_whole_file(sign_in):
    client = sign_in(account_with(Role.PROVINCE))

    url = preview_of(client, GOOD, ward=str(any_ward().id))

    assert "Xã, phường: Quy Nhơn Bắc" in main_text(client.get(url))


def test_the_ward_of_the_address_is_chosen_already(sign_in):
    client = sign_in(account_with(Role.PROVINCE))

    soup = page(client.get(f"{UPLOAD}?xa=21553"))

    assert soup.select_one("#ward option[selected]").get_text() == "phường Quy Nhơn Bắc"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Tệp này rỗng"),
        (b"Ho ten SDT\nAn 0912000001\n", "không phải là bảng tính"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "không phải là bảng tính"),
        (word_document(), "Đây là tệp Word"),
        (encrypted_workbook(), "mật khẩu"),
        (messy_roster()[:5000], "bị hỏng"),
        (rows_file(["1", "2"], headings=("A", "B")), "Không thấy danh sách nào"),
    ],
)
def test_an_unusable_file_is_explained_beside_the_field(leader, content, message):
    response = send(leader, content)

    assert response.status_code == 422
    assert message in page(response).select_one("#file-error").get_text()


def test_no_file_at_all_is_asked_for(leader):
    response = post_form(leader, UPLOAD, {"role": ""})

    assert response.status_code == 422
    assert "Chọn tệp Excel" in page(response).select_one("#file-error").get_text()


def test_a_file_beyond_the_limit_is_refused_with_a_page(leader):
    response = send(leader, b"\0" * (25 * 1024 * 1024))
    response.request.environ["wsgi.input"].close()

    assert response.status_code == 413
    assert "quá lớn" in response.get_data(as_text=True)


def test_a_preview_belongs_to_its_account(leader, sign_in):
    url = preview_of(leader, GOOD)
    other = sign_in(account_with(Role.WARD_LEADER))

    keys = form_keys(other, UPLOAD)
    answers = [
        other.get(url).status_code,
        other.post(f"{url}/ap-dung", data=keys).status_code,
        other.post(f"{url}/bo", data=keys).status_code,
    ]

    assert answers == [404, 404, 404]


def test_a_dropped_preview_can_no_longer_be_applied(leader):
    url = preview_of(leader, GOOD)
    keys = form_keys(leader, url)

    leader.post(f"{url}/bo", data=keys)
    response = leader.post(f"{url}/ap-dung", data=keys)

    assert response.status_code == 422
    assert "đã bỏ" in main_text(response)
    assert recorded().people == 0


def test_old_previews_and_their_personal_data_go_with_the_next_upload(sign_in):
    account = account_with(Role.WARD_LEADER)
    leader = sign_in(account)
    old = preview_of(leader, GOOD)
    applied = preview_of(leader, WITH_ERRORS)
    post_form(leader, f"{applied}/ap-dung", {"only_good": "1"}, page_url=applied)

    with time_machine.travel("2026-03-11T06:00:00Z"):
        later = sign_in(account)
        preview_of(later, GOOD)
        answer = later.get(old).status_code

    kept = db.session.scalars(select(RosterImport.state).order_by(RosterImport.id)).all()
    assert kept == [ImportState.APPLIED, ImportState.PREVIEWED]
    assert answer == 404
    imports = set(db.session.scalars(select(RosterImport.id)))
    assert set(db.session.scalars(select(RosterImportPart.roster_import_id))) == imports


def test_a_file_name_is_cleaned(leader):
    preview_of(leader, GOOD, name="../../danh\u200b sách.xlsx")

    assert db.session.scalars(select(RosterImport.file_name)).one() == "danh sách.xlsx"


def test_the_same_file_again_has_nothing_to_import(leader):
    url = preview_of(leader, GOOD)
    post_form(leader, f"{url}/ap-dung", {}, page_url=url)

    again = preview_of(leader, GOOD)

    text = main_text(leader.get(again))
    assert "không có gì mới để nhập" in text
    assert "Nhập 3" not in text


def test_the_template_names_the_ward_and_its_hamlets_and_comes_back_empty(leader):
    HamletFactory(name="Làng Ốp")

    response = leader.get(f"{UPLOAD}/mau.xlsx")

    assert "mau-danh-sach.xlsx" in response.headers["Content-Disposition"]
    sheets = read_workbook(response.data)
    cells = {cell for sheet in sheets for row in sheet.rows for cell in row}
    assert {"21553 – phường Quy Nhơn Bắc", "Làng Ốp"} <= cells
    assert parse_roster(sheets, today=any_ward().valid_from).rows == ()


def test_an_export_holds_the_readers_ward_alone_and_says_so(leader):
    MentorFactory(person=PersonFactory(full_name="Siu Phen"))
    MentorFactory(person=PersonFactory(full_name="Siu Blơ"), ward=any_ward("21583"))

    response = leader.get("/exports/danh-sach.xlsx")

    assert "danh-sach-quy-nhon-bac-2026-03-10.xlsx" in response.headers["Content-Disposition"]
    [sheet] = read_workbook(response.data)
    texts = [str(cell) for row in sheet.rows for cell in row]
    assert "Siu Phen" in texts
    assert "Siu Blơ" not in texts
    assert any("phường Quy Nhơn Bắc" in text for text in texts)


def test_an_export_of_a_foreign_ward_does_not_exist(leader):
    assert leader.get("/exports/danh-sach.xlsx?xa=21583").status_code == 404


def import_id_of(url: str) -> int:
    return int(url.rpartition("/")[2])


def scope_of(url: str) -> WardScope:
    """Return the reach of the leader whose file it is."""
    account_id = db.session.get_one(RosterImport, import_id_of(url)).account_id
    return WardScope.of([any_ward().id], account_id)


def test_a_long_import_is_written_behind_a_page_that_says_how_far_it_is(leader, monkeypatch):
    url = preview_of(leader, GOOD)
    for size in ("AT_ONCE", "PIECE"):
        monkeypatch.setattr(roster_applying, size, 1)
    is_written, may_end = Event(), Event()
    pack = roster_applying.pack_plan

    def pack_slowly(plan, file):
        is_written.set()
        may_end.wait(10)
        return pack(plan, file)

    monkeypatch.setattr(roster_applying, "pack_plan", pack_slowly)
    keys = form_keys(leader, url)
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr("tests.conftest.wait_until_done", lambda: None)
        pressed = [leader.post(f"{url}/ap-dung", data=keys).status_code for _ in range(2)]
        is_written.wait(10)
        answer = leader.get(url)
        waiting = page(answer)
        changed = leader.get(f"{url}/thay-doi").status_code
    may_end.set()
    wait_until_done()
    done = main_text(leader.get(url))
    again = leader.post(f"{url}/ap-dung", data=keys)

    assert (pressed, changed, again.status_code) == ([303, 303], 404, 303)
    assert "Đã ghi 3/3 vai trò" in normal(waiting.get_text())
    assert answer.headers["Refresh"] == "8"
    assert waiting.select_one(".work-progress")["hx-get"] == url
    assert "Đã ghi 1 mentor, 2 người học" in done
    assert recorded() == Recorded(3, 1, 2, 0, 1)


def test_an_import_that_was_cut_off_says_so_and_is_finished_or_undone(leader, monkeypatch):
    url = preview_of(leader, GOOD)
    for size in ("AT_ONCE", "PIECE"):
        monkeypatch.setattr(roster_applying, size, 1)

    with monkeypatch.context() as broken:
        broken.setattr(roster_applying, "as_written", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            apply_preview(scope_of(url), import_id_of(url), only_good=False)

    text = main_text(leader.get(url))
    assert "một phần đã được ghi" in text
    assert "Bỏ, chọn tệp khác" not in text
    assert "đang ghi, chưa xong" in main_text(leader.get("/da-lam"))
    assert post_form(leader, f"{url}/ap-dung", {}, page_url=url).status_code == 303
    assert recorded() == Recorded(3, 1, 2, 0, 1)


def test_a_file_that_was_applied_meanwhile_is_not_dropped_and_the_page_says_so(leader):
    url = preview_of(leader, GOOD)
    keys = form_keys(leader, url)
    leader.post(f"{url}/ap-dung", data=keys)

    answer = leader.post(f"{url}/bo", data=keys)

    assert answer.location == url
    assert "Đã bỏ tệp" not in page(leader.get(url)).get_text()
    assert db.session.scalar(select(RosterImport.state)) is ImportState.APPLIED
