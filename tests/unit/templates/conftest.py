"""An environment that has the project's templates and nothing of the application around them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.formatting import FILTERS
from app.web.addresses import ICON

ROOT = Path(__file__).resolve().parents[3]

Render = Callable[..., BeautifulSoup]


def _url_for(endpoint: str, **values: Any) -> str:
    return "/" + "/".join([endpoint, *map(str, values.values())])


def _icon(name: str) -> Markup:
    return Markup(ICON).format(file="/icons.svg", name=name)  # noqa: S704  # a constant


def _as_written(text: str) -> str:
    return text


def _as_written_for_number(singular: str, plural: str, number: int) -> str:
    return singular if number == 1 else plural


@pytest.fixture(scope="session")
def environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_callables(_as_written, _as_written_for_number, newstyle=True)
    environment.filters.update(FILTERS)
    environment.globals.update(url_for=_url_for, csrf_token=lambda: "key", icon_markup=_icon)
    return environment


@pytest.fixture
def render(environment: Environment) -> Render:
    """Return a function that renders template text and parses the result."""

    def rendered(source: str, **values: Any) -> BeautifulSoup:
        return BeautifulSoup(environment.from_string(source).render(**values), "html.parser")

    return rendered
