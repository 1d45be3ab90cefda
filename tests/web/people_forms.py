"""What the tests of people's pages type in, read back and count."""

from typing import Any

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.web.pages import form_keys


def registration(**typed: Any) -> dict[str, Any]:
    """Return what a leader types to register somebody: valid, unless a field is overridden."""
    return {
        "full_name": "Ksor H'Thoan",
        "birth_year": "1962",
        "phone": "0912 345 678",
        "started_on": "05/01/2026",
        "consent_method": "paper",
        "consent_on": "05/01/2026",
    } | typed


def edit_values(client: FlaskClient, url: str) -> dict[str, Any]:
    """Return what the edit form at an address would send if nothing was changed."""
    soup = BeautifulSoup(client.get(url).get_data(as_text=True), "html.parser")
    form = soup.select_one("main form.form")
    assert form is not None
    values: dict[str, Any] = form_keys(client, url)
    for field in form.select("input, textarea"):
        name = str(field["name"])
        if field.get("type") in {"radio", "checkbox"}:
            if field.has_attr("checked"):
                values.setdefault(name, []).append(field["value"])
        else:
            values[name] = field.get("value", field.get_text(strip=True))
    return values
