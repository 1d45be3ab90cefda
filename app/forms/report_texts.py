"""What people write into a quarterly report before it is exported."""

from wtforms import SelectField, TextAreaField
from wtforms.validators import Length

from app.forms.base import EditingForm
from app.forms.options import options
from app.forms.plain_text import without_secrets
from app.quarterly.drafts import ReportTexts

LONGEST = 4000
ROWS = {"rows": 6}
CHECKS = [Length(max=LONGEST), without_secrets]
LAYOUTS = (("doan", "Văn bản của Đoàn"), ("nd30", "Nghị định 30/2020/NĐ-CP"))


class _Paragraphs:
    # Before the fields of every report: faults are listed in the order of the page.
    network = TextAreaField("Mentor và người học", CHECKS, render_kw=ROWS)
    desk = TextAreaField("Hỗ trợ người dân", CHECKS, render_kw=ROWS)
    activities = TextAreaField("Các hoạt động", CHECKS, render_kw=ROWS)
    wards = TextAreaField("Tình hình các xã, phường", CHECKS, render_kw=ROWS)


class WardReportForm(EditingForm):
    """What the figures do not tell; one paragraph a line."""

    difficulties = TextAreaField("Khó khăn, vướng mắc", CHECKS, render_kw=ROWS)
    next_tasks = TextAreaField("Nhiệm vụ quý tiếp theo", CHECKS, render_kw=ROWS)

    @property
    def texts(self) -> ReportTexts:
        """What was written, of a valid form."""
        return ReportTexts(
            difficulties=self.difficulties.data or "", next_tasks=self.next_tasks.data or ""
        )


class ProvinceReportForm(_Paragraphs, WardReportForm):
    """The paragraphs written from the figures as well, and the layout."""

    layout = SelectField("Thể thức văn bản", choices=options(LAYOUTS))

    @property
    def texts(self) -> ReportTexts:
        """What was written, of a valid form; an emptied paragraph is that of the figures."""
        return super().texts._replace(
            network=self.network.data or None,
            desk=self.desk.data or None,
            activities=self.activities.data or None,
            wards=self.wards.data or None,
        )
