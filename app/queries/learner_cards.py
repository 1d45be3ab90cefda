"""What a mentee's page says about learning: each skill, VNeID, and how far completion is."""

from datetime import date
from typing import NamedTuple

from app.access.scope import WardScope
from app.queries.completion import Completion
from app.queries.settings import SiteSettings
from app.queries.skills import SkillState, list_skills, skill_states
from app.queries.vneid import ConfirmationLine, list_confirmations
from models.enums import SkillLevel


class SkillLine(NamedTuple):
    """A skill and what somebody can do of it; `state` is None while nobody has said anything."""

    id: int
    label: str
    is_active: bool
    state: SkillState | None


class LearnerCard(NamedTuple):
    """What somebody can do as of a day."""

    skills: tuple[SkillLine, ...]
    vneid: tuple[ConfirmationLine, ...]
    completion: Completion

    def count(self, level: SkillLevel | None) -> int:
        """Return of how many skills of today's curriculum this is said; None: nothing is."""
        return sum(
            line.is_active and (line.state.level if line.state else None) == level
            for line in self.skills
        )

    @property
    def is_known(self) -> bool:
        """Whether anything was ever assessed."""
        return any(line.state is not None for line in self.skills)


def get_learner_card(
    scope: WardScope, person_id: int, day: date, settings: SiteSettings
) -> LearnerCard:
    """Return what a person whom the scope has shown can do as of a day."""
    states = skill_states(scope, [person_id], day)
    skills = tuple(
        SkillLine(skill.id, skill.label, skill.is_active, states.get((person_id, skill.id)))
        for skill in list_skills(scope, person_id)
    )
    reached = sum(state.level is SkillLevel.ABLE for state in states.values())
    vneid = tuple(list_confirmations(scope, person_id))
    return LearnerCard(skills, vneid, Completion(reached, settings.skills_to_complete))
