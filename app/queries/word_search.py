"""Windows of lists of the spells of people whom typed words find in all wards."""

from collections.abc import Sequence
from functools import _lru_cache_wrapper
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, Row, Select, and_, bindparam, func, select

from app.access.scope import WardScope
from app.queries.kept_statements import kept_statement, read_rows
from app.queries.list_order import (
    Order,
    SpellTable,
    along_names,
    in_order,
    joined_for,
    name_keys,
    order_keys,
)
from app.queries.name_search import Found, Meaning
from app.queries.windows import FoundIds, Window
from models import Person, db

Statement = Select[*tuple[Any, ...]]


class Asked(NamedTuple):
    """Which spells are looked for, of whom, and in which order: what statements are kept by.

    The condition is one that is kept as well.
    """

    scope: WardScope
    spell: SpellTable
    is_in_state: ColumnElement[bool]
    people: Found
    order: Order = Order()


def find_in_all_wards(
    scope: WardScope,
    spells: tuple[SpellTable, ColumnElement[bool]],
    meaning: Meaning,
    window: Window,
    *,
    most: int,
) -> FoundIds:
    """Return a window of the spells in a state (`spells`) of the people that words mean.

    Not more than `most` are counted, and no page comes after the last of those. Finding people
    takes longer than what is then asked about few of them, so one statement does it all. It gives
    no rows where there are none, none on the page, or more than are quickly sorted.
    """
    asked = Asked(scope, *spells, meaning.people, window.order)
    cut = {"rows_before": window.offset(most), "rows_shown": window.size}
    rows = _read(_few_in_order, asked, meaning, cut | {"many": 2 * most})
    if rows:
        return _found(rows, rows[0].total, most)
    [(total,)] = _read(_counted, asked, meaning, {"many": most + 1})
    cut["rows_before"] = window.offset(min(total, most))
    is_walked = total > most and window.order.is_of_names
    rows = _read(_walked if is_walked else _sorted, asked, meaning, cut)
    return _found(rows, total, most)


def _found(rows: Sequence[Row[*tuple[Any, ...]]], total: int, most: int) -> FoundIds:
    return FoundIds([row.id for row in rows], min(total, most), has_more=total > most)


def _read(
    make: "_lru_cache_wrapper[Statement]", asked: Asked, meaning: Meaning, values: dict[str, Any]
) -> Sequence[Row[*tuple[Any, ...]]]:
    if meaning.is_kept:
        of_any_scope = asked._replace(scope=asked.scope.as_parameter())
        values |= meaning.values | asked.scope.parameters()
        return read_rows(make(of_any_scope), **values)
    return db.session.execute(make.__wrapped__(asked), values).all()


@kept_statement
def _few_in_order(asked: Asked) -> Statement:
    """Return the select of a window with the number of all; of nothing where people are many."""
    people = asked.people.limit(bindparam("many")).cte("people")
    are_few = select(func.count()).select_from(people).scalar_subquery() < bindparam("many")
    spells = _spells(asked, people).where(are_few).cte("spells")
    total = select(func.count()).select_from(spells).scalar_subquery()
    statement = select(spells.c.id, total.label("total")).join(
        Person, Person.id == spells.c.person_id
    )
    if asked.order.is_of_names:
        return _window(statement.order_by(*name_keys(spells.c.id, asked.order)))
    spell, order = asked.spell, asked.order
    statement = joined_for(statement.join(spell, spell.id == spells.c.id), spell, order)
    return _window(statement.order_by(*order_keys(spell, order)))


@kept_statement
def _counted(asked: Asked) -> Statement:
    counted = _spells(asked).limit(bindparam("many")).subquery("counted")
    return select(func.count()).select_from(counted)


@kept_statement
def _sorted(asked: Asked) -> Statement:
    return _window(
        in_order(_spells(asked).with_only_columns(asked.spell.id), asked.spell, asked.order)
    )


@kept_statement
def _walked(asked: Asked) -> Statement:
    statement = select(asked.spell.id).where(_is_wanted(asked))
    return _window(along_names(statement, asked.spell, asked.order, among=asked.people))


def _spells(asked: Asked, people: FromClause | None = None) -> Select[int, int]:
    found = asked.people.subquery("found") if people is None else people
    of_people = select(asked.spell.id, asked.spell.person_id)
    return of_people.join(found, found.c.id == asked.spell.person_id).where(_is_wanted(asked))


def _is_wanted(asked: Asked) -> ColumnElement[bool]:
    return and_(asked.scope.limit(asked.spell.ward_id), asked.is_in_state)


def _window(statement: Statement) -> Statement:
    return statement.offset(bindparam("rows_before")).limit(bindparam("rows_shown"))
