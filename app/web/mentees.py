"""Mentees: the list, a mentee's page, registering, editing and ending."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.forms.contact import OneTapForm
from app.queries.completion import has_completed
from app.queries.generations import holds_mentor_role
from app.queries.learner_cards import get_learner_card
from app.queries.mentee_lists import MenteeState, count_mentees
from app.queries.mentees import MenteeDetail, get_mentee_detail
from app.queries.people import get_person_detail
from app.queries.people_filter import PeopleFilter
from app.queries.person_pairings import list_meetings_of_mentee, list_pairings_of_mentee
from app.queries.settings import get_settings
from app.web import person_pages
from app.web.bulk_deeds import offered_deeds
from app.web.mentee_listing import MenteeListing
from app.web.person_pages import MENTEES, Subject

blueprint = Blueprint("mentees", __name__, url_prefix="/nguoi-hoc")


@blueprint.get("")
@requires(Permission.VIEW_PEOPLE)
def index() -> ResponseReturnValue:
    """List the mentees that the address asks for."""
    listing = MenteeListing(current_scope(), request.args)
    found = listing.window()
    everybody_waiting = PeopleFilter(state=MenteeState.WAITING)
    return render_template(
        "mentees/index.html",
        listing=listing,
        found=found,
        deeds=offered_deeds(MENTEES.role),
        waiting=count_mentees(listing.scope, everybody_waiting, listing.today),
        paging=listing.paging(found),
        today=listing.today,
    )


@blueprint.get("/<int:mentee_id>")
@requires(Permission.VIEW_PEOPLE)
def show(mentee_id: int) -> ResponseReturnValue:
    """Show a mentee: who, by whom they are guided, the latest meetings."""
    scope, today = current_scope(), clock.today()
    mentee = _get(mentee_id)
    may_promote = has_completed(scope, mentee_id) and not holds_mentor_role(
        scope, mentee.person_id, today
    )
    return render_template(
        "mentees/show.html",
        mentee=mentee,
        person=get_person_detail(scope, mentee.person_id),
        pairings=list_pairings_of_mentee(scope, mentee_id, today),
        meetings=list_meetings_of_mentee(scope, mentee_id),
        may_edit=current_scope(Permission.EDIT_PEOPLE).includes(mentee.ward_id),
        card=get_learner_card(scope, mentee.person_id, today, get_settings(today)),
        may_promote=may_promote,
        form_key=OneTapForm().form_key.data,
        today=today,
    )


@blueprint.get("/moi")
@requires(Permission.EDIT_PEOPLE)
def create() -> ResponseReturnValue:
    """Show the form for a new mentee."""
    return person_pages.show_registration(MENTEES)


@blueprint.post("/moi")
@requires(Permission.EDIT_PEOPLE)
def save() -> ResponseReturnValue:
    """Register a mentee."""
    return person_pages.save_registration(MENTEES)


@blueprint.get("/<int:mentee_id>/sua")
@requires(Permission.EDIT_PEOPLE)
def edit(mentee_id: int) -> ResponseReturnValue:
    """Show the form that edits the person."""
    return person_pages.show_edit(MENTEES, _subject(_get(mentee_id)))


@blueprint.post("/<int:mentee_id>/sua")
@requires(Permission.EDIT_PEOPLE)
def update(mentee_id: int) -> ResponseReturnValue:
    """Save the person."""
    return person_pages.save_edit(MENTEES, _subject(_get(mentee_id)))


@blueprint.get("/<int:mentee_id>/thoi")
@requires(Permission.EDIT_PEOPLE)
def end(mentee_id: int) -> ResponseReturnValue:
    """Ask from when and why a mentee stops."""
    mentee = _get(mentee_id)
    if mentee.ended_on is not None:
        return redirect(MENTEES.url("show", mentee_id))
    pairings = list_pairings_of_mentee(current_scope(), mentee_id, clock.today())
    return person_pages.show_end(MENTEES, _subject(mentee), pairings)


@blueprint.post("/<int:mentee_id>/thoi")
@requires(Permission.EDIT_PEOPLE)
def save_end(mentee_id: int) -> ResponseReturnValue:
    """End a mentee's spell and the pairing with it."""
    pairings = list_pairings_of_mentee(current_scope(), mentee_id, clock.today())
    return person_pages.save_end(MENTEES, _subject(_get(mentee_id)), pairings)


def _get(mentee_id: int) -> MenteeDetail:
    today = clock.today()
    return get_mentee_detail(current_scope(), mentee_id, today, get_settings(today))


def _subject(mentee: MenteeDetail) -> Subject:
    return Subject(mentee.id, mentee.person_id, mentee.ward_id)
