"""A ward's mentors, whom they guide, and when they met."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.demonstration.learners import (
    End,
    LearnerCounts,
    count_learners,
    enrol,
    enrol_waiting,
    note_handing_on,
)
from app.demonstration.plan import FLOOR
from app.demonstration.profiles import Flaw, Mentors
from app.demonstration.rows import CapacityRow, ContactRow, MentorshipRow, PauseRow, SpellRow
from app.demonstration.story import WardStory

DEFAULT_CAPACITY = 10
WEAK_SHARE, ON_PAPER_SHARE, OVER_SHARE = 0.35, 0.15, 0.05
MANY_MENTORS = 4


@dataclass(slots=True)
class Guide:
    """A mentor while the story is told.

    `is_weak`: guides fewer than the floor. `is_on_paper`: meets nobody any more. `met_until` is the
    last contact; `quiet` says for some pairings from when on they were not met.
    """

    number: int
    started_on: date
    met_until: date
    ended_on: date | None = None
    is_weak: bool = False
    is_on_paper: bool = False
    active: int = 0
    pairs: list[MentorshipRow] = field(default_factory=list)
    quiet: dict[int, date] = field(default_factory=dict)


def tell_network(story: WardStory) -> None:
    """Add the ward's mentors, mentees, pairings and contacts."""
    counts = count_learners(story)
    guides = [_register_mentor(story) for _ in range(story.plan.mentors)]
    _mark(story, guides)
    _spread_active(story, guides, counts)
    enrol_waiting(story, counts)
    for guide in guides:
        _pair_active(story, guide)
    _pair_finished(story, guides, counts)
    _teach_across_the_border(story, guides)
    for guide in guides:
        _set_capacity(story, guide)
        _let_meet(story, guide)


def _register_mentor(story: WardStory) -> Guide:
    started_on = story.before(80, 330)
    has_left = story.plan.profile.mentors is Mentors.LEFT
    ended_on = story.before(15, 40) if has_left else None
    number = next(story.numbers.mentors)
    person = story.meet("mentor", started_on)
    story.rows.mentors.append(
        SpellRow(
            number=number,
            person=person,
            ward=story.ward,
            started_on=started_on,
            entered_on=story.entered(started_on),
            ended_on=ended_on,
            end_reason="term_ended" if has_left else None,
        )
    )
    met_until = (ended_on or story.horizon) - timedelta(days=story.rng.randint(1, 12))
    return Guide(number, started_on, met_until, ended_on)


def _mark(story: WardStory, guides: Sequence[Guide]) -> None:
    """Decide which mentors show the ward's flaws, and who is on a pause."""
    flaws = story.plan.profile.flaws
    if Flaw.BELOW_FLOOR in flaws:
        for guide in _some(guides, WEAK_SHARE):
            guide.is_weak = True
    if Flaw.MENTOR_ON_PAPER in flaws:
        for guide in _some(guides[::-1], ON_PAPER_SHARE):
            guide.is_weak = False
            guide.is_on_paper = True
            guide.met_until = story.before(35, 55)
    for guide in _resting(story, guides):
        since = story.before(6, 25)
        guide.met_until = since - timedelta(days=1)
        back = story.today + timedelta(days=story.rng.randint(15, 60))
        story.rows.pauses.append(PauseRow(story.ward, since, back, since, mentor=guide.number))


def _some(guides: Sequence[Guide], share: float) -> Sequence[Guide]:
    return guides[: max(1, round(share * len(guides)))]


def _resting(story: WardStory, guides: Sequence[Guide]) -> Sequence[Guide]:
    if story.plan.profile.mentors is Mentors.PAUSED:
        return guides
    one_of_many = len(guides) >= MANY_MENTORS and story.chance(0.3)
    return guides[1:2] if one_of_many else ()


def _spread_active(story: WardStory, guides: Sequence[Guide], counts: LearnerCounts) -> None:
    """Share the active mentees out; whoever finds no place waits."""
    left = counts.active
    for guide in guides:
        wanted = story.rng.randint(2, FLOOR - 1) if guide.is_weak else FLOOR
        guide.active = min(wanted, left)
        left -= guide.active
    strong = [guide for guide in guides if not guide.is_weak]
    for guide in strong * (DEFAULT_CAPACITY - FLOOR):
        if left:
            guide.active += 1
            left -= 1
    forgotten = 0 if guides else left // 2
    counts.waiting_long += forgotten
    counts.waiting += left - forgotten


def _pair_active(story: WardStory, guide: Guide) -> None:
    has_quiet = Flaw.DORMANT in story.plan.profile.flaws
    latest = story.horizon - timedelta(days=65 if guide.is_on_paper or has_quiet else 20)
    for _ in range(guide.active):
        if guide.ended_on is not None:
            end = End(guide.ended_on, "mentor_left", is_of_mentee=False)
            _pair(story, guide, guide.ended_on - timedelta(days=15), end)
        else:
            _pair(story, guide, latest)
    is_first = guide.number == story.rows.mentors[0].number
    if has_quiet and (is_first or guide.active > FLOOR):
        for pair in guide.pairs[:1]:
            guide.quiet[pair.number] = story.before(36, 50)


def _pair_finished(story: WardStory, guides: Sequence[Guide], counts: LearnerCounts) -> None:
    """Add pairings that are over; a completed one counts, so not with a mentor below the floor."""
    strong = [guide for guide in guides if not guide.is_weak]
    for _ in range(counts.completed if strong else 0):
        _finish(story, story.rng.choice(strong), "completed")
    for _ in range(counts.left if strong else counts.left + counts.completed):
        _finish(story, story.rng.choice(guides), "mentee_left")


def _finish(story: WardStory, guide: Guide, reason: str) -> None:
    until = guide.ended_on or story.horizon - timedelta(days=2)
    ended_on = story.between(guide.started_on + timedelta(days=40), until)
    _pair(story, guide, ended_on - timedelta(days=30), End(ended_on, reason))


def _pair(story: WardStory, guide: Guide, latest: date, end: End | None = None) -> None:
    """Enrol a mentee and pair them with the mentor on a day up to `latest`."""
    started_on = story.between(guide.started_on + timedelta(days=3), latest)
    enrolled_on = started_on - timedelta(days=story.rng.randint(0, 12))
    mentee = enrol(story, enrolled_on, end if end and end.is_of_mentee else None)
    if story.chance(0.12):
        note_handing_on(story, mentee, enrolled_on)
    row = MentorshipRow(
        number=next(story.numbers.mentorships),
        mentor=guide.number,
        mentee=mentee,
        mentor_ward=story.ward,
        mentee_ward=story.ward,
        started_on=started_on,
        entered_on=story.entered(started_on),
        ended_on=end.day if end else None,
        end_reason=end.reason if end else None,
    )
    story.rows.mentorships.append(row)
    guide.pairs.append(row)


def _teach_across_the_border(story: WardStory, guides: Sequence[Guide]) -> None:
    """Let one mentee live in the bordering ward, and another one have moved away."""
    strong = [guide for guide in guides if not guide.is_weak and guide.ended_on is None]
    if story.plan.neighbour is None or not strong:
        return
    guide = strong[0]
    running = [pair for pair in guide.pairs if pair.ended_on is None][-2:]
    if len(running) > 1:
        _house_next_door(story, guide, running[0], story.plan.neighbour)
        _move(story, guide, running[1], story.plan.moved_to or story.plan.neighbour)


def _house_next_door(story: WardStory, guide: Guide, pair: MentorshipRow, ward: str) -> None:
    spells = story.rows.mentees
    place = next(index for index, spell in enumerate(spells) if spell.number == pair.mentee)
    spells[place] = spells[place]._replace(ward=ward)
    _replace_pair(story, guide, pair, pair._replace(mentee_ward=ward))


def _move(story: WardStory, guide: Guide, pair: MentorshipRow, ward: str) -> None:
    """End spell and pairing on the day of the move and continue both in the other ward."""
    day = story.between(pair.started_on + timedelta(days=1), story.horizon - timedelta(days=14))
    spells = story.rows.mentees
    place = next(index for index, spell in enumerate(spells) if spell.number == pair.mentee)
    here = spells[place]
    there = here._replace(
        number=next(story.numbers.mentees),
        ward=ward,
        started_on=day,
        entered_on=day,
        continues=here.number,
    )
    spells[place] = here._replace(ended_on=day, end_reason="moved")
    spells.append(there)
    goes_on = pair._replace(
        number=next(story.numbers.mentorships),
        mentee=there.number,
        mentee_ward=ward,
        started_on=day,
        entered_on=day,
        continues=pair.number,
    )
    _replace_pair(story, guide, pair, pair._replace(ended_on=day, end_reason="moved"))
    story.rows.mentorships.append(goes_on)
    guide.pairs.append(goes_on)


def _replace_pair(
    story: WardStory, guide: Guide, pair: MentorshipRow, changed: MentorshipRow
) -> None:
    for pairs in (story.rows.mentorships, guide.pairs):
        pairs[pairs.index(pair)] = changed


def _set_capacity(story: WardStory, guide: Guide) -> None:
    running = sum(pair.ended_on is None for pair in guide.pairs)
    flaws = story.plan.profile.flaws
    is_over = Flaw.OVER_CAPACITY in flaws and (
        guide.number == story.rows.mentors[0].number or story.chance(OVER_SHARE)
    )
    if is_over and running > 1:
        capacity = max(1, running - 2)
    elif Flaw.SHORT_OF_CAPACITY in flaws:
        capacity = max(1, running)
    elif story.chance(0.3):
        capacity = max(running + 1, story.rng.randint(7, 12))
    else:
        return
    story.rows.capacities.append(CapacityRow(guide.number, story.ward, guide.started_on, capacity))


def _let_meet(story: WardStory, guide: Guide) -> None:
    """Add a contact every few weeks, the last one with everybody who is still met."""
    if not guide.pairs:
        return
    first = min(pair.started_on for pair in guide.pairs)
    day = guide.met_until
    while day >= first:
        present = tuple(
            pair.number
            for pair in guide.pairs
            if _can_meet(guide, pair, day) and (day == guide.met_until or story.chance(0.85))
        )
        if present:
            number = next(story.numbers.contacts)
            story.rows.contacts.append(
                ContactRow(number, guide.number, story.ward, day, story.entered(day), present)
            )
        day -= timedelta(days=story.rng.randint(18, 30))


def _can_meet(guide: Guide, pair: MentorshipRow, day: date) -> bool:
    is_running = pair.started_on <= day and (pair.ended_on is None or day < pair.ended_on)
    return is_running and day < guide.quiet.get(pair.number, date.max)
