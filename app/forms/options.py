"""What fields to choose from offer."""

from collections.abc import Iterable
from typing import Any

from wtforms import SelectField
from wtforms.fields import choices


def options(pairs: Iterable[tuple[object, str]]) -> list[Any]:
    """Return the options of a select, radio or tick-box field from pairs of value and label."""
    # Newer than the published types of WTForms.
    make = choices.SelectChoice  # type: ignore[attr-defined]
    return [make(value, label) for value, label in pairs]


def offered_value(field: SelectField) -> str:
    """Return what was chosen, if it is offered; "" for anything else."""
    offered = [value for value, *_ in field.iter_choices()]
    return str(field.data) if field.data in offered else ""
