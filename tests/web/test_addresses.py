"""Addresses that are kept are those of the place where the program is mounted."""

from flask import Flask, url_for

from app.web.addresses import icon, known_address

STYLES = "css/site.css"


def test_kept_addresses_are_those_that_flask_builds(flask_app: Flask) -> None:
    with flask_app.test_request_context():
        for _ in ("worked out", "kept"):
            assert known_address("mentors.index") == url_for("mentors.index")
            assert known_address("static", STYLES) == url_for("static", filename=STYLES)


def test_a_program_below_a_folder_links_into_that_folder(flask_app: Flask) -> None:
    with flask_app.test_request_context():
        assert known_address("mentors.index") == "/mentor"
        assert 'href="/static/img/icons.svg' in icon("house")
    with flask_app.test_request_context(environ_overrides={"SCRIPT_NAME": "/daisuso"}):
        assert known_address("mentors.index") == "/daisuso/mentor"
        assert 'href="/daisuso/static/img/icons.svg' in icon("house")


def test_the_name_of_an_icon_is_escaped(flask_app: Flask) -> None:
    with flask_app.test_request_context():
        assert '#&#34;&gt;"' in icon('">')
