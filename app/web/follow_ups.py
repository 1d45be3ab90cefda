"""The short list of calls: does somebody who was taught still manage on their own?"""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope, may, require_reader
from app.access.decorators import requires
from app.access.policy import Permission
from app.access.scope import WardScope
from app.errors import RuleBrokenError
from app.forms.follow_up import FollowUpForm
from app.queries.follow_up_answers import list_answers
from app.queries.follow_ups import (
    FIRST_DAY,
    LAST_DAY,
    RETRY_DAYS,
    TOO_LATE_DAY,
    count_calls,
    get_call,
    list_calls,
)
from app.rule_wording import describe_broken_rule
from app.services.answer_follow_up import answer_follow_up
from app.services.learn_again import learn_again
from app.texts import _
from app.web.arguments import id_argument
from app.web.page_frame import notify
from app.web.paging import Paging
from app.web.submission import submit
from app.wording import FOLLOW_UP_LABELS
from models.enums import FollowUpAnswer

blueprint = Blueprint("follow_ups", __name__, url_prefix="/goi-hoi")

MOST_ANSWERS = 40


@blueprint.get("")
@requires(Permission.FOLLOW_UP)
def index() -> ResponseReturnValue:
    """Show whom to call, and what others said; one number at a time is shown in full."""
    scope, names_in, today = current_scope(), _names_in(), clock.today()
    paging = Paging.asked_for(count_calls(scope, names_in, today))
    return render_template(
        "follow_ups/index.html",
        today=today,
        calls=list_calls(scope, names_in, today, offset=paging.offset, size=paging.size),
        paging=paging,
        answers=list_answers(scope, names_in, today, at_most=MOST_ANSWERS),
        shown_id=id_argument("so"),
        labels=FOLLOW_UP_LABELS,
        first_day=FIRST_DAY,
        last_day=LAST_DAY,
        too_late_day=TOO_LATE_DAY,
        retry_days=RETRY_DAYS,
        has_several_wards=scope.only_ward_id is None,
    )


@blueprint.post("/<int:mentee_id>")
@requires(Permission.FOLLOW_UP)
def answer(mentee_id: int) -> ResponseReturnValue:
    """Record what somebody said."""
    scope, names_in = current_scope(), _names_in()
    get_call(scope, names_in, clock.today(), mentee_id)
    form = FollowUpForm()
    if not form.validate():
        notify(_("Chưa ghi được: chọn một trong ba câu trả lời."), kind="error")
        return redirect(url_for(".index"), code=303)
    said = form.answer.data
    receipt = submit(form, lambda: answer_follow_up(scope, names_in, mentee_id, said))
    if receipt is None:
        notify(" ".join(map(str, form.form_errors)), kind="error")
    else:
        notify(
            _("Đã ghi: %(answer)s.", answer=_(FOLLOW_UP_LABELS[said]).lower()),
            undo_batch_id=receipt.batch_id,
            **_next_step(said),
        )
    return redirect(url_for(".index"), code=303)


@blueprint.post("/<int:mentee_id>/hoc-lai")
@requires(Permission.EDIT_PEOPLE)
def register_again(mentee_id: int) -> ResponseReturnValue:
    """Put somebody who completed back on the waiting list."""
    try:
        receipt = learn_again(current_scope(), mentee_id)
    except RuleBrokenError as error:
        notify(describe_broken_rule(error), kind="error")
        return redirect(url_for(".index"), code=303)
    notify(
        _("Đã ghi vào danh sách chờ mentor."),
        undo_batch_id=receipt.batch_id,
        next_url=url_for("pairing.index", mentee=receipt.object_id),
        next_label=_("Ghép với mentor"),
    )
    return redirect(url_for(".index"), code=303)


def _names_in() -> WardScope:
    return require_reader().scope_for(Permission.VIEW_PEOPLE)


def _next_step(said: FollowUpAnswer) -> dict[str, str]:
    """Lead from who needs help to the list that names the next step for them."""
    if said is not FollowUpAnswer.NEEDS_HELP or not may(Permission.PAIR_PEOPLE):
        return {}
    return {
        "next_url": url_for(".index", _anchor="can-giup"),
        "next_label": _("Xem bước tiếp theo"),
    }
