"""Third-party files are the ones that were locked, and templates name icons that exist."""

import json
import re
from hashlib import sha256

import pytest

from app.web.page_frame import NAVIGATION
from tests.unit.templates.conftest import ROOT

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
