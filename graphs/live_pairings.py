"""All mentorships of the network that is kept, found by mentor and by mentee."""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter

from graphs.rows import MentorshipRow
from graphs.timeline import is_open

_ID = attrgetter("id")


class LivePairings:
    """Mentorships by id; a list that was handed out does not change."""

    __slots__ = ("_as_of", "_mentors_of", "_of_mentor", "_rows")

    def __init__(self, rows: Iterable[MentorshipRow], as_of: date) -> None:
        self._as_of = as_of
        self._rows: dict[int, MentorshipRow] = {}
        self._of_mentor: defaultdict[int, list[MentorshipRow]] = defaultdict(list)
        self._mentors_of: dict[int, tuple[int, ...]] = {}
        for row in sorted(rows, key=_ID):
            self._rows[row.id] = row
            self._of_mentor[row.mentor].append(row)
            self._pair(row)

    def of_mentor(self, mentor_id: int) -> Sequence[MentorshipRow]:
        """All mentorships of a mentor spell in order of id, ended ones too."""
        return self._of_mentor.get(mentor_id, [])

    def mentors_of(self, mentee_id: int) -> Sequence[int]:
        """The mentor of each open mentorship of a mentee spell."""
        return self._mentors_of.get(mentee_id, ())

    def put(self, row: MentorshipRow) -> MentorshipRow | None:
        """Put a mentorship in place of the one of the same id, and return that."""
        old = self.drop(row.id)
        self._rows[row.id] = row
        others = self._of_mentor[row.mentor].copy()
        insort(others, row, key=_ID)
        self._of_mentor[row.mentor] = others
        self._pair(row)
        return old

    def drop(self, mentorship_id: int) -> MentorshipRow | None:
        """Take a mentorship away and return it; None where there is none."""
        row = self._rows.pop(mentorship_id, None)
        if row is not None:
            others = [other for other in self._of_mentor[row.mentor] if other is not row]
            self._of_mentor[row.mentor] = others
            self._part(row)
        return row

    def _pair(self, row: MentorshipRow) -> None:
        if is_open(row, self._as_of):
            self._mentors_of[row.mentee] = (*self._mentors_of.get(row.mentee, ()), row.mentor)

    def _part(self, row: MentorshipRow) -> None:
        if is_open(row, self._as_of):
            mentors = list(self._mentors_of.pop(row.mentee))
            mentors.remove(row.mentor)
            if mentors:
                self._mentors_of[row.mentee] = tuple(mentors)
