"""The page on which a help session is corrected: from the list of its day, or from a review."""

from datetime import timedelta

from flask import render_template

from app import clock
from app.access.current import current_scope
from app.forms.conflict import take_conflicts
from app.forms.help_session import EditHelpSessionForm
from app.queries.desk_choices import KeptEntries, get_desk_choices
from app.queries.help_sessions import SessionDetail
from app.queries.last_change import get_last_change

# What a desk chooses most is counted over these days.
USUAL_OVER = timedelta(days=90)


def edit_form(session: SessionDetail, **values: object) -> EditHelpSessionForm:
    """Return the form about a session as it stands, filled with what was sent, if anything was."""
    today = clock.today()
    kept = KeptEntries(
        session.procedure_id, session.obstacle_id, session.language_id, session.group_ids
    )
    choices = get_desk_choices(current_scope(), since=today - USUAL_OVER, kept=kept)
    form = EditHelpSessionForm(session=session, choices=choices, today=today, **values)
    form.keep_stored(lambda: edit_form(session, formdata=None))
    return form


def edit_page(
    form: EditHelpSessionForm,
    session: SessionDetail,
    *,
    action: str,
    list_label: str,
    list_url: str,
) -> str:
    """Return the page of a form; one that was refused shows what somebody else changed meanwhile.

    `action` takes the form, `list_url` is where the reader came from.
    """
    conflicts = (
        take_conflicts(form, edit_form(session, formdata=None)) if form.is_submitted() else []
    )
    return render_template(
        "help_sessions/edit.html",
        form=form,
        session=session,
        conflicts=conflicts,
        saved=get_last_change(current_scope(), {"help_sessions": [session.id]})
        if conflicts
        else None,
        action=action,
        list_label=list_label,
        list_url=list_url,
    )
