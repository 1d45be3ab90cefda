"""Runs of objects whose ids follow each other: the log tells of each run in one row."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.services.bulk_rows import reserve_ids
from models import Change
from models.change_log import MOST_IN_A_RUN


class ObjectRun(NamedTuple):
    """The objects `first_id`, `first_id + 1`, …: `how_many` of them."""

    first_id: int
    how_many: int

    @property
    def last_id(self) -> int:
        """The last of the objects."""
        return self.first_id + self.how_many - 1


def runs_of(object_ids: Sequence[int]) -> Iterator[ObjectRun]:
    """Yield the runs that make up the ids, in their order; none longer than a log row may tell."""
    for start in range(0, len(object_ids), MOST_IN_A_RUN):
        yield from _runs_of_some(object_ids[start : start + MOST_IN_A_RUN])


def reserve_run_ids(session: Session, runs: Sequence[ObjectRun]) -> list[int]:
    """Return an id for the log row of each run: the last of as many ids as it has objects.

    So each object has a place of its own in the log, and a row can be taken apart into several
    without moving any other.
    """
    ends = list(accumulate(run.how_many for run in runs))
    ids = reserve_ids(session, Change, ends[-1]) if ends else []
    return [ids[end - 1] for end in ends]


def _runs_of_some(object_ids: Sequence[int]) -> Iterable[ObjectRun]:
    """Return the runs of some ids; that they are all one run is the rule, and seen at once."""
    first_id, count = object_ids[0], len(object_ids)
    if list(object_ids) == list(range(first_id, first_id + count)):
        return [ObjectRun(first_id, count)]
    numbered = groupby(enumerate(object_ids), key=lambda pair: pair[1] - pair[0])
    runs = ([object_id for _, object_id in group] for _, group in numbered)
    return [ObjectRun(run[0], len(run)) for run in runs]
