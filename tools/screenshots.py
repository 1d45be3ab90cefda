"""Takes pictures of every page at 360 and 1280 px into `screenshots/`, which git ignores.

Run from the root, after `python3 dev.py test` has set everything up:

    .venv/bin/python -m tools.screenshots [part of a name …]

It makes a site of its own with demonstration data, serves it on a free port of 127.0.0.1, signs in
as each role and looks at each page of the list below, forms also as they come back when rejected.
"""

import re
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from flask_migrate import upgrade
from playwright.sync_api import Browser, Page, sync_playwright
from waitress import create_server

from app.demonstration.sign_ins import DemoSignIn
from app.factory import create_app
from app.services.load_demonstration import load_demonstration
from app.services.load_wards import load_wards
from config import ROOT, Config

TARGET = ROOT / "screenshots"
WIDTHS = {360: 740, 1280: 900}
LAUNCH = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


# Chư Sê: people, findings of most kinds, both accounts.
BUSY_WARD = "23941"


class Shot(NamedTuple):
    """One picture: whose eyes, which page, and the button to press first, if any."""

    name: str
    role: str
    path: str
    press: str | None = None


LEADER, SUPPORT, PROVINCE, ADMIN, NOBODY = "leader", "support", "province", "admin", ""

SHOTS = (
    Shot("sign-in", NOBODY, "/dang-nhap"),
    Shot("sign-in-rejected", NOBODY, "/dang-nhap", "Đăng nhập"),
    Shot("leader-work-list", LEADER, "/viec-can-lam"),
    Shot("leader-ward", LEADER, "/xa-cua-toi"),
    Shot("leader-mentors", LEADER, "/mentor"),
    Shot("leader-mentors-none", LEADER, "/mentor?q=khongcoai"),
    Shot("leader-mentor", LEADER, "@/mentor"),
    Shot("leader-mentor-new", LEADER, "/mentor/moi"),
    Shot("leader-mentor-new-rejected", LEADER, "/mentor/moi", "Lưu|Đăng ký"),
    Shot("leader-mentees", LEADER, "/nguoi-hoc"),
    Shot("leader-mentee", LEADER, "@/nguoi-hoc"),
    Shot("leader-mentee-new", LEADER, "/nguoi-hoc/moi"),
    Shot("leader-mentee-new-rejected", LEADER, "/nguoi-hoc/moi", "Lưu|Đăng ký"),
    Shot("leader-posts", LEADER, "/nhan-su-ho-tro"),
    Shot("leader-post-new", LEADER, "/nhan-su-ho-tro/moi"),
    Shot("leader-pairing", LEADER, "/ghep-cap"),
    Shot("leader-contacts", LEADER, "/buoi-huong-dan"),
    Shot("leader-history", LEADER, "/da-lam"),
    Shot("leader-import", LEADER, "/nhap-danh-sach"),
    Shot("leader-import-rejected", LEADER, "/nhap-danh-sach", "Xem trước|Tải lên|Đọc"),
    Shot("leader-handoffs", LEADER, "/cho-chuyen"),
    Shot("support-log", SUPPORT, "/ho-tro"),
    Shot("support-log-rejected", SUPPORT, "/ho-tro", "Lưu lượt hỗ trợ"),
    Shot("support-today", SUPPORT, "/ho-tro/hom-nay"),
    Shot("support-handoffs", SUPPORT, "/cho-chuyen"),
    Shot("support-duty", SUPPORT, "/lich-truc"),
    Shot("support-figures", SUPPORT, "/thong-ke"),
    Shot("province-overview", PROVINCE, "/tong-quan"),
    Shot("province-work-list", PROVINCE, "/viec-can-lam"),
    Shot("province-audit", PROVINCE, "/ra-soat"),
    Shot("province-ward", PROVINCE, "/xa/23575"),
    Shot("province-ward-no-data", PROVINCE, "/xa/no-data"),
    Shot("province-mentors", PROVINCE, "/mentor"),
    Shot("province-not-found", PROVINCE, "/xa/99999"),
    Shot("admin-accounts", ADMIN, "/quan-tri/tai-khoan"),
    Shot("admin-account-new", ADMIN, "/quan-tri/tai-khoan/moi"),
    Shot("admin-catalogues", ADMIN, "/quan-tri/danh-muc"),
    Shot("admin-settings", ADMIN, "/quan-tri/cai-dat"),
    Shot("admin-change-log", ADMIN, "/quan-tri/nhat-ky"),
    Shot("admin-system", ADMIN, "/quan-tri/he-thong"),
    Shot("own-password", LEADER, "/tai-khoan/mat-khau"),
    Shot("own-devices", LEADER, "/tai-khoan/thiet-bi"),
)


def main(wanted: list[str]) -> None:
    """Take the pictures whose names contain one of the given parts; all of them without any."""
    shots = [shot for shot in SHOTS if not wanted or any(part in shot.name for part in wanted)]
    shutil.rmtree(TARGET, ignore_errors=True) if not wanted else None
    TARGET.mkdir(exist_ok=True)
    with demonstration_site() as (address, sign_ins), sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=list(LAUNCH))
        for width in WIDTHS:
            take_all(browser, address, sign_ins, shots, width)
        browser.close()


@contextmanager
def demonstration_site() -> Iterator[tuple[str, list[DemoSignIn]]]:
    """Serve a fresh demonstration site; yield its address and the sign-ins."""
    with tempfile.TemporaryDirectory() as folder:
        config = Config(
            instance_path=Path(folder),
            database_url=f"sqlite:///{folder}/site.sqlite",
            secret_key="a-key-for-pictures-only-0123456789abc",  # noqa: S106  # a throw-away site
        )
        flask_app = create_app(config)
        with flask_app.app_context():
            upgrade()
            load_wards()
            sign_ins = load_demonstration()
        server = create_server(flask_app, host="127.0.0.1", port=0, threads=8)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.effective_port}", sign_ins
        server.close()


def take_all(
    browser: Browser, address: str, sign_ins: list[DemoSignIn], shots: list[Shot], width: int
) -> None:
    """Take every picture at one width, signing in once for each role."""
    for role in dict.fromkeys(shot.role for shot in shots):
        context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": WIDTHS[width]},
            locale="vi-VN",
        )
        page = context.new_page()
        if role:
            sign_in(page, account_of(role, sign_ins))
        for shot in shots:
            if shot.role == role:
                take(page, shot, width)
        context.close()


def account_of(role: str, sign_ins: list[DemoSignIn]) -> DemoSignIn:
    """Return the role's account in the ward that has something of everything."""
    return next(
        entry for entry in sign_ins if entry.role == role and entry.ward_code in {"", BUSY_WARD}
    )


def sign_in(page: Page, entry: DemoSignIn) -> None:
    """Sign in through the page, as a person does."""
    page.goto("/dang-nhap")
    page.fill("input[name=username]", entry.username)
    page.fill("input[name=password]", entry.password)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_load_state()


def take(page: Page, shot: Shot, width: int) -> None:
    """Go to the page (a path with @ means its first entry), press the button, take the picture."""
    page.goto(shot.path.removeprefix("@"))
    if shot.path.startswith("@"):
        page.locator("main table a, main .data-table a").first.click()
        page.wait_for_load_state()
    if shot.press is not None:
        page.get_by_role("button", name=re.compile(shot.press)).last.click()
        page.wait_for_load_state()
    page.screenshot(path=TARGET / f"{shot.name}-{width}.png", full_page=True)
    overflow = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    print(f"{shot.name}-{width}.png{'  rộng hơn màn hình' if overflow else ''}")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
