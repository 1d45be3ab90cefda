"""Finds the reader behind a cookie, on each request."""

from flask import jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import Reader
from app.extensions import login_manager
from app.queries.sign_ins import find_sign_in


def register_reader_loader() -> None:
    """Tell Flask-Login how a cookie becomes a reader, and where strangers are sent."""
    login_manager.session_protection = None
    login_manager.user_loader(load_reader)
    login_manager.unauthorized_handler(ask_to_sign_in)


def load_reader(token: str) -> Reader | None:
    """Return the reader of a sign-in that is still open and not expired, else None."""
    return find_sign_in(token, now=clock.now(), today=clock.today())


def ask_to_sign_in() -> ResponseReturnValue:
    """Send a stranger to the sign-in page; tell a program 401."""
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) != "text/html":
        return jsonify(error="sign_in_required"), 401
    if request.method != "GET":
        return redirect(url_for("sign_in.show"))
    return redirect(url_for("sign_in.show", next=request.full_path.rstrip("?")))
