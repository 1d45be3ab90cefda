"""Giving a mentee another mentor: from the page of either, and from findings about their pair."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.formatting import format_day
from app.forms.pairing import ChangeMentorForm
from app.queries.mentor_change import get_mentor_change
from app.queries.pairing import get_new_pairs, get_pair_card
from app.queries.settings import get_settings
from app.services.change_mentor import change_mentor
from app.services.transaction import Receipt
from app.web.page_frame import notify
from app.web.submission import submit

blueprint = Blueprint("mentor_change", __name__, url_prefix="/ghep-cap")

# Longer lists are cut; those who suit best stand first.
MOST_SHOWN = 100
# So many of each list are seen at once; the others unfold.
BEST_SHOWN = 12


@blueprint.get("/<int:mentorship_id>/doi-mentor")
@requires(Permission.PAIR_PEOPLE)
def show(mentorship_id: int) -> ResponseReturnValue:
    """Show the two people of a pair, and who else could be the mentor."""
    return _page(ChangeMentorForm(today=clock.today()), mentorship_id)


@blueprint.post("/<int:mentorship_id>/doi-mentor")
@requires(Permission.PAIR_PEOPLE)
def save(mentorship_id: int) -> ResponseReturnValue:
    """End the pair and begin one with the chosen mentor on the same day."""
    form = ChangeMentorForm(today=clock.today())
    if form.validate():
        receipt = submit(
            form,
            lambda: change_mentor(
                current_scope(),
                mentorship_id,
                form.chosen_mentor,
                on=form.first_day,
                request_key=form.request_key,
            ),
        )
        if receipt is not None:
            return _done(mentorship_id, receipt)
    return _page(form, mentorship_id), 422


def _page(form: ChangeMentorForm, mentorship_id: int) -> str:
    today = clock.today()
    settings = get_settings(today)
    change = get_mentor_change(current_scope(), mentorship_id, today, settings)
    return render_template(
        "pairing/change_mentor.html",
        form=form,
        change=change,
        pair=change.pair,
        near=change.near[:MOST_SHOWN],
        bordering=change.bordering[:MOST_SHOWN],
        best=BEST_SHOWN,
        floor=settings.floor,
        today=today,
    )


def _done(mentorship_id: int, receipt: Receipt) -> ResponseReturnValue:
    pair = get_pair_card(current_scope(), mentorship_id, clock.today())
    begun = get_new_pairs(current_scope(), receipt.batch_id)
    if begun is None or pair.ended_on is None:
        notify("Lần đổi mentor này đã được hoàn tác. Muốn đổi lại, chọn lại ở dưới.", kind="info")
        return redirect(url_for("mentor_change.show", mentorship_id=mentorship_id), code=303)
    day = format_day(pair.ended_on)
    notify(
        f"{pair.mentee} học với mentor {begun.mentor} từ ngày {day}, thay mentor {pair.mentor}.",
        undo_batch_id=receipt.batch_id,
        next_url=url_for("mentors.show", mentor_id=begun.mentor_id),
        next_label=f"Xem mentor {begun.mentor}",
    )
    return redirect(url_for("mentees.show", mentee_id=pair.mentee_id), code=303)
