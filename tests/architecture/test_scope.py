"""Every question to the database says for which wards it is asked."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source_tree import ROOT, package_modules, parsed

# Questions that are about no ward: the function, and why it needs no scope.
WITHOUT_SCOPE = {
    "catalogues_for_forms.get_end_reason": "the office's lists are the same everywhere",
    "catalogues_for_forms.list_end_reasons": "the office's lists are the same everywhere",
    "catalogues_for_forms.list_groups": "the office's lists are the same everywhere",
    "catalogues_for_forms.list_languages": "the office's lists are the same everywhere",
    "catalogues_for_forms.list_tags": "the office's lists are the same everywhere",
    "catalogues_for_forms.sensitive_groups": "the office's lists are the same everywhere",
    "chains.handed_on_by_chain": "takes what is wanted of a scope",
    "chains.last_contact_by_chain": "takes what is wanted of a scope",
    "chains.mentee_chain": "an expression for other queries",
    "chains.mentorship_chain": "an expression for other queries",
    "chains.pairings_by_chain": "takes what is wanted of a scope",
    "chains.pauses_by_spell": "takes what is wanted of a scope",
    "change_feed.database_version": "tells of the whole log where it ends, and nothing of it",
    "change_feed.forget_seen": "asks nothing",
    "change_feed.glance_from": "tells of the whole log what kept rows have to be read anew",
    "change_feed.look_from": "tells of the whole log what kept rows have to be read anew",
    "demonstration.is_demonstration_site": "a fact about the whole site, shown on every page",
    "demonstration.note_demonstration": "asks nothing",
    "demonstration.was_demonstration_site": "a fact about the whole site, shown on every page",
    "entry_bursts.place_of": "arithmetic on a row that is at hand",
    "follow_ups.is_answer": "a condition for other queries",
    "gaps.pairs_without_language": "takes what is wanted of a scope",
    "gaps.ward_places": "takes what is wanted of a scope",
    "health.is_database_ready": "asks the server, not the data",
    "kept_statements.read_rows": "runs a statement that a scope has limited",
    "network.people_rows": "takes what is wanted of a scope",
    "list_order.along_names": "puts ids in order that a scope has limited",
    "list_order.directed": "an expression for other queries",
    "list_order.in_order": "puts ids in order that a scope has limited",
    "list_order.joined_for": "completes a select that a scope has limited",
    "list_order.name_keys": "an expression for other queries",
    "list_order.order_keys": "an expression for other queries",
    "list_order.sorted_by_figures": "arithmetic on ids that are at hand",
    "mentor_links.find_open_link": "the link itself is the right to use it",
    "name_search.find_people": "a select for conditions on rows that are limited to a scope",
    "name_search.is_meant": "a condition for rows that are limited to a scope",
    "name_search.understand": "a select for conditions on rows that are limited to a scope",
    "network_mark.has_changed": "tells of the whole log whether it grew, and nothing of it",
    "network_mark.read_mark": "tells of the whole log where it ends, and nothing of it",
    "roster_catalogues.get_catalogues": "the office's lists are the same everywhere",
    "selection.want_rows": "a condition on rows whose ids are known",
    "settings.get_settings": "the office's settings are the same everywhere",
    "sign_ins.count_address_failures": "asked before anybody is signed in",
    "sign_ins.find_credentials": "asked before anybody is signed in",
    "sign_ins.find_open_link": "the link itself is the right to use it",
    "sign_ins.find_sign_in": "finds the reader from whom the scope comes",
    "sign_ins.hash_token": "asks nothing",
    "sign_ins.is_alive": "a condition for other queries",
    "sign_ins.list_pair_failures": "asked before anybody is signed in",
    "skills.latest_assessments": "an expression for other queries",
    "tables.chain_of": "an expression for other queries",
    "tables.living": "a condition for other queries",
    "tables.many_rows": "runs a statement of another query",
    "tables.open_on": "a condition for other queries",
    "tables.shared_date": "an expression for other queries",
    "value_lists.is_one_of": "a condition for other queries",
}


def test_every_query_takes_the_scope_first():
    assert unscoped_queries() - set(WITHOUT_SCOPE) == set()


def test_every_exception_is_still_needed():
    assert set(WITHOUT_SCOPE) - unscoped_queries() == set()


def unscoped_queries() -> set[str]:
    return {
        name_of(path, function)
        for path, function in public_queries()
        if first_argument(function) != "scope"
    }


def public_queries() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path in package_modules("app/queries"):
        for node in parsed(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield path, node


def name_of(path: Path, function: ast.FunctionDef) -> str:
    return (
        f"{path.relative_to(ROOT / 'app' / 'queries').with_suffix('').as_posix()}.{function.name}"
    )


def first_argument(function: ast.FunctionDef) -> str | None:
    arguments = [*function.args.posonlyargs, *function.args.args]
    return arguments[0].arg if arguments else None
