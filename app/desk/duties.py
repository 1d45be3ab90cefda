"""Who sits at a desk on which half-day: the weekly pattern with its exceptions; pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from app.queries.duty_plan import DutyFacts, LeaveFact, PatternFact, PostFact, TurnFact
from models.duty import week_half
from models.enums import HalfDay

FRIDAY, SATURDAY = 4, 5


class Stand(Enum):
    """How somebody stands to half a day of which something is known."""

    PERFORMED = auto()
    EXTRA = auto()
    REGULAR = auto()
    SUBSTITUTE = auto()
    AWAY = auto()


class Half(NamedTuple):
    """Half a day."""

    day: date
    half_day: HalfDay


class Duty(NamedTuple):
    """What is known of a post on half a day.

    `ward_id` is where the desk stands. Who is away may have a substitute; who stands in does so for
    somebody. `turn_id` is that of the recorded turn, if there is one.
    """

    post_id: int
    half: Half
    ward_id: int
    stand: Stand
    turn_id: int | None = None
    substitute_post_id: int | None = None
    for_post_id: int | None = None

    @property
    def is_there(self) -> bool:
        """Whether somebody sits, or will sit, at the desk."""
        return self.stand is not Stand.AWAY


DutyKey = tuple[int, Half]
Duties = dict[DutyKey, Duty]


def halves_of(days: Iterable[date]) -> Iterator[Half]:
    """Yield the halves of days in order."""
    return (Half(day, half_day) for day in days for half_day in HalfDay)


def arrange_duties(facts: DutyFacts, days: Sequence[date]) -> Duties:
    """Return what is known of each post on each half of the days, where there is anything.

    A performed turn counts whatever was planned. Otherwise leave and pauses come before planned
    turns, these before the pattern, and the pattern rests while the desk is closed. Who stands in
    does so where the absent one would have sat, unless away as well or at another desk.
    """
    arrangement = _Arrangement(facts)
    duties: Duties = {}
    for post in facts.posts:
        for half in halves_of(day for day in days if _holds(post, day)):
            duty = arrangement.duty_of(post, half)
            if duty is not None:
                duties[post.id, half] = duty
    for turn in facts.turns:
        duties.setdefault((turn.post_id, _half_of(turn)), _recorded(turn))
    for duty in list(duties.values()):
        substitute = duty.substitute_post_id
        if substitute is not None and arrangement.is_at_work(substitute, duty.half):
            duties.setdefault((substitute, duty.half), _standing_in(duty, substitute))
    return duties


def find_gaps(facts: DutyFacts, duties: Duties, ward_id: int, days: Iterable[date]) -> list[Half]:
    """Return the half-days on which nobody sits at a ward's desk although it should be open.

    It should be on working days from Monday to Friday, and on Saturday morning where the ward's
    pattern has one, unless it is marked as closed. A ward without any post yields nothing here: the
    audit tells of it.
    """
    posts = [post for post in facts.posts if post.ward_id == ward_id]
    taken = {duty.half for duty in duties.values() if duty.ward_id == ward_id and duty.is_there}
    closed = {Half(day.day, day.half_day) for day in facts.holidays if day.ward_id == ward_id}
    patterns = _of_posts(facts.patterns, {post.id for post in posts})
    return [
        half
        for half in halves_of(days)
        if half not in taken
        and half not in closed
        and any(_holds(post, half.day) for post in posts)
        and _should_be_open(half, patterns)
    ]


def is_planned(facts: DutyFacts, ward_id: int) -> bool:
    """Say whether a ward plans its desk at all: a pattern, or a turn that is still to come."""
    own = {post.id for post in facts.posts if post.ward_id == ward_id}
    has_plan = any(turn.ward_id == ward_id and not turn.is_performed for turn in facts.turns)
    return has_plan or any(pattern.post_id in own for pattern in facts.patterns)


def list_unconfirmed(duties: Duties, ward_ids: Collection[int], today: date) -> list[Duty]:
    """Return the duties up to today that should have been taken, and nobody confirmed."""
    open_ones = (
        duty
        for duty in duties.values()
        if duty.ward_id in ward_ids
        and duty.is_there
        and duty.stand is not Stand.PERFORMED
        and duty.half.day <= today
    )
    return sorted(open_ones, key=_by_time)


class _Arrangement:
    """The facts by post, to be asked for one half-day after the other."""

    def __init__(self, facts: DutyFacts) -> None:
        self.posts = {post.id: post for post in facts.posts}
        self.turns = {(turn.post_id, _half_of(turn)): turn for turn in facts.turns}
        self.closed = {(day.ward_id, Half(day.day, day.half_day)) for day in facts.holidays}
        self.patterns: defaultdict[int, list[PatternFact]] = defaultdict(list)
        for pattern in facts.patterns:
            self.patterns[pattern.post_id].append(pattern)
        self.leaves: defaultdict[int, list[LeaveFact]] = defaultdict(list)
        for leave in facts.leaves:
            self.leaves[leave.post_id].append(leave)
        for pause in facts.pauses:
            # A pause of the post is leave from the desk, too; its substitute is no post.
            whole = LeaveFact(0, 0, pause.post_id, pause.started_on, pause.ended_on, None, None)
            self.leaves[pause.post_id].append(whole)

    def duty_of(self, post: PostFact, half: Half) -> Duty | None:
        turn = self.turns.get((post.id, half))
        if turn is not None and turn.is_performed:
            return _recorded(turn)
        if turn is None and not self.is_regular(post, half):
            return None
        leave = self.leave_of(post.id, half)
        if leave is not None:
            turn_id = turn and turn.id
            substitute = leave.substitute_post_id
            return Duty(post.id, half, post.ward_id, Stand.AWAY, turn_id, substitute)
        if turn is not None:
            return _recorded(turn)
        return Duty(post.id, half, post.ward_id, Stand.REGULAR)

    def is_regular(self, post: PostFact, half: Half) -> bool:
        """Whether the pattern has the post sit there, and the desk is not closed."""
        wanted = week_half(*half)
        return (post.ward_id, half) not in self.closed and any(
            pattern.week_half == wanted and _holds(pattern, half.day)
            for pattern in self.patterns[post.id]
        )

    def is_at_work(self, post_id: int, half: Half) -> bool:
        """Whether a post is held then and its holder not away; of elsewhere little is known."""
        post = self.posts.get(post_id)
        is_held = post is None or _holds(post, half.day)
        return is_held and self.leave_of(post_id, half) is None

    def leave_of(self, post_id: int, half: Half) -> LeaveFact | None:
        covering = (
            leave
            for leave in self.leaves[post_id]
            if leave.half_day in {None, half.half_day} and _holds(leave, half.day)
        )
        return next(covering, None)


def _holds(spell: PostFact | PatternFact | LeaveFact, day: date) -> bool:
    return spell.started_on <= day and (spell.ended_on is None or day < spell.ended_on)


def _half_of(turn: TurnFact) -> Half:
    return Half(turn.day, turn.half_day)


def _recorded(turn: TurnFact) -> Duty:
    stand = Stand.PERFORMED if turn.is_performed else Stand.EXTRA
    return Duty(turn.post_id, _half_of(turn), turn.ward_id, stand, turn.id)


def _standing_in(absent: Duty, post_id: int) -> Duty:
    return Duty(post_id, absent.half, absent.ward_id, Stand.SUBSTITUTE, for_post_id=absent.post_id)


def _of_posts(patterns: Iterable[PatternFact], post_ids: Collection[int]) -> list[PatternFact]:
    return [pattern for pattern in patterns if pattern.post_id in post_ids]


def _should_be_open(half: Half, patterns: Iterable[PatternFact]) -> bool:
    weekday = half.day.weekday()
    if weekday <= FRIDAY:
        return True
    wanted = week_half(*half)
    return (weekday == SATURDAY and half.half_day is HalfDay.MORNING) and any(
        pattern.week_half == wanted and _holds(pattern, half.day) for pattern in patterns
    )


def _by_time(duty: Duty) -> tuple[object, ...]:
    return duty.half.day, list(HalfDay).index(duty.half.half_day), duty.post_id
