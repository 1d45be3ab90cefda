"""Support posts: the list, a post's page, registering, editing and ending."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.queries.account_people import find_account_of_person
from app.queries.people import get_person_detail
from app.queries.support_posts import (
    SupportPostLine,
    get_support_post_detail,
)
from app.web import person_pages
from app.web.bulk_deeds import offered_deeds
from app.web.person_pages import SUPPORT_POSTS, Subject
from app.web.support_post_listing import SupportPostListing

blueprint = Blueprint("support_posts", __name__, url_prefix="/nhan-su-ho-tro")


@blueprint.get("")
@requires(Permission.VIEW_PEOPLE)
def index() -> ResponseReturnValue:
    """List the support posts that the address asks for."""
    listing = SupportPostListing(current_scope(), request.args)
    found = listing.window()
    return render_template(
        "support_posts/index.html",
        listing=listing,
        found=found,
        deeds=offered_deeds(SUPPORT_POSTS.role),
        paging=listing.paging(found),
        today=listing.today,
    )


@blueprint.get("/<int:support_post_id>")
@requires(Permission.VIEW_PEOPLE)
def show(support_post_id: int) -> ResponseReturnValue:
    """Show a support post and who holds it."""
    post = _get(support_post_id)
    return render_template(
        "support_posts/show.html",
        post=post,
        person=get_person_detail(current_scope(), post.person_id),
        account=find_account_of_person(current_scope(), post.person_id),
        may_edit=current_scope(Permission.EDIT_SUPPORT_POSTS).includes(post.ward_id),
        today=clock.today(),
    )


@blueprint.get("/moi")
@requires(Permission.EDIT_SUPPORT_POSTS)
def create() -> ResponseReturnValue:
    """Show the form for a new support post."""
    return person_pages.show_registration(SUPPORT_POSTS)


@blueprint.post("/moi")
@requires(Permission.EDIT_SUPPORT_POSTS)
def save() -> ResponseReturnValue:
    """Register a support post."""
    return person_pages.save_registration(SUPPORT_POSTS)


@blueprint.get("/<int:support_post_id>/sua")
@requires(Permission.EDIT_SUPPORT_POSTS)
def edit(support_post_id: int) -> ResponseReturnValue:
    """Show the form that edits the person."""
    return person_pages.show_edit(SUPPORT_POSTS, _subject(_get(support_post_id)))


@blueprint.post("/<int:support_post_id>/sua")
@requires(Permission.EDIT_SUPPORT_POSTS)
def update(support_post_id: int) -> ResponseReturnValue:
    """Save the person."""
    return person_pages.save_edit(SUPPORT_POSTS, _subject(_get(support_post_id)))


@blueprint.get("/<int:support_post_id>/thoi")
@requires(Permission.EDIT_SUPPORT_POSTS)
def end(support_post_id: int) -> ResponseReturnValue:
    """Ask from when and why a post is given up."""
    post = _get(support_post_id)
    if post.ended_on is not None:
        return redirect(SUPPORT_POSTS.url("show", support_post_id))
    return person_pages.show_end(SUPPORT_POSTS, _subject(post), [])


@blueprint.post("/<int:support_post_id>/thoi")
@requires(Permission.EDIT_SUPPORT_POSTS)
def save_end(support_post_id: int) -> ResponseReturnValue:
    """End a support post."""
    return person_pages.save_end(SUPPORT_POSTS, _subject(_get(support_post_id)), [])


def _get(support_post_id: int) -> SupportPostLine:
    return get_support_post_detail(current_scope(), support_post_id, clock.today())


def _subject(post: SupportPostLine) -> Subject:
    return Subject(post.id, post.person_id, post.ward_id)
