"""A plan of pairings: made, looked at, changed move by move, published or dropped."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.later import run_later
from app.access.policy import Permission
from app.errors import OutOfScopeError, RuleBrokenError
from app.forms.assignment_draft import (
    DecisionForm,
    DraftForm,
    MentorWardForm,
    OtherMentorForm,
    PublishForm,
)
from app.planning.drafts import (
    AIM_LABELS,
    draft_figures,
    mentor_lines,
    move_order,
    name_wards,
    overfull_mentors,
    say_draft_proof,
    say_publication,
    ward_lines,
)
from app.queries.assignment_drafts import (
    DraftCard,
    get_draft_card,
    get_draft_content,
    list_draft_cards,
)
from app.queries.draft_mentors import OtherMentors, get_other_mentors
from app.queries.wards import get_ward, list_wards
from app.services.change_draft import drop_move, redirect_move
from app.services.compute_draft import compute_draft, draft_scope, touch_draft
from app.services.discard_draft import discard_draft
from app.services.make_draft import SILENT_FOR, make_draft
from app.services.publish_draft import publish_draft
from app.web.arguments import ward_code_argument
from app.web.page_frame import notify
from app.web.paging import Paging
from app.web.submission import submit
from graphs.planning.plan import Aim
from graphs.planning.rows import Reach
from models.enums import DraftState

blueprint = Blueprint("assignment_drafts", __name__, url_prefix="/ghep-cap/ke-hoach")

DRAFTS_SHOWN, MOVES_ON_A_PAGE = 10, 50


@blueprint.get("")
@requires(Permission.PAIR_PEOPLE)
def index() -> ResponseReturnValue:
    """Offer to make a plan, and list the reader's own."""
    return _start_page(DraftForm(wards=list_wards(current_scope())))


@blueprint.post("")
@requires(Permission.PAIR_PEOPLE)
def save() -> ResponseReturnValue:
    """Begin a plan; it is worked out while the reader waits or goes elsewhere."""
    scope = current_scope()
    form = DraftForm(wards=list_wards(scope))
    if not form.validate():
        return _start_page(form), 422
    draft_id = make_draft(scope, ward_id=form.ward_id, reach=form.chosen_reach)
    run_later(
        lambda: compute_draft(scope, draft_id), while_waiting=lambda: touch_draft(scope, draft_id)
    )
    return redirect(url_for("assignment_drafts.show", draft_id=draft_id), code=303)


@blueprint.get("/<int:draft_id>")
@requires(Permission.PAIR_PEOPLE)
def show(draft_id: int) -> ResponseReturnValue:
    """Show how far a plan is, or what it proposes."""
    card = _kept_card(draft_id)
    if card.state in {DraftState.READY, DraftState.PUBLISHED}:
        return _draft_page(card, PublishForm())
    return _waiting_page(card)


@blueprint.post("/<int:draft_id>/bo")
@requires(Permission.PAIR_PEOPLE)
def discard(draft_id: int) -> ResponseReturnValue:
    """Drop a plan."""
    try:
        discard_draft(current_scope(), draft_id)
    except RuleBrokenError:
        notify("Kế hoạch này đã công bố rồi. Muốn quay lại như trước, bấm Hoàn tác.", kind="error")
        return redirect(url_for("assignment_drafts.show", draft_id=draft_id), code=303)
    notify("Đã bỏ kế hoạch, không cặp nào thay đổi.")
    return redirect(url_for("assignment_drafts.index"), code=303)


@blueprint.post("/<int:draft_id>/cong-bo")
@requires(Permission.PAIR_PEOPLE)
def publish(draft_id: int) -> ResponseReturnValue:
    """Let the moves that were kept come true."""
    scope, form = current_scope(), PublishForm()
    card = _kept_card(draft_id)
    receipt = None
    if form.validate():
        receipt = submit(form, lambda: publish_draft(scope, draft_id, request_key=form.request_key))
    if receipt is None:
        return _page_of(card, form), 422
    notify("Đã công bố kế hoạch ghép.", undo_batch_id=receipt.batch_id)
    return redirect(url_for("assignment_drafts.show", draft_id=draft_id), code=303)


@blueprint.post("/<int:draft_id>/nguoi-hoc/<int:mentee_id>")
@requires(Permission.PAIR_PEOPLE)
def decide(draft_id: int, mentee_id: int) -> ResponseReturnValue:
    """Drop the move of a mentee, or take it back."""
    scope, form = current_scope(), DecisionForm()
    get_draft_card(scope, draft_id)
    if form.validate():
        try:
            drop_move(scope, draft_id, mentee_id, is_dropped=form.is_dropped)
        except RuleBrokenError as error:
            form.refuse(error)
            notify(" ".join(form.form_errors), kind="error")
    page = request.args.get("trang", "")
    return redirect(
        url_for("assignment_drafts.show", draft_id=draft_id, trang=page or None), code=303
    )


@blueprint.get("/<int:draft_id>/nguoi-hoc/<int:mentee_id>/doi")
@requires(Permission.PAIR_PEOPLE)
def edit_mentor(draft_id: int, mentee_id: int) -> ResponseReturnValue:
    """Offer other mentors for a move."""
    return _mentor_page(OtherMentorForm(), draft_id, mentee_id)


@blueprint.post("/<int:draft_id>/nguoi-hoc/<int:mentee_id>/doi")
@requires(Permission.PAIR_PEOPLE)
def save_mentor(draft_id: int, mentee_id: int) -> ResponseReturnValue:
    """Let a move lead to another mentor."""
    form = OtherMentorForm()
    if form.validate():
        try:
            redirect_move(current_scope(), draft_id, mentee_id, form.chosen_mentor)
            return redirect(url_for("assignment_drafts.show", draft_id=draft_id), code=303)
        except RuleBrokenError as error:
            form.refuse(error)
    return _mentor_page(form, draft_id, mentee_id), 422


def _kept_card(draft_id: int) -> DraftCard:
    card = get_draft_card(current_scope(), draft_id)
    if card.state is DraftState.DISCARDED:
        raise OutOfScopeError(draft_id)
    return card


def _start_page(form: DraftForm) -> str:
    return render_template(
        "assignment_drafts/index.html",
        form=form,
        drafts=list_draft_cards(current_scope(), limit=DRAFTS_SHOWN),
        is_stopped=_is_stopped,
    )


def _is_stopped(card: DraftCard) -> bool:
    """Whether nobody works on the plan any more, though it is not there."""
    is_silent = clock.now() - card.touched_at > SILENT_FOR
    return card.state is DraftState.FAILED or (card.state is DraftState.COMPUTING and is_silent)


def _page_of(card: DraftCard, form: PublishForm) -> str:
    is_worked_out = card.state in {DraftState.READY, DraftState.PUBLISHED}
    return _draft_page(card, form) if is_worked_out else _waiting_page(card)


def _waiting_page(card: DraftCard) -> str:
    aims = list(Aim)
    return render_template(
        "assignment_drafts/waiting.html",
        card=card,
        is_stopped=_is_stopped(card),
        steps=[AIM_LABELS[aim] for aim in aims],
        step=aims.index(Aim(card.aim)) if card.aim else -1,
    )


def _draft_page(card: DraftCard, form: PublishForm) -> str:
    scope = current_scope()
    content = get_draft_content(scope, card.id)
    figures, moves = draft_figures(content), move_order(content.draft)
    paging = Paging.asked_for(len(moves), MOVES_ON_A_PAGE)
    impossible = content.outcome["impossible"]
    return render_template(
        "assignment_drafts/show.html",
        card=card,
        form=form,
        figures=figures,
        proof=say_draft_proof(content.outcome),
        publication=say_publication(figures),
        is_open=card.state is DraftState.READY,
        mentors=mentor_lines(scope, content, moves[paging.offset : paging.last_index]),
        wards=ward_lines(scope, content),
        overfull=overfull_mentors(scope, content.draft),
        impossible=impossible,
        ward_names=name_wards(scope, {row["ward"] for row in impossible}),
        paging=paging,
    )


def _mentor_page(form: OtherMentorForm, draft_id: int, mentee_id: int) -> str:
    scope, today = current_scope(), clock.today()
    card, content = get_draft_card(scope, draft_id), get_draft_content(scope, draft_id)
    move = next((move for move in content.draft.moves if move.mentee == mentee_id), None)
    if move is None or card.state is not DraftState.READY:
        raise OutOfScopeError(mentee_id)
    code = ward_code_argument()
    ward = None if code is None else get_ward(scope, code)
    found = get_other_mentors(scope, move, card.reach, today, ward=ward)
    return render_template(
        "assignment_drafts/mentor.html",
        form=form,
        card=card,
        found=found,
        mentee=found.mentee,
        ward=ward,
        ward_form=_ward_form(card, found) if card.reach is Reach.PROVINCE else None,
        floor=found.floor,
    )


def _ward_form(card: DraftCard, found: OtherMentors) -> MentorWardForm:
    """Offer the wards in which mentors may be looked for: all but that of the mentee."""
    wards = list_wards(draft_scope(current_scope(), card.ward_id))
    others = [ward for ward in wards if ward.id != found.mentee.person.ward_id]
    return MentorWardForm(formdata=request.args, wards=others)
