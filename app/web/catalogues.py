"""Catalogues: the lists that forms offer, edited by the office."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.forms.catalogue import EditEntryForm, NewEntryForm
from app.forms.conflict import FieldConflict, is_saved_already, take_conflicts
from app.office_words import (
    CATALOGUE_LABELS,
    ENTRY_FLAG_HINTS,
    ENTRY_FLAG_LABELS,
    USUAL_ENTRY_LABELS,
)
from app.queries.catalogues import FLAGS, EntryRow, count_catalogues, get_entry, list_entries
from app.queries.last_change import get_last_change_of_entry
from app.services.edit_catalogue import add_entry, edit_entry
from app.web.page_frame import notify
from app.web.submission import submit

blueprint = Blueprint("catalogues", __name__, url_prefix="/quan-tri/danh-muc")


@blueprint.get("")
@requires(Permission.MANAGE_CATALOGUES)
def index() -> ResponseReturnValue:
    """List the catalogues."""
    return render_template(
        "catalogues/index.html",
        catalogues=count_catalogues(current_scope()),
        labels=CATALOGUE_LABELS,
    )


@blueprint.get("/<string:catalogue>")
@requires(Permission.MANAGE_CATALOGUES)
def show(catalogue: str) -> ResponseReturnValue:
    """List the entries of one catalogue."""
    return render_template(
        "catalogues/show.html",
        catalogue=catalogue,
        entries=list_entries(current_scope(), catalogue),
        label=CATALOGUE_LABELS[catalogue],
        has_flags=catalogue in FLAGS,
        flag_labels=ENTRY_FLAG_LABELS,
        usual_label=USUAL_ENTRY_LABELS.get(catalogue, "–"),
    )


@blueprint.get("/<string:catalogue>/them")
@requires(Permission.MANAGE_CATALOGUES)
def create(catalogue: str) -> ResponseReturnValue:
    """Show the form for a new entry, to stand at the end."""
    entries = list_entries(current_scope(), catalogue)
    last = max((entry.position for entry in entries), default=0)
    return _new_page(catalogue, _new_form(catalogue, position=last + 1))


@blueprint.post("/<string:catalogue>/them")
@requires(Permission.MANAGE_CATALOGUES)
def save_new(catalogue: str) -> ResponseReturnValue:
    """Add the entry."""
    list_entries(current_scope(), catalogue)
    form = _new_form(catalogue)
    if form.validate():
        receipt = submit(
            form,
            lambda: add_entry(
                current_scope(),
                catalogue,
                form.details,
                request_key=form.request_key,
            ),
        )
        if receipt is not None:
            notify(f"Đã thêm «{form.label.data}».", undo_batch_id=receipt.batch_id)
            return redirect(url_for("catalogues.show", catalogue=catalogue), code=303)
    return _new_page(catalogue, form), 422


@blueprint.get("/<string:catalogue>/<int:entry_id>")
@requires(Permission.MANAGE_CATALOGUES)
def edit(catalogue: str, entry_id: int) -> ResponseReturnValue:
    """Show the form for an entry."""
    entry = get_entry(current_scope(), catalogue, entry_id)
    return _edit_page(catalogue, entry, _stored_form(entry), [])


@blueprint.post("/<string:catalogue>/<int:entry_id>")
@requires(Permission.MANAGE_CATALOGUES)
def save(catalogue: str, entry_id: int) -> ResponseReturnValue:
    """Change the entry; who was slower sees what the other one changed."""
    entry = get_entry(current_scope(), catalogue, entry_id)
    form = EditEntryForm()
    form.keep_stored(lambda: _stored_form(entry))
    if form.validate():
        receipt = submit(
            form,
            lambda: edit_entry(
                current_scope(), catalogue, entry_id, form.details, seen_edition=form.seen_version
            ),
        )
        if receipt is not None:
            notify(f"Đã lưu «{form.label.data}».", undo_batch_id=receipt.batch_id)
            return redirect(url_for("catalogues.show", catalogue=catalogue), code=303)
    entry = get_entry(current_scope(), catalogue, entry_id)
    stored = _stored_form(entry)
    if is_saved_already(form, stored):
        return redirect(url_for("catalogues.show", catalogue=catalogue), code=303)
    return _edit_page(catalogue, entry, form, take_conflicts(form, stored)), 422


def _stored_form(entry: EntryRow) -> EditEntryForm:
    return EditEntryForm(
        formdata=None,
        label=entry.label,
        position=entry.position,
        is_active=entry.is_active,
        version=entry.edition,
    )


def _new_form(catalogue: str, position: int | None = None) -> NewEntryForm:
    flags = [(flag, ENTRY_FLAG_LABELS[flag]) for flag in FLAGS.get(catalogue, ())]
    return NewEntryForm(flags=flags, position=position)


def _new_page(catalogue: str, form: NewEntryForm) -> str:
    return render_template(
        "catalogues/create.html",
        catalogue=catalogue,
        label=CATALOGUE_LABELS[catalogue],
        form=form,
        has_flags=catalogue in FLAGS,
        flag_hint=ENTRY_FLAG_HINTS.get(catalogue),
    )


def _edit_page(
    catalogue: str, entry: EntryRow, form: EditEntryForm, conflicts: list[FieldConflict]
) -> str:
    return render_template(
        "catalogues/edit.html",
        catalogue=catalogue,
        label=CATALOGUE_LABELS[catalogue],
        entry=entry,
        flag_labels=ENTRY_FLAG_LABELS,
        form=form,
        conflicts=conflicts,
        saved=get_last_change_of_entry(current_scope(), catalogue, entry.id) if conflicts else None,
    )
