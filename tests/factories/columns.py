"""Rows of a network put into columns, as the query of histories hands them over."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from graphs.columns import (
    NOT_YET,
    EventColumns,
    HistoryColumns,
    PairingColumns,
    PauseColumns,
    SpellColumns,
    WardColumns,
)
from graphs.rows import NetworkRows


def history_columns(
    rows: NetworkRows,
    *,
    contacts: Mapping[int, Sequence[date]] | None = None,
    desk: Mapping[str, Sequence[date]] | None = None,
) -> HistoryColumns:
    """Put rows into columns.

    `contacts` are the days by the id of a mentorship, `desk` those by the code of a ward. Wards
    exist for ever and have data from the day of their first row or event.
    """
    contacts, desk = contacts or {}, desk or {}
    wards = list(rows.wards)
    return HistoryColumns(
        wards=WardColumns(
            ids(int(ward.code) for ward in wards),
            days(None for _ in wards),
            days(first_day(rows, ward.code, contacts, desk) for ward in wards),
        ),
        posts=spells(rows.posts),
        post_pauses=pauses(rows.posts),
        mentors=spells(rows.mentors),
        mentor_pauses=pauses(rows.mentors),
        mentees=spells(rows.mentees),
        mentee_pauses=pauses(rows.mentees),
        pairings=PairingColumns(
            ids(pair.mentor for pair in rows.mentorships),
            ids(pair.mentee for pair in rows.mentorships),
            ids(pair.person for pair in rows.mentorships),
            days(pair.started_on for pair in rows.mentorships),
            days(pair.ended_on for pair in rows.mentorships),
            np.array([pair.is_completion for pair in rows.mentorships], dtype=bool),
            ids(pair.id for pair in rows.mentorships),
        ),
        contacts=events(contacts),
        desk=events({int(code): seen for code, seen in desk.items()}),
    )


def first_day(rows, code, contacts, desk) -> date | None:
    """The first day of anything of a ward."""
    mentors = {mentor.id for mentor in rows.mentors if mentor.ward == code}
    of_ward = [pair.id for pair in rows.mentorships if pair.mentor in mentors]
    starts = [
        row.started_on for row in (*rows.posts, *rows.mentors, *rows.mentees) if row.ward == code
    ]
    met = [day for pair in of_ward for day in contacts.get(pair, ())]
    return min([*starts, *met, *desk.get(code, ())], default=None)


def spells(rows) -> SpellColumns:
    return SpellColumns(
        ids(row.id for row in rows),
        ids(int(row.ward) for row in rows),
        ids(row.person for row in rows),
        days(row.started_on for row in rows),
        days(row.ended_on for row in rows),
        ids(row.id for row in rows),
    )


def pauses(rows) -> PauseColumns:
    return PauseColumns(
        ids(row.id for row in rows for _ in row.pauses),
        days(start for row in rows for start, _ in row.pauses),
        days(end for row in rows for _, end in row.pauses),
    )


def events(seen: Mapping[int, Sequence[date]]) -> EventColumns:
    return EventColumns(
        ids(key for key, days_seen in seen.items() for _ in days_seen),
        days(day for days_seen in seen.values() for day in days_seen),
    )


def ids(values: Iterable[int]) -> np.ndarray:
    return np.array(list(values), dtype=np.int64)


def days(values: Iterable[date | None]) -> np.ndarray:
    return np.array([value or NOT_YET for value in values], dtype="datetime64[D]")
