"""In which order lists of spells stand: by a column, each way, equal ones by given name."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, UnaryExpression
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.operators import custom_op

from app.queries.name_search import Found
from models import Hamlet, Mentee, Mentor, Person, SupportPost, Ward

SpellTable = type[Mentor] | type[Mentee] | type[SupportPost]


class By(StrEnum):
    """The columns that a database can put spells in order by; the value stands in the address."""

    NAME = "ten"
    WARD = "xa"
    BIRTH_YEAR = "nam-sinh"
    HAMLET = "thon"
    STARTED_ON = "bat-dau"
    ENDED_ON = "ket-thuc"


class Order(NamedTuple):
    """Which column a list is in order of, and which way; rows without a value come last."""

    column: str = By.NAME
    is_descending: bool = False

    @property
    def is_of_names(self) -> bool:
        """Whether names alone decide, so that a list can be walked along them."""
        return self.column == By.NAME


def joined_for(
    statement: Select[*tuple[Any, ...]], spell: SpellTable, order: Order
) -> Select[*tuple[Any, ...]]:
    """Return a select of spells and their people with the table that the order needs."""
    if order.column == By.WARD:
        return statement.join(Ward, Ward.id == spell.ward_id)
    if order.column == By.HAMLET:
        return statement.outerjoin(Hamlet, Hamlet.id == Person.hamlet_id)
    return statement


def order_keys(spell: SpellTable, order: Order) -> tuple[ColumnElement[Any], ...]:
    """Return what spells and their people are ordered by, down to the id, so none are equal.

    A column that the database does not know counts as the name: see `sorted_by_figures`.
    """
    column = _columns(spell).get(order.column)
    if column is None:
        return name_keys(spell.id, order)
    return directed(column, order), *name_keys(spell.id, Order())


def name_keys(
    row_id: InstrumentedAttribute[int] | ColumnElement[int], order: Order
) -> tuple[ColumnElement[Any], ...]:
    """Return what rows of people are ordered by in an order of names, given names first."""
    if order.is_of_names and order.is_descending:
        return Person.sort_key.desc(), row_id.desc()
    return Person.sort_key.asc(), row_id.asc()


def in_order(ids: Select[int], spell: SpellTable, order: Order) -> Select[int]:
    """Return a select of the ids of spells, which has not joined their people yet, in an order.

    They are found first and sorted then: a key that is part of an expression cannot be walked
    along, while PostgreSQL takes a window of a ward's people for full after a few of all names.
    """
    statement = ids.join(Person, Person.id == spell.person_id)
    names, *rest = order_keys(spell, order)
    if order.is_of_names:
        sorted_names = Person.sort_key + ""
        names = sorted_names.desc() if order.is_descending else sorted_names.asc()
    return joined_for(statement, spell, order).order_by(names, *rest)


def along_names(
    ids: Select[int], spell: SpellTable, order: Order, *, among: Found | None = None
) -> Select[int]:
    """Take people in order of their names until a window is full, instead of sorting all.

    `among` are the only people that are wanted. A key with a sign cannot be looked up: so SQLite
    begins with the people.
    """
    key = Person.__table__.c.id
    signed_key = UnaryExpression(key, operator=custom_op("+"), type_=key.type)
    if among is not None:
        ids = ids.where(signed_key.in_(among))
    return ids.join(Person, signed_key == spell.person_id).order_by(*order_keys(spell, order))


def sorted_by_figures(ids: list[int], figures: Mapping[int, Any], order: Order) -> list[int]:
    """Return the ids by the figure of each, equal ones in the order in which they came."""
    known = [row_id for row_id in ids if row_id in figures]
    known.sort(key=figures.__getitem__, reverse=order.is_descending)
    return known if len(known) == len(ids) else known + [i for i in ids if i not in figures]


def _columns(spell: SpellTable) -> dict[str, InstrumentedAttribute[Any]]:
    return {
        By.WARD: Ward.search_text,
        By.BIRTH_YEAR: Person.birth_year,
        By.HAMLET: Hamlet.search_text,
        By.STARTED_ON: spell.started_on,
        By.ENDED_ON: spell.ended_on,
    }


def directed(
    column: ColumnElement[Any] | InstrumentedAttribute[Any], order: Order
) -> UnaryExpression[Any]:
    """Return a column in the way of an order; rows without a value come last either way."""
    directed = column.desc() if order.is_descending else column.asc()
    return directed.nulls_last()
