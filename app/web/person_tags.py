"""The tags of one person: which movements they take part in, to which teams they belong."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from app.access.decorators import requires
from app.access.policy import Permission
from app.forms.tags import PersonTagsForm
from app.queries.catalogues_for_forms import TagChoice, list_tags
from app.queries.people import PersonDetail, get_person_detail
from app.queries.spells import SpellKey, get_spell_holder
from app.services.tag_person import tag_person
from app.web.page_frame import notify
from app.web.person_pages import Area, area_of, editing_scope
from app.web.submission import submit

blueprint = Blueprint("person_tags", __name__, url_prefix="/nhan")


@blueprint.get("/<string:role>/<int:spell_id>")
@requires(Permission.EDIT_PEOPLE)
def edit(role: str, spell_id: int) -> ResponseReturnValue:
    """Show the tags of a person, to tick and untick."""
    area = area_of(role)
    person = _person(area, spell_id)
    return _page(area, spell_id, person, _form(person))


@blueprint.post("/<string:role>/<int:spell_id>")
@requires(Permission.EDIT_PEOPLE)
def save(role: str, spell_id: int) -> ResponseReturnValue:
    """Give and take what was ticked and unticked."""
    area = area_of(role)
    person = _person(area, spell_id)
    form = _form(person)
    if form.validate():
        key = SpellKey(area.role, spell_id)
        receipt = submit(
            form,
            lambda: tag_person(editing_scope(area), key, form.change, request_key=form.request_key),
        )
        if receipt is not None:
            notify(f"Đã lưu nhãn của {person.full_name}.", undo_batch_id=receipt.batch_id)
            return redirect(area.url("show", spell_id), code=303)
    return _page(area, spell_id, person, form), 422


def _person(area: Area, spell_id: int) -> PersonDetail:
    scope = editing_scope(area)
    holder = get_spell_holder(scope, SpellKey(area.role, spell_id))
    return get_person_detail(scope, holder.person_id)


def _form(person: PersonDetail) -> PersonTagsForm:
    """Return the form with every tag of the office; those no longer in use where carried."""
    tags = list_tags()
    known = {tag.id for tag in tags}
    former = [
        TagChoice(tag.id, "", tag.label, is_team=False)
        for tag in person.tags
        if tag.id not in known
    ]
    return PersonTagsForm(tags=[*tags, *former], carried=[tag.id for tag in person.tags])


def _page(area: Area, spell_id: int, person: PersonDetail, form: PersonTagsForm) -> str:
    return render_template(
        "person_tags/edit.html", area=area, spell_id=spell_id, person=person, form=form
    )
