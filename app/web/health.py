"""The answer to monitors: is the site up, and does its database answer?"""

from flask import Blueprint, Response, jsonify

from app.access.decorators import public
from app.queries.health import is_database_ready

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def show() -> tuple[Response, int]:
    """Answer 200 while the database answers, else 503."""
    is_ready = is_database_ready()
    return jsonify(status="ok" if is_ready else "unavailable"), 200 if is_ready else 503
