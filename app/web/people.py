"""People whatever their role: who resembles the person that is being typed in."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.web.person_pages import AREAS, new_register_form, typed_matches
from models.enums import PersonRole

blueprint = Blueprint("people", __name__, url_prefix="/nguoi")


@blueprint.post("/trung/<string:role>")
@requires(Permission.EDIT_PEOPLE)
def matches(role: str) -> ResponseReturnValue:
    """Return the part of the form that names people alike; changes nothing.

    A POST, since names and phones have no place in addresses.
    """
    if role not in set(PersonRole):
        abort(404)
    area = AREAS[PersonRole(role)]
    form = new_register_form(area.role, current_scope())
    found = typed_matches(form, current_scope())
    return render_template("people/_matches.html", area=area, form=form, matches=found)
