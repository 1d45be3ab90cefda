"""Looking at what the audit noticed, and answering that it is right as it is."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.forms.review import AnswerForm
from app.queries.reviews import AlikePeople, Burst, get_alike_people, get_burst
from app.services.answer_notice import confirm_sessions, tell_people_apart
from app.texts import _
from app.web.page_frame import notify
from app.web.submission import submit
from app.wording import HELP_MODE_LABELS, HELP_RESULT_LABELS

blueprint = Blueprint("reviews", __name__, url_prefix="/ra-soat")


@blueprint.get("/trung-nguoi/<int:person_id>")
@requires(Permission.EDIT_PEOPLE)
def people(person_id: int) -> ResponseReturnValue:
    """Show the records that seem to be one person side by side."""
    return _people_page(person_id, get_alike_people(current_scope(), person_id))


@blueprint.post("/trung-nguoi/<int:person_id>")
@requires(Permission.EDIT_PEOPLE)
def tell_apart(person_id: int) -> ResponseReturnValue:
    """Record that these are different people."""
    scope = current_scope()
    form = AnswerForm()
    if form.validate():
        receipt = submit(
            form,
            lambda: tell_people_apart(
                scope, person_id, seen=form.seen_ids, request_key=form.request_key
            ),
        )
        if receipt is not None:
            notify(_("Đã ghi đây là những người khác nhau."), undo_batch_id=receipt.batch_id)
            return redirect(url_for("audit.index", viec="possible_duplicate"), code=303)
    return _people_page(person_id, get_alike_people(scope, person_id), form), 422


@blueprint.get("/nhap-don/<int:session_id>")
@requires(Permission.REVIEW_SESSIONS)
def sessions(session_id: int) -> ResponseReturnValue:
    """Show the sessions that were entered in a burst."""
    return _sessions_page(session_id, get_burst(current_scope(), session_id))


@blueprint.post("/nhap-don/<int:session_id>")
@requires(Permission.REVIEW_SESSIONS)
def confirm(session_id: int) -> ResponseReturnValue:
    """Record that these sessions took place."""
    scope = current_scope()
    form = AnswerForm()
    if form.validate():
        receipt = submit(
            form,
            lambda: confirm_sessions(
                scope, session_id, seen=form.seen_ids, request_key=form.request_key
            ),
        )
        if receipt is not None:
            notify(_("Đã ghi các lượt này là đúng."), undo_batch_id=receipt.batch_id)
            return redirect(url_for("audit.index", viec="entry_burst"), code=303)
    return _sessions_page(session_id, get_burst(scope, session_id), form), 422


def _people_page(person_id: int, alike: AlikePeople, refused: AnswerForm | None = None) -> str:
    form = AnswerForm.about((record.id for record in alike.records), refused)
    return render_template(
        "reviews/people.html",
        form=form,
        person_id=person_id,
        records=alike.records,
    )


def _sessions_page(session_id: int, burst: Burst, refused: AnswerForm | None = None) -> str:
    form = AnswerForm.about((session.id for session in burst.sessions), refused)
    return render_template(
        "reviews/sessions.html",
        form=form,
        session_id=session_id,
        burst=burst,
        days=sorted({session.service_date for session in burst.sessions}),
        mode_labels=HELP_MODE_LABELS,
        result_labels=HELP_RESULT_LABELS,
    )
