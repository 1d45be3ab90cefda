"""What one mentee can do: marking all skills, VNeID, completing, and becoming a mentor."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.forms.contact import OneTapForm
from app.forms.skills import MarkingForm, MarkRow, VneidForm, marking_form
from app.queries.learner_cards import LearnerCard, get_learner_card
from app.queries.learners import Learner, find_learners
from app.queries.settings import get_settings
from app.queries.skills import list_assessments
from app.services.assess_skills import assess_skills
from app.services.complete_mentee import complete_mentee
from app.services.promote_mentee import promote_mentee
from app.services.record_vneid import record_vneid
from app.texts import _
from app.web.page_frame import notify
from app.web.submission import submit
from models.enums import AssessmentSource

blueprint = Blueprint("skills", __name__, url_prefix="/nguoi-hoc/<int:mentee_id>")


@blueprint.get("/ky-nang")
@requires(Permission.LOG_CONTACTS)
def edit(mentee_id: int) -> ResponseReturnValue:
    """Show every skill with what is said about it, ready to be marked."""
    learner, card = _learner(mentee_id)
    return _page(learner, card, _form(learner, card))


@blueprint.post("/ky-nang")
@requires(Permission.LOG_CONTACTS)
def save(mentee_id: int) -> ResponseReturnValue:
    """Record what was marked otherwise than shown."""
    learner, card = _learner(mentee_id)
    form = _form(learner, card)
    if form.validate():
        receipt = submit(
            form,
            lambda: assess_skills(current_scope(), form.assessment, request_key=form.request_key),
        )
        if receipt is not None:
            text = _("Đã ghi kỹ năng của %(name)s.", name=learner.full_name)
            notify(text, undo_batch_id=receipt.batch_id)
            return redirect(url_for("skills.edit", mentee_id=mentee_id), code=303)
    return _page(learner, card, form), 422


@blueprint.get("/vneid")
@requires(Permission.EDIT_PEOPLE)
def edit_vneid(mentee_id: int) -> ResponseReturnValue:
    """Ask how it is known that the account is confirmed."""
    return _vneid_page(*_learner(mentee_id), VneidForm(today=clock.today()))


@blueprint.post("/vneid")
@requires(Permission.EDIT_PEOPLE)
def save_vneid(mentee_id: int) -> ResponseReturnValue:
    """Note that the account is confirmed: as said, or as seen."""
    learner, card = _learner(mentee_id)
    form = VneidForm(today=clock.today())
    if form.validate():
        receipt = submit(
            form,
            lambda: record_vneid(
                current_scope(),
                mentee_id,
                form.basis.data,
                on=form.day,
                request_key=form.request_key,
            ),
        )
        if receipt is not None:
            text = _("Đã ghi về VNeID của %(name)s.", name=learner.full_name)
            notify(text, undo_batch_id=receipt.batch_id)
            return redirect(url_for("mentees.show", mentee_id=mentee_id), code=303)
    return _vneid_page(learner, card, form), 422


@blueprint.post("/hoan-thanh")
@requires(Permission.EDIT_PEOPLE)
def complete(mentee_id: int) -> ResponseReturnValue:
    """Record that somebody completes today: one tap, no form."""
    form = OneTapForm()
    receipt = submit(
        form,
        lambda: complete_mentee(current_scope(), mentee_id, request_key=form.request_key),
    )
    if receipt is None:
        notify(" ".join(form.form_errors), kind="error")
    else:
        notify(_("Đã ghi hoàn thành."), undo_batch_id=receipt.batch_id)
    return redirect(url_for("mentees.show", mentee_id=mentee_id), code=303)


@blueprint.post("/thanh-mentor")
@requires(Permission.EDIT_PEOPLE)
def promote(mentee_id: int) -> ResponseReturnValue:
    """Make a mentor of who completed: one tap, no form."""
    form = OneTapForm()
    receipt = submit(
        form,
        lambda: promote_mentee(current_scope(), mentee_id, request_key=form.request_key),
    )
    if receipt is None:
        notify(" ".join(form.form_errors), kind="error")
        return redirect(url_for("mentees.show", mentee_id=mentee_id), code=303)
    notify(
        _("Đã thành mentor, từ hôm nay."),
        undo_batch_id=receipt.batch_id,
        next_url=url_for("pairing.index", mentor=receipt.object_id),
        next_label=_("Ghép người học"),
    )
    return redirect(url_for("mentors.show", mentor_id=receipt.object_id), code=303)


def _learner(mentee_id: int) -> tuple[Learner, LearnerCard]:
    scope, today = current_scope(Permission.LOG_CONTACTS), clock.today()
    learner = find_learners(scope, [mentee_id], today)[mentee_id]
    return learner, get_learner_card(scope, learner.person_id, today, get_settings(today))


def _form(learner: Learner, card: LearnerCard) -> MarkingForm:
    rows = [
        MarkRow(learner.mentee_id, line.id, line.label, "", line.state and line.state.level)
        for line in card.skills
        if line.is_active
    ]
    has_mentor = learner.mentor_id is not None
    said_by = AssessmentSource.MENTOR if has_mentor else AssessmentSource.LEADER
    return marking_form(rows, today=clock.today(), said_by=said_by)


def _vneid_page(learner: Learner, card: LearnerCard, form: VneidForm) -> str:
    return render_template("skills/vneid.html", learner=learner, card=card, form=form)


def _page(learner: Learner, card: LearnerCard, form: MarkingForm) -> str:
    scope = current_scope(Permission.LOG_CONTACTS)
    return render_template(
        "skills/person.html",
        learner=learner,
        card=card,
        form=form,
        history=list_assessments(scope, learner.person_id),
        may_edit=current_scope(Permission.EDIT_PEOPLE).includes(learner.ward_id),
        today=clock.today(),
    )
