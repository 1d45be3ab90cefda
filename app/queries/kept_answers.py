"""Answers about the whole network, kept by the process until something is written.

What takes seconds to work out is asked for page by page; a database in the same state answers the
same. The question says all that an answer depends on beside what is recorded: the days, and the
wards of the scope, not its reader.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from app.database import WRITING
from app.queries.change_feed import Version, database_version
from models import db

_Question = TypeVar("_Question", bound=Hashable)
_Answer = TypeVar("_Answer")


class _Kept(NamedTuple, Generic[_Answer]):
    version: Version
    answer: _Answer


class KeptAnswers(Generic[_Question, _Answer]):
    """The latest answers of each database, at most so many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._kept: WeakKeyDictionary[Engine, OrderedDict[_Question, _Kept[_Answer]]] = (
            WeakKeyDictionary()
        )

    @property
    def questions(self) -> list[_Question]:
        """What is answered, for this database; the latest answer last."""
        with self._lock:
            return list(self._kept.get(db.engine, ()))

    def answer(self, question: _Question, work_out: Callable[[], _Answer]) -> _Answer:
        """Return what is kept and still holds, or work it out; within a unit of work always so."""
        version = None if db.session().info.get(WRITING) else database_version()
        with self._lock:
            kept = self._kept.setdefault(db.engine, OrderedDict()).get(question)
        if kept is not None and kept.version == version:
            return kept.answer
        answer = work_out()
        if version is not None and version == database_version():
            self._keep(question, _Kept(version, answer))
        return answer

    def _keep(self, question: _Question, kept: _Kept[_Answer]) -> None:
        with self._lock:
            of_engine = self._kept[db.engine]
            of_engine[question] = kept
            of_engine.move_to_end(question)
            while len(of_engine) > self._most:
                of_engine.popitem(last=False)
