"""The network as it would be if two wards were one; rows in, rows out."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from graphs.rows import (
    AlikeRow,
    BorderRow,
    DeskRow,
    EntryRow,
    Gap,
    MenteeRow,
    MentorRow,
    MentorshipRow,
    NetworkRows,
    PlaceRow,
    PostRow,
    WardRow,
)
from graphs.timeline import is_open, latest

_Placed = TypeVar("_Placed", PostRow, MentorRow, MenteeRow, EntryRow)


def after_joining(rows: NetworkRows, gone: str, into: str, *, on: date) -> NetworkRows:
    """The rows after one reported ward became part of another, which keeps its name and point.

    All of its people, pairings, sessions and borders are the other's. Who holds an open support
    post in both keeps one of them. Help sessions add up, and so do first visits of the year.
    """
    wards = {row.code: row for row in rows.wards}
    place = PlaceRow(into, wards[into].latitude, wards[into].longitude)
    united = _united(wards[into], wards.pop(gone))
    return rows._replace(
        wards=[united if code == into else row for code, row in wards.items()],
        borders=list(_borders(rows.borders, gone, into)),
        posts=list(_posts(rows.posts, gone, into, on)),
        mentors=_moved(rows.mentors, gone, into),
        mentees=_moved(rows.mentees, gone, into),
        mentorships=list(_mentorships(rows, gone, place)),
        desk=list(_desk(rows.desk, gone, into)),
        alike=list(dict.fromkeys(_alike(row, gone, into) for row in rows.alike)),
        entries=_moved(rows.entries, gone, into),
    )


def _united(one: WardRow, other: WardRow) -> WardRow:
    return one._replace(
        has_data=one.has_data or other.has_data,
        last_entry_on=latest((one.last_entry_on, other.last_entry_on)),
        last_desk_on=latest((one.last_desk_on, other.last_desk_on)),
    )


def _moved(rows: Iterable[_Placed], gone: str, into: str) -> list[_Placed]:
    return [row._replace(ward=into) if row.ward == gone else row for row in rows]


def _borders(rows: Iterable[BorderRow], gone: str, into: str) -> Iterator[BorderRow]:
    """The borders of both are the other's, added up; the one between them is no more."""
    lengths: dict[tuple[str, str], float] = {}
    for row in rows:
        one, other = sorted(into if code == gone else code for code in (row.code_a, row.code_b))
        if one != other:
            lengths[one, other] = lengths.get((one, other), 0.0) + row.border_km
    for pair, length in lengths.items():
        yield BorderRow(*pair, length)


def _posts(rows: Iterable[PostRow], gone: str, into: str, on: date) -> Iterator[PostRow]:
    rows = list(rows)
    staff = {row.person for row in rows if row.ward == into and is_open(row, on)}
    for row in rows:
        if row.ward != gone:
            yield row
        elif row.person not in staff or not is_open(row, on):
            yield row._replace(ward=into)


def _mentorships(rows: NetworkRows, gone: str, place: PlaceRow) -> Iterator[MentorshipRow]:
    """Who was in another ward and now is not has no way to go; who still is comes from `place`."""
    joined = {gone, place.code}
    here = {row.id for row in rows.mentors if row.ward in joined}
    for row in rows.mentorships:
        home = None if row.gap is None else row.gap.mentee_place
        if row.gap is None or home is None or home.code not in joined:
            yield row
        elif row.mentor not in here:
            yield row._replace(gap=row.gap._replace(mentee_place=place))
        else:
            yield row._replace(
                gap=Gap(None, lacks_language=True) if row.gap.lacks_language else None
            )


def _desk(rows: Iterable[DeskRow], gone: str, into: str) -> Iterator[DeskRow]:
    together = DeskRow(into, 0, 0)
    for row in rows:
        if row.ward in (gone, into):
            together = DeskRow(into, together.sessions + row.sessions, together.people + row.people)
        else:
            yield row
    yield together


def _alike(row: AlikeRow, gone: str, into: str) -> AlikeRow:
    return row._replace(
        earlier_ward=into if row.earlier_ward == gone else row.earlier_ward,
        later_ward=into if row.later_ward == gone else row.later_ward,
    )
