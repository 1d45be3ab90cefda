"""What rules and figures ask of a ward, however its people are kept."""

from collections.abc import Collection
from typing import Protocol

from graphs.rows import DeskRow, MentorRow, PostRow, WardRow


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
    def mentorships_open(self) -> int: ...

    @property
    def dormant(self) -> int: ...

    @property
    def desk(self) -> DeskRow: ...
