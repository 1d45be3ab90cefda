"""The forms that give and take tags: those of one person, one tag of many people."""

from collections.abc import Collection, Sequence

from wtforms import RadioField, SelectMultipleField
from wtforms.validators import InputRequired

from app.forms.base import CreatingForm
from app.forms.options import options
from app.queries.catalogues_for_forms import TagChoice
from app.services.tag_person import TagChange

GIVE, TAKE = "gan", "bo"


class PersonTagsForm(CreatingForm):
    """Movements and teams, ticked; `seen` are the tags that the page showed as given."""

    movements = SelectMultipleField("Phong trào tham gia", coerce=int)
    teams = SelectMultipleField("Thuộc đội, tổ", coerce=int)
    seen = SelectMultipleField(coerce=int, validate_choice=False)

    def __init__(
        self, *, tags: Sequence[TagChoice], carried: Collection[int], **values: object
    ) -> None:
        super().__init__(**{"movements": carried, "teams": carried, "seen": carried, **values})
        self.movements.choices = options((tag.id, tag.label) for tag in tags if not tag.is_team)
        self.teams.choices = options((tag.id, tag.label) for tag in tags if tag.is_team)

    @property
    def change(self) -> TagChange:
        """What was ticked or unticked since the page was shown, of a valid form."""
        ticked = {*(self.movements.data or ()), *(self.teams.data or ())}
        seen = set(self.seen.data or ())
        return TagChange(given=ticked - seen, taken=seen - ticked)


class TagManyForm(CreatingForm):
    """Which tag, and whether it is given or taken."""

    way = RadioField("Làm gì", [InputRequired("Chọn gắn hay bỏ nhãn.")], default=GIVE)
    tag = RadioField("Nhãn", [InputRequired("Chọn một nhãn.")], coerce=int)

    def __init__(self, *, tags: Sequence[TagChoice], **values: object) -> None:
        super().__init__(**values)
        self.way.choices = options([(GIVE, "Gắn nhãn"), (TAKE, "Bỏ nhãn")])
        self.tag.choices = options((tag.id, tag.label) for tag in tags)

    @property
    def is_given(self) -> bool:
        """Whether the tag is given, of a valid form."""
        return bool(self.way.data == GIVE)

    @property
    def label(self) -> str:
        """How the chosen tag reads, of a valid form."""
        chosen = self.tag.data
        return next(label for value, label, *_ in self.tag.iter_choices() if value == chosen)
