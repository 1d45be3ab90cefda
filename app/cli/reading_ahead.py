"""Keeps the network of today read while the site is served, so that no visitor waits for it."""

from contextlib import suppress
from threading import Event, Thread
from weakref import ReferenceType, ref

from flask import Flask
from sqlalchemy.exc import DatabaseError

from app import clock
from app.access.scope import WardScope
from app.garbage import set_apart
from app.queries.kept_network import KeptNetwork, kept_network
from models import db

LOOK_SECONDS = 15


class ReaderAhead:
    """Reads the network of all wards before somebody asks, and follows what changes.

    After midnight, a changed setting or a very large import everything is to be read anew, which
    takes 2 to 3 s in a whole province.
    """

    def __init__(self, flask_app: Flask) -> None:
        self._app = flask_app
        self._stop = Event()
        self._thread = Thread(target=self._run, name="reader-ahead", daemon=True)
        self._last: ReferenceType[KeptNetwork] | None = None

    def start(self) -> None:
        """Read once, and go on looking in the background."""
        self.look()
        self._thread.start()

    def stop(self) -> None:
        """End; a look that is under way is finished first."""
        self._stop.set()
        self._thread.join()

    def look(self) -> None:
        """Bring what is kept up to date; what an unprepared database lacks, its pages say."""
        with self._app.app_context(), suppress(DatabaseError):
            try:
                with kept_network(WardScope.everywhere(), clock.today()) as kept:
                    is_new = kept is not None and (self._last is None or self._last() is not kept)
                    self._last = None if kept is None else ref(kept)
            finally:
                db.session.remove()
            if is_new:
                set_apart()

    def _run(self) -> None:
        while not self._stop.wait(LOOK_SECONDS):
            self.look()
