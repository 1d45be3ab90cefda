"""The form that puts a row of a file right: one field for each column that a list can have."""

from wtforms import Field, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from app.exchange.columns import Column
from app.exchange.roster_workbook import HEADINGS, HINTS, ROLE_TEXTS
from app.forms.base import BaseForm
from app.forms.options import options
from app.roster.correcting import RowToCorrect

LONGEST = 1000
OBVIOUS = frozenset({Column.FULL_NAME, Column.GENDER, Column.HAMLET, Column.PHONE})


class RosterRowForm(BaseForm):
    """Texts as they would stand in the file; made by `row_form`."""

    @property
    def texts(self) -> dict[Column, str]:
        """What was typed, by column."""
        return {column: self[column.value].data or "" for column in HEADINGS}

    def show_errors(self, row: RowToCorrect) -> None:
        """Put what is wrong with the row beside its fields, or above the form."""
        for column, messages in row.errors.items():
            self[column.value].errors = list(messages)
        self.form_errors.extend(row.others)


def row_form(row: RowToCorrect, *, is_sent: bool) -> RosterRowForm:
    """Return the form with what was typed, or else with what stands in the file."""
    form_class = type("RosterRowForm", (RosterRowForm,), {c.value: _field(c) for c in HEADINGS})
    shown = {column.value: text for column, text in row.texts.items()}
    given = {} if is_sent else {"formdata": None}
    form: RosterRowForm = form_class(data=shown, **given)
    return form


def _field(column: Column) -> Field:
    label = HEADINGS[column]
    if column is Column.ROLE:
        choices = options([("", "Chưa rõ"), *((text, text) for text in ROLE_TEXTS)])
        return SelectField(label, choices=choices)
    kind = TextAreaField if column is Column.NOTE else StringField
    hint = "" if column in OBVIOUS else HINTS[column]
    return kind(label, [Length(max=LONGEST)], description=hint)
