"""A ward after some of its people left, as rules ask of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from graphs.rows import DeskRow, MentorRow, PostRow, Thresholds, WardRow
from graphs.standing import (
    MenteeStanding,
    MentorStanding,
    WardStanding,
    support_at_work,
    support_shows,
)


@dataclass(slots=True)
class Loss:
    """Who leaves a ward: mentors and posts by id; and which of its mentees wait because of it."""

    mentors: dict[int, MentorStanding] = field(default_factory=dict)
    posts: dict[int, PostRow] = field(default_factory=dict)
    orphans: list[MenteeStanding] = field(default_factory=list)


class WardAfter:
    """The `WardState` of a ward after a loss; `by_load`: its mentors at work, the busiest first."""

    __slots__ = (
        "_by_load",
        "_day",
        "_loss",
        "_standing",
        "_thresholds",
        "mentorships_open",
        "spare",
        "support_posts",
        "waiting",
    )

    def __init__(
        self,
        standing: WardStanding,
        loss: Loss,
        by_load: Sequence[MentorStanding],
        thresholds: Thresholds,
        day: date,
    ) -> None:
        self._standing = standing
        self._loss = loss
        self._by_load = by_load
        self._thresholds = thresholds
        self._day = day
        lost = loss.mentors.values()
        self.spare = standing.spare - sum(mentor.spare for mentor in lost)
        self.waiting = standing.waiting + len(loss.orphans)
        self.mentorships_open = standing.mentorships_open - sum(
            mentor.open_mentorships for mentor in lost
        )
        self.support_posts = standing.support_posts - support_at_work(loss.posts.values(), day)

    @property
    def row(self) -> WardRow:
        """The ward."""
        return self._standing.row

    @property
    def posts(self) -> Collection[PostRow]:
        """All posts, those that ended by the loss as ended on the day."""
        if not self._loss.posts:
            return self._standing.posts
        return [
            row._replace(ended_on=self._day) if row.id in self._loss.posts else row
            for row in self._standing.posts
        ]

    @property
    def mentor_spells(self) -> Collection[MentorRow]:
        """All mentor spells, those that ended by the loss as ended on the day."""
        return [
            row._replace(ended_on=self._day) if row.id in self._loss.mentors else row
            for row in self._standing.mentor_spells
        ]

    @property
    def has_support(self) -> bool:
        """Whether somebody is left at the desk."""
        return self.support_posts > 0

    @property
    def has_support_in_fact(self) -> bool:
        """Whether that shows."""
        return support_shows(self.row, self.support_posts, self._thresholds, self._day)

    @property
    def has_mentor(self) -> bool:
        """Whether a mentor at work is left."""
        return self.busiest_mentor is not None

    @property
    def busiest_mentor(self) -> MentorStanding | None:
        """The mentor at work with the most open mentorships of those who are left."""
        return next((one for one in self._by_load if one.row.id not in self._loss.mentors), None)

    @property
    def working_mentors(self) -> Collection[MentorStanding]:
        """The mentors at work who are left."""
        return [one for one in self._by_load if one.row.id not in self._loss.mentors]

    @property
    def dormant(self) -> int:
        """How many mentorships sleep."""
        lost = self._loss.mentors.values()
        return self._standing.dormant - sum(len(mentor.dormant) for mentor in lost)

    @property
    def desk(self) -> DeskRow:
        """The help sessions of the ward."""
        return self._standing.desk
