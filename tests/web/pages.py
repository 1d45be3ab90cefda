"""How tests read and send pages: strictly parsed, one heading, with the form's own keys."""

import io
from functools import lru_cache
from typing import Any

import html5lib
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from werkzeug.test import TestResponse


def page(response: TestResponse) -> BeautifulSoup:
    """Return a page as soup after checking that it is strict HTML with one h1 that titles it.

    Parsing costs as much as the request: who looks at an answer again gets the same soup.
    """
    return _checked(response.get_data(as_text=True))


@lru_cache(maxsize=4)
def _checked(text: str) -> BeautifulSoup:
    html5lib.HTMLParser(strict=True).parse(text)
    soup = BeautifulSoup(text, "html.parser")
    headings = [normal(heading.get_text()) for heading in soup.find_all("h1")]
    assert len(headings) == 1, f"one h1 expected, found {headings}"
    assert soup.title is not None
    assert normal(soup.title.get_text()).startswith(headings[0])
    return soup


def normal(text: str) -> str:
    """Return a text with single spaces."""
    return " ".join(text.split())


def main_text(response: TestResponse) -> str:
    """Return what the main part of a page says, with single spaces."""
    main = page(response).find("main")
    assert main is not None
    return normal(main.get_text(" "))


def sheet(response: TestResponse) -> list[list[object]]:
    """Return the rows of the first sheet of a workbook."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(response.data))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def form_keys(client: FlaskClient, url: str) -> dict[str, str]:
    """Fetch a page and return its CSRF token and what its form has of one-time key and version."""
    soup = BeautifulSoup(client.get(url).get_data(as_text=True), "html.parser")
    names = ("input[name=csrf_token]", "main input[name=form_key]", "main input[name=version]")
    fields = soup.select(", ".join(names))
    keys = {str(field["name"]): str(field["value"]) for field in fields}
    assert "csrf_token" in keys, f"{url} has no form"
    return keys


def post_form(
    client: FlaskClient, url: str, data: dict[str, Any], *, page_url: str | None = None
) -> TestResponse:
    """Open the page of a form (`page_url`, by default where it is sent to) and send it."""
    return client.post(url, data=form_keys(client, page_url or url) | data)
