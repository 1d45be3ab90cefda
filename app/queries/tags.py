"""The tags that people carry: of one person, of the rows of a list, and for writing."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, exists, select
from sqlalchemy.orm import InstrumentedAttribute

from app.access.scope import WardScope
from app.queries.kept_statements import kept_statement, read_scoped
from app.queries.list_order import SpellTable
from models import PersonTag, Tag, db


class TagRow(NamedTuple):
    """A tag by its id, and how it reads."""

    id: int
    label: str


def carries(
    scope: WardScope, person_id: InstrumentedAttribute[int], code: str
) -> ColumnElement[bool]:
    """Return the condition that the people of a select carry the tag of a code."""
    del scope  # the select that it narrows is limited already
    return exists().where(
        PersonTag.person_id == person_id,
        PersonTag.tag_id == select(Tag.id).where(Tag.code == code).scalar_subquery(),
        PersonTag.deleted_at.is_(None),
    )


def list_tags_of_person(scope: WardScope, person_id: int) -> tuple[TagRow, ...]:
    """Return the tags of a person whom the scope has shown, in the office's order."""
    del scope
    statement = (
        select(Tag.id, Tag.label)
        .join(PersonTag, PersonTag.tag_id == Tag.id)
        .where(PersonTag.person_id == person_id)
        .group_by(Tag.id, Tag.label, Tag.position)
        .order_by(Tag.position, Tag.id)
    )
    return tuple(TagRow(*row) for row in db.session.execute(statement))


def labels_by_spell(
    scope: WardScope, spell: SpellTable, ids: Collection[int]
) -> dict[int, tuple[str, ...]]:
    """Return the labels of the people behind some spells of the scope, by spell; one statement."""
    found: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    for spell_id, label in read_scoped(scope, _labels, spell, ids=list(ids)):
        if label not in found[spell_id]:
            found[spell_id] += (label,)
    return found


def tag_rows(
    scope: WardScope, person_ids: Collection[int], tag_ids: Collection[int]
) -> Sequence[PersonTag]:
    """Return which of some people, whom the scope has shown, carry which of some tags."""
    del scope
    statement = select(PersonTag).where(
        PersonTag.person_id.in_(person_ids), PersonTag.tag_id.in_(tag_ids)
    )
    return db.session.scalars(statement.order_by(PersonTag.id)).all()


@kept_statement
def _labels(scope: WardScope, spell: SpellTable) -> Select[*tuple[Any, ...]]:
    return (
        select(spell.id, Tag.label)
        .join(PersonTag, PersonTag.person_id == spell.person_id)
        .join(Tag, Tag.id == PersonTag.tag_id)
        .where(spell.id.in_(bindparam("ids", expanding=True)), scope.limit(spell.ward_id))
        .order_by(Tag.position, Tag.id)
    )
