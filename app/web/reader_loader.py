"""Finds the reader behind a cookie, on each request."""

from contextlib import suppress

from flask import jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError

from app import clock
from app.access.current import Reader
from app.extensions import login_manager
from app.queries.sign_ins import find_sign_in
from app.services.touch_sign_in import touch_sign_in


def register_reader_loader() -> None:
    """Tell Flask-Login how a cookie becomes a reader, and where strangers are sent."""
    login_manager.session_protection = None
    login_manager.user_loader(load_reader)
    login_manager.unauthorized_handler(ask_to_sign_in)


def load_reader(token: str) -> Reader | None:
    """Return the reader of a sign-in that is still open and not expired, else None."""
    moment = clock.now()
    reader = find_sign_in(token, now=moment, today=clock.today())
    if reader is not None:
        # A page can still be read while nothing can be written, as on a full disk.
        with suppress(OperationalError):
            touch_sign_in(reader.sign_in_id, last_seen_at=reader.last_seen_at, now=moment)
    return reader


def ask_to_sign_in() -> ResponseReturnValue:
    """Send a stranger to the sign-in page; tell a program 401."""
    offered = ["text/html", "application/json"]
    if request.accept_mimetypes.best_match(offered) == "application/json":
        return jsonify(error="sign_in_required"), 401
    if request.method != "GET":
        return redirect(url_for("sign_in.show"))
    return redirect(url_for("sign_in.show", next=request.full_path.rstrip("?")))
