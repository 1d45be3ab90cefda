"""What differs between a form as somebody sent it and the same form as the record stands now."""

from typing import NamedTuple

from wtforms import BooleanField, Field, HiddenField, SelectFieldBase

from app.forms.base import BaseForm, EditingForm


class FieldConflict(NamedTuple):
    """A field with two values, as text."""

    name: str
    label: str
    typed: str
    stored: str


def _list_conflicts(sent: BaseForm, stored: BaseForm) -> list[FieldConflict]:
    """Return the fields whose values differ, in the order of the form."""
    return [
        FieldConflict(
            field.short_name,
            field.label.text,
            _text_of(field),
            _text_of(stored[field.short_name]),
        )
        for field in sent
        if not isinstance(field, HiddenField) and field.short_name != "kept"
        if not _is_same(field, stored[field.short_name])
    ]


def is_saved_already(sent: EditingForm, stored: EditingForm) -> bool:
    """Say whether a form was refused as a stale copy although all it says is recorded.

    So it is after a double press: the first one has saved it.
    """
    return sent.is_conflict and not _list_conflicts(sent, stored)


def take_conflicts(sent: EditingForm, stored: EditingForm) -> list[FieldConflict]:
    """Return the conflicts of a form that saw another version, and let its next attempt count.

    Nothing when it saw the present one: then it was refused for another reason.
    """
    if str(sent.seen_version) == str(stored.version.data):
        return []
    sent.version.data = stored.version.data
    sent.kept.data = []
    return _list_conflicts(sent, stored)


def _is_same(typed: Field, kept: Field) -> bool:
    """Compare values rather than texts: a phone may be typed in many ways."""
    is_read = not typed.errors and typed.data is not None
    return (is_read and typed.data == kept.data) or _text_of(typed) == _text_of(kept)


def _text_of(field: Field) -> str:
    if isinstance(field, SelectFieldBase):
        return ", ".join(label for _, label, is_selected, *_ in field.iter_choices() if is_selected)
    if isinstance(field, BooleanField):
        return "có" if field.data else "không"
    # WTForms' name for the text that stands in the input.
    return str(field._value())  # type: ignore[attr-defined]  # noqa: SLF001
