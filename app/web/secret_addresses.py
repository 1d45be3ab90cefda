"""Addresses that are secrets themselves: no other site, and no log, gets to see them."""

import logging
import re

from flask import Flask, Response, request

# The page of a mentor without an account; an invitation.
SECRET_PATHS = re.compile(r"(/(?:m|moi)/)[\w.~-]+")
HIDDEN = r"\1…"


class HideTokens(logging.Filter):
    """Writes «…» in place of the token in whatever is logged about such an address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the token; every record is kept."""
        message = record.getMessage()
        hidden = SECRET_PATHS.sub(HIDDEN, message)
        if hidden != message:
            record.msg, record.args = hidden, ()
        return True


def register_secret_addresses(flask_app: Flask) -> None:
    """Let browsers tell the site alone, without path, from where they come; keep tokens from logs.

    The checks of forms need to know the site, so «no-referrer» would be too much. Registered before
    the usual headers are, this speaks last.
    """
    hide = HideTokens()
    for logger in (flask_app.logger, logging.getLogger("waitress")):
        logger.addFilter(hide)

    @flask_app.after_request
    def say_little(response: Response) -> Response:
        if SECRET_PATHS.match(request.path):
            response.headers["Referrer-Policy"] = "strict-origin"
            response.headers["X-Robots-Tag"] = "noindex"
        return response
