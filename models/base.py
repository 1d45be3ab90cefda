"""The database object, the naming of constraints, and what all recorded rows have in common."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    CheckConstraint,
    Date,
    DateTime,
    Enum,
    ForeignKey,
    Index,
    MetaData,
    and_,
    event,
    or_,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.hybrid import hybrid_method
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    ORMExecuteState,
    Session,
    declared_attr,
    mapped_column,
    with_loader_criteria,
)
from sqlalchemy.sql import ColumnElement
from sqlalchemy.types import TypeDecorator

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of the program."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)


db = SQLAlchemy(model_class=Base)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Aware in Python, UTC in the database (SQLite keeps no zone of its own)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def enum_type(vocabulary: type[StrEnum]) -> Enum:
    """Store a vocabulary by its values, with a CHECK constraint instead of a database type."""
    return Enum(
        vocabulary,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
        name=vocabulary.__name__.lower(),
    )


class Recorded:
    """A row that somebody entered: who, when, in which undoable unit; never really deleted.

    `entered_at`, `entered_by_id` and `batch_id` are stamped by `app.services.transaction`, the only
    place that commits. A row with `deleted_at` is invisible to every select unless the statement is
    executed with the option `include_deleted=True`.
    """

    # The relationship to the entry that a row is a part of: what counts it, counts the row.
    part_of: ClassVar[str | None] = None

    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @declared_attr
    def entered_by_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("accounts.id"))

    @declared_attr
    def batch_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("batches.id"), index=True)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        # The mapper takes the column itself; the mixin sees it only on the finished class.
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]


class Spell:
    """A half-open span of days `[started_on, ended_on)`; still open while `ended_on` is empty."""

    started_on: Mapped[date] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)

    ends_after_start: ClassVar[str] = "ended_on IS NULL OR ended_on > started_on"

    @hybrid_method
    def is_open_on(self, day: date) -> bool:
        """A spell that ended on a day is not open on that day."""
        return self.started_on <= day and (self.ended_on is None or self.ended_on > day)

    @is_open_on.expression  # type: ignore[no-redef]  # the same method, as SQL
    def is_open_on(cls: type["Spell"], day: date) -> ColumnElement[bool]:  # noqa: N805  # a class
        return and_(cls.started_on <= day, or_(cls.ended_on.is_(None), cls.ended_on > day))


def index_where_filled(table: str, column: str) -> Index:
    """Make the index of a column that is mostly empty: rows without a value stay out of it."""
    is_filled = text(f"{column} IS NOT NULL")
    return Index(f"ix_{table}_{column}", column, sqlite_where=is_filled, postgresql_where=is_filled)


def spell_check() -> CheckConstraint:
    """Make the constraint that a spell ends after it starts."""
    return CheckConstraint(Spell.ends_after_start, name="ends_after_start")


# Made once: building it anew for each statement cost more than running a small one.
WITHOUT_DELETED_ROWS = with_loader_criteria(
    Recorded, lambda table: table.deleted_at.is_(None), include_aliases=True
)


@event.listens_for(Session, "do_orm_execute")
def hide_deleted_rows(state: ORMExecuteState) -> None:
    """Leave soft-deleted rows out of every select of the ORM, in one place.

    A statement over plain tables says so itself; to it the criteria mean nothing and cost time.
    """
    is_plain_select = (
        state.is_orm_statement
        and state.is_select
        and not state.is_column_load
        and not state.is_relationship_load
    )
    if is_plain_select and not state.execution_options.get("include_deleted", False):
        state.statement = state.statement.options(WITHOUT_DELETED_ROWS)
