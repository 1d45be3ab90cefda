"""The desk without network: nothing lost, nothing twice, nobody sees what another one noted."""

import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, BrowserType, Locator, Page, Route, expect
from playwright.sync_api import Error as BrowserError
from sqlalchemy import select, update

from app import clock
from models import Account, HelpSession, Procedure, SignIn, db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.journeys.conftest import PATIENCE, QUIET, find_chromium
from tests.journeys.test_staff_journey import answer_all, chip
from tests.journeys.windows import count, sign_in_by_hand

SAVE = "Lưu lượt hỗ trợ"
KEPT = "Chưa lưu được vì mất mạng. Nội dung vẫn còn trên máy, sẽ tự gửi khi có mạng."
READY = "navigator.serviceWorker.ready.then(() => true)"
ASKED_FOR = "async () => (await (await navigator.serviceWorker.ready).sync.getTags()).length === 1"
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "locale": "vi-VN",
    "timezone_id": "Asia/Ho_Chi_Minh",
}

Phone = Callable[[], AbstractContextManager[BrowserContext]]
SignIn_ = Callable[[Account], FlaskClient]


@pytest.fixture
def staff() -> Account:
    return account_with(Role.SUPPORT)


@pytest.fixture
def phone(browser_type: BrowserType, site: str, tmp_path: Path) -> Phone:
    """Return what switches one phone on; what its browser stores is there the next time."""
    expect.set_options(timeout=PATIENCE)

    @contextmanager
    def switch_on() -> Iterator[BrowserContext]:
        context = browser_type.launch_persistent_context(
            tmp_path / "phone",
            executable_path=find_chromium(),
            args=list(QUIET),
            base_url=site,
            **PHONE,
        )
        context.set_default_timeout(PATIENCE)
        yield context
        context.close()

    return switch_on


@pytest.fixture
def window(browser: Browser, site: str) -> Iterator[Page]:
    """A browser that keeps no site for later, as over plain HTTP; no script of it may fail."""
    expect.set_options(timeout=PATIENCE)
    context = browser.new_context(base_url=site, service_workers="block", **PHONE)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    yield page
    context.close()
    assert failures == []


@pytest.fixture
def let_in(site: str, sign_in: SignIn_) -> Callable[[BrowserContext, Account], None]:
    """Return what gives a browser the cookie of somebody who signed in."""

    def give_cookie(context: BrowserContext, account: Account) -> None:
        cookie = sign_in(account).get_cookie("daisuso")
        assert cookie is not None
        context.add_cookies([{"name": "daisuso", "value": cookie.value, "url": site}])

    return give_cookie


@pytest.fixture
def desk(window: Page, let_in, staff: Account) -> Page:
    """The form of the desk, opened while there was a network."""
    let_in(window.context, staff)
    window.goto("/ho-tro")
    return window


def log(page: Page) -> None:
    answer_all(page)
    page.get_by_role("button", name=SAVE).tap()


def whats_missing_to_install(page: Page) -> list[str]:
    """Return why the browser would not offer to put the site on the home screen."""
    found = page.context.new_cdp_session(page).send("Page.getInstallabilityErrors")
    return [error["errorId"] for error in found["installabilityErrors"]]


def crash(page: Page) -> None:
    """End the whole browser at once, as an empty battery does."""
    with pytest.raises(BrowserError):
        page.context.new_cdp_session(page).send("Browser.crash")


def log_without_network(page: Page) -> None:
    page.context.set_offline(True)
    log(page)
    expect(outbox(page)).to_contain_text("Chưa gửi: 1 lượt")


def retire_what_was_logged() -> None:
    """Leave the office's list without the procedure that the journeys log."""
    is_kept = Procedure.code != "certification"
    db.session.execute(update(Procedure).values(is_active=is_kept))
    db.session.commit()


def outbox(page: Page) -> Locator:
    return page.get_by_role("region", name="Chưa gửi")


def wait_until(page: Page, is_there: Callable[[], bool]) -> None:
    """Wait for what no page shows."""
    patience_ends = time.monotonic() + PATIENCE / 1000
    while not is_there() and time.monotonic() < patience_ends:
        page.wait_for_timeout(50)


def tell_network_is_back(page: Page, site: str) -> None:
    """Let the browser call the site's worker, as it does when there is a network again."""
    tools = page.context.new_cdp_session(page)
    known: list[str] = []

    def note(told: dict) -> None:
        known.extend(registration["registrationId"] for registration in told["registrations"])

    tools.on("ServiceWorker.workerRegistrationUpdated", note)
    tools.send("ServiceWorker.enable")
    wait_until(page, lambda: len(known) > 0)
    event = {"origin": site, "registrationId": known[0], "tag": "outbox", "lastChance": False}
    tools.send("ServiceWorker.dispatchSyncEvent", event)


def lose_answers(page: Page, *, times: int) -> None:
    """Let what is sent arrive, and its answer get lost the first few times."""
    lost: list[Route] = []

    def arrive_and_break(route: Route) -> None:
        if route.request.method == "POST" and len(lost) < times:
            lost.append(route)
            route.fetch(max_redirects=0)
            route.abort()
        else:
            route.continue_()

    page.route("**/ho-tro**", arrive_and_break)
    page.route("**/chua-gui", arrive_and_break)


def fail_in_every_way(page: Page) -> None:
    """Let each answer fail in another way: none, lost, of a busy server, of somebody's Wi-Fi."""
    ways = itertools.cycle(["cut", "lost", "busy", "portal", "lost", "fine"])

    def answer(route: Route) -> None:
        way = next(ways) if route.request.method == "POST" else "fine"
        if way == "lost":
            route.fetch(max_redirects=0)
        if way == "busy":
            route.fulfill(status=503, body="busy")
        elif way == "portal":
            route.fulfill(status=200, content_type="text/html", body="<h1>Wi-Fi</h1>")
        elif way == "fine":
            route.continue_()
        else:
            route.abort()

    page.route("**/ho-tro", answer)
    page.route("**/chua-gui", answer)


def test_ten_sessions_without_network_survive_the_browser_and_arrive_once(phone, let_in, staff):
    with phone() as context:
        let_in(context, staff)
        page = context.new_page()
        page.goto("/ho-tro")
        assert page.evaluate(READY)
        assert whats_missing_to_install(page) == []
        log_without_network(page)
        expect(page.get_by_text(KEPT)).to_be_visible()
        page.goto("/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Đang mất mạng")
        expect(page.get_by_role("main")).to_contain_text(staff.display_name)
        for number in range(2, 11):
            log(page)
            expect(outbox(page)).to_contain_text(f"Chưa gửi: {number} lượt")
        assert count(HelpSession) == 0
        crash(page)

    with phone() as context:
        let_in(context, staff)
        page = context.new_page()
        page.goto("/ho-tro")
        expect(page.get_by_text("Đã gửi xong 10 lượt")).to_be_visible()
        page.reload()
        expect(outbox(page)).to_be_hidden()

    assert count(HelpSession) == 10
    assert None not in db.session.scalars(select(HelpSession.service_time)).all()


def test_what_waits_is_sent_when_the_network_is_back_though_every_page_was_closed(
    phone, let_in, staff, site
):
    with phone() as context:
        let_in(context, staff)
        page = context.new_page()
        page.goto("/ho-tro")
        assert page.evaluate(READY)
        log_without_network(page)
        page.wait_for_function(ASKED_FOR)
        page.goto("about:blank")
        context.set_offline(False)
        assert count(HelpSession) == 0

        tell_network_is_back(page, site)
        wait_until(page, lambda: count(HelpSession) > 0)

    assert db.session.scalars(select(HelpSession.entered_by_id)).all() == [staff.id]


def test_over_plain_http_open_pages_send_as_soon_as_the_network_is_back(desk):
    other_tab = desk.context.new_page()
    other_tab.goto("/ho-tro/hom-nay")
    desk.bring_to_front()
    desk.context.set_offline(True)
    for number in (1, 2):
        log(desk)
        expect(outbox(desk)).to_contain_text(f"Chưa gửi: {number} lượt")

    desk.context.set_offline(False)

    expect(desk.get_by_text("Đã gửi xong 2 lượt")).to_be_visible()
    assert count(HelpSession) == 2


def test_what_arrived_while_its_answer_got_lost_is_there_once(desk):
    lose_answers(desk, times=2)
    log(desk)
    expect(outbox(desk)).to_contain_text("Chưa gửi: 1 lượt")
    assert count(HelpSession) == 1

    desk.reload()

    expect(desk.get_by_text("Đã gửi xong 1 lượt")).to_be_visible()
    assert count(HelpSession) == 1


def test_every_entry_arrives_once_through_a_network_that_fails_in_every_way(desk):
    fail_in_every_way(desk)
    for _number in range(6):
        log(desk)
        expect(chip(desk, "Ai thao tác?", "Tự làm")).not_to_be_checked()
    desk.unroute_all(behavior="ignoreErrors")

    desk.reload()

    expect(desk.get_by_text("Đã gửi xong")).to_be_visible()
    assert count(HelpSession) == 6


def test_a_page_that_goes_before_the_answer_leaves_its_entry_to_the_next_one(desk):
    desk.route("**/ho-tro", lambda _route: None)
    with desk.expect_request(lambda request: request.method == "POST"):
        log(desk)

    desk.close()
    again = desk.context.new_page()
    again.clock.install(time=time.time() + 60)
    again.goto("/ho-tro")

    expect(again.get_by_text("Đã gửi xong 1 lượt")).to_be_visible()
    assert count(HelpSession) == 1


def test_a_refused_entry_stays_with_its_reason_until_it_is_corrected(desk):
    log_without_network(desk)
    retire_what_was_logged()
    desk.context.set_offline(False)

    reason = "Thủ tục: Lựa chọn này không có trong danh sách"
    expect(outbox(desk)).to_contain_text(reason)
    desk.goto("/ho-tro/hom-nay")
    expect(outbox(desk)).to_contain_text(reason)
    assert count(HelpSession) == 0

    outbox(desk).get_by_role("button", name="Sửa").tap()
    expect(desk.get_by_role("alert")).to_contain_text("Lượt này chưa lưu được, cần sửa")
    expect(chip(desk, "Ai thao tác?", "Tự làm")).to_be_checked()
    chip(desk, "Thủ tục", "Đất đai").tap()
    desk.get_by_role("button", name=SAVE).tap()
    expect(desk.get_by_role("status").first).to_contain_text("Đã lưu lượt thứ 1 hôm nay.")
    expect(outbox(desk)).to_be_hidden()
    assert count(HelpSession) == 1


def test_a_refused_entry_is_thrown_away_by_two_presses(desk):
    log_without_network(desk)
    retire_what_was_logged()
    desk.context.set_offline(False)

    discard = outbox(desk).get_by_role("button", name="Bỏ lượt này")
    discard.tap()
    outbox(desk).get_by_role("button", name="Bấm lần nữa để bỏ hẳn").tap()

    expect(outbox(desk)).to_be_hidden()
    assert count(HelpSession) == 0


def test_an_answer_that_is_missing_is_asked_for_before_anything_waits(desk):
    desk.context.set_offline(True)
    chip(desk, "Ai thao tác?", "Tự làm").tap()
    desk.get_by_role("button", name=SAVE).tap()

    expect(desk.get_by_role("alert")).to_contain_text("Thủ tục: chưa chọn")
    expect(outbox(desk)).to_be_hidden()
    expect(chip(desk, "Ai thao tác?", "Tự làm")).to_be_checked()


def test_a_page_left_open_overnight_begins_with_the_new_day(desk):
    day = desk.get_by_label("Ngày hỗ trợ")
    yesterday = day.input_value()
    desk.clock.install()
    desk.clock.set_system_time(time.time() + 24 * 60 * 60)

    desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(day).not_to_have_value(yesterday)


def test_who_signs_out_without_network_leaves_nothing_to_be_seen(phone, let_in, staff):
    with phone() as context:
        let_in(context, staff)
        page = context.new_page()
        page.goto("/ho-tro")
        assert page.evaluate(READY)
        log_without_network(page)
        page.get_by_text("Tài khoản", exact=True).tap()
        page.get_by_role("button", name="Đăng xuất").tap()
        with page.expect_event("requestfailed", lambda request: "dang-xuat" in request.url):
            page.get_by_role("button", name="Vẫn đăng xuất").tap()

        later = context.new_page()
        later.goto("/")

        expect(later.get_by_text("Trang này cần có mạng")).to_be_visible()
        expect(later.get_by_role("button", name=SAVE)).to_be_hidden()
        expect(outbox(later)).to_be_hidden()


def test_somebody_else_sees_nothing_of_it_and_the_first_one_loses_nothing(desk, let_in, staff):
    log_without_network(desk)
    desk.get_by_text("Tài khoản", exact=True).tap()
    desk.get_by_role("button", name="Đăng xuất").tap()
    expect(desk.get_by_role("alert")).to_contain_text("Còn 1 lượt chưa gửi.")
    desk.route("**/chua-gui", lambda route: route.abort())
    desk.context.set_offline(False)
    desk.get_by_role("button", name="Vẫn đăng xuất").tap()
    expect(desk).to_have_url("/dang-nhap")
    desk.unroute("**/chua-gui")

    colleague = account_with(Role.SUPPORT)
    sign_in_by_hand(desk, colleague)
    expect(desk.get_by_role("heading", level=1)).to_have_text("Ghi hỗ trợ")
    desk.wait_for_timeout(500)
    expect(outbox(desk)).to_be_hidden()
    assert count(HelpSession) == 0

    let_in(desk.context, staff)
    desk.goto("/ho-tro")
    expect(desk.get_by_text("Đã gửi xong 1 lượt")).to_be_visible()
    assert db.session.scalars(select(HelpSession.entered_by_id)).all() == [staff.id]


def test_entries_wait_when_the_sign_in_has_run_out_meanwhile(desk, staff):
    db.session.execute(update(SignIn).values(ended_at=clock.now()))
    db.session.commit()
    log(desk)

    expect(desk.get_by_text("Phiên đăng nhập đã hết.")).to_be_visible()
    assert count(HelpSession) == 0

    sign_in_by_hand(desk, staff)
    expect(desk.get_by_text("Đã gửi xong 1 lượt")).to_be_visible()
    assert count(HelpSession) == 1
