"""Merging two records of one person: which says what is right, then one of them goes."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.forms.conflict import FieldConflict
from app.forms.merge_people import MergeForm
from app.forms.people_search import WordSearchForm
from app.queries.merging import MergePair, get_merge_pair
from app.queries.people import get_person_detail
from app.queries.records_to_merge import MOST_OFFERED, list_records_to_merge
from app.services.merge_people import MergeOrder, merge_people
from app.texts import _
from app.web.page_frame import notify
from app.web.submission import submit

blueprint = Blueprint("merging", __name__, url_prefix="/ra-soat/trung-nguoi")


@blueprint.get("/<int:person_id>/gop")
@requires(Permission.EDIT_PEOPLE)
def choose(person_id: int) -> ResponseReturnValue:
    """Show whose records may be merged with somebody's: at first those of the same name."""
    scope = current_scope()
    return _choice_page(person_id, get_person_detail(scope, person_id).full_name)


@blueprint.post("/<int:person_id>/gop")
@requires(Permission.EDIT_PEOPLE)
def find(person_id: int) -> ResponseReturnValue:
    """Show whom the typed words mean: names and phones must not stand in addresses."""
    return _choice_page(person_id, WordSearchForm(formdata=request.form).words)


@blueprint.get("/<int:person_id>/gop/<int:other_id>")
@requires(Permission.EDIT_PEOPLE)
def show(person_id: int, other_id: int) -> ResponseReturnValue:
    """Show two records side by side, with what to choose where they differ."""
    pair = get_merge_pair(current_scope(), person_id, other_id)
    return _page(pair, MergeForm(pair=pair), [])


@blueprint.post("/<int:person_id>/gop/<int:other_id>")
@requires(Permission.EDIT_PEOPLE)
def merge(person_id: int, other_id: int) -> ResponseReturnValue:
    """Merge the records as chosen; who looked at older ones is shown what changed since."""
    scope = current_scope()
    pair = get_merge_pair(scope, person_id, other_id)
    form = MergeForm(pair=pair)
    if form.validate():
        order = MergeOrder(
            kept_id=pair.kept.id,
            archived_id=pair.archived.id,
            taken=form.taken,
            seen_edition=form.seen_version,
        )
        receipt = submit(form, lambda: merge_people(scope, order, request_key=form.request_key))
        if receipt is not None:
            notify(
                _("Đã gộp hai hồ sơ của %(name)s.", name=pair.kept.full_name),
                undo_batch_id=receipt.batch_id,
            )
            return redirect(url_for("reviews.people", person_id=pair.kept.id), code=303)
    return _page(pair, form, form.take_changes()), 422


def _choice_page(person_id: int, words: str) -> str:
    scope = current_scope()
    return render_template(
        "reviews/choose.html",
        person=get_person_detail(scope, person_id),
        words=words,
        form=WordSearchForm(formdata=None, q=words),
        found=list_records_to_merge(scope, person_id, words),
        most_shown=MOST_OFFERED,
    )


def _page(pair: MergePair, form: MergeForm, changes: list[FieldConflict]) -> str:
    return render_template("reviews/merge.html", pair=pair, form=form, changes=changes)
