"""Marking one skill of a whole class at once: the mentees of a ward, or those of one mentor."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.access.scope import WardScope
from app.forms.contact import OneTapForm
from app.forms.skills import MarkingForm, MarkRow, marking_form, sent_keys
from app.queries.completion import list_ready
from app.queries.contacts import get_mentor_card, list_mentor_rounds
from app.queries.learners import Learner, find_learners, list_learners
from app.queries.settings import get_settings
from app.queries.skills import SkillRow, list_skills, skill_states
from app.queries.wards import WardCard, list_wards
from app.services.assess_skills import assess_skills
from app.texts import _
from app.web.arguments import id_argument
from app.web.page_frame import notify
from app.web.paging import PAGE_SIZE, Paging
from app.web.submission import submit
from app.web.ward_choice import chosen_ward
from models.enums import AssessmentSource

blueprint = Blueprint("skill_classes", __name__, url_prefix="/ky-nang")


class ClassPage(NamedTuple):
    """Which class a page is about: the ward, the skill, and the mentor if it is a mentor's."""

    ward: WardCard
    skill: SkillRow
    skills: Sequence[SkillRow]
    mentor_id: int | None

    def url(self, endpoint: str = "skill_classes.index") -> str:
        """Return the address of the same class."""
        words: dict[str, Any] = {"xa": self.ward.code, "mentor": self.mentor_id}
        words["ky-nang"] = self.skill.id
        return url_for(endpoint, **words)


@blueprint.get("")
@requires(Permission.LOG_CONTACTS)
def index() -> ResponseReturnValue:
    """Show who learns, with three radios each for one skill."""
    page = _class_page()
    if page is None:
        return render_template("skills/choose_ward.html", wards=list_wards(current_scope()))
    learners = list_learners(_scope_of(page), clock.today(), mentor_id=page.mentor_id)
    paging = Paging.asked_for(len(learners))
    shown = learners[paging.offset : paging.last_index]
    return _show(page, _form(page, shown), paging)


@blueprint.post("")
@requires(Permission.LOG_CONTACTS)
def save() -> ResponseReturnValue:
    """Record what was marked otherwise than shown, for everybody at once."""
    page = _class_page()
    if page is None:
        abort(404)
    scope, learners = _scope_of(page), _sent_learners(page)
    form = _form(page, learners)
    if form.validate():
        receipt = submit(
            form, lambda: assess_skills(scope, form.assessment, request_key=form.request_key)
        )
        if receipt is not None:
            text = _(
                "Đã ghi «%(skill)s» cho %(count)s người.",
                skill=page.skill.label,
                count=len(form.assessment.marks),
            )
            notify(text, undo_batch_id=receipt.batch_id)
            return redirect(page.url(), code=303)
    return _show(page, form, Paging.of_page(1, len(learners), max(1, len(learners)))), 422


def _class_page() -> ClassPage | None:
    """Return the class that the address asks for; None while it names no ward."""
    scope, mentor_id = current_scope(), id_argument("mentor")
    ward = chosen_ward(scope)
    if mentor_id is not None:
        ward_id = get_mentor_card(scope, mentor_id, clock.today()).ward_id
        ward = next(one for one in list_wards(scope) if one.id == ward_id)
    if ward is None:
        return None
    skills, wanted = list_skills(scope), id_argument("ky-nang")
    if not skills:
        abort(404)
    skill = next((one for one in skills if one.id == wanted), skills[0])
    return ClassPage(ward, skill, skills, mentor_id)


def _sent_learners(page: ClassPage) -> list[Learner]:
    """Return whom a sent form marks, as it showed them; without anybody, who learns."""
    scope, today = _scope_of(page), clock.today()
    mentee_ids = [mentee_id for mentee_id, skill_id in sent_keys() if skill_id == page.skill.id]
    if not mentee_ids:
        return list_learners(scope, today, mentor_id=page.mentor_id)[:PAGE_SIZE]
    found = find_learners(scope, mentee_ids, today)
    return [found[mentee_id] for mentee_id in mentee_ids]


def _scope_of(page: ClassPage) -> WardScope:
    return current_scope().narrowed_to(page.ward.id)


def _form(page: ClassPage, learners: Sequence[Learner]) -> MarkingForm:
    today, skill_id = clock.today(), page.skill.id
    states = skill_states(_scope_of(page), [one.person_id for one in learners], today)
    rows = [
        MarkRow(
            one.mentee_id,
            skill_id,
            one.full_name,
            _hint(page, one),
            state.level if (state := states.get((one.person_id, skill_id))) else None,
        )
        for one in learners
    ]
    is_of_mentor = page.mentor_id is not None
    said_by = AssessmentSource.MENTOR if is_of_mentor else AssessmentSource.LEADER
    return marking_form(rows, today=today, said_by=said_by)


def _hint(page: ClassPage, learner: Learner) -> str:
    """Return what tells people of one name apart: the hamlet, and the mentor unless it is one's."""
    teacher = learner.mentor_name if page.mentor_id is None else None
    known = [learner.hamlet, teacher and _("mentor %(name)s", name=teacher)]
    return " · ".join(part for part in known if part)


def _show(page: ClassPage, form: MarkingForm, paging: Paging) -> str:
    today, scope = clock.today(), _scope_of(page)
    return render_template(
        "skills/of_class.html",
        page=page,
        form=form,
        paging=paging,
        mentors=list_mentor_rounds(scope, today),
        ready=list_ready(scope, today, get_settings(today).skills_to_complete),
        one_tap=OneTapForm(formdata=None),
        may_complete=current_scope(Permission.EDIT_PEOPLE).includes(page.ward.id),
    )
