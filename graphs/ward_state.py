"""What rules and figures ask of a ward, however its people are kept."""

from collections.abc import Collection
from typing import Protocol

from graphs.rows import DeskRow, MentorRow, PostRow, WardRow


class BusyMentor(Protocol):
    """A mentor at work; the words are those of `MentorStanding`."""

    @property
    def row(self) -> MentorRow: ...

    @property
    def open_mentorships(self) -> int: ...

    @property
    def spare(self) -> int: ...


class WardState(Protocol):
    """A ward as of a day; the words are those of `WardStanding`."""

    @property
    def row(self) -> WardRow: ...

    @property
    def posts(self) -> Collection[PostRow]: ...

    @property
    def mentor_spells(self) -> Collection[MentorRow]: ...

    @property
    def support_posts(self) -> int: ...

    @property
    def has_support(self) -> bool: ...

    @property
    def has_support_in_fact(self) -> bool: ...

    @property
    def has_mentor(self) -> bool: ...

    @property
    def spare(self) -> int: ...

    @property
    def waiting(self) -> int: ...

    @property
    def busiest_mentor(self) -> BusyMentor | None: ...

    @property
    def working_mentors(self) -> Collection[BusyMentor]: ...

    @property
    def mentorships_open(self) -> int: ...

    @property
    def dormant(self) -> int: ...

    @property
    def desk(self) -> DeskRow: ...
