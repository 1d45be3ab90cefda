"""What follows from recorded rows, kept beside them so that reading need not count them all.

The definitions of the tallies stand here; `app/services/derived_rows.py` keeps them in step, and
`flask check` counts them anew and compares.
"""

from datetime import date
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Select,
    String,
    case,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.sql.selectable import CompoundSelect

from models.base import Base, enum_type
from models.enums import HelpMode, TopicKind
from models.help_session import HelpSession

RAW = HelpSession.__table__.c
TOPIC_COLUMNS = {TopicKind.PROCEDURE: RAW.procedure_id, TopicKind.OBSTACLE: RAW.obstacle_id}
IS_COUNTED: ColumnElement[bool] = RAW.deleted_at.is_(None)
SESSIONS: ColumnElement[int] = func.count()
PEOPLE: ColumnElement[int] = func.count(case((RAW.is_first_this_year, 1)))


class NetworkGeneration(Base):
    """One row whose token changes with whatever is written past the change log.

    What a process keeps of the network follows the log; with another token it reads all rows anew.
    """

    __tablename__ = "network_generations"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    token: Mapped[str] = mapped_column(String(32))

    __table_args__ = (CheckConstraint("id = 1", name="only_row"),)


class DeskDay(Base):
    """How many help sessions of a ward's day went one way; `people` of them were a first visit.

    Where there was none, there is no row.
    """

    __tablename__ = "desk_days"

    ward_id: Mapped[int] = mapped_column(ForeignKey("wards.id"), primary_key=True)
    service_date: Mapped[date] = mapped_column(primary_key=True)
    mode: Mapped[HelpMode] = mapped_column(enum_type(HelpMode), primary_key=True)
    sessions: Mapped[int]
    people: Mapped[int]

    # The province asks for days of all wards.
    __table_args__ = (Index("ix_desk_days_day", "service_date", "mode", "sessions", "people"),)

    @classmethod
    def counted_anew(cls) -> Select[Any]:
        """Return the select of the whole table from the help sessions, columns in order."""
        key = (RAW.ward_id, RAW.service_date, RAW.mode)
        return select(*key, SESSIONS, PEOPLE).where(IS_COUNTED).group_by(*key)


class DeskTopic(Base):
    """How many help sessions of a ward's month, known by its first day, name a topic.

    `topic_id` is the id of a procedure or of an obstacle. Where none does, there is no row.
    """

    __tablename__ = "desk_topics"

    ward_id: Mapped[int] = mapped_column(ForeignKey("wards.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[TopicKind] = mapped_column(enum_type(TopicKind), primary_key=True)
    topic_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sessions: Mapped[int]

    @classmethod
    def counted_anew(cls) -> CompoundSelect[Any]:
        """Return the select of the whole table from the help sessions, columns in order."""
        month = first_of_month(RAW.service_date)
        return union_all(
            *(
                select(RAW.ward_id, month, literal(kind, cls.kind.type), topic, SESSIONS)
                .where(IS_COUNTED, topic.is_not(None))
                .group_by(RAW.ward_id, month, topic)
                for kind, topic in TOPIC_COLUMNS.items()
            )
        )


class first_of_month(GenericFunction[date]):  # noqa: N801  # named like the functions of SQL
    """The first day of the month that a day is in."""

    type = Date()
    inherit_cache = True


@compiles(first_of_month, "sqlite")
def _on_sqlite(element: first_of_month, compiler: SQLCompiler, **options: object) -> str:
    return f"date({compiler.process(element.clauses, **options)}, 'start of month')"


@compiles(first_of_month, "postgresql")
def _on_postgresql(element: first_of_month, compiler: SQLCompiler, **options: object) -> str:
    return f"CAST(date_trunc('month', {compiler.process(element.clauses, **options)}) AS DATE)"
