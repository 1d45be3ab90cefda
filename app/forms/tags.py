"""The form that gives and takes the tags of one person."""

from collections.abc import Collection, Sequence

from wtforms import SelectMultipleField

from app.forms.base import CreatingForm
from app.forms.options import options
from app.queries.catalogues_for_forms import TagChoice
from app.services.tag_person import TagChange


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
