"""What the form of the desk costs on the wire, headers included, as the site itself sends it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext

from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.network import HelpSessionFactory

FORM = "/ho-tro"
FIRST_TIME, AFTERWARDS = 90_000, 15_000


@pytest.fixture
def phone(browser: Browser, site: str, sign_in: Callable):
    """The browser of somebody at the desk, with nothing in its cache."""
    cookie = sign_in(account_with(Role.SUPPORT)).get_cookie("daisuso")
    # The worker, which comes afterwards, takes what the page has fetched from the cache.
    context = browser.new_context(base_url=site, service_workers="block")
    context.add_cookies([{"name": "daisuso", "value": cookie.value, "url": site}])
    yield context
    context.close()


def bytes_for(context: BrowserContext, url: str) -> int:
    """Open a page in a new tab and return how many bytes came over the wire until it was still."""
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    received: list[float] = []
    network.on("Network.loadingFinished", lambda it: received.append(it["encodedDataLength"]))
    page.goto(url)
    page.wait_for_load_state("networkidle")
    page.close()
    return round(sum(received))


def test_the_form_of_the_desk_is_light_at_first_and_lighter_ever_after(phone):
    HelpSessionFactory.create_batch(8)

    first, second = bytes_for(phone, FORM), bytes_for(phone, FORM)

    assert 10_000 < first <= FIRST_TIME
    assert 1_000 < second <= AFTERWARDS
