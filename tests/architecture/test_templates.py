"""What templates and the site's own scripts and styles may not contain."""

import re
from pathlib import Path

import pytest
from jinja2 import StrictUndefined

from tests.architecture.source_tree import ROOT, own_static_files, short, templates

TEMPLATES = ROOT / "templates"
NOT_PAGES = ("layouts", "components")

COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
EXTENDS = re.compile(r"""\{%-?\s*extends\s+["']([^"']+)["']""")
TITLE_BLOCK = re.compile(r"\{%-?\s*block\s+title\b")
OTHER_HOST = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[\w-]+(?:\.[\w-]+)+")

FORBIDDEN_IN_JINJA = {
    "a value marked safe": re.compile(r"\|\s*safe\b"),
    "escaping switched off": re.compile(r"\{%-?\s*autoescape\s+false"),
}
FORBIDDEN_IN_HTML = {
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an inline event handler": re.compile(r"<[^>]*\s(?:on[a-z]+|hx-on[:\w-]*)\s*=", re.IGNORECASE),
    "a script in the page": re.compile(r"<script(?![^>]*\ssrc\s*=)", re.IGNORECASE),
    "a link that runs a script": re.compile(r"javascript:", re.IGNORECASE),
    "a value computed by htmx": re.compile(r"""=\s*["']js:""", re.IGNORECASE),
}


def pages() -> list[Path]:
    """Return the templates that are whole pages; a name with an underscore is a part of one."""
    return [
        path
        for path in templates()
        if path.relative_to(TEMPLATES).parts[0] not in NOT_PAGES and not path.name.startswith("_")
    ]


def test_a_misspelt_name_in_a_template_fails_instead_of_showing_nothing(flask_app):
    assert flask_app.jinja_env.undefined is StrictUndefined


@pytest.mark.parametrize("complaint", FORBIDDEN_IN_JINJA)
def test_templates_never_switch_escaping_off(complaint):
    pattern = FORBIDDEN_IN_JINJA[complaint]

    found = [
        short(path)
        for path in templates()
        if pattern.search(COMMENT.sub("", path.read_text(encoding="utf-8")))
    ]

    assert found == []


@pytest.mark.parametrize("complaint", FORBIDDEN_IN_HTML)
def test_templates_contain_nothing_that_the_security_policy_blocks(complaint):
    pattern = FORBIDDEN_IN_HTML[complaint]

    found = [
        short(path)
        for path in templates()
        if pattern.search(JINJA.sub("", path.read_text(encoding="utf-8")))
    ]

    assert found == []


def test_no_page_script_or_style_refers_to_another_host():
    files = [*templates(), *own_static_files(".css", ".js", ".svg")]

    found = {
        f"{short(path)}: {match}"
        for path in files
        for match in OTHER_HOST.findall(COMMENT.sub("", path.read_text(encoding="utf-8")))
    }

    assert found == set()


def test_every_page_stands_at_most_two_levels_below_a_layout():
    wrong = [
        short(path)
        for path in pages()
        if not 1 <= len(ancestors(path)) <= 2
        or any(parent.parent.name != "layouts" for parent in ancestors(path))
    ]

    assert wrong == []


def test_every_page_has_one_heading_and_names_it_in_its_title():
    wrong = [
        short(path)
        for path in pages()
        if sum(count_headings(part) for part in [path, *ancestors(path)]) != 1
        or len(TITLE_BLOCK.findall(path.read_text(encoding="utf-8"))) != 1
    ]

    assert wrong == []


def ancestors(path: Path) -> list[Path]:
    """Return the templates that a template extends, nearest first."""
    extended = EXTENDS.search(path.read_text(encoding="utf-8"))
    if extended is None:
        return []
    parent = TEMPLATES / extended[1]
    return [parent, *ancestors(parent)]


def count_headings(path: Path) -> int:
    return len(re.findall(r"<h1\b", COMMENT.sub("", path.read_text(encoding="utf-8"))))
