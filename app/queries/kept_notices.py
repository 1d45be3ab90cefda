"""What a part of the change log means for the notices: whom to compare, what to count anew.

Rows are looked up whether they were deleted or not, as in `app.queries.kept_changes`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select

from app.access.scope import WardScope
from app.queries.alike_people import alike_of_people
from app.queries.change_feed import LoggedChange
from app.queries.entry_bursts import Place, entries_of, place_of
from app.queries.tables import (
    CANONICAL_ID,
    CONFIRMED_SESSIONS,
    DISTINCT_PEOPLE,
    HELP_SESSIONS,
    MENTEES,
    MENTORS,
    PERSONS,
    POSTS,
)
from graphs.rows import AlikeRow, EntryRow
from models import ChangedValue, db

Changed = Mapping[str, Collection[int]]


class NoticeChanges(NamedTuple):
    """The fields of `graphs.live.RowChanges` that the notices are found from."""

    alike: list[AlikeRow]
    compared: set[int]
    entries: list[EntryRow]
    recounted: set[tuple[str, date]]


def notice_changes(
    scope: WardScope, changes: Iterable[LoggedChange], day: date, codes: Mapping[int, str]
) -> NoticeChanges:
    """Return what the changes touched as it is now, as of a day; `codes` are those of all wards."""
    changed: defaultdict[str, set[int]] = defaultdict(set)
    merges = set()
    for change in changes:
        changed[change.kind].add(change.object_id)
        if change.kind == "persons":
            merges.add(change.id)
    compared = _compared(changed, merges)
    places = set(_places(changed))
    return NoticeChanges(
        alike=alike_of_people(scope, compared, day, codes),
        compared=compared,
        entries=entries_of(scope, places, day, codes),
        recounted={(codes[ward_id], entered) for ward_id, entered in places if ward_id in codes},
    )


def _compared(changed: Changed, merges: Collection[int]) -> set[int]:
    """Return the people, after merging, who changed, came, went, were merged or told apart."""
    people = set(changed.get("persons", ()))
    for kind, spells in (("mentors", MENTORS), ("mentees", MENTEES), ("support_posts", POSTS)):
        rows = _rows(spells.c.person_id, where=spells.c.id, ids=changed.get(kind, ()))
        people.update(person_id for (person_id,) in rows)
    pair = DISTINCT_PEOPLE.c.person_id, DISTINCT_PEOPLE.c.other_id
    told_apart = changed.get("distinct_people", ())
    for ids in _rows(*pair, where=DISTINCT_PEOPLE.c.id, ids=told_apart):
        people.update(ids)
    canonical = _rows(CANONICAL_ID, where=PERSONS.c.id, ids=people)
    return people.union((person_id for (person_id,) in canonical), _merged_before(merges))


def _merged_before(changes: Collection[int]) -> Iterator[int]:
    """Yield into whom people were merged before the changes."""
    was_merged = ChangedValue.field == "merged_into_id"
    of_changes = ChangedValue.change_id.in_(sorted(changes))
    if changes:
        told = db.session.scalars(select(ChangedValue.old).where(of_changes, was_merged))
        yield from (int(person_id) for person_id in told if person_id is not None)


def _places(changed: Changed) -> Iterator[Place]:
    """Yield where sessions were entered that changed, or were confirmed."""
    answered = _rows(
        CONFIRMED_SESSIONS.c.help_session_id,
        where=CONFIRMED_SESSIONS.c.id,
        ids=changed.get("confirmed_sessions", ()),
    )
    sessions = {session_id for (session_id,) in answered}.union(changed.get("help_sessions", ()))
    entered = HELP_SESSIONS.c.ward_id, HELP_SESSIONS.c.entered_at
    for ward_id, entered_at in _rows(*entered, where=HELP_SESSIONS.c.id, ids=sessions):
        yield place_of(ward_id, entered_at)


def _rows(
    *columns: ColumnElement[Any], where: ColumnElement[int], ids: Collection[int]
) -> Sequence[Any]:
    if not ids:
        return ()
    return db.session.execute(select(*columns).where(where.in_(sorted(ids)))).all()
