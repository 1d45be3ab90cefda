"""Answers that the process keeps until something is written that they depend on.

What takes long to work out, or is asked by page after page, is the same for a database in the same
state. The question says all that an answer depends on beside what is recorded: the days, and the
wards of the scope, not its reader.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from app.database import WRITING
from app.queries.change_feed import Look, Step, Version, database_version, glance_from
from models import db

_Question = TypeVar("_Question", bound=Hashable)
_Answer = TypeVar("_Answer")

# Tables that only kept answers are made of: what is written to them past the log is noticed, too
# (`app.services.network_generation`). Those of the network are watched anyway.
DUTY_KINDS = frozenset({"duty_holidays", "duty_leaves", "duty_patterns"})
CALL_KINDS = frozenset({"consents", "follow_ups"})
CATALOGUE_KINDS = frozenset({"languages", "obstacles", "target_groups"})
LEARNING_KINDS = frozenset({"skill_assessments"})
ANSWERED_KINDS = DUTY_KINDS | CALL_KINDS | CATALOGUE_KINDS | LEARNING_KINDS


@dataclass(slots=True)
class _Place(Generic[_Question, _Answer]):
    """What is kept of one database, and in which state that was."""

    version: Version | None = None
    answers: OrderedDict[_Question, _Answer] = field(default_factory=OrderedDict)


class KeptAnswers(Generic[_Question, _Answer]):
    """The latest answers of each database, at most so many.

    `kinds` are the tables that an answer is made of; without them any change may matter.
    """

    def __init__(self, most: int, kinds: Collection[str] | None = None) -> None:
        self._most = most
        self.kinds = kinds
        self._lock = Lock()
        self._places: WeakKeyDictionary[Engine, _Place[_Question, _Answer]] = WeakKeyDictionary()

    @property
    def questions(self) -> list[_Question]:
        """What is answered, for this database; the latest answer last."""
        with self._lock:
            return list(self._place().answers)

    def answer(self, question: _Question, work_out: Callable[[], _Answer]) -> _Answer:
        """Return what is kept and still holds, or work it out; within a unit of work always so."""
        version = None if db.session().info.get(WRITING) else self._follow()
        if version is None:
            return work_out()
        with self._lock:
            place = self._place()
            if place.version == version and question in place.answers:
                return place.answers[question]
        answer = work_out()
        if version == database_version():
            self._keep(question, answer, version)
        return answer

    def _place(self) -> _Place[_Question, _Answer]:
        return self._places.setdefault(db.engine, _Place())

    def _follow(self) -> Version | None:
        """Return the state of the database, and forget what changed on the way to it.

        None where this transaction reads an older state than the one that answers are kept of.
        """
        with self._lock:
            seen = self._place().version
        look = None if seen is None else glance_from(seen)
        if look is not None and look.step is Step.NONE:
            return look.version
        if look is not None and look.step is Step.BEHIND:
            return None
        is_ahead = look is not None and look.step is Step.AHEAD
        version = look.version if look is not None and is_ahead else database_version()
        with self._lock:
            place = self._place()
            if place.version == seen:
                if look is None or self._is_touched(look):
                    place.answers.clear()
                place.version = version
        return version

    def _is_touched(self, look: Look) -> bool:
        return look.step is Step.ELSEWHERE or any(
            self.kinds is None or change.kind in self.kinds for change in look.changes
        )

    def _keep(self, question: _Question, answer: _Answer, version: Version) -> None:
        with self._lock:
            place = self._place()
            if place.version != version:
                return
            place.answers[question] = answer
            place.answers.move_to_end(question)
            while len(place.answers) > self._most:
                place.answers.popitem(last=False)
