"""Scripts, styles and pictures: small on the wire, never stale, never a mixture of two versions."""

import gzip
from pathlib import Path

import brotli
import pytest

from app.static_files import modules_of, scripts_folder
from tests.architecture.source_tree import ROOT

ICONS = "/static/img/icons.svg"
SITE = f"/static/{scripts_folder()}/site.js"


def original(name: str) -> bytes:
    return (ROOT / "static" / name).read_bytes()


@pytest.mark.parametrize(
    ("accepted", "encoding", "unpack"),
    [("gzip, deflate, br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)],
)
def test_our_own_texts_are_sent_packed(client, accepted, encoding, unpack):
    answer = client.get(ICONS, buffered=True, headers={"Accept-Encoding": accepted})

    assert answer.headers["Content-Encoding"] == encoding
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert int(answer.headers["Content-Length"]) == len(answer.data) < 10_000
    assert unpack(answer.data) == original("img/icons.svg")


def test_whoever_takes_nothing_packed_gets_the_plain_text(client):
    answer = client.get(ICONS, buffered=True)

    assert "Content-Encoding" not in answer.headers
    assert answer.data == original("img/icons.svg")


def test_an_unchanged_file_is_not_sent_again(client):
    known = client.get(ICONS, buffered=True, headers={"Accept-Encoding": "br"}).headers["ETag"]

    answer = client.get(
        ICONS, buffered=True, headers={"Accept-Encoding": "br", "If-None-Match": known}
    )

    assert (answer.status_code, answer.data) == (304, b"")


def test_a_picture_is_sent_as_it_is(client):
    answer = client.get(
        "/static/img/icon-192.png", buffered=True, headers={"Accept-Encoding": "br, gzip"}
    )

    assert "Content-Encoding" not in answer.headers


def test_the_head_of_a_packed_file_has_no_body(client):
    answer = client.head(ICONS, buffered=True, headers={"Accept-Encoding": "br"})

    assert (answer.status_code, answer.data) == (200, b"")


def test_scripts_of_one_version_lie_in_one_folder_and_stay_for_good(client):
    page = client.get("/dang-nhap").get_data(as_text=True)

    assert SITE in page
    for module in modules_of("site.js"):
        answer = client.get(f"/static/{scripts_folder()}/{module}", buffered=True)
        assert answer.data == original(f"js/{module}")
        assert "immutable" in answer.headers["Cache-Control"]


def test_every_script_is_found_that_another_one_imports():
    modules = set(modules_of("site.js"))

    assert {"site.js", "pickers.js", "outbox.js", "saving.js", "outbox_store.js"} <= modules
    assert all(Path(ROOT / "static/js" / module).is_file() for module in modules)
