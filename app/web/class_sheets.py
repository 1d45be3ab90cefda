"""Sign-in sheets of a class to print, with people of the ward or with empty lines alone."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.forms.class_sheet import ClassSheetForm
from app.queries.class_sheets import list_learners
from app.queries.wards import WardCard, list_wards
from app.web.ward_choice import chosen_ward

blueprint = Blueprint("class_sheets", __name__, url_prefix="/phieu-diem-danh")


@blueprint.get("")
@requires(Permission.LOG_CONTACTS)
def index() -> ResponseReturnValue:
    """Ask what stands at the head of the sheet, and who is on it."""
    ward = chosen_ward(current_scope())
    if ward is None:
        return _choose_ward()
    return _form_page(ClassSheetForm(formdata=None), ward)


@blueprint.get("/in")
@requires(Permission.LOG_CONTACTS)
def printed() -> ResponseReturnValue:
    """Show the sheet to print."""
    scope = current_scope()
    ward = chosen_ward(scope)
    if ward is None:
        return _choose_ward()
    form = ClassSheetForm(formdata=request.args)
    if not form.validate():
        return _form_page(form, ward), 422
    wanted = frozenset(form.mentee_ids.data or ())
    learners = list_learners(scope.narrowed_to(ward.id), clock.today())
    return render_template(
        "class_sheets/print.html",
        form=form,
        ward=ward,
        learners=[learner for learner in learners if learner.id in wanted],
        empty_rows=form.empty_rows.data or 0,
    )


def _choose_ward() -> str:
    return render_template("class_sheets/choose_ward.html", wards=list_wards(current_scope()))


def _form_page(form: ClassSheetForm, ward: WardCard) -> str:
    scope = current_scope().narrowed_to(ward.id)
    return render_template(
        "class_sheets/index.html",
        form=form,
        ward=ward,
        learners=list_learners(scope, clock.today()),
    )
