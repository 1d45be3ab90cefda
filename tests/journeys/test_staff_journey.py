"""A citizen stands at the desk: six taps at most, then handed on to a mentor."""

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from models import Account, Consent, HelpSession, db
from models.enums import HelpMode, Role
from tests.factories.accounts import account_with
from tests.factories.network import HelpSessionFactory, MentorFactory
from tests.journeys.windows import Visit, count

MOST_TAPS = 6
PROCEDURE = "Chứng thực"


class Taps:
    """Counts what a thumb does."""

    def __init__(self) -> None:
        self.count = 0

    def on(self, target: Locator) -> None:
        """Tap what can be seen, once."""
        target.tap()
        self.count += 1


@pytest.fixture
def staff() -> Account:
    return account_with(Role.SUPPORT)


@pytest.fixture
def desk(visit: Visit, staff: Account) -> Page:
    """The form of the desk on a phone, as it opens in the morning."""
    page = visit(staff)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ghi hỗ trợ")
    return page


def test_staff_log_a_session_in_six_taps_and_hand_the_visitor_on(desk, visit):
    MentorFactory()
    taps = Taps()
    taps.on(chip(desk, "Thủ tục", PROCEDURE))
    taps.on(chip(desk, "Ai thao tác?", "Làm cùng"))
    taps.on(chip(desk, "Người này trong năm nay", "Lần đầu"))
    taps.on(desk.get_by_role("button", name="Lưu lượt hỗ trợ"))

    expect(desk.get_by_role("status")).to_contain_text("Đã lưu lượt thứ 1 hôm nay.")
    assert taps.count <= MOST_TAPS
    taps.on(desk.get_by_role("link", name="Chuyển cho mentor").first)
    assert taps.count <= MOST_TAPS

    desk.get_by_label("Họ và tên").fill("Rơ Châm H'Dih")
    desk.get_by_label("Năm sinh").fill("1958")
    desk.get_by_label("Điện thoại").fill("0912000123")
    desk.get_by_role("button", name="Chuyển cho mentor").click()
    expect(desk.get_by_role("alert")).to_contain_text("Có 1 chỗ cần sửa")
    expect(desk.get_by_label("Họ và tên")).to_have_value("Rơ Châm H'Dih")
    chip(desk, "Người này đã đồng ý bằng cách nào?", "Đồng ý bằng lời").tap()
    desk.get_by_role("button", name="Chuyển cho mentor").click()

    expect(desk.get_by_role("status")).to_contain_text("Đã chuyển Rơ Châm H'Dih cho mentor")
    expect(desk.get_by_role("row", name="Rơ Châm H'Dih")).to_be_visible()
    assert count(Consent) == 1
    leader = visit(account_with(Role.WARD_LEADER))
    for url in ("/cho-chuyen", "/ghep-cap"):
        leader.goto(url)
        expect(leader.get_by_role("main")).to_contain_text("Rơ Châm H'Dih")


@pytest.mark.parametrize("has_scripts", [True, False])
def test_like_last_time_takes_three_taps(visit, staff, has_scripts):
    HelpSessionFactory(entered_by_id=staff.id, mode=HelpMode.TOGETHER, minutes=10)
    desk = visit(staff, has_scripts=has_scripts)
    desk.goto("/ho-tro")
    taps = Taps()

    taps.on(desk.get_by_role("link", name="Giống lần trước"))
    taps.on(chip(desk, "Người này trong năm nay", "Lần đầu"))
    taps.on(desk.get_by_role("button", name="Lưu lượt hỗ trợ"))

    expect(desk.get_by_role("status")).to_contain_text("Đã lưu lượt thứ 1 hôm nay.")
    assert taps.count == 3
    earlier, repeated = stored_sessions()
    assert (repeated.procedure_id, repeated.mode, repeated.minutes) == (
        earlier.procedure_id,
        HelpMode.TOGETHER,
        10,
    )
    assert repeated.is_first_this_year


def test_a_procedure_is_found_without_accents_in_six_taps(desk):
    taps = Taps()
    taps.on(chip(desk, "Thủ tục", "Thủ tục khác…"))
    search = desk.get_by_placeholder("Chọn thủ tục")
    taps.on(search)
    search.press_sequentially("ho chieu")
    found = desk.get_by_role("listbox", name="Tìm trong danh sách")
    taps.on(found.get_by_role("option", name="Hộ chiếu"))
    taps.on(chip(desk, "Ai thao tác?", "Làm cùng"))
    taps.on(chip(desk, "Người này trong năm nay", "Lần đầu"))
    taps.on(desk.get_by_role("button", name="Lưu lượt hỗ trợ"))

    expect(desk.get_by_role("status")).to_contain_text("Đã lưu lượt thứ 1 hôm nay.")
    assert taps.count == MOST_TAPS
    assert [session.procedure.code for session in stored_sessions()] == ["passport"]


def test_a_double_tap_on_save_makes_one_session(desk):
    answer_all(desk)

    desk.get_by_role("button", name="Lưu lượt hỗ trợ").dblclick()

    expect(desk.get_by_role("status")).to_contain_text("Đã lưu lượt thứ 1 hôm nay.")
    assert count(HelpSession) == 1


def test_without_scripts_two_presses_on_save_make_one_session(visit, staff):
    page = visit(staff, has_scripts=False)
    page.goto("/ho-tro")
    answer_all(page)

    page.get_by_role("button", name="Lưu lượt hỗ trợ").dblclick()

    expect(page.get_by_role("status")).to_contain_text("Đã lưu lượt thứ 1 hôm nay.")
    assert count(HelpSession) == 1


def stored_sessions() -> list[HelpSession]:
    """Return what is in the books now, the earliest first."""
    db.session.rollback()
    return list(db.session.scalars(select(HelpSession).order_by(HelpSession.id)))


def answer_all(page: Page) -> None:
    chip(page, "Thủ tục", PROCEDURE).tap()
    chip(page, "Ai thao tác?", "Tự làm").tap()
    chip(page, "Người này trong năm nay", "Đã đến rồi").tap()


def chip(page: Page, question: str, answer: str) -> Locator:
    """Return the answer to a question, where a thumb presses it."""
    return page.get_by_role("group", name=question).get_by_role("radio", name=answer)
