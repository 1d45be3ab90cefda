"""What a cheap phone waits for at the desk: `python -m bench.desk_on_phone KEPT`.

Opens the form of the desk as the icon of the home screen does, on a site of S2 from the folder of
`dev.py bench`, at 360 px in Chromium with a processor slowed down six times and a network of
1.6 Mbit/s down, 750 kbit/s up and 150 ms there and back (Lighthouse's slow 4G), answers the usual
questions and saves. Prints in seconds what the person waits for, first with nothing kept in the
phone and then as on every other day; the rest of the twenty seconds is left for the taps. What a
service worker asks for itself is not slowed down.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import monotonic
from typing import NamedTuple

from playwright.sync_api import BrowserContext, Page, sync_playwright

from bench.browsing import COOKIE, sign_in
from bench.clients import HOST
from bench.servers import serving
from bench.sites import Sites
from models.enums import Role

ROUNDS = 5
SCALE = "S2"
ALLOWED_SECONDS = 20.0
SLOWED_DOWN = 6
KILOBIT = 1000 / 8
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1600 * KILOBIT,
    "uploadThroughput": 750 * KILOBIT,
}
ANSWERS = (
    ("Thủ tục", "Chứng thực"),
    ("Ai thao tác?", "Làm cùng"),
    ("Người này trong năm nay", "Lần đầu"),
)
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


class Waits(NamedTuple):
    """Seconds until the form can be used and from the press on the button to «Đã lưu»."""

    opening: float
    saving: float
    taps: int


def main(kept: Path) -> None:
    """Measure and print; raises `TimeoutError` of the browser if a turn is not saved."""
    with tempfile.TemporaryDirectory() as folder:
        site = Sites(kept, Path(folder)).open(SCALE)
        cookie = sign_in(site, site.account(Role.SUPPORT))
        with serving(site) as port:
            address = f"http://{HOST}:{port}"
            first, later = _visits(address, cookie)
    print("wait of the person, seconds      form  saved  left of 20 s a tap")
    for name, waits in (("nothing kept in the phone", first), ("as on every other day", later)):
        opening = median(one.opening for one in waits)
        saving = median(one.saving for one in waits)
        taps = 1 + max(one.taps for one in waits)  # the icon is one
        left = (ALLOWED_SECONDS - opening - saving) / taps
        print(f"{name:30} {opening:6.2f} {saving:6.2f} {left:10.2f} ({taps} taps)")


def _visits(address: str, cookie: str) -> tuple[list[Waits], list[Waits]]:
    chromium = next(path for name in CHROMIUM if (path := shutil.which(name)))
    first, later = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        for _ in range(ROUNDS):
            context = browser.new_context(
                base_url=address,
                viewport={"width": 360, "height": 740},
                has_touch=True,
                is_mobile=True,
                locale="vi-VN",
            )
            context.add_cookies([{"name": COOKIE, "value": cookie, "url": address}])
            first.append(_log_a_turn(context))
            later.append(_log_a_turn(context))
            context.close()
        browser.close()
    return first, later


def _log_a_turn(context: BrowserContext) -> Waits:
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED_DOWN})
    began = monotonic()
    page.goto("/")
    save = page.get_by_role("button", name="Lưu lượt hỗ trợ")
    save.wait_for()
    opening = monotonic() - began
    for question, answer in ANSWERS:
        _chip(page, question, answer)
    began = monotonic()
    save.tap()
    page.get_by_role("status").filter(has_text="Đã lưu lượt thứ").wait_for()
    saving = monotonic() - began
    page.close()
    return Waits(opening, saving, len(ANSWERS) + 1)


def _chip(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question).get_by_role("radio", name=answer).tap()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
