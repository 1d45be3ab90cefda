"""Gives one tag to many people of a role, or takes it from them: a change of many like others."""

from collections.abc import Sequence
from dataclasses import dataclass

from app import clock
from app.access.scope import WardScope
from app.queries.spells import RoleSpellRow
from app.queries.tags import tag_rows
from app.role_errors import AlreadyTaggedError, NotTaggedError
from app.services.change_spells import ManyChange, Rule
from models import PersonTag, db
from models.base import Base
from models.enums import PersonRole


@dataclass(frozen=True, slots=True)
class ManyTags(ManyChange):
    """All of these people get a tag, or lose it where `is_given` is False."""

    tag_id: int
    is_given: bool

    def kind(self, role: PersonRole) -> str:
        """Tags are the person's, whatever the role."""
        del role
        return "people_tagged" if self.is_given else "people_untagged"

    def rule(self, scope: WardScope, spells: Sequence[RoleSpellRow]) -> Rule:
        """Raise `AlreadyTaggedError`, or `NotTaggedError`, where there is nothing to change."""
        carrying = {row.person_id for row in self._rows(scope, spells)}
        error = AlreadyTaggedError if self.is_given else NotTaggedError

        def refuse(spell: RoleSpellRow) -> None:
            if (spell.person_id in carrying) is self.is_given:
                raise error

        return refuse

    def apply(self, scope: WardScope, spells: Sequence[RoleSpellRow]) -> Base:
        """Give or take it; who holds the role twice is one person with one tag."""
        rows = self._rows(scope, spells)
        if not self.is_given:
            for row in rows:
                row.deleted_at = clock.now()
            return spells[0]
        untagged = {spell.person_id for spell in spells} - {row.person_id for row in rows}
        db.session.add_all(
            PersonTag(person_id=person_id, tag_id=self.tag_id) for person_id in sorted(untagged)
        )
        return spells[0]

    def _rows(self, scope: WardScope, spells: Sequence[RoleSpellRow]) -> Sequence[PersonTag]:
        return tag_rows(scope, [spell.person_id for spell in spells], [self.tag_id])
