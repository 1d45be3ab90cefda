"""Every action that a service names has its sentence for the lists of what was done."""

import ast
from collections.abc import Iterator

from app.change_wording import ACTION_LABELS
from tests.architecture.source_tree import package_modules, parsed


def test_every_action_has_a_sentence():
    assert set(action_kinds()) - set(ACTION_LABELS) == set()


def action_kinds() -> Iterator[str]:
    """Yield the kinds that are written out in calls of `transaction(scope, kind)`."""
    for path in package_modules("app"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "transaction":
                yield from (
                    argument.value
                    for argument in node.args[1:2]
                    if isinstance(argument, ast.Constant)
                )
