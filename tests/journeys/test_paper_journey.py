"""A leader types a paper sheet back with the keyboard alone."""

from playwright.sync_api import Page, expect

from app import clock
from app.months import Month
from models import Attendance, Contact
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.network import MentorFactory, MentorshipFactory
from tests.journeys.windows import Visit, count


def press_until(window: Page, key: str, label: str) -> None:
    """Press a key until the control with a label has the focus."""
    for _press in range(80):
        if window.evaluate("document.activeElement.textContent.trim()") == label:
            return
        window.keyboard.press(key)
    raise AssertionError(label)


def test_paper_round_trip_a_sheet_is_typed_back_by_keyboard_alone(visit: Visit):
    month = Month.of(clock.today()).later(-1)
    mentor = MentorFactory(person__full_name="Ksor H'Lan")
    for name in ("Lê Văn Ba", "Siu Blơ", "Rơ Châm Dih"):
        MentorshipFactory(mentor=mentor, mentee__person__full_name=name)
    window = visit(account_with(Role.WARD_LEADER), width=1280)
    window.goto("/phieu-huong-dan")
    keyboard = window.keyboard
    window.get_by_label("Mã phiếu").focus()

    keyboard.type(f"{mentor.id}-{month.number:02}{month.year % 100:02}")
    keyboard.press("Enter")
    expect(window.get_by_label("Buổi 1, ngày")).to_be_focused()
    # Down the first column, each cell left by Enter; the next column begins by itself.
    for text in ("3", "x", "x", "45", "VNeID"):
        keyboard.type(text)
        keyboard.press("Enter")
    keyboard.type("10")
    keyboard.press("ArrowDown")
    keyboard.press("ArrowDown")
    keyboard.type("x")
    keyboard.press("ArrowLeft")
    expect(window.get_by_label("Buổi 1, Siu Blơ")).to_be_focused()
    press_until(window, "Tab", "Lưu phiếu")
    keyboard.press("Enter")

    expect(window.get_by_text("2 buổi, 4 lượt có mặt.")).to_be_visible()
    assert (count(Contact), count(Attendance)) == (2, 4)
