"""The tree as a whole: our own packages, readable sizes, normal text, no foreign addresses."""

import ast
import importlib
import tomllib
import unicodedata
from pathlib import Path

import pytest

from tests.architecture.source_tree import (
    PACKAGES,
    ROOT,
    own_static_files,
    package_modules,
    parsed,
    short,
    templates,
    tracked_tree,
)

LONGEST_MODULE = 400
# Put together here, so that this file does not contain them.
PACKAGE_HOSTS = [
    ".".join(parts).encode()
    for parts in (
        ("pypi", "org"),
        ("pypi", "python", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
    )
]
INDEX_OPTIONS = ("--index-url", "--extra-index-url", "--find-links", "--trusted-host")


@pytest.mark.parametrize("name", [*PACKAGES, "bench", "config", "dev"])
def test_packages_are_ours_and_not_strangers_of_the_same_name(name):
    module = importlib.import_module(name)

    assert module.__file__ is not None
    assert Path(module.__file__).resolve().is_relative_to(ROOT)
    assert ".venv" not in module.__file__


def test_settings_know_nothing_of_the_program():
    imported = {
        name.split(".")[0]
        for node in ast.walk(parsed(ROOT / "config.py"))
        for name in imported_names(node)
    }

    assert imported & {*PACKAGES, "wsgi", "dev"} == set()


def test_the_import_contracts_have_these_exceptions_and_no_others():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    ignored = {
        line
        for contract in settings["tool"]["importlinter"]["contracts"]
        for line in contract.get("ignore_imports", [])
    }

    assert ignored == {
        "app.factory -> config",
        "app.forms.** -> models.enums",
        "app.forms.** -> models.names",
        "app.web.** -> models.enums",
    }


def test_no_module_grows_beyond_what_one_can_overlook():
    too_long = {
        short(path): length
        for path in package_modules(*PACKAGES, "bench")
        if (length := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_MODULE
    }

    assert too_long == {}


def test_every_text_is_in_normal_form_so_that_equal_words_are_equal():
    files = [
        *package_modules(*PACKAGES, "bench"),
        ROOT / "dev.py",
        *templates(),
        *(ROOT / "data").rglob("*.csv"),
    ]
    files += own_static_files(".css", ".js", ".svg")

    odd = [
        short(path)
        for path in files
        if not unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))
    ]

    assert odd == []


def test_no_escape_sequence_puts_a_decomposed_letter_into_a_message():
    odd = [
        f"{short(path)}:{node.lineno}"
        for path in package_modules("app")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if not unicodedata.is_normalized("NFC", node.value)
    ]

    assert odd == []


def test_nothing_names_the_place_that_packages_were_fetched_from():
    naming = [
        short(path)
        for path in tracked_tree()
        if any(host in path.read_bytes() for host in PACKAGE_HOSTS)
    ]

    assert naming == []


def test_locked_requirements_carry_hashes_and_no_index():
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")

        assert "--hash=sha256:" in text
        assert not any(option in text for option in INDEX_OPTIONS)


def imported_names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return []
