"""How journeys look through a browser window, and into the database behind it."""

from typing import Any, Protocol

from playwright.sync_api import ConsoleMessage, Page, Request
from sqlalchemy import select

from app.services.passwords import hash_password
from models import Account, db
from tests.factories.accounts import PASSWORD


class Visit(Protocol):
    """Opens a window on the site: of this width, of this reader, with or without scripts."""

    def __call__(
        self, account: Account | None = None, *, width: int = 360, has_scripts: bool = True
    ) -> Page: ...


def listen(page: Page, site: str, complaints: list[str]) -> None:
    """Collect what no page may do: errors, violated policies, requests to other hosts."""

    def note_message(message: ConsoleMessage) -> None:
        # A rejected form answers 422, which the browser also writes to its console.
        if message.type == "error" and "422" not in message.text:
            complaints.append(f"{page.url}: {message.text}")

    def note_request(request: Request) -> None:
        if not request.url.startswith((f"{site}/", "data:", "blob:")):
            complaints.append(f"{page.url}: {request.url}")

    page.on("console", note_message)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("request", note_request)


def sign_in_by_hand(page: Page, account: Account) -> None:
    """Set a password, as an invitation does, and type it."""
    account.password_hash = hash_password(PASSWORD)
    db.session.commit()
    page.goto("/")
    page.get_by_label("Tên đăng nhập").fill(account.username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def count(model: type[Any]) -> int:
    """Count the rows of a table as they are now, without those that were deleted."""
    db.session.rollback()
    return len(db.session.scalars(select(model.id)).all())
