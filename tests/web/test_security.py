"""What every answer carries for the browser's own defences, and what happens without a token."""

import os
import subprocess
import sys

import pytest
from werkzeug.http import parse_cookie

from app.cli.site import open_server
from models.enums import Role
from tests.architecture.source_tree import ROOT
from tests.conftest import SECRET_KEY, make_app
from tests.factories.accounts import account_with
from tests.factories.network import MentorFactory
from tests.web.pages import form_keys, main_text, page


def policy_of(answer) -> dict[str, str]:
    directives = answer.headers["Content-Security-Policy"].split(";")
    parts = (directive.strip().partition(" ") for directive in directives)
    return {name: value for name, _space, value in parts}


@pytest.mark.parametrize("url", ["/dang-nhap", "/khong-co-trang-nay", "/moi/khong-co"])
def test_pages_allow_nothing_from_elsewhere_and_nothing_inline(client, url):
    policy = policy_of(client.get(url))

    assert policy["default-src"] == "'self'"
    assert policy["script-src"] == "'self'"
    assert "unsafe-inline" not in str(policy)
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"


def test_pages_carry_the_other_guards_of_browsers(client):
    headers = client.get("/dang-nhap").headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(client):
    cookie = client.get("/dang-nhap").headers["Set-Cookie"]

    assert "daisuso" in parse_cookie(cookie)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


BEHIND_TLS = """
import wsgi
client = wsgi.app.test_client()
print(client.get("/dang-xuat", base_url="http://localhost").location)
print(client.get("/moi/", base_url="https://localhost").headers["Strict-Transport-Security"])
print(wsgi.app.config["SESSION_COOKIE_SECURE"])
"""


def test_behind_tls_the_cookie_is_secure_and_browsers_stay_with_https(tmp_path):
    # In a process of its own: the extensions are made once for each.
    environment = os.environ | {
        "BEHIND_TLS": "1",
        "INSTANCE_PATH": str(tmp_path),
        "SECRET_KEY": SECRET_KEY,
    }

    done = subprocess.run(
        [sys.executable, "-c", BEHIND_TLS],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    location, transport, cookie_is_secure = done.stdout.splitlines()
    assert location == "https://localhost/dang-xuat"
    assert transport.startswith("max-age=31556926")
    assert cookie_is_secure == "True"


def test_a_form_without_its_token_is_refused_with_a_page_that_says_what_to_do(client):
    answer = client.post("/dang-nhap", data={"username": "ai.do", "password": "mật khẩu nào đó"})

    assert answer.status_code == 400
    assert "tải lại trang rồi gửi lại" in main_text(answer)


def test_a_token_of_another_session_is_worth_nothing(client, flask_app):
    foreign = form_keys(flask_app.test_client(), "/dang-nhap")

    assert client.post("/dang-nhap", data=foreign).status_code == 400


@pytest.mark.parametrize(
    "url", ["/mentor", "/dang-nhap", "/moi/khong-co", "/khong-co-trang-nay", "/audit.json"]
)
def test_no_cache_keeps_a_page(sign_in, url):
    answer = sign_in(account_with(Role.WARD_LEADER)).get(url)

    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "//[",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        " //evil.example",
    ],
)
def test_after_the_sign_in_nobody_is_sent_to_another_site(client, target):
    answer = client.get("/dang-nhap", query_string={"next": target})

    assert page(answer).select_one("input[name=next]")["value"] == "/"


@pytest.mark.parametrize("words", ["_external=1&_scheme=javascript", "endpoint=x", "_method=x"])
def test_words_of_an_address_never_change_where_the_pager_leads(sign_in, words):
    MentorFactory.create_batch(60)
    client = sign_in(account_with(Role.PROVINCE))

    links = page(client.get(f"/mentor?{words}&trang=1")).select("a[href*='trang=2']")

    assert {link["href"] for link in links} == {f"/mentor?{words}&trang=2"}


@pytest.mark.parametrize("is_behind_tls", [True, False])
def test_only_a_proxy_may_say_who_is_visiting(flask_app, monkeypatch, is_behind_tls):
    monkeypatch.setitem(flask_app.config, "SESSION_COOKIE_SECURE", is_behind_tls)

    server = open_server(flask_app, "127.0.0.1", 0)
    server.close()

    assert server.adj.clear_untrusted_proxy_headers is not is_behind_tls
    assert server.adj.max_request_body_size < 50 * 1024**2


def test_a_new_folder_for_the_data_is_its_owners_alone(tmp_path):
    make_app(f"sqlite:///{tmp_path / 'new' / 'site.sqlite'}", tmp_path / "new")

    assert (tmp_path / "new").stat().st_mode & 0o077 == 0
