"""What everything that can be done with many people of a list has in common."""

from abc import ABC, abstractmethod
from typing import ClassVar

from wtforms import Field

from app.access.scope import WardScope
from app.forms.base import CreatingForm
from app.queries.spells import wards_of
from app.queries.supposed import Supposed
from app.services.change_spells import ManyChange
from app.web.selection import Selection
from models.enums import PersonRole


class Deed(ABC):
    """Something done with the people of a selection, with the form as it was sent."""

    word: ClassVar[str]
    label: ClassVar[str]
    explanation: ClassVar[str]
    form: CreatingForm

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        wards = wards_of(selection.scope, selection.area.role, selection.ids)
        self.place = WardScope.of(wards, selection.scope.account_id)

    @classmethod
    def suits(cls, role: PersonRole) -> bool:
        """Whether it can be done with people of a role."""
        del role
        return True

    @property
    def fields(self) -> list[Field]:
        """What is asked, in order."""
        hidden = {"csrf_token", "form_key"}
        return [field for field in self.form if field.short_name not in hidden]

    @property
    @abstractmethod
    def change(self) -> ManyChange:
        """What was asked for, of a valid form."""

    @property
    @abstractmethod
    def done(self) -> str:
        """What has happened to the people, of a valid form, as the rest of a sentence."""

    @property
    def other_way(self) -> tuple[str, str] | None:
        """The name and address of a page that may serve better."""
        return None

    def say_pairs(self, count: int) -> str | None:
        """Say what happens to so many open pairs of theirs; None where nothing does."""
        del count
        return None

    def suppose(self, ids: list[int]) -> Supposed | None:
        """Audit the people's wards with and without it; None where it takes nobody away."""
        del ids
        return None
