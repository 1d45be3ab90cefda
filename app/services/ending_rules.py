"""What the services that end a role share, whether it is over or goes on elsewhere; no commit."""

from collections.abc import Sequence
from datetime import date, timedelta

from app.access.scope import WardScope
from app.queries.spells import RoleSpellRow, last_duty_on, last_meeting_on
from models import Mentorship

ONE_DAY = timedelta(days=1)


def earliest_end(scope: WardScope, spell: RoleSpellRow, pairings: Sequence[Mentorship]) -> date:
    """Return the first day from which the role may end without cutting off what is recorded."""
    days = [max([spell.started_on, *(pairing.started_on for pairing in pairings)]) + ONE_DAY]
    days += [pairing.ended_on for pairing in pairings if pairing.ended_on is not None]
    # A meeting on the last day of a pairing still belongs to it; a duty turn needs an open post.
    meeting, duty = last_meeting_on(scope, spell), last_duty_on(scope, spell)
    if meeting is not None:
        days.append(meeting)
    if duty is not None:
        days.append(duty + ONE_DAY)
    return max(days)
