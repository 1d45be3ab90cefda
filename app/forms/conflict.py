"""What differs between a form as somebody sent it and the same form as the record stands now."""

from typing import NamedTuple

from wtforms import Field, HiddenField, SelectFieldBase

from app.forms.base import BaseForm


class FieldConflict(NamedTuple):
    """A field with two values, as text."""

    label: str
    typed: str
    stored: str


def list_conflicts(sent: BaseForm, stored: BaseForm) -> list[FieldConflict]:
    """Return the fields whose values differ, in the order of the form."""
    return [
        FieldConflict(field.label.text, typed, kept)
        for field in sent
        if not isinstance(field, HiddenField)
        if (typed := _text_of(field)) != (kept := _text_of(stored[field.short_name]))
    ]


def _text_of(field: Field) -> str:
    if isinstance(field, SelectFieldBase):
        return ", ".join(label for _, label, is_selected, *_ in field.iter_choices() if is_selected)
    # WTForms' name for the text that stands in the input.
    return str(field._value())  # type: ignore[attr-defined]  # noqa: SLF001
