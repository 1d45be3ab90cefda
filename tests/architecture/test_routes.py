"""What every address of the site must have."""

import re
from collections.abc import Iterator

from werkzeug.routing import Rule

# Endpoints of Flask itself, which serve files that anybody may see.
FILES_FOR_ANYBODY = frozenset({"static"})
PLAIN_SEGMENT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)?")
TYPED_SEGMENT = re.compile(r"[a-z0-9-]*<[a-z_]+(\([^>]*\))?:[a-z_]+>(\.[a-z0-9]+)?")


def test_every_route_names_its_permission_or_says_that_it_is_public(flask_app):
    undeclared = [
        rule.endpoint
        for rule in flask_app.url_map.iter_rules()
        if rule.endpoint not in FILES_FOR_ANYBODY
        if not is_declared(flask_app.view_functions[rule.endpoint])
    ]

    assert undeclared == []


def test_no_route_is_both_public_and_guarded(flask_app):
    contradictory = [
        endpoint
        for endpoint, view in flask_app.view_functions.items()
        if hasattr(view, "required_permission") and getattr(view, "is_public", False)
    ]

    assert contradictory == []


def test_addresses_are_lower_kebab_case_with_typed_variables(flask_app):
    odd = [rule.rule for rule in flask_app.url_map.iter_rules() if not is_well_formed(rule)]

    assert odd == []


def test_what_changes_something_is_never_a_get(flask_app):
    mixed = [
        rule.rule
        for rule in flask_app.url_map.iter_rules()
        if "GET" in rule.methods and rule.methods & {"DELETE", "PATCH", "PUT"}
    ]

    assert mixed == []


def is_declared(view: object) -> bool:
    return hasattr(view, "required_permission") or getattr(view, "is_public", False)


def is_well_formed(rule: Rule) -> bool:
    return all(
        PLAIN_SEGMENT.fullmatch(segment) or TYPED_SEGMENT.fullmatch(segment)
        for segment in segments(rule.rule)
    )


def segments(address: str) -> Iterator[str]:
    return (segment for segment in address.split("/") if segment)
