"""A sheet of targets: the file, what each row says by the rules of the typed form, the decision."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField

from app.exchange.labels import label_key
from app.exchange.target_sheet import WHOLE_PROVINCE, TargetLine
from app.forms.base import CreatingForm
from app.forms.target import NewTargetForm
from app.forms.workbook_file import WorkbookFileForm
from app.queries.wards import WardCard
from app.roster.wards import WardBook, WardRefusedError
from app.services.import_targets import SheetTarget
from app.wording import TARGET_INDICATOR_LABELS

BY_LABEL = {label_key(label): one.value for one, label in TARGET_INDICATOR_LABELS.items()}


class TargetFileForm(WorkbookFileForm):
    """The sheet that comes in."""

    file = FileField(
        "Tệp chỉ tiêu",
        [FileRequired("Chọn tệp chứa chỉ tiêu.")],
        description="Tệp .xlsx, .xls, .ods hoặc .csv có các cột như tệp mẫu, thứ tự nào cũng được.",
        render_kw={"accept": ".xlsx,.xls,.ods,.csv,.txt"},
    )


class ApplyTargetsForm(CreatingForm):
    """The decision to write what the preview shows; `preview` carries its rows, signed."""

    preview = HiddenField()


class CheckedLines(NamedTuple):
    """The rows of a sheet that can be used, and by row what is wrong with the others."""

    targets: list[SheetTarget]
    faults: dict[int, list[str]]


def check_lines(
    lines: Iterable[TargetLine], wards: Sequence[WardCard], today: date
) -> CheckedLines:
    """Read rows by the rules of the typed form, with its sentences."""
    book = WardBook(wards, None)
    by_id = {ward.id: ward for ward in wards}
    checked = CheckedLines([], {})
    for line in lines:
        ward: WardCard | None = None
        sentences: list[str] = []
        if not line.ward:
            # A target of one ward must not become the province's.
            sentences.append("Địa bàn: Ghi «Toàn tỉnh», hoặc mã hay tên xã, phường.")
        elif label_key(line.ward) != label_key(WHOLE_PROVINCE):
            try:
                ward = by_id[book.resolve(line.ward)]
            except WardRefusedError as error:
                sentences.append(f"Địa bàn: {error}")
        form = _typed(line, ward, today)
        is_good = form.validate()
        if is_good and not sentences:
            checked.targets.append(SheetTarget(line.row_number, form.series, form.version_typed))
        else:
            checked.faults[line.row_number] = [*sentences, *_faults(form)]
    return checked


def _typed(line: TargetLine, ward: WardCard | None, today: date) -> NewTargetForm:
    typed = MultiDict(
        {
            "ward": "" if ward is None else str(ward.id),
            "indicator": BY_LABEL.get(label_key(line.indicator), line.indicator),
            "due_on": line.due_on,
            "value": line.value,
            "valid_from": line.valid_from,
            "source": line.source,
        }
    )
    wards = () if ward is None else (ward,)
    return NewTargetForm(wards=wards, today=today, formdata=typed, meta={"csrf": False})


def _faults(form: NewTargetForm) -> list[str]:
    """One sentence a field, in the order of the columns."""
    return [f"{field.label.text}: {field.errors[0]}" for field in form if field.errors]
