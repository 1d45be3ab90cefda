"""Requests without a network: a signed-in browser on the real application, and an empty page."""

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from flask import Flask, render_template
from flask_babel import Babel
from flask_compress import Compress
from flask_talisman import Talisman
from jinja2 import ChoiceLoader, FileSystemLoader
from sqlalchemy import Engine, event
from werkzeug.datastructures import Headers
from werkzeug.test import Client, EnvironBuilder
from whitenoise import WhiteNoise

from app import clock
from app.access.scope import WardScope
from app.binding import ROOT
from app.demonstration.sign_ins import DemoSignIn
from app.factory import CONTENT_SECURITY_POLICY
from app.queries.audit import audit_scope
from bench.lab import WrongAnswerError
from bench.sites import Site
from models.enums import Role

COOKIE = "daisuso"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
NAVIGATION = ("Việc cần làm", "Mentor", "Người học", "Ghép cặp", "Xã của tôi")
BROWSER = {"Accept": "text/html", "Accept-Encoding": "gzip, br", "Accept-Language": "vi"}

Statement = tuple[str, Any]
StartResponse = Callable[..., Any]


class Answer(NamedTuple):
    """What came back: status, headers by lower-case name, and the body as it would be sent."""

    status: int
    headers: dict[str, str]
    body: bytes


class Page:
    """One address that is asked for again and again with the same headers."""

    def __init__(self, wsgi_app: Callable[..., Iterable[bytes]], path: str, **headers: str) -> None:
        self._wsgi_app = wsgi_app
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        self._environ = EnvironBuilder(path=path, headers=Headers(BROWSER | names)).get_environ()

    def plain(self) -> Answer:
        """Ask for the page without having it compressed."""
        return self._ask(self._environ | {"HTTP_ACCEPT_ENCODING": "identity"})

    def gzipped(self) -> Answer:
        """Ask for the page in the one compression that everything knows."""
        return self._ask(self._environ | {"HTTP_ACCEPT_ENCODING": "gzip"})

    def __call__(self) -> Answer:
        """Ask for the page as a browser does."""
        return self._ask(dict(self._environ))

    def _ask(self, environ: dict[str, Any]) -> Answer:
        begun: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> Any:  # noqa: ANN401  # as WSGI has it
            begun[:] = [int(status.split(maxsplit=1)[0]), headers]
            return None

        parts = self._wsgi_app(environ, start_response)
        try:
            body = b"".join(parts)
        finally:
            close = getattr(parts, "close", None)
            if close:
                close()
        return Answer(begun[0], {name.lower(): value for name, value in begun[1]}, body)


class Browser:
    """A browser that is signed in with one of the demonstration's accounts.

    The process has served the province before, as one that runs for a while has: what it keeps of
    the network is there.
    """

    def __init__(self, site: Site, role: Role) -> None:
        self._app = site.app
        with site.app.app_context():
            audit_scope(WardScope.everywhere(), clock.today())
        self.cookie = sign_in(site, site.account(role))

    def page(self, path: str, *, of: Flask | None = None, **headers: str) -> Page:
        """Return a page as this browser asks for it; `If_None_Match` stands for the header.

        `of` is another application on the same database.
        """
        app = of or self._app
        return Page(app.wsgi_app, path, Cookie=f"{COOKIE}={self.cookie}", **headers)


def sign_in(site: Site, account: DemoSignIn) -> str:
    """Sign in through the form and return the value of the session cookie."""
    client = Client(site.app)
    token = TOKEN.search(client.get("/dang-nhap").get_data(as_text=True))
    if token is None:
        raise WrongAnswerError("the page for signing in has no form")
    answer = client.post(
        "/dang-nhap",
        data={
            "csrf_token": token[1],
            "username": account.username,
            "password": account.password,
        },
    )
    # The first page afterwards puts the key for its forms into the cookie.
    client.get("/", follow_redirects=True)
    cookie = client.get_cookie(COOKIE)
    if answer.status_code != 303 or cookie is None:  # noqa: PLR2004  # "see other"
        raise WrongAnswerError(f"signing in was answered by {answer.status_code}")
    return str(cookie.value)


def make_empty_app() -> Flask:
    """Build an application whose one page is our layout with nothing in it.

    It is compressed and carries the same headers; nobody signs in and nothing is looked up.
    """
    empty = Flask("bench", root_path=str(ROOT / "bench"), static_folder=str(ROOT / "static"))
    loaders = [FileSystemLoader(ROOT / folder) for folder in ("bench/templates", "templates")]
    empty.jinja_env.loader = ChoiceLoader(loaders)
    empty.jinja_env.trim_blocks = empty.jinja_env.lstrip_blocks = True
    empty.config["BABEL_DEFAULT_LOCALE"] = "vi"
    Babel(empty)
    Compress(empty)
    Talisman(
        empty,
        content_security_policy=CONTENT_SECURITY_POLICY,
        content_security_policy_nonce_in=["style-src"],
        force_https=False,
        frame_options="DENY",
        referrer_policy="same-origin",
    )
    empty.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        empty.wsgi_app, root=str(ROOT / "static"), prefix="static/", max_age=3600
    )
    # Named by the frame of every page.
    empty.add_url_rule("/manifest.webmanifest", endpoint="offline.manifest")
    empty.add_url_rule("/", view_func=lambda: render_template("empty.html", navigation=NAVIGATION))
    return empty


@contextmanager
def recorded(engine: Engine) -> Iterator[list[Statement]]:
    """Collect what is read from the database inside the block: statements with their values."""
    statements: list[Statement] = []

    def keep(*call: Any) -> None:  # noqa: ANN401  # as SQLAlchemy has it
        text, values = call[2], call[3]
        if text.lstrip().upper().startswith(("SELECT", "WITH")):
            statements.append((text, values))

    event.listen(engine, "before_cursor_execute", keep)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", keep)


def replay(connection: sqlite3.Connection, statements: Iterable[Statement]) -> None:
    """Run statements through the bare driver and fetch everything."""
    for text, values in statements:
        connection.execute(text, values).fetchall()
