"""All mentorships of the network that is kept, found by mentor and by mentee."""

from bisect import insort
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter

from graphs.live_multimap import Multimap
from graphs.paged import Paged
from graphs.rows import MentorshipRow
from graphs.timeline import is_open

_ID = attrgetter("id")
_MENTOR = attrgetter("mentor")


class LivePairings:
    """Mentorships by id; what was handed out does not change."""

    __slots__ = ("_as_of", "_mentors_of", "_of_mentor", "_rows")

    def __init__(self, rows: Iterable[MentorshipRow], as_of: date) -> None:
        self._as_of = as_of
        self._rows: Paged[MentorshipRow] = Paged()
        for row in rows:
            self._rows[row.id] = row
        by_mentor = groupby(sorted(self._rows.values(), key=_MENTOR), key=_MENTOR)
        self._of_mentor = {mentor_id: list(group) for mentor_id, group in by_mentor}
        self._mentors_of: Multimap[int] = Multimap()
        for row in self._rows.values():
            self._pair(row)

    def of_mentor(self, mentor_id: int) -> Sequence[MentorshipRow]:
        """All mentorships of a mentor spell in order of id, ended ones too."""
        return self._of_mentor.get(mentor_id, [])

    def mentors_of(self, mentee_id: int) -> Sequence[int]:
        """The mentor of each open mentorship of a mentee spell."""
        return self._mentors_of.of(mentee_id)

    def put(self, row: MentorshipRow) -> MentorshipRow | None:
        """Put a mentorship in place of the one of the same id, and return that."""
        old = self.drop(row.id)
        self._rows[row.id] = row
        others = list(self.of_mentor(row.mentor))
        insort(others, row, key=_ID)
        self._of_mentor[row.mentor] = others
        self._pair(row)
        return old

    def drop(self, mentorship_id: int) -> MentorshipRow | None:
        """Take a mentorship away and return it; None where there is none."""
        row = self._rows.pop(mentorship_id)
        if row is not None:
            others = [other for other in self.of_mentor(row.mentor) if other is not row]
            self._of_mentor[row.mentor] = others
            if is_open(row, self._as_of):
                self._mentors_of.remove(row.mentee, row.mentor)
        return row

    def _pair(self, row: MentorshipRow) -> None:
        if is_open(row, self._as_of):
            self._mentors_of.add(row.mentee, row.mentor)
