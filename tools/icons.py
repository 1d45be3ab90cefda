"""Makes the icons of the home screen out of `static/img/mark.svg`.

Run from the root, with Chromium installed: .venv/bin/python -m tools.icons
"""

from base64 import b64encode
from typing import NamedTuple

from playwright.sync_api import sync_playwright

from config import ROOT

IMAGES = ROOT / "static" / "img"


class Icon(NamedTuple):
    """A square picture: how wide, and how much of it is margin on each side."""

    name: str
    width: int
    margin: float


# A maskable icon may be cut to its inner circle of four fifths; Apple rounds the corners.
ICONS = (
    Icon("icon-180.png", 180, 0.12),
    Icon("icon-192.png", 192, 0.06),
    Icon("icon-512.png", 512, 0.06),
    Icon("icon-maskable-512.png", 512, 0.2),
)


def main() -> None:
    """Draw each icon on white and write it beside the mark."""
    mark = b64encode((IMAGES / "mark.svg").read_bytes()).decode()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        for icon in ICONS:
            page = browser.new_page(viewport={"width": icon.width, "height": icon.width})
            inner = round(icon.width * (1 - 2 * icon.margin))
            space = (icon.width - inner) // 2
            page.set_content(
                f'<body style="margin:{space}px"><img width="{inner}" height="{inner}"'
                f' src="data:image/svg+xml;base64,{mark}"></body>'
            )
            page.screenshot(path=IMAGES / icon.name)
        browser.close()


if __name__ == "__main__":
    main()
