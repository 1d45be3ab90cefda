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
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from flask_migrate import upgrade
from playwright.sync_api import Browser, FilePayload, Page, sync_playwright
from sqlalchemy import select
from waitress import create_server
from xlsxwriter import Workbook

from app import clock
from app.access.scope import WardScope
from app.demonstration.sign_ins import DemoSignIn
from app.factory import create_app
from app.services.create_account import create_account
from app.services.load_demonstration import load_demonstration
from app.services.load_wards import load_wards
from app.services.log_session import log_session
from app.services.passwords import hash_password
from app.services.session_writing import SessionDetails
from app.services.transaction import technical_write
from config import ROOT, Config
from models import Account, Procedure, Ward, db
from models.enums import HelpMode, HelpResult

TARGET = ROOT / "screenshots"
WIDTHS = {360: 740, 1280: 900}
# Milliseconds; the form of the desk puts the answer in place of the page by itself.
SWAPPED = 500
LAUNCH = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


# Chư Sê: people, findings of most kinds, both accounts.
BUSY_WARD = "23941"
# Ia Púch: nothing was ever entered.
NO_DATA_WARD = "23917"


class Shot(NamedTuple):
    """One picture: whose eyes, which page, and what to do there first, if anything.

    A path with @ means its first entry; {invitation} is an open link. `follow` is the text
    of a link to go on by, `fill` what to type or choose by the fields' names, `press` a
    button.
    """

    name: str
    role: str
    path: str
    press: str | None = None
    follow: str | None = None
    fill: Mapping[str, str] = {}  # never written to


LEADER, SUPPORT, PROVINCE, ADMIN, NOBODY = "leader", "support", "province", "admin", ""
# Made by this program: an account without a role, and one with somebody else's password.
NEWCOMER, DUE, INVITATION = "newcomer", "due", "invitation"
PASSWORD = "doi-mat-khau-nay-di-2026"  # noqa: S105  # of a throw-away site
USUAL_SESSION = {"procedure": "1", "mode": "together", "visit": "lan-dau"}

# Files by lines: what is typed into the one field of the upload page.
GOOD_ROSTER = """Họ và tên,Năm sinh,Vai trò,Mentor phụ trách
Nguyễn Thị Hồng Nhạn,1995,mentor,
Rơ Châm H'Thoan,1960,người học,Nguyễn Thị Hồng Nhạn"""
BAD_ROSTER = """Họ và tên,Năm sinh,Vai trò,Mentor phụ trách
Siu Blih,2030,mentor,
Rơ Châm H'Thoan,1960,người học,Lê Không Có"""
TARGETS = """Địa bàn,Nội dung,Hạn,Chỉ tiêu,Áp dụng từ ngày,Nguồn
Toàn tỉnh,Xã phường có nhân sự hỗ trợ,31/12/2026,130,01/09/2026,Công văn điều chỉnh
23941,Mentor đang hoạt động,31/12/2026,12,01/03/2026,Kế hoạch của xã
23941,Mentor đang hoạt động,31/02/2026,12,01/03/2026,Kế hoạch của xã"""
REPORT = "/ky-bao-cao/2026-Q3/bao-cao"

SHOTS = (
    Shot("sign-in", NOBODY, "/dang-nhap"),
    Shot("sign-in-rejected", NOBODY, "/dang-nhap", "Đăng nhập"),
    Shot("no-network", NOBODY, "/ho-tro/ngoai-tuyen"),
    Shot("leader-work-list", LEADER, "/viec-can-lam"),
    Shot("leader-ward", LEADER, "/xa-cua-toi"),
    Shot("leader-ward-past", LEADER, "/xa-cua-toi?ngay=01/09/2026"),
    Shot("leader-network", LEADER, f"/xa/{BUSY_WARD}/mang-luoi"),
    Shot("leader-network-past", LEADER, f"/xa/{BUSY_WARD}/mang-luoi?ngay=01/06/2026"),
    Shot("leader-network-rejected", LEADER, f"/xa/{BUSY_WARD}/mang-luoi?ngay=31/02/2026"),
    Shot("leader-charts", LEADER, f"/xa/{BUSY_WARD}/bieu-do"),
    Shot("leader-mentors", LEADER, "/mentor"),
    Shot("leader-mentors-none", LEADER, "/mentor?q=khongcoai"),
    Shot("leader-mentor", LEADER, "@/mentor"),
    Shot("leader-mentor-new", LEADER, "/mentor/moi"),
    Shot("leader-mentor-new-rejected", LEADER, "/mentor/moi", "Lưu|Đăng ký"),
    Shot(
        "leader-mentor-new-duplicate",
        LEADER,
        "/mentor/moi",
        "Đăng ký mentor",
        fill={"full_name": "Nguyễn Đình An", "birth_year": "2000"},
    ),
    Shot("leader-mentor-edit", LEADER, "@/mentor", follow="Sửa thông tin"),
    Shot("leader-mentor-end", LEADER, "@/mentor", follow="Thôi làm mentor"),
    Shot("leader-mentor-pair", LEADER, "@/mentor", follow="Ghép thêm người học"),
    Shot("leader-pair-end", LEADER, "@/mentor", follow="Kết thúc cặp"),
    Shot("leader-contact", LEADER, "@/mentor", follow="Ghi buổi hướng dẫn"),
    Shot("leader-contact-saved", LEADER, "@/mentor", "Lưu buổi", follow="Ghi buổi hướng dẫn"),
    Shot("leader-mentees", LEADER, "/nguoi-hoc"),
    Shot("leader-mentees-waiting", LEADER, "/nguoi-hoc?tinh-trang=cho-mentor"),
    Shot(
        "leader-mentee-pair",
        LEADER,
        "@/nguoi-hoc?tinh-trang=cho-mentor",
        follow="Ghép với mentor",
    ),
    Shot("leader-mentee", LEADER, "@/nguoi-hoc"),
    Shot("leader-mentee-new", LEADER, "/nguoi-hoc/moi"),
    Shot("leader-mentee-new-rejected", LEADER, "/nguoi-hoc/moi", "Lưu|Đăng ký"),
    Shot("leader-posts", LEADER, "/nhan-su-ho-tro"),
    Shot("leader-post-new", LEADER, "/nhan-su-ho-tro/moi"),
    Shot("leader-pairing", LEADER, "/ghep-cap"),
    Shot("leader-pairing-rejected", LEADER, "/ghep-cap", "Ghép"),
    Shot("leader-contacts", LEADER, "/buoi-huong-dan"),
    Shot("leader-history", LEADER, "/da-lam"),
    Shot("leader-import", LEADER, "/nhap-danh-sach"),
    Shot("leader-import-rejected", LEADER, "/nhap-danh-sach", "Xem trước|Tải lên|Đọc"),
    Shot(
        "leader-import-preview", LEADER, "/nhap-danh-sach", "Xem trước", fill={"file": GOOD_ROSTER}
    ),
    Shot(
        "leader-import-preview-errors",
        LEADER,
        "/nhap-danh-sach",
        "Xem trước",
        fill={"file": BAD_ROSTER},
    ),
    Shot("leader-handoffs", LEADER, "/cho-chuyen"),
    Shot("support-log", SUPPORT, "/ho-tro"),
    Shot("support-log-rejected", SUPPORT, "/ho-tro", "Lưu lượt hỗ trợ"),
    Shot("support-log-saved", SUPPORT, "/ho-tro", "Lưu lượt hỗ trợ", fill=USUAL_SESSION),
    Shot("support-session-edit", SUPPORT, "/ho-tro/hom-nay", follow="Sửa"),
    Shot("support-hand-on", SUPPORT, "/ho-tro/hom-nay", follow="Chuyển cho mentor"),
    Shot(
        "support-hand-on-rejected",
        SUPPORT,
        "/ho-tro/hom-nay",
        "Chuyển cho mentor",
        follow="Chuyển cho mentor",
    ),
    Shot("support-today", SUPPORT, "/ho-tro/hom-nay"),
    Shot("support-work-list", SUPPORT, "/viec-can-lam"),
    Shot("support-history", SUPPORT, "/da-lam"),
    Shot("support-handoffs", SUPPORT, "/cho-chuyen"),
    Shot("support-duty", SUPPORT, "/lich-truc"),
    Shot("support-duty-rejected", SUPPORT, "/lich-truc", "Lưu ca trực"),
    Shot("support-not-permitted", SUPPORT, "/mentor"),
    Shot("support-figures", SUPPORT, "/thong-ke"),
    Shot("support-figures-period", SUPPORT, "/thong-ke?ky=2026-Q3"),
    Shot("province-figures", PROVINCE, "/thong-ke"),
    Shot("province-figures-none", PROVINCE, f"/thong-ke?xa={NO_DATA_WARD}"),
    Shot("leader-targets", LEADER, "/chi-tieu"),
    Shot("leader-report", LEADER, f"{REPORT}/{BUSY_WARD}"),
    Shot("leader-timeline", LEADER, "@/mentor", follow="Xem lịch sử"),
    Shot("province-targets", PROVINCE, "/chi-tieu"),
    Shot("province-targets-import", PROVINCE, "/chi-tieu/nhap"),
    Shot("province-targets-import-rejected", PROVINCE, "/chi-tieu/nhap", "Xem trước"),
    Shot(
        "province-targets-preview", PROVINCE, "/chi-tieu/nhap", "Xem trước", fill={"file": TARGETS}
    ),
    Shot("province-report", PROVINCE, REPORT),
    Shot("province-report-saved", PROVINCE, REPORT, "Lưu", fill={"network": "Viết lại đoạn này."}),
    Shot(
        "province-report-rejected", PROVINCE, REPORT, "Lưu", fill={"difficulties": "mk: Hoa2026xyz"}
    ),
    Shot("province-overview", PROVINCE, "/tong-quan"),
    Shot("province-map", PROVINCE, "/ban-do"),
    Shot("province-map-island", PROVINCE, "/ban-do?xa=21607"),
    Shot("province-map-status", PROVINCE, "/ban-do?tinh-trang=critical"),
    Shot("province-map-rejected", PROVINCE, "/ban-do?ngay=31/02/2026"),
    Shot("province-charts", PROVINCE, "/bieu-do"),
    Shot("province-charts-past", PROVINCE, "/bieu-do?ngay=01/06/2026"),
    Shot("province-network-island", PROVINCE, "/xa/21607/mang-luoi"),
    Shot("province-charts-island", PROVINCE, "/xa/21607/bieu-do"),
    Shot("province-work-list", PROVINCE, "/viec-can-lam"),
    Shot("province-audit", PROVINCE, "/ra-soat"),
    Shot("province-ward", PROVINCE, "/xa/23575"),
    Shot("province-ward-no-data", PROVINCE, f"/xa/{NO_DATA_WARD}"),
    Shot("province-mentors", PROVINCE, "/mentor"),
    Shot("province-not-found", PROVINCE, "/xa/99999"),
    Shot("admin-accounts", ADMIN, "/quan-tri/tai-khoan"),
    Shot("admin-account-new", ADMIN, "/quan-tri/tai-khoan/them"),
    Shot("admin-account-new-rejected", ADMIN, "/quan-tri/tai-khoan/them", "Tạo tài khoản"),
    Shot(
        "admin-account-invited",
        ADMIN,
        "/quan-tri/tai-khoan/them",
        "Tạo tài khoản",
        fill={
            "display_name": "Nguyễn Thị Mới",
            "username": "nguyen.moi.{width}",
            "roles": "province",
        },
    ),
    Shot("admin-account", ADMIN, "@/quan-tri/tai-khoan"),
    Shot("admin-account-edit", ADMIN, "@/quan-tri/tai-khoan", follow="Sửa tên"),
    Shot("admin-grant", ADMIN, "@/quan-tri/tai-khoan", follow="Cấp thêm vai trò"),
    Shot("admin-grant-end", ADMIN, "@/quan-tri/tai-khoan", follow="Thôi vai trò"),
    Shot("admin-catalogues", ADMIN, "/quan-tri/danh-muc"),
    Shot("admin-catalogue", ADMIN, "/quan-tri/danh-muc/ly-do-ket-thuc"),
    Shot("admin-catalogue-new", ADMIN, "/quan-tri/danh-muc/nhom-doi-tuong/them"),
    Shot("admin-catalogue-edit", ADMIN, "@/quan-tri/danh-muc/thu-tuc"),
    Shot("admin-settings", ADMIN, "/quan-tri/cai-dat"),
    Shot("admin-setting", ADMIN, "/quan-tri/cai-dat/floor"),
    Shot("admin-change-log", ADMIN, "/quan-tri/nhat-ky"),
    Shot("admin-system", ADMIN, "/quan-tri/he-thong"),
    Shot("own-password", LEADER, "/tai-khoan/mat-khau"),
    Shot("own-password-rejected", LEADER, "/tai-khoan/mat-khau", "Đổi mật khẩu"),
    Shot("own-devices", LEADER, "/tai-khoan/thiet-bi"),
    Shot("own-consent", LEADER, "@/mentor", follow="Ghi sự đồng ý mới"),
    Shot("own-consent-withdrawal", LEADER, "@/mentor", follow="Ghi rút lại đồng ý"),
    Shot("own-password-due", DUE, "/"),
    Shot("own-no-role", NEWCOMER, "/"),
    Shot("sign-in-invitation", NOBODY, "/moi/{invitation}"),
    Shot("sign-in-invitation-rejected", NOBODY, "/moi/{invitation}", "Lưu và đăng nhập"),
    Shot("sign-in-invitation-expired", NOBODY, "/moi/khong-con-dung"),
    Shot("sign-in-failure", NOBODY, "/hong"),
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
            sign_ins = [*load_demonstration(), *make_further_accounts()]
            log_todays_session(account_of(SUPPORT, sign_ins))
        flask_app.add_url_rule("/hong", view_func=fail)
        server = create_server(flask_app, host="127.0.0.1", port=0, threads=8)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.effective_port}", sign_ins
        server.close()


def make_further_accounts() -> list[DemoSignIn]:
    """Make the accounts that the demonstration lacks; the last sign-in is an invitation's token."""
    scope = WardScope.everywhere()
    made = [
        create_account(scope, username=name, display_name="Rơ Châm H'Dih", grants=[])
        for name in (NEWCOMER, DUE, "invited")
    ]
    with technical_write() as session:
        for invitation, is_due in zip(made, (False, True), strict=False):
            account = session.get_one(Account, invitation.receipt.object_id)
            account.password_hash = hash_password(PASSWORD)
            account.must_change_password = is_due
    return [
        DemoSignIn(NEWCOMER, "", NEWCOMER, PASSWORD),
        DemoSignIn(DUE, "", DUE, PASSWORD),
        DemoSignIn(INVITATION, "", "", made[-1].token),
    ]


def log_todays_session(entry: DemoSignIn) -> None:
    """Log a session of today, which its account may correct and hand on from."""
    account = db.session.scalars(select(Account).where(Account.username == entry.username)).one()
    ward_id = db.session.scalars(select(Ward.id).where(Ward.code == entry.ward_code)).one()
    details = SessionDetails(
        procedure_id=db.session.scalars(select(Procedure.id).order_by(Procedure.id).limit(1)).one(),
        mode=HelpMode.TOGETHER,
        result=HelpResult.DONE,
        is_first_this_year=True,
        service_date=clock.today(),
    )
    log_session(WardScope.of([ward_id], account.id), ward_id, details)


def fail() -> str:
    """Fail as a fault in the program does."""
    raise ZeroDivisionError


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
                take(page, shot, width, account_of(INVITATION, sign_ins).password)
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


def take(page: Page, shot: Shot, width: int, invitation: str) -> None:
    """Go to the page, do what the shot says, and take the picture."""
    page.goto(shot.path.removeprefix("@").format(invitation=invitation))
    if shot.path.startswith("@"):
        # Followed rather than pressed: on a phone the links of a row may lie under its tick box.
        entry = page.locator("main tbody a[href]:not([href*='?'])").first
        page.goto(entry.get_attribute("href") or "")
    if shot.follow is not None:
        # The link may stand in a menu that is closed.
        link = page.get_by_role("link", name=shot.follow, exact=True, include_hidden=True).first
        page.goto(link.get_attribute("href") or "")
    for name, value in shot.fill.items():
        enter(page, name, value.format(width=width))
    if shot.press is not None:
        page.get_by_role("button", name=re.compile(shot.press)).last.click()
        page.wait_for_load_state()
        page.wait_for_timeout(SWAPPED)
    page.screenshot(path=TARGET / f"{shot.name}-{width}.png", full_page=True)
    overflow = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    print(f"{shot.name}-{width}.png{'  rộng hơn màn hình' if overflow else ''}")  # noqa: T201


def enter(page: Page, name: str, value: str) -> None:
    """Type into a field, choose among chips, or send a roster."""
    if name == "file":
        page.set_input_files("main input[type=file]", workbook_of(value))
        return
    chip = page.locator(f"main input[name='{name}'][value='{value}']")
    if chip.count():
        chip.check()
    else:
        page.fill(f"main [name='{name}']", value)


def workbook_of(lines: str) -> FilePayload:
    """Return a workbook of the given lines, its cells parted by commas."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for place, line in enumerate(lines.splitlines()):
            sheet.write_row(place, 0, line.split(","))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "danh-sach.xlsx", "mimeType": kind, "buffer": content.getvalue()}


if __name__ == "__main__":
    main(sys.argv[1:])
