"""Whether the visitor of a help session wants to learn more: who does is handed on."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.errors import RuleBrokenError
from app.formatting import format_day
from app.queries.help_sessions import get_session_detail
from app.rule_wording import describe_broken_rule
from app.services.answer_offer import answer_offer
from app.texts import _
from app.web.page_frame import notify
from models.enums import LearningOffer

blueprint = Blueprint("learning_offers", __name__, url_prefix="/ho-tro")


@blueprint.post("/<int:session_id>/khong-muon-hoc")
@requires(Permission.LOG_SESSIONS)
def decline(session_id: int) -> ResponseReturnValue:
    """Note that the visitor does not want to learn."""
    told = _("Đã ghi: người này không muốn học thêm.")
    return _answered(session_id, LearningOffer.DECLINED, told)


@blueprint.post("/<int:session_id>/chua-hoi-hoc")
@requires(Permission.LOG_SESSIONS)
def forget(session_id: int) -> ResponseReturnValue:
    """Take the answer away: nobody asked, or it was somebody else's."""
    return _answered(session_id, None, _("Đã bỏ ghi «không muốn học»."))


def _answered(session_id: int, answer: LearningOffer | None, told: str) -> ResponseReturnValue:
    """Record the answer and go back to where it was given: the form, or the list of the day."""
    scope = current_scope()
    session = get_session_detail(scope, session_id)
    try:
        receipt = answer_offer(scope, session_id, answer)
    except RuleBrokenError as error:
        notify(describe_broken_rule(error), kind="error")
    else:
        notify(told, undo_batch_id=receipt.batch_id)
    if request.form.get("ve") == "ghi":
        return redirect(url_for("help_sessions.create"), code=303)
    day = session.service_date
    listed = None if day == clock.today() else format_day(day)
    return redirect(url_for("help_sessions.index", ngay=listed), code=303)
