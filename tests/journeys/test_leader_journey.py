"""A ward leader's Monday evening on a phone: the Excel list in, two people paired, taken back."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

from models import Account, Mentee, Mentor, Mentorship
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.network import MenteeFactory, MentorFactory
from tests.factories.workbooks import nfd, workbook
from tests.journeys.windows import Visit, count, sign_in_by_hand

BELOW_FLOOR = "Mentor Ksor H'Lan mới có 3/5 người học – ghép thêm 2 người đang chờ trong phường"
HEADINGS = ("STT", "Họ và tên", "Vai trò", "Năm sinh", "SĐT/Zalo", "Mentor phụ trách")


@pytest.fixture
def leader() -> Account:
    """A leader of phường Quy Nhơn Bắc."""
    return account_with(Role.WARD_LEADER)


def roster() -> FilePayload:
    """Return a list as it is kept: title, empty rows, NFD, numbers as phones, total, signature."""
    learners = ("Lê Văn Tám", nfd("Nguyễn Thị Hoà"), "Rơ Châm Dih", "Đinh Thị Hrê", "Siu Blơ")
    rows = [
        ["ĐOÀN TNCS HỒ CHÍ MINH"],
        [],
        [nfd("DANH SÁCH ĐĂNG KÝ ĐẠI SỨ SỐ")],
        list(HEADINGS),
        [1, "Ksor H'Lan", "Mentor", 1998, 912000001, None],
        [],
        *(
            [2 + place, name, "Người học", 1960 + place, None, mentor]
            for place, (name, mentor) in enumerate(
                zip(learners, ("Ksor H'Lan",) * 3 + (None, None), strict=True)
            )
        ),
        [None, "Tổng cộng: 06 người"],
        [],
        [None, None, None, None, "BÍ THƯ"],
    ]
    return {
        "name": "danh sách đại sứ số.xlsx",
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "buffer": workbook({"Sheet1": rows}),
    }


def test_a_leader_brings_a_list_in_pairs_two_people_and_takes_it_back(phone, leader):
    sign_in_by_hand(phone, leader)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Việc cần làm")
    phone.get_by_role("main").get_by_role("link", name="Nhập danh sách").first.click()

    preview_and_apply(phone)
    expect(phone.get_by_role("status")).to_contain_text("Đã nhập 1 mentor, 5 người học")
    assert count(Mentor) == 1
    assert count(Mentee) == 5

    open_work_list(phone)
    finding = phone.get_by_role("article").filter(has_text=BELOW_FLOOR)
    expect(finding).to_be_visible()
    finding.get_by_role("link", name="Ghép 2 người").click()

    expect(phone.get_by_role("group", name="Người học đang chờ")).to_be_visible()
    phone.get_by_label("Đinh Thị Hrê").check()
    phone.get_by_label("Siu Blơ").check()
    phone.get_by_role("button", name="Ghép 2 người").click()
    expect(phone.get_by_role("status")).to_contain_text("với mentor Ksor H'Lan")

    open_work_list(phone)
    expect(phone.get_by_text("Mentor Ksor H'Lan mới có")).to_have_count(0)

    phone.goto("/da-lam")
    undo_latest(phone)
    expect(phone.get_by_role("status")).to_contain_text("hoàn tác")
    open_work_list(phone)
    expect(phone.get_by_text(BELOW_FLOOR)).to_be_visible()


def test_without_scripts_a_leader_can_pair(visit: Visit):
    account = account_with(Role.WARD_LEADER)
    mentor, mentee = MentorFactory(), MenteeFactory()
    page = visit(account, has_scripts=False)

    page.goto("/ghep-cap")
    page.get_by_label(mentee.person.full_name).check()
    page.get_by_label(mentor.person.full_name).check()
    page.get_by_role("button", name="Ghép cặp").click()

    expect(page.get_by_role("status")).to_contain_text(f"với mentor {mentor.person.full_name}")
    assert count(Mentorship) == 1


def preview_and_apply(page: Page) -> None:
    page.get_by_label("Tệp danh sách").set_input_files(roster())
    page.get_by_role("button", name="Xem trước danh sách").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem trước danh sách")
    assert count(Mentor) == 0
    page.get_by_role("button", name="Nhập 6 người").click()


def open_work_list(page: Page) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Việc cần làm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Việc cần làm")


def undo_latest(page: Page) -> None:
    page.get_by_role("button", name="Hoàn tác").first.click()
