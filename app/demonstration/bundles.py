"""A morning in which nobody could type: turns of help that a busy desk noted at once."""

from datetime import timedelta

from app.demonstration.rows import BundleRow, SessionRow
from app.demonstration.story import WardStory
from models.enums import HalfDay

TURNS = 5
# Fewer turns of four weeks than these leave too few with an hour and an obstacle.
BUSY = 10
DAYS = timedelta(days=28)


def tell_bundles(story: WardStory) -> None:
    """Note the last turns of a busy desk as those of one morning, but for what hangs on them.

    None is added and none is left out. The very last one stays, so that the ward was last at work
    on the same day; the morning is in the midst of the others, so that no week stands out.
    """
    recent = _recent_turns(story)
    if len(recent) < BUSY:
        return
    turns = recent[-TURNS - 1 : -1]
    number = next(story.numbers.bundles)
    day = turns[TURNS // 2].service_date
    entered_on = max(turn.entered_on for turn in turns)
    story.rows.bundles.append(BundleRow(number, HalfDay.MORNING, entered_on))
    chosen = {turn.number for turn in turns}
    for place, turn in enumerate(story.rows.sessions):
        if turn.number in chosen:
            story.rows.sessions[place] = turn._replace(
                service_date=day,
                service_time=None,
                obstacle=None,
                language=None,
                minutes=None,
                groups=(),
                entered_on=entered_on,
                bundle=number,
            )


def _recent_turns(story: WardStory) -> list[SessionRow]:
    """Return the plain turns of the last weeks at work, today's left out, in order of their day."""
    handed_on = {handoff.session for handoff in story.rows.handoffs}
    plain = [
        turn
        for turn in story.rows.sessions
        if turn.number not in handed_on
        and not turn.has_declined
        and turn.service_date < story.today
    ]
    plain.sort(key=lambda turn: (turn.service_date, turn.number))
    return [turn for turn in plain if turn.service_date > plain[-1].service_date - DAYS]
