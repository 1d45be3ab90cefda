"""The history of a person, and that of a pairing: who did what, and when."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.queries.people import get_person_detail
from app.queries.spells import SpellKey, get_spell_holder
from app.queries.timeline_rows import get_pair
from app.timeline.lines import History
from app.web.paging import Paging
from app.web.person_pages import AREAS
from models.enums import PersonRole

blueprint = Blueprint("timeline", __name__, url_prefix="/lich-su")


@blueprint.get("/<string:role>/<int:spell_id>")
@requires(Permission.VIEW_PEOPLE)
def person(role: str, spell_id: int) -> ResponseReturnValue:
    """Show all that happened to whoever has a role, in all their roles that the reader may see."""
    if role not in set(PersonRole):
        abort(404)
    area, scope = AREAS[PersonRole(role)], current_scope()
    holder = get_spell_holder(scope, SpellKey(area.role, spell_id))
    history = History.of_person(scope, holder.person_id)
    page = Paging.asked_for(len(history))
    may_edit = current_scope(Permission.EDIT_PEOPLE).includes(holder.ward_id)
    return render_template(
        "timeline/person.html",
        area=area,
        spell_id=spell_id,
        person_name=get_person_detail(scope, holder.person_id).full_name,
        lines=history.lines(offset=page.offset, limit=page.size, shows_phones=may_edit),
        page=page,
    )


@blueprint.get("/cap/<int:mentorship_id>")
@requires(Permission.VIEW_PEOPLE)
def pair(mentorship_id: int) -> ResponseReturnValue:
    """Show all that happened to a pairing, from its first day, wherever the two lived."""
    scope = current_scope()
    pair = get_pair(scope, mentorship_id)
    history = History.of_pair(scope, pair)
    page = Paging.asked_for(len(history))
    return render_template(
        "timeline/pair.html",
        pair=pair,
        is_mentor_seen=scope.includes(pair.mentor_ward_id),
        is_mentee_seen=scope.includes(pair.mentee_ward_id),
        lines=history.lines(offset=page.offset, limit=page.size),
        page=page,
    )
