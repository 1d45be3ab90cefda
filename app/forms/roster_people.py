"""Whom the doubtful rows of a roster file are about: a choice for each row of a page."""

from collections.abc import Mapping

from wtforms import RadioField
from wtforms.validators import Optional

from app.exchange.records import RowPlace
from app.forms.base import BaseForm
from app.forms.options import options
from app.roster.doubles import Choice
from app.roster.doubted import SOMEBODY_ELSE, DoubtedRow


class PeopleOfRowsForm(BaseForm):
    """One field for each row; made by `people_form`."""

    def chosen(self, rows: Mapping[str, DoubtedRow]) -> dict[RowPlace, Choice]:
        """What was chosen; rows without a choice stay as they are."""
        return {
            row.place: Choice(
                None if self[name].data == SOMEBODY_ELSE else self[name].data,
                tuple(reference for reference, _ in row.candidates),
            )
            for name, row in rows.items()
            if self[name].data
        }


def people_form(rows: Mapping[str, DoubtedRow], *, is_sent: bool) -> PeopleOfRowsForm:
    """Return the form for rows by the names of their fields, with what was chosen before."""
    fields = {name: _field(row) for name, row in rows.items()}
    form_class = type("PeopleOfRowsForm", (PeopleOfRowsForm,), fields)
    given = {} if is_sent else {"formdata": None}
    form: PeopleOfRowsForm = form_class(
        data={name: row.chosen for name, row in rows.items()}, **given
    )
    return form


def _field(row: DoubtedRow) -> RadioField:
    somebody_else = SOMEBODY_ELSE, "Là người khác, ghi mới"
    return RadioField(
        row.told,
        [Optional()],
        choices=options([*row.candidates, somebody_else]),
        description=" ".join(row.because),
    )
