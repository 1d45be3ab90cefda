"""The network as it would be: if somebody left or paused, or if people were paired."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple, TypeVar

from graphs.rows import (
    AlikeRow,
    Gap,
    MenteeRow,
    MentorRow,
    MentorshipRow,
    NetworkRows,
    PlaceRow,
    PostRow,
)
from graphs.timeline import is_open, latest

SpellRowT = TypeVar("SpellRowT", MentorRow, MenteeRow, PostRow)


class SpellIds(NamedTuple):
    """Spells of each role, by id."""

    mentors: frozenset[int] = frozenset()
    mentees: frozenset[int] = frozenset()
    posts: frozenset[int] = frozenset()


def after_leaving(
    rows: NetworkRows, *, mentors: Collection[int] = (), posts: Collection[int] = (), on: date
) -> NetworkRows:
    """The rows after these spells ended on a day on which they were open, as a service ends them.

    Open pairings of the mentors end that day, not completed, and leave their mentees to wait. Who
    has no other role in a ward is not compared with alike people there any more. Spells that are
    not open on the day stay as they are.
    """
    pairings = list(rows.mentorships)
    ended = {row.id: row for row in pairings if row.mentor in mentors and is_open(row, on)}
    left = {row.mentee for row in ended.values()}
    after = rows._replace(
        posts=[
            row._replace(ended_on=on) if row.id in posts and is_open(row, on) else row
            for row in rows.posts
        ],
        mentors=[
            row._replace(ended_on=on) if row.id in mentors and is_open(row, on) else row
            for row in rows.mentors
        ],
        mentees=[orphaned(row, on) if row.id in left else row for row in rows.mentees],
        mentorships=[_ended(row, on) if row.id in ended else row for row in pairings],
    )
    return after._replace(alike=_still_compared(after, on))


def after_moving(
    rows: NetworkRows,
    people: SpellIds,
    *,
    left: Collection[int] = (),
    ward: str,
    on: date,
) -> NetworkRows:
    """The rows after these spells went on in another ward, as the wards see it that stay.

    Open pairings go along, but for those that are `left` (by id), whose mentees wait. Of the pairs
    of a mentor who goes, the mentees here remain paired with somebody elsewhere.
    """
    pairings = [
        row
        for row in rows.mentorships
        if is_open(row, on) and (row.mentor in people.mentors or row.mentee in people.mentees)
    ]
    ended = {row.id for row in pairings if row.id in left}
    waiting = {row.mentee for row in pairings if row.id in ended}
    return rows._replace(
        posts=[_gone_to(row, ward) if row.id in people.posts else row for row in rows.posts],
        mentors=[_gone_to(row, ward) if row.id in people.mentors else row for row in rows.mentors],
        mentees=[
            _gone_to(orphaned(row, on) if row.id in waiting else row, ward)
            if row.id in people.mentees
            else orphaned(row, on)
            if row.id in waiting
            else row
            for row in rows.mentees
        ],
        mentorships=[_ended(row, on) if row.id in ended else row for row in rows.mentorships],
    )


def after_pausing(rows: NetworkRows, people: SpellIds, *, away: tuple[date, date]) -> NetworkRows:
    """The rows with a pause of these spells, `away` from the first day to that of the return."""
    return rows._replace(
        posts=[_away(row, away) if row.id in people.posts else row for row in rows.posts],
        mentors=[_away(row, away) if row.id in people.mentors else row for row in rows.mentors],
        mentees=[_away(row, away) if row.id in people.mentees else row for row in rows.mentees],
    )


def after_pairing(rows: NetworkRows, pairs: Mapping[int, int], *, on: date) -> NetworkRows:
    """The rows after a pairing began for each mentee spell (with the mentor spell).

    It is entered on the same day, in the ward of the mentor. Whether two of them have a language in
    common the rows do not tell.
    """
    pairings = list(rows.mentorships)
    first_id = max((row.id for row in pairings), default=0) + 1
    paired = [row for row in rows.mentees if row.id in pairs]
    homes = {row.id: row.ward for row in rows.mentors}
    places = {row.code: PlaceRow(row.code, row.latitude, row.longitude) for row in rows.wards}
    begun = [
        MentorshipRow(
            id=number,
            mentor=pairs[mentee.id],
            mentee=mentee.id,
            person=mentee.person,
            started_on=on,
            clock_on=on,
            ended_on=None,
            is_completion=False,
            last_contact_on=None,
            gap=Gap(places.get(mentee.ward), lacks_language=False)
            if mentee.ward != homes.get(pairs[mentee.id])
            else None,
        )
        for number, mentee in enumerate(paired, first_id)
    ]
    teachers = set(pairs.values())
    busy = {row.ward for row in rows.mentors if row.id in teachers}
    return rows._replace(
        wards=[
            row._replace(last_entry_on=latest((row.last_entry_on, on))) if row.code in busy else row
            for row in rows.wards
        ],
        mentees=[
            row._replace(last_mentorship_start=latest((row.last_mentorship_start, on)))
            if row.id in pairs
            else row
            for row in rows.mentees
        ],
        mentorships=[*pairings, *begun],
    )


def orphaned(mentee: MenteeRow, on: date) -> MenteeRow:
    """A mentee whose open pairing ends on a day."""
    return mentee._replace(last_mentorship_end=latest((mentee.last_mentorship_end, on)))


def _gone_to(row: SpellRowT, ward: str) -> SpellRowT:
    return row._replace(ward=ward)


def _away(row: SpellRowT, away: tuple[date, date]) -> SpellRowT:
    return row._replace(pauses=tuple(sorted((*row.pauses, away))))


def _ended(pairing: MentorshipRow, on: date) -> MentorshipRow:
    return pairing._replace(ended_on=on, is_completion=False)


def _still_compared(rows: NetworkRows, on: date) -> list[AlikeRow]:
    roles = {
        (row.person, row.ward)
        for spells in (rows.posts, rows.mentors, rows.mentees)
        for row in spells
        if is_open(row, on)
    }
    return [
        row
        for row in rows.alike
        if (row.earlier, row.earlier_ward) in roles and (row.later, row.later_ward) in roles
    ]
