"""What a part of the change log means for the network that is kept: which rows to read anew.

Rows are looked up whether they were deleted or not: what is gone has to be taken away.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from app.access.scope import WardScope
from app.queries.change_feed import LoggedChange
from app.queries.footprints import ward_rows
from app.queries.kept_notices import notice_changes
from app.queries.network import people_rows
from app.queries.selection import want_rows
from app.queries.tables import (
    ATTENDANCES,
    CAPACITIES,
    CONTACTS,
    DUTY_TURNS,
    HANDOFFS,
    HELP_SESSIONS,
    MENTEES,
    MENTORS,
    MENTORSHIPS,
    PAUSES,
    PERSON_LANGUAGES,
    POSTS,
    chain_of,
)
from graphs.live import RowChanges
from models import ChangedValue, db

UPDATED = "updated"
SERVICES = {
    "contacts": CONTACTS,
    "duty_turns": DUTY_TURNS,
    "handoffs": HANDOFFS,
    "help_sessions": HELP_SESSIONS,
}
# What the rows of the network are made of, and is followed change by change.
FOLLOWED_KINDS = frozenset(
    {
        "attendances",
        "confirmed_sessions",
        "contacts",
        "distinct_people",
        "duty_turns",
        "handoffs",
        "help_sessions",
        "mentees",
        "mentor_capacities",
        "mentors",
        "mentorships",
        "pauses",
        "person_languages",
        "persons",
        "support_posts",
    }
)
# Rare, and every ward may depend on it.
REBUILDING_KINDS = frozenset({"end_reasons", "settings"})
# Where a row belongs. None of these changes in a row's life, or the place it left had to be known.
PLACES = frozenset(
    {
        "contact_id",
        "mentee_id",
        "mentee_ward_id",
        "mentor_id",
        "mentor_ward_id",
        "mentorship_id",
        "origin_id",
        "person_id",
        "ward_id",
    }
)


@dataclass(slots=True)
class TouchedRows:
    """Ids of rows to read anew, or of rows that are gone; chains by their first link."""

    wards: set[int] = field(default_factory=set)
    posts: set[int] = field(default_factory=set)
    mentors: set[int] = field(default_factory=set)
    mentees: set[int] = field(default_factory=set)
    mentorships: set[int] = field(default_factory=set)
    mentee_chains: set[int] = field(default_factory=set)
    mentorship_chains: set[int] = field(default_factory=set)


def asks_for_rebuild(scope: WardScope, changes: Iterable[LoggedChange]) -> bool:
    """Say whether the network cannot follow the changes row by row."""
    del scope  # the network that is kept is that of all wards
    if any(change.kind in REBUILDING_KINDS for change in changes):
        return True
    updated = [
        change for change in changes if change.action == UPDATED and change.kind in FOLLOWED_KINDS
    ]
    if not updated:
        return False
    of_pauses = [change.id for change in updated if change.kind == "pauses"]
    has_moved = or_(
        ChangedValue.field.in_(PLACES),
        and_(ChangedValue.field == "support_post_id", ChangedValue.change_id.in_(of_pauses)),
    )
    of_rows = ChangedValue.change_id.in_([change.id for change in updated])
    return db.session.scalar(select(ChangedValue.id).where(of_rows, has_moved).limit(1)) is not None


def row_changes(
    scope: WardScope,
    changes: Collection[LoggedChange],
    day: date,
    codes: Mapping[int, str],
    *,
    default_capacity: int,
) -> RowChanges:
    """Return the rows that the changes touched as they are now, as of a day, and which are gone.

    For the network of all wards, whose `codes` are given by id; read by the same statements as the
    whole of it.
    """
    touched = touched_rows(scope, changes)
    wards, desk = ward_rows(WardScope.of(touched.wards), day) if touched.wards else ([], [])
    wanted = want_rows(
        day,
        posts=touched.posts,
        mentors=touched.mentors,
        mentee_chains=touched.mentee_chains,
        mentorship_chains=touched.mentorship_chains,
    )
    people = people_rows(wanted, codes, default_capacity=default_capacity)
    return RowChanges(
        wards=wards,
        desk=desk,
        **people._asdict(),
        **notice_changes(scope, changes, day, codes)._asdict(),
        gone_posts=touched.posts - {post.id for post in people.posts},
        gone_mentors=touched.mentors - {mentor.id for mentor in people.mentors},
        gone_mentees=touched.mentees - {mentee.id for mentee in people.mentees},
        gone_mentorships=touched.mentorships - {pair.id for pair in people.mentorships},
    )


def touched_rows(scope: WardScope, changes: Iterable[LoggedChange]) -> TouchedRows:
    """Find the rows of the network in which the changes can show."""
    del scope  # the network that is kept is that of all wards
    changed: defaultdict[str, set[int]] = defaultdict(set)
    for change in changes:
        changed[change.kind].add(change.object_id)
    touched = TouchedRows(
        posts=changed["support_posts"],
        mentors=changed["mentors"],
        mentees=changed["mentees"],
        mentorships=changed["mentorships"],
    )
    _touch_spells(touched, changed)
    _touch_desks(touched, changed)
    _touch_pairings(touched, changed)
    _touch_chains(touched)
    _touch_wards(touched)
    return touched


def _touch_spells(touched: TouchedRows, changed: Mapping[str, set[int]]) -> None:
    """Take in the spells that name a changed person, and those with changed pauses or capacity."""
    spells = (POSTS, touched.posts), (MENTORS, touched.mentors), (MENTEES, touched.mentees)
    for table, ids in spells:
        for (spell_id,) in _rows(table.c.id, where=table.c.person_id, ids=changed["persons"]):
            ids.add(spell_id)
    links = PAUSES.c.support_post_id, PAUSES.c.mentor_id, PAUSES.c.mentee_id
    for pause in _rows(*links, where=PAUSES.c.id, ids=changed["pauses"]):
        for (_, ids), spell_id in zip(spells, pause, strict=True):
            ids.update(() if spell_id is None else (spell_id,))
    capacities = changed["mentor_capacities"]
    for (mentor_id,) in _rows(CAPACITIES.c.mentor_id, where=CAPACITIES.c.id, ids=capacities):
        touched.mentors.add(mentor_id)


def _touch_desks(touched: TouchedRows, changed: Mapping[str, set[int]]) -> None:
    for kind, table in SERVICES.items():
        for (ward_id,) in _rows(table.c.ward_id, where=table.c.id, ids=changed[kind]):
            touched.wards.add(ward_id)
    handed_on = _rows(HANDOFFS.c.mentee_id, where=HANDOFFS.c.id, ids=changed["handoffs"])
    touched.mentees.update(mentee_id for (mentee_id,) in handed_on)


def _touch_pairings(touched: TouchedRows, changed: Mapping[str, set[int]]) -> None:
    """Take in what changed pairings say of their mentees, and contacts and mentees of pairings.

    Pairings of people with changed languages are pairings of their spells.
    """
    people = _rows(
        PERSON_LANGUAGES.c.person_id,
        where=PERSON_LANGUAGES.c.id,
        ids=changed["person_languages"],
    )
    touched.mentorships.update(_pairings_of_people({person_id for (person_id,) in people}))
    told = MENTORSHIPS.c.mentee_id, MENTORSHIPS.c.mentor_ward_id
    for mentee_id, ward_id in _rows(*told, where=MENTORSHIPS.c.id, ids=touched.mentorships):
        touched.mentees.add(mentee_id)
        touched.wards.add(ward_id)
    of_mentees = _rows(MENTORSHIPS.c.id, where=MENTORSHIPS.c.mentee_id, ids=touched.mentees)
    met = ATTENDANCES.c.mentorship_id
    of_contacts = _rows(met, where=ATTENDANCES.c.contact_id, ids=changed["contacts"])
    attended = _rows(met, where=ATTENDANCES.c.id, ids=changed["attendances"])
    for (pair_id,) in (*of_mentees, *of_contacts, *attended):
        touched.mentorships.add(pair_id)


def _pairings_of_people(people: Collection[int]) -> Iterator[int]:
    """Yield the pairings in which these people teach or learn, by their own records."""
    for spells, link in ((MENTORS, MENTORSHIPS.c.mentor_id), (MENTEES, MENTORSHIPS.c.mentee_id)):
        rows = _rows(spells.c.id, where=spells.c.person_id, ids=people)
        pairs = _rows(MENTORSHIPS.c.id, where=link, ids=[spell_id for (spell_id,) in rows])
        yield from (pair_id for (pair_id,) in pairs)


def _touch_chains(touched: TouchedRows) -> None:
    """Take in every link of a chain: clocks, pauses and contacts run on along it."""
    for table, ids, chains in (
        (MENTEES, touched.mentees, touched.mentee_chains),
        (MENTORSHIPS, touched.mentorships, touched.mentorship_chains),
    ):
        chains.update(chain for (chain,) in _rows(chain_of(table), where=table.c.id, ids=ids))
        ids.update(chains)
        ids.update(link for (link,) in _rows(table.c.id, where=table.c.origin_id, ids=chains))


def _touch_wards(touched: TouchedRows) -> None:
    """Take in the wards of all spells: an entry or a first day may be new there, or gone."""
    for table, ids in (
        (POSTS, touched.posts),
        (MENTORS, touched.mentors),
        (MENTEES, touched.mentees),
    ):
        for (ward_id,) in _rows(table.c.ward_id, where=table.c.id, ids=ids):
            touched.wards.add(ward_id)


def _rows(
    *columns: ColumnElement[Any], where: ColumnElement[int], ids: Collection[int]
) -> Sequence[Any]:
    if not ids:
        return ()
    return db.session.execute(select(*columns).where(where.in_(sorted(ids)))).all()
