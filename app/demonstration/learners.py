"""A ward's mentees: who is paired, who waits, who finished, who was handed on from the desk."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from app.demonstration.desk import receive_visitor, workday_before
from app.demonstration.plan import FLOOR
from app.demonstration.profiles import Flaw
from app.demonstration.rows import HandoffRow, PauseRow, SpellRow
from app.demonstration.story import WardStory


@dataclass(slots=True)
class LearnerCounts:
    """How many mentees of a ward there are of each kind; `active` ones have a mentor."""

    active: int
    handed_on: int
    waiting_long: int
    waiting: int
    paused: int
    completed: int
    left: int


class End(NamedTuple):
    """When and why a pairing ended, and whether the mentee stopped learning with it."""

    day: date
    reason: str
    is_of_mentee: bool = True


def count_learners(story: WardStory) -> LearnerCounts:
    """Split the planned mentees; in a strict ward as many stay active as the floor asks."""
    plan, flaws = story.plan, story.plan.profile.flaws
    slack = plan.mentees - (FLOOR * plan.mentors if plan.profile.is_strict else plan.mentors)
    taught = plan.mentees if plan.mentors else 0
    if Flaw.DORMANT in flaws:
        slack -= 1  # The mentor who forgets one of six still meets the floor with the other five.
    share = max(1, plan.mentees // 25)
    wishes = {
        "handed_on": share + story.rng.randint(0, 1) if Flaw.HANDOFF in flaws else 0,
        "waiting_long": share + story.rng.randint(0, 1) if Flaw.WAITING in flaws else 0,
        "waiting": share + 2 if Flaw.SHORT_OF_CAPACITY in flaws else int(story.chance(0.35)),
        "paused": int(story.chance(0.15)),
        "left": round(0.03 * taught + story.rng.random() / 2) if taught else 0,
        "completed": round(0.09 * taught),
    }
    for kind, wish in wishes.items():
        wishes[kind] = max(0, min(wish, slack))
        slack -= wishes[kind]
    return LearnerCounts(active=plan.mentees - sum(wishes.values()), **wishes)


def enrol(story: WardStory, started_on: date, end: End | None = None) -> int:
    """Add a person with a spell as mentee and return the spell's number."""
    entered_on = story.entered(started_on)
    person = story.meet("mentee", started_on)
    number = next(story.numbers.mentees)
    story.rows.mentees.append(
        SpellRow(
            number=number,
            person=person,
            ward=story.ward,
            started_on=started_on,
            entered_on=entered_on,
            ended_on=end.day if end else None,
            end_reason=end.reason if end else None,
        )
    )
    return number


def enrol_waiting(story: WardStory, counts: LearnerCounts) -> None:
    """Add those without a mentor: new ones, forgotten ones, handed-on ones, paused ones."""
    for _ in range(counts.waiting):
        started_on = story.before(0, 5)
        if story.chance(0.5):
            _hand_on(story, started_on)
        else:
            enrol(story, started_on)
    for _ in range(counts.waiting_long):
        enrol(story, story.before(9, 60))
    for _ in range(counts.handed_on):
        _hand_on(story, story.before(9, 40))
    for _ in range(counts.paused):
        number = enrol(story, story.before(60, 120))
        since = story.before(10, 30)
        back = story.today + timedelta(days=25)
        story.rows.pauses.append(PauseRow(story.ward, since, back, since, mentee=number))


def _hand_on(story: WardStory, latest: date) -> None:
    day = workday_before(latest)
    mentee = enrol(story, day)
    note_handing_on(story, mentee, day)


def note_handing_on(story: WardStory, mentee: int, day: date) -> None:
    """Say that the newest mentee came from the desk, if it was open on that day."""
    first, last = story.desk_days or (date.max, date.min)
    if not first <= day <= last or workday_before(day) != day:
        return
    session = receive_visitor(story, day)
    person = story.rows.persons[-1].number
    story.rows.handoffs.append(HandoffRow(session, mentee, person, story.ward, day))
