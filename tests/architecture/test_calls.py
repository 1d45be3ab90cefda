"""Calls that may stand in one place only, or nowhere."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source_tree import ROOT, package_modules, parsed, place

CLOCK = ROOT / "app" / "clock.py"
TRANSACTION = ROOT / "app" / "services" / "transaction.py"
MAY_ASK_FLASK_FOR_THE_APP = (ROOT / "app" / "access", ROOT / "app" / "extensions.py")

CLOCK_OWNERS = frozenset({"date", "datetime"})
CLOCK_CALLS = frozenset({"now", "today", "utcnow", "fromtimestamp"})
DATABASE_CLOCK_CALLS = frozenset({"now", "current_date", "current_timestamp", "localtimestamp"})


def test_only_the_transaction_commits():
    found = [
        place(path, call)
        for path in package_modules()
        if path != TRANSACTION
        for call in calls_of(path)
        if called_name(call) == "commit"
    ]

    assert found == []


def test_only_the_clock_knows_what_time_it_is():
    found = [
        place(path, call)
        for path in package_modules()
        if path != CLOCK
        for call in calls_of(path)
        if asks_for_the_time(call)
    ]

    assert found == []


def test_settings_are_handed_over_and_not_taken_from_the_running_app():
    found = [
        place(path, node)
        for path in package_modules()
        if not any(path.is_relative_to(allowed) for allowed in MAY_ASK_FLASK_FOR_THE_APP)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Name) and node.id == "current_app"
    ]

    assert found == []


def test_no_error_is_swallowed_without_saying_which():
    found = [
        place(path, node)
        for path in [*package_modules(), ROOT / "dev.py", ROOT / "config.py", ROOT / "wsgi.py"]
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ExceptHandler)
        if catches_everything(node) and not passes_it_on(node)
    ]

    assert found == []


def test_pages_are_made_from_template_files_alone():
    found = [
        place(path, node)
        for path in package_modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Name) and node.id == "render_template_string"
    ]

    assert found == []


def calls_of(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call))


def called_name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def asks_for_the_time(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    owner = call.func.value
    owner_name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
    name = call.func.attr
    if owner_name == "func":
        return name in DATABASE_CLOCK_CALLS
    return owner_name in CLOCK_OWNERS and name in CLOCK_CALLS


def catches_everything(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        isinstance(kind, ast.Name) and kind.id in {"Exception", "BaseException"} for kind in kinds
    )


def passes_it_on(handler: ast.ExceptHandler) -> bool:
    """Cleaning up after whatever happened is fine, as long as it goes on its way."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None
