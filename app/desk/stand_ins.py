"""Who can stand in for somebody who is away from the desk; pure."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from app.desk.duties import Duties, Half, Stand, arrange_duties, halves_of
from app.queries.duty_plan import DutyFacts, LeaveFact, PostFact
from models.enums import HalfDay


class Absence(NamedTuple):
    """Days from the first to the last, both included; whole days, or one half of each."""

    post_id: int
    first_day: date
    last_day: date
    half_day: HalfDay | None = None

    @property
    def days(self) -> list[date]:
        return [
            self.first_day + timedelta(days=number)
            for number in range((self.last_day - self.first_day).days + 1)
        ]

    @property
    def halves(self) -> Iterator[Half]:
        wanted = {self.half_day} if self.half_day else set(HalfDay)
        return (half for half in halves_of(self.days) if half.half_day in wanted)


class StandIn(NamedTuple):
    """Somebody who is free on some of the half-days that somebody else misses."""

    post_id: int
    ward_id: int
    free: int


class Coverage(NamedTuple):
    """The half-days at the desk that an absence takes away, and who is free then.

    Those of the same ward come first, then who is free most often.
    """

    missed: tuple[Half, ...]
    stand_ins: tuple[StandIn, ...]

    def is_free(self, post_id: int) -> bool:
        """Say whether somebody could stand in every time."""
        return any(
            one.post_id == post_id and one.free == len(self.missed) for one in self.stand_ins
        )


def cover_absence(facts: DutyFacts, absence: Absence) -> Coverage:
    """Return what an absence leaves open, and who can stand in: free, at work, somebody else.

    `facts` are those of the ward and of the wards around it.
    """
    duties = arrange_duties(facts, absence.days)
    absent = next(post for post in facts.posts if post.id == absence.post_id)
    missed = tuple(half for half in absence.halves if _sits_there(duties, absent, half))
    away = [leave for leave in facts.leaves if leave.post_id != absent.id]
    stand_ins = [
        StandIn(post.id, post.ward_id, _count_free(duties, away, post, missed))
        for post in facts.posts
        if post.person_id != absent.person_id and _is_at_work(facts, post, absence)
    ]
    wanted = (one for one in stand_ins if one.free or not missed)
    return Coverage(missed, tuple(sorted(wanted, key=lambda one: _rank(one, absent))))


def overlaps(leaves: Iterable[LeaveFact], absence: Absence) -> bool:
    """Say whether leave of the same post covers one of the half-days already."""
    halves = set(absence.halves)
    return any(
        leave.post_id == absence.post_id and any(_covers(leave, half) for half in halves)
        for leave in leaves
    )


def _sits_there(duties: Duties, post: PostFact, half: Half) -> bool:
    duty = duties.get((post.id, half))
    return duty is not None and duty.is_there and duty.stand is not Stand.PERFORMED


def _is_at_work(facts: DutyFacts, post: PostFact, absence: Absence) -> bool:
    is_open = post.started_on <= absence.first_day and (
        post.ended_on is None or absence.last_day < post.ended_on
    )
    is_paused = any(
        pause.post_id == post.id
        and pause.started_on <= absence.last_day
        and pause.ended_on > absence.first_day
        for pause in facts.pauses
    )
    return is_open and not is_paused


def _count_free(
    duties: Duties, leaves: Collection[LeaveFact], post: PostFact, missed: Iterable[Half]
) -> int:
    own = [leave for leave in leaves if leave.post_id == post.id]
    return sum(
        (post.id, half) not in duties and not any(_covers(leave, half) for leave in own)
        for half in missed
    )


def _covers(leave: LeaveFact, half: Half) -> bool:
    is_that_half = leave.half_day in {None, half.half_day}
    return is_that_half and leave.started_on <= half.day < leave.ended_on


def _rank(stand_in: StandIn, absent: PostFact) -> tuple[object, ...]:
    return stand_in.ward_id != absent.ward_id, -stand_in.free, stand_in.ward_id, stand_in.post_id
