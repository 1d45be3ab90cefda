"""Which rows of the network are read: those of a scope, or those that changes have touched.

Selections are made once, with places for days and ids: building a statement anew takes longer than
running it for one ward.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    FromClause,
    Select,
    and_,
    bindparam,
    or_,
    select,
    true,
)

from app.access.scope import WardScope
from app.queries.tables import MENTEES, MENTORS, MENTORSHIPS, POSTS, chain_of, living, open_on

DAY = bindparam("day", type_=Date())


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """A condition on each table; equal to itself alone, so that statements can be kept by it.

    `mentee_chains` and `mentorship_chains` take in all links of the chains of selected rows. Where
    `is_everything`, no condition keeps any row out.
    """

    is_everything: bool
    posts: ColumnElement[bool]
    mentors: ColumnElement[bool]
    mentees: ColumnElement[bool]
    mentee_chains: ColumnElement[bool]
    mentorships: ColumnElement[bool]
    mentorship_chains: ColumnElement[bool]


class Wanted(NamedTuple):
    """A selection as of a day, and the values for its places."""

    selection: Selection
    values: dict[str, Any]

    def has(self, place: str) -> bool:
        """Say whether any row can be meant: not where the ids for a place are none."""
        return bool(self.values.get(place, True))


def want_scope(scope: WardScope, day: date) -> Wanted:
    """Want what the audit of the scope's wards needs to know as of a day.

    Mentees of other wards come along when a mentor of the scope teaches them, and pairings of the
    scope's mentees with mentors from elsewhere. docs/definitions.md says why.
    """
    if scope.ward_ids is None:
        return Wanted(EVERYTHING, {"day": day})
    return Wanted(OF_WARDS, {"day": day, "ward_ids": sorted(scope.ward_ids)})


def want_rows(
    day: date,
    *,
    posts: Collection[int],
    mentors: Collection[int],
    mentee_chains: Collection[int],
    mentorship_chains: Collection[int],
) -> Wanted:
    """Want rows by their ids, and whole chains by the ids of their first links."""
    return Wanted(
        OF_IDS,
        {
            "day": day,
            "posts": sorted(posts),
            "mentors": sorted(mentors),
            "mentee_chains": sorted(mentee_chains),
            "mentorship_chains": sorted(mentorship_chains),
        },
    )


def _ids(place: str) -> BindParameter[Any]:
    return bindparam(place, expanding=True)


def _in_chains(spells: FromClause, chains: Select[int] | BindParameter[Any]) -> ColumnElement[bool]:
    # The two columns apart, since each of them has an index and their coalescence has none.
    return or_(spells.c.id.in_(chains), spells.c.origin_id.in_(chains))


def _of_wards() -> Selection:
    teaches = MENTORSHIPS.c.mentor_ward_id.in_(_ids("ward_ids"))
    learns = MENTORSHIPS.c.mentee_ward_id.in_(_ids("ward_ids"))
    taught = select(MENTORSHIPS.c.mentee_id).where(
        living(MENTORSHIPS), teaches, open_on(MENTORSHIPS, DAY)
    )
    mentees = or_(MENTEES.c.ward_id.in_(_ids("ward_ids")), MENTEES.c.id.in_(taught))
    mentee_ids = select(chain_of(MENTEES)).where(living(MENTEES), open_on(MENTEES, DAY), mentees)
    pairing_ids = select(chain_of(MENTORSHIPS)).where(living(MENTORSHIPS), or_(teaches, learns))
    return Selection(
        is_everything=False,
        posts=POSTS.c.ward_id.in_(_ids("ward_ids")),
        mentors=MENTORS.c.ward_id.in_(_ids("ward_ids")),
        mentees=mentees,
        mentee_chains=_in_chains(MENTEES, mentee_ids),
        mentorships=or_(teaches, and_(learns, open_on(MENTORSHIPS, DAY))),
        mentorship_chains=_in_chains(MENTORSHIPS, pairing_ids),
    )


def _of_ids() -> Selection:
    mentees = _in_chains(MENTEES, _ids("mentee_chains"))
    mentorships = _in_chains(MENTORSHIPS, _ids("mentorship_chains"))
    return Selection(
        is_everything=False,
        posts=POSTS.c.id.in_(_ids("posts")),
        mentors=MENTORS.c.id.in_(_ids("mentors")),
        mentees=mentees,
        mentee_chains=mentees,
        mentorships=mentorships,
        mentorship_chains=mentorships,
    )


EVERYTHING = Selection(
    is_everything=True,
    posts=true(),
    mentors=true(),
    mentees=true(),
    mentee_chains=true(),
    mentorships=true(),
    mentorship_chains=true(),
)
OF_WARDS, OF_IDS = _of_wards(), _of_ids()
