"""What people write into a quarterly report before it is exported."""

from wtforms import SelectField, TextAreaField
from wtforms.validators import Length

from app.forms.base import BaseForm
from app.forms.options import options
from app.quarterly.files import ReportTexts

LONGEST = 4000
ROWS = {"rows": 6}
LAYOUTS = (("doan", "Văn bản của Đoàn"), ("nd30", "Nghị định 30/2020/NĐ-CP"))


class WardReportForm(BaseForm):
    """What the figures do not tell; one paragraph a line."""

    difficulties = TextAreaField("Khó khăn, vướng mắc", [Length(max=LONGEST)], render_kw=ROWS)
    next_tasks = TextAreaField("Nhiệm vụ quý tiếp theo", [Length(max=LONGEST)], render_kw=ROWS)

    @property
    def texts(self) -> ReportTexts:
        """What was written, of a valid form."""
        return ReportTexts(
            difficulties=self.difficulties.data or "", next_tasks=self.next_tasks.data or ""
        )


class ProvinceReportForm(WardReportForm):
    """The paragraphs written from the figures as well, and the layout."""

    network = TextAreaField("Mentor và người học", [Length(max=LONGEST)], render_kw=ROWS)
    desk = TextAreaField("Hỗ trợ người dân", [Length(max=LONGEST)], render_kw=ROWS)
    activities = TextAreaField("Các hoạt động", [Length(max=LONGEST)], render_kw=ROWS)
    wards = TextAreaField("Tình hình các xã, phường", [Length(max=LONGEST)], render_kw=ROWS)
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
