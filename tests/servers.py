"""A server of the test in a thread of its own, that ends without touching what the thread uses."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from waitress import wasyncore
from waitress.server import BaseWSGIServer

PATIENCE = 30


@contextmanager
def serving(server: BaseWSGIServer) -> Iterator[int]:
    """Run `server` until the block ends; give its port.

    The loop ends when it has nothing left to look at, and only then is anything closed: a socket
    closed while the loop, or whoever wakes it, still uses it is a bad file descriptor there.
    """
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield server.effective_port
    left: list[wasyncore.dispatcher] = []

    def look_at_nothing() -> None:
        left.extend(server._map.values())
        server._map.clear()

    server.trigger.pull_trigger(look_at_nothing)
    thread.join(PATIENCE)
    server.task_dispatcher.shutdown()
    for channel in left:
        channel.close()
