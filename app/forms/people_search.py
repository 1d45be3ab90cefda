"""What the address of a list of people says: typed words, state, ward, page."""

from collections.abc import Sequence

from wtforms import SelectField, StringField

from app.forms.base import BaseForm
from app.forms.options import options
from app.queries.people_filter import PeopleFilter
from app.queries.wards import WardCard

LONGEST_SEARCH = 100


class PeopleSearchForm(BaseForm):
    """The search and filter of a list; a value that is not offered counts as none."""

    q = StringField("Tìm theo tên, số điện thoại, thôn làng")
    state = SelectField("Tình trạng", name="tinh-trang", validate_choice=False)
    ward = SelectField("Xã, phường", name="xa", validate_choice=False)

    class Meta(BaseForm.Meta):
        """A form that only reads needs no protection."""

        csrf = False

    def __init__(
        self, *, states: Sequence[tuple[str, str]], wards: Sequence[WardCard], **values: object
    ) -> None:
        super().__init__(**values)
        self.state.choices = options(states)
        self.ward.choices = options(
            [("", "Tất cả"), *((ward.code, ward.full_name) for ward in wards)]
        )
        if len(wards) <= 1:
            del self.ward

    @property
    def chosen(self) -> PeopleFilter:
        """The filter that the address asks for."""
        return PeopleFilter(
            words=(self.q.data or "")[:LONGEST_SEARCH],
            state=_offered(self.state),
            ward_code=_offered(self.ward) if "ward" in self else "",
        )


def _offered(field: SelectField) -> str:
    offered = [value for value, *_ in field.iter_choices()]
    return str(field.data) if field.data in offered else ""
