"""Addresses that name nothing but a page or a file of the program: worked out once and kept."""

from flask import request, url_for
from markupsafe import Markup

_known: dict[tuple[str, str, str], str] = {}
_icons: dict[tuple[str, str], Markup] = {}
ICON = (
    '<svg class="icon" aria-hidden="true" focusable="false"><use href="{file}#{name}"></use></svg>'
)


def known_address(endpoint: str, filename: str = "") -> str:
    """Return the address of a page without arguments, or of a static file.

    A page links to some forty of them. They differ only by where the program is mounted.
    """
    key = request.script_root, endpoint, filename
    address = _known.get(key)
    if address is None:
        address = url_for(endpoint, filename=filename) if filename else url_for(endpoint)
        _known[key] = address
    return address


def icon(name: str) -> Markup:
    """Return the markup of an icon of the program, which stands beside a text."""
    key = request.script_root, name
    markup = _icons.get(key)
    if markup is None:
        file = known_address("static", "img/icons.svg")
        markup = _icons[key] = Markup(ICON).format(file=file, name=name)  # noqa: S704  # our own
    return markup
