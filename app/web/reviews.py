"""Looking at what the audit noticed, and answering: right as it is, corrected, or not so."""

from collections.abc import Collection

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.finding_wording import BURST_SIGN_LABELS
from app.forms.conflict import is_saved_already
from app.forms.help_session import EditHelpSessionForm
from app.forms.review import AnswerForm, ChosenSessionsForm
from app.queries.help_sessions import SessionDetail, get_session_detail
from app.queries.reviews import AlikePeople, Burst, get_alike_people, get_burst
from app.services.answer_notice import confirm_sessions, tell_people_apart
from app.services.delete_session import delete_from_burst
from app.services.edit_session import edit_session
from app.texts import _
from app.web.page_frame import notify
from app.web.session_editing import edit_form, edit_page
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


@blueprint.get("/nhap-don/<int:session_id>/xoa")
@requires(Permission.REVIEW_SESSIONS)
def choose(session_id: int) -> ResponseReturnValue:
    """Show the sessions once more, where somebody loads the page of a refused deletion again."""
    return _sessions_page(session_id, get_burst(current_scope(), session_id))


@blueprint.post("/nhap-don/<int:session_id>/xoa")
@requires(Permission.REVIEW_SESSIONS)
def delete(session_id: int) -> ResponseReturnValue:
    """Delete the ticked sessions of a burst: they did not take place."""
    scope = current_scope()
    burst = get_burst(scope, session_id)
    form = ChosenSessionsForm()
    if form.validate():
        receipt = submit(
            form,
            lambda: delete_from_burst(scope, session_id, form.chosen, request_key=form.request_key),
        )
        if receipt is not None:
            notify(
                _("Đã xóa %(count)s lượt.", count=len(form.chosen)), undo_batch_id=receipt.batch_id
            )
            return redirect(_url_beside(burst, form.chosen), code=303)
    return _sessions_page(session_id, get_burst(scope, session_id), deleting=form), 422


@blueprint.get("/nhap-don/<int:session_id>/sua")
@requires(Permission.REVIEW_SESSIONS)
def edit(session_id: int) -> ResponseReturnValue:
    """Show a session of a burst for correcting; what is in no burst is for the desk to correct."""
    scope = current_scope()
    if not get_burst(scope, session_id).sessions:
        return redirect(url_for(".sessions", session_id=session_id))
    session = get_session_detail(scope, session_id)
    return _edit_page(edit_form(session), session)


@blueprint.post("/nhap-don/<int:session_id>/sua")
@requires(Permission.REVIEW_SESSIONS)
def update(session_id: int) -> ResponseReturnValue:
    """Correct a session of a burst and go back to the others."""
    scope = current_scope()
    burst = get_burst(scope, session_id)
    if not burst.sessions:
        return redirect(url_for(".sessions", session_id=session_id), code=303)
    form = edit_form(get_session_detail(scope, session_id))
    if form.validate():
        receipt = submit(
            form,
            lambda: edit_session(scope, session_id, form.details, seen_edition=form.seen_version),
        )
        if receipt is not None:
            notify(_("Đã sửa lượt hỗ trợ."), undo_batch_id=receipt.batch_id)
            return redirect(_url_beside(burst, {session_id}), code=303)
    session = get_session_detail(scope, session_id)
    if is_saved_already(form, edit_form(session, formdata=None)):
        return redirect(_url_beside(burst, {session_id}), code=303)
    return _edit_page(form, session), 422


def _url_beside(burst: Burst, left: Collection[int]) -> str:
    """Return where a burst is reviewed on, from which some sessions may have gone."""
    others = [session.id for session in burst.sessions if session.id not in left]
    if not others:
        return url_for("audit.index", viec="entry_burst")
    return url_for(".sessions", session_id=others[0])


def _edit_page(form: EditHelpSessionForm, session: SessionDetail) -> str:
    return edit_page(
        form,
        session,
        action=url_for(".update", session_id=session.id),
        list_label=_("Các lượt nhập dồn"),
        list_url=url_for(".sessions", session_id=session.id),
    )


def _people_page(person_id: int, alike: AlikePeople, refused: AnswerForm | None = None) -> str:
    form = AnswerForm.about((record.id for record in alike.records), refused)
    return render_template(
        "reviews/people.html",
        form=form,
        person_id=person_id,
        records=alike.records,
    )


def _sessions_page(
    session_id: int,
    burst: Burst,
    refused: AnswerForm | None = None,
    *,
    deleting: ChosenSessionsForm | None = None,
) -> str:
    form = AnswerForm.about((session.id for session in burst.sessions), refused)
    return render_template(
        "reviews/sessions.html",
        form=form,
        deleting=deleting or ChosenSessionsForm(),
        session_id=session_id,
        burst=burst,
        mode_labels=HELP_MODE_LABELS,
        result_labels=HELP_RESULT_LABELS,
        sign_labels=BURST_SIGN_LABELS,
    )
