"""The server and browsers that keep connections open without asking for anything."""

import http.client
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from flask import Flask

from app.cli.site import open_server
from tests.servers import PATIENCE, serving

BROWSERS = 50
ASKING = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n"


@pytest.fixture
def port(flask_app: Flask) -> Iterator[int]:
    """Serve the application of the test as the command does; return the port."""
    with serving(open_server(flask_app, "127.0.0.1", 0)) as port:
        yield port


def ask(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def read_answer(browser: socket.socket) -> bytes:
    """Read what there is of an answer; one that never comes is a timeout."""
    return browser.recv(4096)


def test_fifty_browsers_with_an_idle_connection_keep_nobody_waiting(port):
    with ExitStack() as idle:
        for _ in range(BROWSERS):
            idle.enter_context(connect(port))

        status = ask(port, "/dang-nhap")

    assert status == 200


def test_fifty_connections_kept_after_an_answer_keep_nobody_waiting(port):
    with ExitStack() as idle:
        for _ in range(BROWSERS):
            browser = idle.enter_context(connect(port))
            browser.sendall(ASKING + b"\r\n")
            assert read_answer(browser).startswith(b"HTTP/1.1 200 ")

        status = ask(port, "/dang-nhap")

    assert status == 200


def test_fifty_requests_that_never_end_keep_nobody_waiting(port):
    with ExitStack() as idle:
        for _ in range(BROWSERS):
            idle.enter_context(connect(port)).sendall(ASKING)

        status = ask(port, "/dang-nhap")

    assert status == 200
