"""What the address of a list of people says: typed words, state, ward, tag, page."""

from collections.abc import Sequence

from wtforms import SelectField, StringField

from app.forms.base import BaseForm
from app.forms.options import offered_value, options
from app.queries.catalogues_for_forms import TagChoice
from app.queries.people_filter import PeopleFilter
from app.queries.wards import WardCard

LONGEST_SEARCH = 100


class PeopleSearchForm(BaseForm):
    """The search and filter of a list; a value that is not offered counts as none."""

    q = StringField("Tìm theo tên, số điện thoại, thôn làng")
    state = SelectField("Tình trạng", name="tinh-trang", validate_choice=False)
    ward = SelectField("Xã, phường", name="xa", validate_choice=False)
    tag = SelectField("Nhãn", name="nhan", validate_choice=False)

    class Meta(BaseForm.Meta):
        """A form that only reads needs no protection."""

        csrf = False

    def __init__(
        self,
        *,
        states: Sequence[tuple[str, str]],
        wards: Sequence[WardCard],
        tags: Sequence[TagChoice],
        **values: object,
    ) -> None:
        super().__init__(**values)
        self.tag.choices = options([("", "Tất cả"), *((tag.code, tag.label) for tag in tags)])
        self.state.choices = options(states)
        self.ward.choices = options(
            [("", "Tất cả"), *((ward.code, ward.full_name) for ward in wards)]
        )
        if len(wards) <= 1:
            del self.ward

    @property
    def tag_label(self) -> str:
        """How the chosen tag reads."""
        return next(label for value, label, *_ in self.tag.iter_choices() if value == self.tag.data)

    @property
    def chosen(self) -> PeopleFilter:
        """The filter that the address asks for."""
        return PeopleFilter(
            words=(self.q.data or "")[:LONGEST_SEARCH],
            state=offered_value(self.state),
            ward_code=offered_value(self.ward) if "ward" in self else "",
            tag=offered_value(self.tag),
        )


class WordSearchForm(BaseForm):
    """The search box of all pages; sent, but not in the address, so nothing more is asked of it."""

    q = StringField("Tên, số điện thoại, thôn làng")

    @property
    def words(self) -> str:
        """What was typed."""
        return (self.q.data or "")[:LONGEST_SEARCH]
