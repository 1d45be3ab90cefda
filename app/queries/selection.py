"""Which rows of the network are read: those of a scope, or those that changes have touched."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, FromClause, Select, and_, or_, select, true

from app.access.scope import WardScope
from app.queries.tables import MENTEES, MENTORS, MENTORSHIPS, POSTS, chain_of, living, open_on


@dataclass(frozen=True, slots=True)
class Selection:
    """A condition on each table, None where no row is wanted.

    `mentee_chains` and `mentorship_chains` take in all links of the chains of selected rows. Where
    `is_everything`, no condition keeps any row out.
    """

    is_everything: bool
    posts: ColumnElement[bool] | None
    mentors: ColumnElement[bool] | None
    mentees: ColumnElement[bool] | None
    mentee_chains: ColumnElement[bool] | None
    mentorships: ColumnElement[bool] | None
    mentorship_chains: ColumnElement[bool] | None

    @property
    def is_empty(self) -> bool:
        """Whether no row is wanted at all."""
        conditions = self.posts, self.mentors, self.mentees, self.mentorships
        return all(condition is None for condition in conditions)


def select_scope(scope: WardScope, day: date) -> Selection:
    """Select what the audit of the scope's wards needs to know as of a day.

    Mentees of other wards come along when a mentor of the scope teaches them, and pairings of the
    scope's mentees with mentors from elsewhere. docs/definitions.md says why.
    """
    if scope.is_everywhere:
        return Selection(
            is_everything=True,
            posts=true(),
            mentors=true(),
            mentees=true(),
            mentee_chains=true(),
            mentorships=true(),
            mentorship_chains=true(),
        )
    teaches = scope.limit(MENTORSHIPS.c.mentor_ward_id)
    learns = scope.limit(MENTORSHIPS.c.mentee_ward_id)
    mentees = _mentees_of(scope, teaches, day)
    mentee_ids = select(chain_of(MENTEES)).where(living(MENTEES), open_on(MENTEES, day), mentees)
    pairing_ids = select(chain_of(MENTORSHIPS)).where(living(MENTORSHIPS), or_(teaches, learns))
    return Selection(
        is_everything=False,
        posts=scope.limit(POSTS.c.ward_id),
        mentors=scope.limit(MENTORS.c.ward_id),
        mentees=mentees,
        mentee_chains=_in_chains(MENTEES, mentee_ids),
        mentorships=or_(teaches, and_(learns, open_on(MENTORSHIPS, day))),
        mentorship_chains=_in_chains(MENTORSHIPS, pairing_ids),
    )


def select_rows(
    *,
    posts: Collection[int],
    mentors: Collection[int],
    mentee_chains: Collection[int],
    mentorship_chains: Collection[int],
) -> Selection:
    """Select rows by their ids, and whole chains by the ids of their first links."""
    mentees = _in_chains(MENTEES, mentee_chains) if mentee_chains else None
    mentorships = _in_chains(MENTORSHIPS, mentorship_chains) if mentorship_chains else None
    return Selection(
        is_everything=False,
        posts=POSTS.c.id.in_(posts) if posts else None,
        mentors=MENTORS.c.id.in_(mentors) if mentors else None,
        mentees=mentees,
        mentee_chains=mentees,
        mentorships=mentorships,
        mentorship_chains=mentorships,
    )


def _mentees_of(scope: WardScope, teaches: ColumnElement[bool], day: date) -> ColumnElement[bool]:
    taught = select(MENTORSHIPS.c.mentee_id).where(
        living(MENTORSHIPS), teaches, open_on(MENTORSHIPS, day)
    )
    return or_(scope.limit(MENTEES.c.ward_id), MENTEES.c.id.in_(taught))


def _in_chains(spells: FromClause, chains: Select[int] | Collection[int]) -> ColumnElement[bool]:
    # The two columns apart, since each of them has an index and their coalescence has none.
    return or_(spells.c.id.in_(chains), spells.c.origin_id.in_(chains))
