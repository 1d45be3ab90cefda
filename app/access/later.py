"""Runs work after the answer was sent: one piece after the other, in a context of its own."""

from collections.abc import Callable
from threading import Lock, Thread

from flask import current_app

# How often a piece that waits for its turn says that it is still there.
BEAT_SECONDS = 60.0

_turn = Lock()
_threads: set[Thread] = set()


def run_later(work: Callable[[], None], *, while_waiting: Callable[[], object]) -> None:
    """Begin a piece of work that the reader need not wait for.

    It ends with the process, so whatever it does has to say where it stands; as long as it waits
    for its turn, `while_waiting` does so from time to time. What they raise is told on standard
    error.
    """
    application = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  # Flask's way to it

    def run() -> None:
        try:
            while not _turn.acquire(timeout=BEAT_SECONDS):
                with application.app_context():
                    while_waiting()
            try:
                with application.app_context():
                    work()
            finally:
                _turn.release()
        finally:
            _threads.discard(thread)

    thread = Thread(target=run, daemon=True)
    _threads.add(thread)
    thread.start()


def wait_until_done() -> None:
    """Wait for everything that was begun."""
    for thread in list(_threads):
        thread.join()
