"""The list of help sessions; logging them and looking at a day have pages of their own."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.web.session_listing import SessionListing

blueprint = Blueprint("session_lists", __name__)


@blueprint.get("/ho-tro/danh-sach")
@requires(Permission.VIEW_SESSIONS)
def index() -> ResponseReturnValue:
    """List the sessions that the address asks for."""
    listing = SessionListing(current_scope(), request.args)
    found = listing.window()
    return render_template(
        "session_lists/index.html", listing=listing, found=found, paging=listing.paging(found)
    )
