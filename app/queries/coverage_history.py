"""All that ever happened in some wards, as columns: what the coverage of past days is counted from.

A row for each spell, pairing and contact costs Python more than the database. So the database hands
over a text for each ward and column, its values in the order of the rows, and numpy reads them.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    String,
    case,
    cast,
    func,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from app.access.scope import WardScope
from app.queries.chains import mentee_chain, mentorship_chain
from graphs.columns import (
    NOT_YET,
    Days,
    EventColumns,
    Flags,
    HistoryColumns,
    Ids,
    PairingColumns,
    PauseColumns,
    SpellColumns,
    WardColumns,
)
from models import (
    Attendance,
    Contact,
    DeskDay,
    DutyTurn,
    EndReason,
    Mentee,
    Mentor,
    Mentorship,
    Pause,
    Person,
    SupportPost,
    Ward,
    db,
)

SEPARATOR = ","

Column = SQLColumnExpression[Any]


def read_history(scope: WardScope, *, desk_since: date) -> HistoryColumns:
    """Return the whole past of the scope's wards; days at the desk only from `desk_since` on.

    A fixed number of statements, whatever the number of rows.
    """
    return HistoryColumns(
        wards=_wards(scope),
        posts=_spells(scope, SupportPost, SupportPost.id),
        post_pauses=_pauses(SupportPost, Pause.support_post_id, scope.limit(SupportPost.ward_id)),
        mentors=_spells(scope, Mentor, Mentor.id),
        mentor_pauses=_pauses(Mentor, Pause.mentor_id, scope.limit(Mentor.ward_id)),
        mentees=_spells(scope, Mentee, mentee_chain()),
        mentee_pauses=_mentee_pauses(scope),
        pairings=_pairings(scope),
        contacts=_contacts(scope),
        desk=_desk_days(scope, desk_since),
    )


def _wards(scope: WardScope) -> WardColumns:
    wards = select(Ward.id, Ward.valid_to).where(scope.limit(Ward.id)).order_by(Ward.id)
    first_days: dict[int, date] = dict(db.session.execute(_first_days(scope)).all())
    rows = db.session.execute(wards).all()
    return WardColumns(
        id=np.array([ward_id for ward_id, _ in rows], dtype=np.int64),
        valid_to=_days([valid_to or NOT_YET for _, valid_to in rows]),
        first_day=_days([first_days.get(ward_id, NOT_YET) for ward_id, _ in rows]),
    )


def _first_days(scope: WardScope) -> Select[Any]:
    """Select the first day of a spell or of service of each ward."""
    firsts = union_all(
        *(
            select(ward_id.label("ward_id"), func.min(day).label("day"))
            .where(scope.limit(ward_id))
            .group_by(ward_id)
            for ward_id, day in (
                (SupportPost.ward_id, SupportPost.started_on),
                (Mentor.ward_id, Mentor.started_on),
                (Mentee.ward_id, Mentee.started_on),
                (Contact.ward_id, Contact.service_date),
                (DutyTurn.ward_id, DutyTurn.service_date),
                (DeskDay.ward_id, DeskDay.service_date),
            )
        )
    ).subquery()
    return select(firsts.c.ward_id, func.min(firsts.c.day)).group_by(firsts.c.ward_id)


def _spells(
    scope: WardScope,
    table: type[SupportPost | Mentor | Mentee],
    rest_key: ColumnElement[int] | InstrumentedAttribute[int],
) -> SpellColumns:
    statement = _as_texts(
        table.ward_id,
        table.id,
        table.ward_id,
        Person.canonical_id,
        table.started_on,
        _end_of(table.ended_on),
        rest_key,
    )
    texts = _read(
        statement.select_from(table)
        .join(Person, Person.id == table.person_id)
        .where(scope.limit(table.ward_id))
    )
    spell_id, ward, person, started_on, ended_on, rest = texts
    return SpellColumns(
        _ids(spell_id), _ids(ward), _ids(person), _days(started_on), _days(ended_on), _ids(rest)
    )


def _pauses(
    table: type[SupportPost | Mentor],
    spell: InstrumentedAttribute[int | None],
    is_wanted: ColumnElement[bool],
) -> PauseColumns:
    statement = _as_texts(table.ward_id, spell, Pause.started_on, Pause.ended_on)
    return _pause_columns(
        statement.select_from(Pause).join(table, table.id == spell).where(is_wanted)
    )


def _mentee_pauses(scope: WardScope) -> PauseColumns:
    """Read the pauses of whole chains; a pause ends with its spell at the latest."""
    chains = select(mentee_chain()).where(scope.limit(Mentee.ward_id))
    end = case((Mentee.ended_on < Pause.ended_on, Mentee.ended_on), else_=Pause.ended_on)
    statement = _as_texts(Mentee.ward_id, mentee_chain(), Pause.started_on, end)
    return _pause_columns(
        statement.select_from(Pause)
        .join(Mentee, Mentee.id == Pause.mentee_id)
        .where(
            or_(Mentee.ended_on.is_(None), Pause.started_on < Mentee.ended_on),
            _in_chains(scope, Mentee, chains),
        )
    )


def _pause_columns(statement: Select[Any]) -> PauseColumns:
    key, started_on, ended_on = _read(statement)
    return PauseColumns(_ids(key), _days(started_on), _days(ended_on))


def _pairings(scope: WardScope) -> PairingColumns:
    statement = _as_texts(
        Mentorship.mentor_ward_id,
        Mentorship.mentor_id,
        Mentorship.mentee_id,
        Person.canonical_id,
        Mentorship.started_on,
        _end_of(Mentorship.ended_on),
        case((EndReason.is_completion, 1), else_=0),
        mentorship_chain(),
    )
    texts = _read(
        statement.select_from(Mentorship)
        .join(Mentee, Mentee.id == Mentorship.mentee_id)
        .join(Person, Person.id == Mentee.person_id)
        .outerjoin(EndReason, EndReason.id == Mentorship.end_reason_id)
        .where(or_(scope.limit(Mentorship.mentor_ward_id), scope.limit(Mentorship.mentee_ward_id)))
    )
    mentor, mentee, person, started_on, ended_on, is_completion, chain = texts
    return PairingColumns(
        mentor=_ids(mentor),
        mentee=_ids(mentee),
        person=_ids(person),
        started_on=_days(started_on),
        ended_on=_days(ended_on),
        is_completion=_flags(is_completion),
        chain=_ids(chain),
    )


def _contacts(scope: WardScope) -> EventColumns:
    chains = select(mentorship_chain()).where(scope.limit(Mentorship.mentor_ward_id))
    statement = _as_texts(Mentorship.mentor_ward_id, mentorship_chain(), Contact.service_date)
    chain, day = _read(
        statement.select_from(Attendance)
        .join(Contact, Contact.id == Attendance.contact_id)
        .join(Mentorship, Mentorship.id == Attendance.mentorship_id)
        .where(_in_chains(scope, Mentorship, chains))
    )
    return EventColumns(_ids(chain), _days(day))


def _desk_days(scope: WardScope, since: date) -> EventColumns:
    sessions = _as_texts(DeskDay.ward_id, DeskDay.ward_id, DeskDay.service_date).where(
        scope.limit(DeskDay.ward_id), DeskDay.service_date >= since
    )
    turns = _as_texts(DutyTurn.ward_id, DutyTurn.ward_id, DutyTurn.service_date).where(
        scope.limit(DutyTurn.ward_id), DutyTurn.service_date >= since, DutyTurn.is_performed
    )
    wards, days = zip(_read(sessions), _read(turns), strict=True)
    return EventColumns(
        np.concatenate([_ids(texts) for texts in wards]),
        np.concatenate([_days(texts) for texts in days]),
    )


def _in_chains(
    scope: WardScope, table: type[Mentee | Mentorship], chains: Select[Any]
) -> ColumnElement[bool]:
    """The two columns apart, since each of them has an index and their coalescence has none."""
    return true() if scope.is_everywhere else or_(table.id.in_(chains), table.origin_id.in_(chains))


def _end_of(ended_on: InstrumentedAttribute[date | None]) -> ColumnElement[str]:
    return func.coalesce(cast(ended_on, String), str(NOT_YET))


def _as_texts(ward: InstrumentedAttribute[int], *columns: Column) -> Select[Any]:
    """Select a text of each column for each ward; all of a ward's are in the same order."""
    texts = [func.aggregate_strings(cast(column, String), SEPARATOR) for column in columns]
    return select().add_columns(*texts).group_by(ward)


def _read(statement: Select[Any]) -> list[list[str]]:
    """Return the values of each column, as texts."""
    rows = db.session.execute(statement).all()
    if not rows:
        return [[] for _ in statement.selected_columns]
    return [SEPARATOR.join(texts).split(SEPARATOR) for texts in zip(*rows, strict=True)]


def _ids(texts: Sequence[str]) -> Ids:
    return np.array(texts, dtype=np.int64)


def _days(texts: Sequence[Any]) -> Days:
    return np.array(texts, dtype="datetime64[D]")


def _flags(texts: Sequence[str]) -> Flags:
    return _ids(texts).astype(bool)
