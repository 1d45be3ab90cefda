"""Error pages on an application that has no database at all."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask, abort
from flask_babel import Babel
from flask_wtf import CSRFProtect

from app.errors import NotPermittedError, OutOfScopeError
from app.web.error_pages import register_error_pages
from tests.unit.templates.conftest import ROOT


@pytest.fixture
def flask_app():
    flask_app = Flask("errors", template_folder=ROOT / "templates", static_folder=ROOT / "static")
    flask_app.config.update(SECRET_KEY="key of this test", BABEL_DEFAULT_LOCALE="vi")
    Babel(flask_app)
    CSRFProtect(flask_app)
    register_error_pages(flask_app)
    flask_app.add_url_rule("/", "home.index", lambda: "")
    flask_app.add_url_rule("/manifest.webmanifest", "offline.manifest", lambda: "")
    flask_app.context_processor(_database_is_gone)
    return flask_app


def _database_is_gone():
    message = "an error page asked the context processors"
    raise AssertionError(message)


def _route(flask_app, raised):
    def view():
        if isinstance(raised, int):
            abort(raised)
        raise raised

    flask_app.add_url_rule("/trang", "page", view, methods=["GET", "POST"])
    return flask_app.test_client()


@pytest.mark.parametrize(
    ("raised", "status", "heading"),
    [
        (400, 400, "Không đọc được nội dung vừa gửi"),
        (403, 403, "Tài khoản của bạn không làm được việc này"),
        (404, 404, "Không tìm thấy trang này"),
        (413, 413, "Tệp hoặc nội dung gửi lên quá lớn"),
        (429, 429, "Bạn thao tác nhanh quá"),
        (RuntimeError("secret detail"), 500, "Hệ thống đang gặp lỗi"),
        (OutOfScopeError("mentor", 7), 404, "Không tìm thấy trang này"),
        (NotPermittedError(), 403, "Tài khoản của bạn không làm được việc này"),
    ],
)
def test_an_error_says_what_happened_without_the_database(flask_app, raised, status, heading):
    client = _route(flask_app, raised)

    response = client.get("/trang")

    soup = BeautifulSoup(response.text, "html.parser")
    assert (response.status_code, soup.h1.get_text()) == (status, heading)
    assert soup.title.get_text().startswith(heading)
    assert "secret detail" not in response.text


def test_a_form_whose_key_is_gone_is_told_how_to_send_it_again(flask_app):
    client = _route(flask_app, 404)

    response = client.post("/trang")

    assert response.status_code == 400
    assert "trang đã mở quá lâu" in response.text


def test_a_wrong_method_names_the_right_ones(flask_app):
    flask_app.config["WTF_CSRF_ENABLED"] = False
    client = _route(flask_app, 404)

    response = client.delete("/trang")

    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


def test_a_program_gets_json(flask_app):
    client = _route(flask_app, OutOfScopeError("mentor", 7))

    response = client.get("/trang", headers={"Accept": "application/json"})

    assert (response.status_code, response.json["error"]) == (404, "not_found")
