"""Every code that reaches a person has its sentence."""

import ast

from app.access.policy import ADMINISTRATION_KINDS
from app.change_wording import ACTION_LABELS
from app.errors import RuleBrokenError
from app.office_words import CATALOGUE_LABELS, ENTRY_FLAG_LABELS, SETTING_WORDS
from app.queries.catalogues import CATALOGUES, FLAGS
from app.queries.settings import SiteSettings
from app.rule_wording import RULE_SENTENCES
from models.enums import PersonRole
from tests.architecture.source_tree import package_modules, parsed


def kinds_named_by_services() -> set[str]:
    """Return every text that stands where `transaction` takes the kind of action.

    A kind that is kept in a constant or a table is found by its name or by the table's values.
    """
    return {
        text
        for path in package_modules("app/services")
        for call in ast.walk(parsed(path))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "transaction"
        for text in texts_of(call.args[1], parsed(path))
    }


def texts_of(node: ast.expr, module: ast.Module) -> set[str]:
    if isinstance(node, ast.Constant):
        return {node.value}
    names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return {
        text
        for statement in ast.walk(module)
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        and any(getattr(target, "id", "") in names for target in targets_of(statement))
        for text in texts_in(statement.value)
    }


def texts_in(value: ast.expr | None) -> set[str]:
    """Return the texts of a value: of a table its values alone; «{role}_ended» for every role."""
    if isinstance(value, ast.JoinedStr):
        ending = "".join(part.value for part in value.values if isinstance(part, ast.Constant))
        return {role.value + ending for role in PersonRole}
    parts = value.values if isinstance(value, ast.Dict) else [value]
    return {
        part.value
        for value_part in parts
        if value_part is not None
        for part in ast.walk(value_part)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }


def targets_of(statement: ast.Assign | ast.AnnAssign) -> list[ast.expr]:
    return statement.targets if isinstance(statement, ast.Assign) else [statement.target]


def test_every_kind_of_action_has_its_words():
    unnamed = kinds_named_by_services() - set(ACTION_LABELS)

    assert unnamed == set(), (
        "add a label for each of these to ACTION_LABELS in app/change_wording.py"
    )


def test_every_kind_that_looks_after_the_site_is_one_that_a_service_names():
    assert ADMINISTRATION_KINDS - kinds_named_by_services() == set()


def test_every_broken_rule_has_its_sentence():
    def kinds(base):
        return {base} | {kind for each in base.__subclasses__() for kind in kinds(each)}

    assert kinds(RuleBrokenError) - {RuleBrokenError} - set(RULE_SENTENCES) == set()


def test_every_setting_is_explained():
    assert set(SETTING_WORDS) == set(SiteSettings.__dataclass_fields__)


def test_every_catalogue_and_flag_has_its_name():
    assert set(CATALOGUE_LABELS) == set(CATALOGUES)
    assert set(ENTRY_FLAG_LABELS) == {flag for flags in FLAGS.values() for flag in flags}
