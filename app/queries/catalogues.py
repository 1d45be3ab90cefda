"""The lists that the office may edit, as the administrator sees them."""

from typing import NamedTuple
from zlib import crc32

from sqlalchemy import func, select

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from models import (
    CatalogueEntry,
    EndReason,
    Language,
    Obstacle,
    Procedure,
    Skill,
    Tag,
    TargetGroup,
    db,
)

CATALOGUES: dict[str, type[CatalogueEntry]] = {
    "thu-tuc": Procedure,
    "vuong-mac": Obstacle,
    "nhom-doi-tuong": TargetGroup,
    "ky-nang": Skill,
    "ngon-ngu": Language,
    "nhan": Tag,
    "ly-do-ket-thuc": EndReason,
}
# What an entry of a catalogue says beyond its label; set when it is made and fixed from then on,
# since figures of the past depend on it.
FLAGS: dict[str, tuple[str, ...]] = {
    "nhom-doi-tuong": ("is_sensitive",),
    "nhan": ("is_team",),
    "ly-do-ket-thuc": (
        "is_completion",
        "for_mentorship",
        "for_mentor",
        "for_mentee",
        "for_support_post",
    ),
}


class EntryRow(NamedTuple):
    """One entry of a catalogue; `flags` names those that are set."""

    id: int
    code: str
    label: str
    position: int
    is_active: bool
    flags: tuple[str, ...]

    @property
    def edition(self) -> int:
        """A number that is another one after any edit: catalogues keep no version."""
        return crc32(repr((self.label, self.position, self.is_active)).encode())


class CatalogueCount(NamedTuple):
    """A catalogue by its name in addresses, and how many of its entries may be chosen."""

    catalogue: str
    active: int


def count_catalogues(scope: WardScope) -> list[CatalogueCount]:
    """Return every catalogue with the number of its active entries."""
    del scope  # the lists are the same for every ward
    return [
        CatalogueCount(
            name,
            db.session.scalar(select(func.count(model.id)).where(model.is_active)) or 0,
        )
        for name, model in CATALOGUES.items()
    ]


def list_entries(scope: WardScope, catalogue: str) -> list[EntryRow]:
    """Return the entries of a catalogue in the order in which forms show them.

    Raises `OutOfScopeError` when there is no such catalogue.
    """
    del scope
    if catalogue not in CATALOGUES:
        raise OutOfScopeError(catalogue)
    model = CATALOGUES[catalogue]
    entries = db.session.scalars(select(model).order_by(model.position, model.id))
    return [_row(catalogue, entry) for entry in entries]


def get_entry(scope: WardScope, catalogue: str, entry_id: int) -> EntryRow:
    """Return one entry; raise `OutOfScopeError` when there is none."""
    for entry in list_entries(scope, catalogue):
        if entry.id == entry_id:
            return entry
    raise OutOfScopeError(catalogue, entry_id)


def _row(catalogue: str, entry: CatalogueEntry) -> EntryRow:
    flags = tuple(flag for flag in FLAGS.get(catalogue, ()) if getattr(entry, flag))
    return EntryRow(entry.id, entry.code, entry.label, entry.position, entry.is_active, flags)
