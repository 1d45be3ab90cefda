"""Which of two records of a person says what is right, field by field."""

from collections.abc import Callable, Iterable
from typing import Any

from wtforms import RadioField, SelectMultipleField
from wtforms.validators import InputRequired

from app.forms.base import CreatingForm, EditingForm
from app.forms.conflict import FieldConflict
from app.forms.options import options
from app.queries.merging import MERGED_FIELDS, MergePair, MergeSide
from app.wording import gender_label
from models.names import format_phone

OF_KEPT, OF_ARCHIVED = "giu", "kia"
LABELS = {
    "full_name": "Họ và tên",
    "birth_year": "Năm sinh",
    "gender": "Giới tính",
    "phone": "Điện thoại",
    "hamlet_id": "Thôn, làng, tổ dân phố",
    "note": "Ghi chú",
}
SHOWN: dict[str, Callable[[MergeSide], str]] = {
    "full_name": lambda side: side.full_name,
    "birth_year": lambda side: str(side.birth_year),
    "gender": lambda side: gender_label(side.gender) if side.gender else "",
    "phone": lambda side: format_phone(side.phone) if side.phone else "",
    "hamlet_id": lambda side: side.hamlet or "",
    "note": lambda side: side.note or "",
}


class MergeForm(CreatingForm, EditingForm):
    """A choice for each field in which the records differ; what one lacks comes from the other."""

    full_name = RadioField(LABELS["full_name"])
    birth_year = RadioField(LABELS["birth_year"])
    gender = RadioField(LABELS["gender"])
    phone = RadioField(LABELS["phone"])
    hamlet_id = RadioField(LABELS["hamlet_id"])
    note = RadioField(LABELS["note"])
    seen = SelectMultipleField(validate_choice=False)

    def __init__(self, *, pair: MergePair, **values: Any) -> None:  # noqa: ANN401  # WTForms' own
        chosen = dict.fromkeys(MERGED_FIELDS, OF_KEPT)
        shown = {"version": str(pair.edition), "seen": _written(pair)}
        super().__init__(**(shown | chosen | values))
        self._pair = pair
        for name in MERGED_FIELDS:
            if not self._is_open(name):
                del self[name]
                continue
            self[name].validators = [InputRequired("Chọn một trong hai.")]
            self[name].choices = options(
                [(OF_KEPT, SHOWN[name](pair.kept)), (OF_ARCHIVED, SHOWN[name](pair.archived))]
            )

    @property
    def choices_to_make(self) -> list[RadioField]:
        """The fields in which the records differ, in the order of a record."""
        return [self[name] for name in MERGED_FIELDS if name in self]

    @property
    def taken(self) -> frozenset[str]:
        """The fields that come from the record that is archived: chosen, or unknown so far."""
        kept, archived = self._pair.kept, self._pair.archived
        chosen = {name for name in MERGED_FIELDS if name in self and self[name].data == OF_ARCHIVED}
        unknown = {name for name in MERGED_FIELDS if getattr(kept, name) is None}
        known_there = {name for name in unknown if getattr(archived, name) is not None}
        return frozenset(chosen | known_there)

    def take_changes(self) -> list[FieldConflict]:
        """Return what was changed in the records since they were shown, and count it as seen.

        `typed` is what stood there, `stored` what stands there now.
        """
        if self.seen_version == self._pair.edition:
            return []
        before, now = _read(self.seen.data or ()), _read(_written(self._pair))
        self.version.data, self.seen.data = str(self._pair.edition), _written(self._pair)
        return [
            FieldConflict(place, _place_label(place, self._pair), before.get(place, ""), value)
            for place, value in now.items()
            if before.get(place, "") != value
        ]

    def _is_open(self, name: str) -> bool:
        values = getattr(self._pair.kept, name), getattr(self._pair.archived, name)
        return None not in values and values[0] != values[1]


def _written(pair: MergePair) -> list[str]:
    """Return what the page shows of both records, a line for each field."""
    return [
        f"{side.id}.{name}={_shown(side, name)}"
        for side in (pair.kept, pair.archived)
        for name in MERGED_FIELDS
    ]


def _shown(side: MergeSide, name: str) -> str:
    return "" if getattr(side, name) is None else SHOWN[name](side)


def _read(lines: Iterable[str]) -> dict[str, str]:
    parts = (line.partition("=") for line in lines)
    # A browser sends the lines of a note with line ends of its own.
    return {place: value.replace("\r\n", "\n") for place, _sign, value in parts}


def _place_label(place: str, pair: MergePair) -> str:
    side_id, _dot, name = place.partition(".")
    is_kept = side_id == str(pair.kept.id)
    record = "hồ sơ được giữ" if is_kept else "hồ sơ gộp vào"
    return f"{LABELS[name]} ({record})"
