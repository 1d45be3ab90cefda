"""When Python looks for garbage in cycles: not among rows just read, nor what stays for long."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

# Asking the collector walks all objects that it was told to leave alone: 50 ms in a full province.
_something_is_apart = Event()


@contextmanager
def without_collection() -> Iterator[None]:
    """Let Python not look for cycles: among a hundred thousand new rows there are none."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            _take_for_old()
            gc.enable()


def set_apart() -> None:
    """Search once, and never again among what is there: it stays as long as the process."""
    _something_is_apart.set()
    gc.collect()
    gc.freeze()


def _take_for_old() -> None:
    """Spare what was made meanwhile the look that new objects get first.

    Not where a process has set objects apart for good: they would be among those looked at again.
    """
    if not _something_is_apart.is_set():
        gc.freeze()
        gc.unfreeze()
