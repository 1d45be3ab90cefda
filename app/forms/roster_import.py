"""The file of a roster import, and the decision to apply what it would change."""

from collections.abc import Sequence

from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, RadioField, SelectField

from app.exchange.records import RosterRole
from app.forms.base import CreatingForm
from app.forms.options import options
from app.forms.workbook_file import WorkbookFileForm
from app.queries.wards import WardCard
from app.wording import ROSTER_ROLE_LABELS

NO_CHOICE = ""


class RosterFileForm(WorkbookFileForm):
    """A workbook, and what it may leave unsaid: the ward and the role of its rows."""

    file = FileField(
        "Tệp danh sách",
        [FileRequired("Chọn tệp Excel chứa danh sách.")],
        description="Tệp .xlsx, .xls, .ods hoặc .csv, tối đa 20 MB. Danh sách đang dùng là được.",
        render_kw={"accept": ".xlsx,.xls,.ods,.csv,.txt"},
    )
    ward = SelectField("Xã, phường của cả tệp", validate_choice=True)
    role = RadioField(
        "Vai trò, nếu tệp không ghi",
        choices=options(
            [
                (NO_CHOICE, "Tệp có ghi"),
                *((role.value, label) for role, label in ROSTER_ROLE_LABELS.items()),
            ]
        ),
        default=NO_CHOICE,
    )

    def __init__(self, *, wards: Sequence[WardCard], **values: object) -> None:
        super().__init__(**values)
        self.ward.choices = options(
            [(NO_CHOICE, "Ghi ở từng dòng"), *((str(ward.id), ward.full_name) for ward in wards)]
        )
        if len(wards) <= 1:
            del self.ward

    def ward_id(self, only_ward_id: int | None) -> int | None:
        """The ward that was chosen for all rows, or the reader's only one."""
        if "ward" not in self:
            return only_ward_id
        return int(self.ward.data) if self.ward.data else None

    @property
    def default_role(self) -> RosterRole | None:
        """The role of rows whose sheet names none."""
        return RosterRole(self.role.data) if self.role.data else None


class ApplyImportForm(CreatingForm):
    """The decision to apply a preview: all of it, or only its good rows."""

    only_good = HiddenField()

    @property
    def is_only_good(self) -> bool:
        """Whether rows in error are left out."""
        return bool(self.only_good.data == "1")
