"""Lets rows that named one record name another one. Nothing here commits."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, select
from sqlalchemy.orm import Mapper

from app.services.change_recording import object_kind
from models import Base, PersonMerge, Recorded, RepointedRow, db


class Naming(NamedTuple):
    """A column of a table that names a row of another one, and the attribute it is mapped to."""

    model: type[Base]
    attribute: str


def namings(target: type[Base]) -> Iterator[Naming]:
    """Yield each column of a recorded table that names a row of `target`."""
    for mapper in sorted(Base.registry.mappers, key=_kind):
        model: type[Base] = mapper.class_
        if issubclass(model, Recorded):
            for key in cast("Table", mapper.local_table).foreign_keys:
                if key.column.table is target.__table__:
                    yield Naming(model, mapper.get_property_by_column(key.parent).key)


def repoint(
    merge: PersonMerge, target: type[Base], old_id: int, new_id: int, *, left: Collection[Naming]
) -> None:
    """Let all living rows that name one row of `target` name another, and note which for `merge`.

    What is `left` keeps its name.
    """
    session = db.session()
    for naming in namings(target):
        if naming in left:
            continue
        named: Any = getattr(naming.model, naming.attribute)
        rows = session.scalars(select(naming.model).where(named == old_id)).all()
        for row in rows:
            setattr(row, naming.attribute, new_id)
            note_repointed(merge, row)


def note_repointed(merge: PersonMerge, row: Base) -> None:
    """Note a row that a merge moved from the archived person to the kept one."""
    row_id: int = row.id  # type: ignore[attr-defined]  # every table but links has one
    db.session.add(RepointedRow(merge_id=merge.id, object_kind=object_kind(row), object_id=row_id))


def _kind(mapper: Mapper[Any]) -> str:
    return object_kind(mapper.class_)
