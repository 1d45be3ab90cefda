"""Adds an entry to a catalogue, and changes what an entry reads like."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.scope import WardScope
from app.errors import EditConflictError, LabelTakenError, OutOfScopeError
from app.queries.catalogues import CATALOGUES, FLAGS, get_entry
from app.services.transaction import Receipt, transaction
from models import CatalogueEntry, db
from models.names import fold

CODE_LENGTH = 36


@dataclass(frozen=True, slots=True)
class EntryDetails:
    """What an entry says; `flags` names what is true of it, and counts only when it is made."""

    label: str
    position: int
    is_active: bool = True
    flags: Collection[str] = ()


def add_entry(
    scope: WardScope, catalogue: str, details: EntryDetails, *, request_key: str | None = None
) -> Receipt:
    """Add an entry whose code is made from its label and never changes afterwards.

    Raises `LabelTakenError` when another entry reads the same, with or without accents.
    """
    model = _model_of(catalogue)
    with transaction(scope, "catalogue_entry_added", request_key=request_key) as unit:
        session = db.session()
        _refuse_taken_label(session, model, details.label)
        entry = model()
        entry.code = _free_code(session, model, details.label)
        _describe(entry, details)
        for flag in FLAGS.get(catalogue, ()):
            setattr(entry, flag, flag in details.flags)
        session.add(entry)
        unit.about(entry)  # type: ignore[arg-type]  # every catalogue is a table
    return unit.receipt


def edit_entry(
    scope: WardScope,
    catalogue: str,
    entry_id: int,
    details: EntryDetails,
    *,
    seen_edition: int,
) -> Receipt:
    """Change the label and the place of an entry, and whether it may still be chosen.

    Raises `LabelTakenError` when another entry reads the same, `EditConflictError` when the entry
    was edited since `seen_edition`.
    """
    model = _model_of(catalogue)
    with transaction(scope, "catalogue_entry_edited") as unit:
        session = db.session()
        entry = session.get(model, entry_id, with_for_update=True)
        if entry is None:
            raise OutOfScopeError(catalogue, entry_id)
        if get_entry(scope, catalogue, entry_id).edition != seen_edition:
            raise EditConflictError
        _refuse_taken_label(session, model, details.label, entry_id)
        _describe(entry, details)
        unit.about(entry)  # type: ignore[arg-type]  # every catalogue is a table
    return unit.receipt


def _describe(entry: CatalogueEntry, details: EntryDetails) -> None:
    entry.label = details.label
    entry.position = details.position
    entry.is_active = details.is_active


def _model_of(catalogue: str) -> type[CatalogueEntry]:
    model = CATALOGUES.get(catalogue)
    if model is None:
        raise OutOfScopeError(catalogue)
    return model


def _refuse_taken_label(
    session: Session, model: type[CatalogueEntry], label: str, own_id: int | None = None
) -> None:
    others = session.execute(select(model.id, model.label))
    if any(fold(other) == fold(label) for other_id, other in others if other_id != own_id):
        raise LabelTakenError


def _free_code(session: Session, model: type[CatalogueEntry], label: str) -> str:
    """Return a code such as «cham_soc_cay» that no entry has yet."""
    stem = re.sub(r"[^a-z0-9]+", "_", fold(label))[:CODE_LENGTH].strip("_") or "entry"
    taken = set(session.scalars(select(model.code)))
    numbered = (f"{stem}_{number}" for number in count(2))
    return stem if stem not in taken else next(code for code in numbered if code not in taken)
