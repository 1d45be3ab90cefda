"""The leader's side of a mentor's own link: making it, handing it on, switching it off."""

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.errors import RuleBrokenError
from app.queries.contacts import get_mentor_card
from app.queries.mentor_links import get_link_state, list_uses
from app.rule_wording import describe_broken_rule
from app.services.mentor_links import LINK_DAYS, end_mentor_link, issue_mentor_link
from app.texts import _
from app.web.page_frame import notify
from app.web.qr_code import make_qr_code

blueprint = Blueprint("mentor_links", __name__, url_prefix="/mentor/<int:mentor_id>/lien-ket")

# Where a fresh link waits for the one page that shows it.
FRESH_LINK = "fresh_mentor_link"


@blueprint.get("")
@requires(Permission.EDIT_PEOPLE)
def show(mentor_id: int) -> ResponseReturnValue:
    """Show how the link is used, and, once, the link that was just made."""
    scope, now = current_scope(), clock.now()
    mentor = get_mentor_card(scope, mentor_id, clock.today())
    fresh_id, token = session.pop(FRESH_LINK, (None, None))
    address = None
    if fresh_id == mentor_id:
        address = url_for("mentor_pages.show", token=token, _external=True)
    link = get_link_state(scope, mentor_id, now)
    return render_template(
        "mentor_links/show.html",
        mentor=mentor,
        address=address,
        code=make_qr_code(address) if address else None,
        link=link,
        expires_on=None if link is None else clock.local_date(link.expires_at),
        uses=list_uses(scope, mentor_id),
        link_days=LINK_DAYS,
    )


@blueprint.post("")
@requires(Permission.EDIT_PEOPLE)
def save(mentor_id: int) -> ResponseReturnValue:
    """Make a new link; the one before stops working."""
    try:
        issued = issue_mentor_link(current_scope(), mentor_id)
    except RuleBrokenError as error:
        notify(describe_broken_rule(error), kind="error")
    else:
        session[FRESH_LINK] = (mentor_id, issued.token)
    return redirect(url_for("mentor_links.show", mentor_id=mentor_id), code=303)


@blueprint.post("/tat")
@requires(Permission.EDIT_PEOPLE)
def end(mentor_id: int) -> ResponseReturnValue:
    """Switch the link off."""
    end_mentor_link(current_scope(), mentor_id)
    notify(_("Đã tắt liên kết. Ai còn giữ liên kết này cũng không mở được nữa."))
    return redirect(url_for("mentor_links.show", mentor_id=mentor_id), code=303)
