"""Which rows of a deletion are put back."""

import re

from wtforms import SelectMultipleField
from wtforms.validators import InputRequired

from app.forms.base import CreatingForm
from app.queries.deleted_rows import RowKey

ROW_CODE = re.compile(r"([a-z_]{1,40})-(\d{1,9})", re.ASCII)


class RestoreForm(CreatingForm):
    """Ticked rows, each as «mentees-12»; which of them lie in the bin is the service's to say."""

    muc = SelectMultipleField(
        "Mục cần khôi phục",
        [InputRequired("Chưa chọn mục nào. Đánh dấu những mục cần lấy lại.")],
        choices=[],
        validate_choice=False,
    )

    @property
    def chosen(self) -> list[RowKey]:
        """The rows that were ticked; what names none was tampered with and is left out."""
        found = (ROW_CODE.fullmatch(text) for text in self.muc.data or ())
        return [RowKey(match[1], int(match[2])) for match in found if match]
