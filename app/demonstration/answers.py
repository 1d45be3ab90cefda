"""What people of a ward answered: no to the offer to learn, and when they were called later.

Told last and by a chance of its own, so that the rest of the story is the same with and without.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from app.demonstration.desk import workday_before
from app.demonstration.rows import FollowUpRow
from app.demonstration.story import WardStory
from models.enums import FollowUpAnswer, FollowUpOccasion

DECLINED_SHARE = 0.18
CALLED_SHARE = 0.75
# Days after the occasion: in time for most.
EARLIEST_CALL, LATEST_CALL, NEXT_CALL = 16, 32, 4
ANSWERS = {
    FollowUpAnswer.STILL_ABLE: 72,
    FollowUpAnswer.NEEDS_HELP: 16,
    FollowUpAnswer.UNREACHED: 12,
}


def tell_answers(story: WardStory, rng: Random) -> None:
    """Let some visitors decline, and call those who were taught."""
    _decline(story, rng)
    for mentee, occasion, since in _occasions(story):
        if rng.random() < CALLED_SHARE:
            _call(story, rng, FollowUpRow(mentee, story.ward, occasion, since, _answer(rng)))


def _decline(story: WardStory, rng: Random) -> None:
    handed_on = {handoff.session for handoff in story.rows.handoffs}
    sessions = story.rows.sessions
    for place, session in enumerate(sessions):
        if rng.random() < DECLINED_SHARE and session.number not in handed_on:
            sessions[place] = session._replace(has_declined=True)


def _occasions(story: WardStory) -> Iterator[tuple[int, FollowUpOccasion, date]]:
    """Yield whom of the ward's own mentees to ask, and the day from which the weeks count."""
    taught_since: dict[int, date] = {}
    for pair in story.rows.mentorships:
        known = taught_since.get(pair.mentee, pair.started_on)
        taught_since[pair.mentee] = min(known, pair.started_on)
    handed_on = {handoff.mentee for handoff in story.rows.handoffs}
    for spell in story.rows.mentees:
        if spell.ward != story.ward or spell.continues is not None:
            continue
        since = taught_since.get(spell.number)
        is_taught_long = spell.ended_on is None or (
            since is not None and (spell.ended_on - since).days > LATEST_CALL + NEXT_CALL
        )
        if since is not None and spell.number in handed_on and is_taught_long:
            yield spell.number, FollowUpOccasion.PAIRED, since
        if spell.ended_on is not None and spell.end_reason == "completed":
            yield spell.number, FollowUpOccasion.COMPLETED, spell.ended_on


def _call(story: WardStory, rng: Random, call: FollowUpRow) -> None:
    """Make the call, and another one after a vain one, as far as the days have come."""
    since = call.service_date
    day = workday_before(since + timedelta(days=rng.randint(EARLIEST_CALL, LATEST_CALL)))
    again = call._replace(answer=FollowUpAnswer.STILL_ABLE)
    for number, one in enumerate((call, again)):
        on = workday_before(day + timedelta(days=NEXT_CALL * number))
        if on <= story.horizon:
            story.rows.follow_ups.append(one._replace(service_date=on))
        if one.answer is not FollowUpAnswer.UNREACHED:
            return


def _answer(rng: Random) -> FollowUpAnswer:
    return rng.choices(list(ANSWERS), list(ANSWERS.values()))[0]
