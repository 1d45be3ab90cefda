"""Third-party files are the ones that were locked, and templates name icons that exist."""

import gzip
import json
import re
from hashlib import sha256

import brotli
import pytest
from plotly.offline import get_plotlyjs_version

from app.web.page_frame import NAVIGATION
from tests.unit.templates.conftest import ROOT

PLOTLY = next((ROOT / "static/vendor").glob("plotly.js-*/plotly.min.js"))
# What the bundle only names: its licences, the site behind its logo, and manuals.
NAMED_HOSTS = {
    "developer.mozilla.org",
    "getify.mit-license.org",
    "github.com",
    "plotly.com",
    "syntheti.cc",
    "www.w3.org",
}
LOCKED = json.loads((ROOT / "vendor/vendor.lock.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("entry", LOCKED, ids=lambda entry: entry["file"])
def test_a_vendored_file_is_unchanged(entry):
    content = (ROOT / entry["file"]).read_bytes()

    assert sha256(content).hexdigest() == entry["sha256"]


def test_every_vendored_file_is_locked():
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "static/vendor").rglob("*")
        if path.is_file()
    }

    assert found == {entry["file"] for entry in LOCKED if "/vendor/" in entry["file"]}


def test_the_lock_file_names_no_registry():
    lock = json.loads((ROOT / "vendor/package-lock.json").read_text(encoding="utf-8"))

    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []


def test_every_icon_that_pages_name_is_in_the_sprite():
    sprite = (ROOT / "static/img/icons.svg").read_text(encoding="utf-8")
    known = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    named = {
        name
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r'icon(?:_name=|\()"([^"]+)"', path.read_text(encoding="utf-8"))
    }

    named |= {entry.icon for entries in NAVIGATION.values() for entry in entries}
    assert named - known == set()


def test_the_bundle_is_the_one_that_the_tests_draw_figures_with():
    assert PLOTLY.parent.name == f"plotly.js-{get_plotlyjs_version()}"


def test_the_bundle_knows_no_address_to_fetch_from_or_to_send_to():
    hosts = set(re.findall(r"https?://([\w.-]+)", PLOTLY.read_text(encoding="utf-8")))

    assert hosts - NAMED_HOSTS == set()


@pytest.mark.parametrize(
    "file",
    [*sorted((ROOT / "static/vendor").rglob("*.js")), ROOT / "data/wards.geojson"],
    ids=lambda file: file.name,
)
def test_ready_made_compressed_files_hold_the_same(file):
    content = file.read_bytes()

    assert gzip.decompress(file.with_name(f"{file.name}.gz").read_bytes()) == content
    assert brotli.decompress(file.with_name(f"{file.name}.br").read_bytes()) == content


def test_the_first_picture_costs_less_than_half_of_the_full_library():
    """The figures of the full file: plotly.min.js 4.1.1, zlib level 9 and brotli 11."""
    full = {".gz": 1_480_283, ".br": 1_110_953}
    files = [PLOTLY, ROOT / "data/wards.geojson"]

    ratios = {
        kind: sum(file.with_name(file.name + kind).stat().st_size for file in files) / size
        for kind, size in full.items()
    }

    assert {kind: ratio for kind, ratio in ratios.items() if ratio > 0.45} == {}
