"""A real server and a real browser; skipped, or under CI=true failed, where there is none."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page, expect
from waitress import create_server

from models import Account
from tests.journeys.windows import Visit, listen
from tests.servers import serving

WIDE = 768
# Milliseconds; a busy machine is slow, and waiting ends as soon as something is there.
PATIENCE = 20_000
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
# Without these Chromium looks up its makers' hosts at every start.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """Return the path of the system's Chromium, if there is one."""
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every journey as a browser test; skip all of them in one sentence without Chromium."""
    here = Path(__file__).parent
    journeys = [item for item in items if here in item.path.parents]
    missing = find_chromium() is None and os.environ.get("CI") != "true"
    for item in journeys:
        item.add_marker(pytest.mark.browser)
        if missing:
            item.add_marker(
                pytest.mark.skip(reason="Không có Chromium: cài bằng «apt install chromium»")
            )


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Start the system's Chromium; playwright's own download is not needed."""
    return {"executable_path": find_chromium() or "chromium", "args": list(QUIET)}


@pytest.fixture
def site(flask_app: Flask) -> Iterator[str]:
    """Serve the application of the test on a free port of this machine; return its address."""
    with serving(create_server(flask_app, host="127.0.0.1", port=0, threads=8)) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def visit(browser: Browser, site: str, sign_in: Callable[..., FlaskClient]) -> Iterator[Visit]:
    """Return a function that opens windows; any console error or foreign request fails the test."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def open_window(
        account: Account | None = None, *, width: int = 360, has_scripts: bool = True
    ) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 740 if width < WIDE else 900},
            device_scale_factor=1,
            has_touch=width < WIDE,
            java_script_enabled=has_scripts,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            # What keeps the site for times without network has journeys of its own.
            service_workers="block",
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        if account is not None:
            cookie = sign_in(account).get_cookie("daisuso")
            assert cookie is not None
            context.add_cookies([{"name": "daisuso", "value": cookie.value, "url": site}])
        page = context.new_page()
        listen(page, site, complaints)
        return page

    expect.set_options(timeout=PATIENCE)
    yield open_window
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def phone(visit: Visit) -> Page:
    """A window of a 360 px phone where nobody is signed in."""
    return visit()
