"""The list of mentorships; pairing itself and parting have pages of their own."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.web.mentorship_listing import MentorshipListing

blueprint = Blueprint("mentorships", __name__)


@blueprint.get("/ghep-cap/danh-sach")
@requires(Permission.VIEW_PEOPLE)
def index() -> ResponseReturnValue:
    """List the mentorships that the address asks for."""
    listing = MentorshipListing(current_scope(), request.args)
    found = listing.window()
    return render_template(
        "mentorships/index.html", listing=listing, found=found, paging=listing.paging(found)
    )
