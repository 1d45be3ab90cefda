"""Mentors: the list, a mentor's page, registering, editing and ending."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.queries.generations import get_lineage
from app.queries.mentors import MentorDetail, get_mentor_detail
from app.queries.people import get_person_detail
from app.queries.person_pairings import list_meetings_of_mentor, list_pairings_of_mentor
from app.queries.settings import get_settings
from app.web import person_pages
from app.web.bulk_deeds import offered_deeds
from app.web.leaving import save_leaving, show_leaving
from app.web.mentor_listing import MentorListing
from app.web.person_pages import MENTORS, Subject

blueprint = Blueprint("mentors", __name__, url_prefix="/mentor")


@blueprint.get("")
@requires(Permission.VIEW_PEOPLE)
def index() -> ResponseReturnValue:
    """List the mentors that the address asks for."""
    listing = MentorListing(current_scope(), request.args)
    found = listing.window()
    return render_template(
        "mentors/index.html",
        listing=listing,
        found=found,
        deeds=offered_deeds(MENTORS.role),
        paging=listing.paging(found),
        floor=listing.settings.floor,
        today=listing.today,
    )


@blueprint.get("/<int:mentor_id>")
@requires(Permission.VIEW_PEOPLE)
def show(mentor_id: int) -> ResponseReturnValue:
    """Show a mentor: who, whom they guide, the latest meetings."""
    scope, today = current_scope(), clock.today()
    mentor = _get(mentor_id)
    return render_template(
        "mentors/show.html",
        mentor=mentor,
        person=get_person_detail(scope, mentor.person_id),
        pairings=list_pairings_of_mentor(scope, mentor_id, today),
        meetings=list_meetings_of_mentor(scope, mentor_id),
        may_edit=current_scope(Permission.EDIT_PEOPLE).includes(mentor.ward_id),
        settings=get_settings(today),
        lineage=get_lineage(scope, mentor.person_id),
        today=today,
    )


@blueprint.get("/moi")
@requires(Permission.EDIT_PEOPLE)
def create() -> ResponseReturnValue:
    """Show the form for a new mentor."""
    return person_pages.show_registration(MENTORS)


@blueprint.post("/moi")
@requires(Permission.EDIT_PEOPLE)
def save() -> ResponseReturnValue:
    """Register a mentor."""
    return person_pages.save_registration(MENTORS)


@blueprint.get("/<int:mentor_id>/sua")
@requires(Permission.EDIT_PEOPLE)
def edit(mentor_id: int) -> ResponseReturnValue:
    """Show the form that edits the person and the capacity."""
    return person_pages.show_edit(MENTORS, _subject(_get(mentor_id)))


@blueprint.post("/<int:mentor_id>/sua")
@requires(Permission.EDIT_PEOPLE)
def update(mentor_id: int) -> ResponseReturnValue:
    """Save the person and the capacity."""
    return person_pages.save_edit(MENTORS, _subject(_get(mentor_id)))


@blueprint.get("/<int:mentor_id>/thoi")
@requires(Permission.EDIT_PEOPLE)
def end(mentor_id: int) -> ResponseReturnValue:
    """Ask from when and why a mentor stops, and show who is left without one."""
    mentor = _get(mentor_id)
    if mentor.ended_on is not None:
        return redirect(MENTORS.url("show", mentor_id))
    return show_leaving(mentor)


@blueprint.post("/<int:mentor_id>/thoi")
@requires(Permission.EDIT_PEOPLE)
def save_end(mentor_id: int) -> ResponseReturnValue:
    """End a mentor's spell and the pairings with it, and begin those that were chosen."""
    mentor = _get(mentor_id)
    if mentor.ended_on is not None:
        # Pressed twice, or somebody else was faster: the mentor's page says since when.
        return redirect(MENTORS.url("show", mentor_id), code=303)
    return save_leaving(mentor)


def _get(mentor_id: int) -> MentorDetail:
    today = clock.today()
    return get_mentor_detail(current_scope(), mentor_id, today, get_settings(today))


def _subject(mentor: MentorDetail) -> Subject:
    return Subject(mentor.id, mentor.person_id, mentor.ward_id, mentor.own_capacity)
