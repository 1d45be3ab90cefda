"""The forms that mark skills, many radios at once, and the one about VNeID."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from flask import request
from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired

from app.forms.base import CreatingForm, DayField, not_in_future, required_day
from app.forms.options import options
from app.services.assess_skills import Assessment, Mark
from app.wording import ASSESSMENT_SOURCE_LABELS, SKILL_LEVEL_LABELS, VNEID_BASIS_LABELS
from models.enums import AssessmentSource, SkillLevel, VneidBasis

LEVEL_NAME = re.compile(r"level_(\d{1,9})_(\d{1,9})", re.ASCII)
LEVELS = [(level.value, label) for level, label in SKILL_LEVEL_LABELS.items()]


class MarkRow(NamedTuple):
    """One mentee and one skill; `current` is what is said now, which the page shows ticked."""

    mentee_id: int
    skill_id: int
    label: str
    hint: str
    current: SkillLevel | None

    @property
    def name(self) -> str:
        """What tells the row's fields apart."""
        return f"{self.mentee_id}_{self.skill_id}"


class MarkingForm(CreatingForm):
    """A day, who says so, and three radios a row. Made by `marking_form`, which adds the rows."""

    rows: Sequence[MarkRow]
    today: date

    on = DayField("Ngày đánh giá", [InputRequired("Nhập ngày đánh giá.")])
    said_by = RadioField(
        "Ai nhận xét",
        [InputRequired("Chọn ai nhận xét.")],
        coerce=AssessmentSource,
        choices=options((each.value, label) for each, label in ASSESSMENT_SOURCE_LABELS.items()),
    )

    def validate_on(self, field: DayField) -> None:
        """Not in the future."""
        not_in_future(self.today)(self, field)

    def level(self, row: MarkRow) -> RadioField:
        """Return the radios of a row."""
        return self[f"level_{row.name}"]  # type: ignore[no-any-return]  # WTForms ships no types

    @property
    def assessment(self) -> Assessment:
        """What differs from what the page showed, of a valid form."""
        marks = [
            Mark(row.mentee_id, row.skill_id, self.level(row).data)
            for row in self.rows
            if self.level(row).data is not None
            and self.level(row).data != self[f"seen_{row.name}"].data
        ]
        return Assessment(required_day(self.on), self.said_by.data, marks)


def marking_form(rows: Sequence[MarkRow], *, today: date, said_by: AssessmentSource) -> MarkingForm:
    """Return the form of some rows, filled with what was sent."""
    fields: dict[str, object] = {"rows": rows, "today": today}
    for row in rows:
        fields[f"level_{row.name}"] = RadioField(
            row.label,
            coerce=SkillLevel,
            choices=options(LEVELS),
            validate_choice=False,
            default=row.current,
            description=row.hint,
        )
        fields[f"seen_{row.name}"] = HiddenField(default=row.current.value if row.current else "")
    form = type("FilledMarkingForm", (MarkingForm,), fields)
    return form(on=today, said_by=said_by)  # type: ignore[no-any-return]


def sent_keys() -> list[tuple[int, int]]:
    """Return the mentees and skills, by id, that a sent form marks, in its order."""
    names = (LEVEL_NAME.fullmatch(name) for name in request.form)
    return [(int(found[1]), int(found[2])) for found in names if found]


class VneidForm(CreatingForm):
    """How it is known that the account is confirmed, and since when."""

    basis = RadioField(
        "Biết qua đâu",
        [InputRequired("Chọn người học tự báo hay cán bộ đã xem.")],
        coerce=VneidBasis,
        choices=options((each.value, label) for each, label in VNEID_BASIS_LABELS.items()),
    )
    noted_on = DayField("Ngày biết", [InputRequired("Nhập ngày.")])

    def __init__(self, *, today: date, **values: object) -> None:
        super().__init__(**{"noted_on": today, **values})
        self.today = today

    def validate_noted_on(self, field: DayField) -> None:
        """Not in the future."""
        not_in_future(self.today)(self, field)

    @property
    def day(self) -> date:
        """The day of a valid form."""
        return required_day(self.noted_on)
