"""A lock that serves those who wait in the order in which they came."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock


class Turns:
    """Lets one thread of this process at a time do what only one may do.

    SQLite lets waiting writers try again after ever longer sleeps, and whoever comes at the right
    moment goes first: under load some wait for seconds. Here nobody is overtaken.
    """

    def __init__(self) -> None:
        self._guard = Lock()
        self._is_taken = False
        self._waiting: deque[Event] = deque()

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        return len(self._waiting)

    @contextmanager
    def take(self, *, patience: float) -> Iterator[None]:
        """Wait for the turn and keep it for the block.

        After `patience` seconds the block runs without it: the database then decides.
        """
        has_turn = self._wait(patience)
        try:
            yield
        finally:
            if has_turn:
                self._pass_on()

    def _wait(self, patience: float) -> bool:
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return True
            called = Event()
            self._waiting.append(called)
        if called.wait(patience):
            return True
        with self._guard:
            # Called at the very last moment, it is no longer among those who wait.
            if called.is_set():
                return True
            self._waiting.remove(called)
            return False

    def _pass_on(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._is_taken = False
