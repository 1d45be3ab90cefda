"""Answers that a browser may keep and ask about again: pages and figures that name no citizen."""

import hashlib
import secrets
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import Flask, Response, make_response, request, session
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import require_reader
from app.queries.change_feed import database_version

Arguments = ParamSpec("Arguments")
View = Callable[Arguments, ResponseReturnValue]

OK, NOT_MODIFIED = 200, 304
# A program that was started anew may be another one, with other words.
THIS_PROGRAM = secrets.token_hex(8)


def register_revalidation(flask_app: Flask) -> None:
    """Send no policy with an unchanged page: its nonce would not fit the page that was kept.

    To be called before Talisman is bound, for what is registered first runs last.
    """

    @flask_app.after_request
    def keep_the_policy_of_the_page(response: Response) -> Response:
        if response.status_code == NOT_MODIFIED:
            response.headers.pop("Content-Security-Policy", None)
        return response


def revalidated(view: View[Arguments]) -> View[Arguments]:
    """Let a view answer «unchanged» while nothing that it may depend on has changed."""

    @wraps(view)
    def answered(*args: Arguments.args, **kwargs: Arguments.kwargs) -> ResponseReturnValue:
        return revalidate(lambda: view(*args, **kwargs))

    return answered


def revalidate(make_answer: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    """Return the answer with a tag, or «unchanged» to a browser that has it, without making it.

    For answers that name no citizen: office computers are shared, and what a browser keeps stays
    on the disk when somebody signs out. The tag covers the address, the reader with their rights,
    the day, the state of the database and the program.
    """
    tag = _tag()
    if tag is None:
        return make_answer()
    if request.if_none_match.contains_weak(tag):
        return _marked(Response(status=NOT_MODIFIED), tag)
    answer = make_response(make_answer())
    return _marked(answer, tag) if answer.status_code == OK else answer


def _tag() -> str | None:
    """Return what the answer is known by; None while a message waits to be shown with it."""
    version = database_version()
    if version is None or "_flashes" in session:
        return None
    reader = require_reader()
    parts = (
        THIS_PROGRAM,
        version,
        clock.today(),
        reader.sign_in_id,
        reader.display_name,
        reader.grants,
        request.full_path,
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _marked(response: Response, tag: str) -> Response:
    # Compression changes the bytes and leaves the meaning: hence a weak tag.
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
