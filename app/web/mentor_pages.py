"""The page that a mentor opens with the own link, without an account."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.decorators import public
from app.errors import ContactRepeatedError
from app.extensions import limiter
from app.learning_errors import MentorLinkClosedError
from app.queries.mentor_links import OpenMentorLink, find_open_link, list_own_mentees
from app.queries.skills import list_skills
from app.queries.topics import find_topic
from app.services.transaction import Receipt
from app.services.use_mentor_link import (
    log_meeting_by_link,
    note_opening,
    take_back_meeting_by_link,
)
from app.web.sign_in import FLOOD_LIMIT

blueprint = Blueprint("mentor_pages", __name__, url_prefix="/m/<string:token>")


@blueprint.get("")
@public
@limiter.limit(FLOOD_LIMIT)
def show(token: str) -> ResponseReturnValue:
    """Show the mentor's own mentees by given name, and this week's topic; nothing of others."""
    link = _open_link(token)
    if link is None:
        return _closed()
    note_opening(link)
    today = clock.today()
    return render_template(
        "mentor_pages/show.html",
        token=token,
        link=link,
        mentees=list_own_mentees(link.scope, link.mentor_id, today),
        skill_count=len(list_skills(link.scope)),
        topic=find_topic(link.scope, today),
        today=today,
    )


@blueprint.post("/gap/<int:mentorship_id>")
@public
@limiter.limit(FLOOD_LIMIT)
def mark(token: str, mentorship_id: int) -> ResponseReturnValue:
    """Note that one of the mentees was met today."""
    return _use(token, lambda link: log_meeting_by_link(link, mentorship_id))


@blueprint.post("/bo-gap/<int:mentorship_id>")
@public
@limiter.limit(FLOOD_LIMIT)
def take_back(token: str, mentorship_id: int) -> ResponseReturnValue:
    """Take back what was noted here today."""
    return _use(token, lambda link: take_back_meeting_by_link(link, mentorship_id))


def _open_link(token: str) -> OpenMentorLink | None:
    return find_open_link(token, now=clock.now(), day=clock.today())


def _use(token: str, act: Callable[[OpenMentorLink], Receipt]) -> ResponseReturnValue:
    link = _open_link(token)
    if link is None:
        return _closed()
    try:
        act(link)
    except MentorLinkClosedError:
        return _closed()
    except ContactRepeatedError:
        # Pressed twice, or the leader was faster: the page shows it as noted.
        pass
    return redirect(url_for("mentor_pages.show", token=token), code=303)


def _closed() -> ResponseReturnValue:
    """Answer alike for what is unknown, too old or switched off: nobody learns which."""
    return render_template("mentor_pages/closed.html"), 410
