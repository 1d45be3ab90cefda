"""What a browser keeps to open the site without network, and how it looks on a home screen."""

import json
import re

import pytest
from flask.testing import FlaskClient

from models import db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.web.pages import main_text, page
from tests.web.statements import counted_statements

SHELL = "/ho-tro/ngoai-tuyen"
KEPT = re.compile(r"self\.kept = (\{.*\});")

IMPORTED = re.compile(r'^import "(.+)";$', re.MULTILINE)


def kept(client: FlaskClient) -> dict:
    """Return what the worker's script says is kept."""
    found = KEPT.search(client.get("/service-worker.js").get_data(as_text=True))
    assert found is not None
    return json.loads(found[1])


def test_the_page_for_times_without_network_is_the_same_for_everybody(client, sign_in):
    reader = sign_in(account_with(Role.SUPPORT))

    with counted_statements() as statements:
        answers = {visitor.get(SHELL).data for visitor in (client, reader)}

    assert len(answers) == 1
    assert not any("flash" in text for text in statements)
    assert page(client.get(SHELL)).select("input") == []


def test_a_browser_that_sends_by_itself_gets_a_worker_that_keeps_the_same_and_can_send(client):
    plain = client.get("/service-worker.js").get_data(as_text=True)
    module = client.get("/service-worker-module.js").get_data(as_text=True)

    assert KEPT.search(module)[1] == KEPT.search(plain)[1]
    imported = IMPORTED.findall(module)
    assert {client.get(name, buffered=True).status_code for name in imported} == {200}
    assert [name.rsplit("/", 1)[1] for name in imported] == ["worker.js", "worker_sending.js"]


def test_a_message_waits_for_a_real_page(sign_in):
    reader = sign_in(account_with(Role.SUPPORT))
    with reader.session_transaction() as session:
        session["_flashes"] = [("message", {"text": "Đã lưu", "kind": "success"})]

    reader.get(SHELL)
    reader.get("/service-worker.js")

    assert "Đã lưu" in main_text(reader.get("/ho-tro"))


def test_all_that_is_kept_exists_and_nothing_of_it_needs_a_sign_in(client):
    promised = kept(client)

    answers = {
        url: client.get(url, buffered=True) for url in [*promised["files"], promised["shell"]]
    }

    assert {answer.status_code for answer in answers.values()} == {200}
    assert not any("Set-Cookie" in answer.headers for answer in answers.values())
    assert promised["shell"] == SHELL


def test_the_page_needs_no_file_that_is_not_kept(client):
    files = set(kept(client)["files"])
    soup = page(client.get(SHELL))

    wanted = {tag["src"] for tag in soup.select("script[src], img[src]")}
    wanted |= {tag["href"] for tag in soup.select("link[rel=stylesheet], link[rel=preload]")}

    assert wanted <= files


def test_what_is_kept_has_another_version_when_the_page_says_something_else(client):
    before = kept(client)["version"]

    account = account_with(Role.SUPPORT)
    account.is_demo = True
    db.session.commit()
    client.get("/dang-nhap")

    assert kept(client)["version"] != before


def test_the_site_can_be_put_on_a_home_screen(client):
    manifest = client.get("/manifest.webmanifest")

    assert manifest.mimetype == "application/manifest+json"
    described = json.loads(manifest.data)
    assert (described["lang"], described["start_url"], described["scope"]) == ("vi", "/", "/")
    assert described["display"] == "standalone"
    assert {icon["sizes"] for icon in described["icons"]} == {"192x192", "512x512"}
    assert "maskable" in {icon["purpose"] for icon in described["icons"]}
    for icon in described["icons"]:
        assert client.get(icon["src"], buffered=True).mimetype == "image/png"


def test_pages_allow_a_worker_and_a_manifest_of_the_site_alone(client):
    policy = client.get("/dang-nhap").headers["Content-Security-Policy"]

    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy


@pytest.mark.parametrize("role", [Role.WARD_LEADER, Role.PROVINCE, Role.ADMIN], ids=str)
def test_only_those_who_log_sessions_get_an_outbox(sign_in, role):
    staff, other = sign_in(account_with(Role.SUPPORT)), sign_in(account_with(role))

    own_pages = [visitor.get("/tai-khoan/thiet-bi") for visitor in (staff, other)]

    assert [len(page(answer).select("[data-outbox]")) for answer in own_pages] == [1, 0]
