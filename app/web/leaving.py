"""The page on which a mentor leaves: who is left behind, who takes over, what follows."""

from typing import NamedTuple

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.forms.end_spell import LeaveForm
from app.planning.consequences import say_what_opens
from app.queries.candidates import (
    MentorChoice,
    get_mentor_choice,
    list_bordering_mentors,
    list_mentor_choices,
)
from app.queries.catalogues_for_forms import list_end_reasons
from app.queries.departure import Departure, plan_leaving
from app.queries.mentors import MentorDetail
from app.queries.person_pairings import PairingLine, list_pairings_of_mentor
from app.queries.settings import get_settings
from app.queries.supposed import Supposed
from app.services.leave_mentor import Leaving, leave_mentor
from app.web.page_frame import notify
from app.web.person_pages import MENTORS
from app.web.submission import submit
from graphs.planning.rows import Reach
from models.enums import PersonRole


class _Leaving(NamedTuple):
    """What the page shows: the mentees who can be handed over, the others, the mentors with room.

    `proposed` is the mentor whom the plan proposes, by mentee.
    """

    mentor: MentorDetail
    name: str
    movable: list[PairingLine]
    others: list[PairingLine]
    choices: list[MentorChoice]
    proposed: dict[int, int]
    departure: Departure


def show_leaving(mentor: MentorDetail) -> ResponseReturnValue:
    """Show who is left behind and whom the plan proposes for each of them."""
    leaving = _look(mentor)
    form = _form(leaving)
    form.successor.data = [
        f"{line.other_id}:{leaving.proposed.get(line.other_id, '')}" for line in leaving.movable
    ]
    return _page(leaving, form)


def save_leaving(mentor: MentorDetail) -> ResponseReturnValue:
    """End the mentor's spell; those for whom somebody was chosen go on there at once."""
    leaving = _look(mentor)
    form = _form(leaving)
    if form.validate():
        receipt = submit(
            form,
            lambda: leave_mentor(
                current_scope(),
                mentor.id,
                Leaving(form.day, form.reason.data, form.successors),
                request_key=form.request_key,
            ),
        )
        if receipt is not None:
            notify(_done_words(leaving, form), undo_batch_id=receipt.batch_id)
            return redirect(MENTORS.url("show", mentor.id), code=303)
    return _page(leaving, form), 422


def _look(mentor: MentorDetail) -> _Leaving:
    scope, today = current_scope(), clock.today()
    reach = Reach.WARD if scope.only_ward_id is not None else Reach.BORDER
    departure = plan_leaving(scope, mentor.id, today, reach)
    lines = [
        line for line in list_pairings_of_mentor(scope, mentor.id, today) if line.ended_on is None
    ]
    movable = set(departure.plan.orphans)
    settings = get_settings(today)
    itself = get_mentor_choice(scope, mentor.id, today, settings)
    own = list_mentor_choices(scope.narrowed_to(mentor.ward_id), today, settings)
    around = list_bordering_mentors(scope, mentor.ward_id, today, settings, beside=itself.person)
    return _Leaving(
        mentor=mentor,
        name=itself.person.full_name,
        movable=[line for line in lines if line.other_id in movable],
        others=[line for line in lines if line.other_id not in movable],
        choices=[one for one in (*own, *around) if one.spare and one.id != mentor.id],
        proposed={move.mentee: move.to_mentor for move in departure.plan.plan.moves},
        departure=departure,
    )


def _form(leaving: _Leaving) -> LeaveForm:
    proposed = leaving.proposed.values()
    return LeaveForm(
        mentees=[line.other_id for line in leaving.movable],
        mentors={*(one.id for one in leaving.choices), *proposed},
        reasons=list_end_reasons(PersonRole.MENTOR),
        today=clock.today(),
    )


def _page(leaving: _Leaving, form: LeaveForm) -> str:
    departure = leaving.departure
    return render_template(
        "mentors/leave.html",
        leaving=leaving,
        form=form,
        chosen=set(form.successor.data or ()),
        if_nobody=say_what_opens(Supposed(departure.now, departure.left)),
        if_proposed=say_what_opens(Supposed(departure.now, departure.settled)),
    )


def _done_words(leaving: _Leaving, form: LeaveForm) -> str:
    placed = len(form.successors)
    waiting = len(leaving.movable) - placed
    words = "Đã ghi thôi vai trò mentor."
    if placed:
        words += f" {placed} người học sang mentor mới."
    if waiting:
        words += f" {waiting} người học trở lại danh sách chờ mentor."
    return words
