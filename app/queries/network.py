"""The rows that a network is built from, as of a day, read by a fixed number of statements."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, Select, and_, false, func, or_, select

from app.access.scope import WardScope
from app.garbage import without_collection
from app.queries.alike_people import alike_in_wards
from app.queries.chains import (
    NEVER_PAIRED,
    handed_on_by_chain,
    last_contact_by_chain,
    pairings_by_chain,
    pauses_by_spell,
)
from app.queries.entry_bursts import burst_entries
from app.queries.footprints import STILL_EXISTS, ward_rows
from app.queries.gaps import ELSEWHERE, pairs_without_language, ward_places
from app.queries.selection import DAY, Selection, Wanted, want_scope
from app.queries.tables import (
    CANONICAL_ID,
    CAPACITIES,
    END_REASONS,
    MENTEES,
    MENTORS,
    MENTORSHIPS,
    PERSONS,
    POSTS,
    WARD_BORDERS,
    WARDS,
    SharedNumbers,
    chain_of,
    living,
    many_rows,
    open_on,
    shared_date,
)
from graphs.rows import (
    BorderRow,
    Gap,
    MenteeRow,
    MentorRow,
    MentorshipRow,
    NetworkRows,
    Pauses,
    PostRow,
)

WardCodes = Mapping[int, str]
# Stands for a ward that was dissolved: it is not reported, but its mentees are guided from others.
DISSOLVED = ""


class PeopleRows(NamedTuple):
    """Those rows of a network that are about people."""

    posts: list[PostRow]
    mentors: list[MentorRow]
    mentees: list[MenteeRow]
    mentorships: list[MentorshipRow]

    @property
    def spells(self) -> list[PostRow | MentorRow | MenteeRow]:
        """The roles of people."""
        return [*self.posts, *self.mentors, *self.mentees]


def network_rows(scope: WardScope, day: date, *, default_capacity: int) -> NetworkRows:
    """Return what the audit of the scope's wards needs to know as of a day.

    Which rows those are stands in docs/definitions.md: spells and pairings begun by the day (ended
    ones too where they tell since when), entries made by the end of that day in Gia Lai, capacities
    in force on it. `default_capacity` is that of a mentor without one of their own. Rows of other
    wards come along where a pairing leads there.
    """
    codes = ward_codes(WardScope.everywhere(), day)
    wards, desk = ward_rows(scope, day)
    people = people_rows(want_scope(scope, day), codes, default_capacity=default_capacity)
    return NetworkRows(
        wards=wards,
        borders=list_borders(scope),
        desk=desk,
        alike=alike_in_wards(scope, {ward.code for ward in wards}, people.spells, day),
        entries=burst_entries(scope, day, codes),
        **people._asdict(),
    )


def ward_codes(scope: WardScope, day: date) -> dict[int, str]:
    """Return the code of each ward of the scope that still exists on a day, by id."""
    statement = (
        select(WARDS.c.id, WARDS.c.code)
        .where(scope.limit(WARDS.c.id), STILL_EXISTS)
        .order_by(WARDS.c.code)
    )
    return dict(many_rows(statement, {"day": day}))


def list_borders(scope: WardScope) -> list[BorderRow]:
    """Return the borders that a ward of the scope has, in order of the codes."""
    one, other = WARDS.alias(), WARDS.alias()
    touches = or_(scope.limit(WARD_BORDERS.c.ward_a_id), scope.limit(WARD_BORDERS.c.ward_b_id))
    statement = (
        select(one.c.code, other.c.code, WARD_BORDERS.c.border_km)
        .join_from(WARD_BORDERS, one, one.c.id == WARD_BORDERS.c.ward_a_id)
        .join(other, other.c.id == WARD_BORDERS.c.ward_b_id)
        .where(touches)
        .order_by(one.c.code, other.c.code)
    )
    return [BorderRow(*row) for row in many_rows(statement)]


def people_rows(wanted: Wanted, codes: WardCodes, *, default_capacity: int) -> PeopleRows:
    """Return the wanted rows about people; `codes` are those of all wards by id."""
    if not any(map(wanted.has, ("posts", "mentors", "mentee_chains", "mentorship_chains"))):
        return PeopleRows([], [], [], [])
    with without_collection():
        pauses = pauses_by_spell(wanted)
        shared = SharedNumbers()
        return PeopleRows(
            posts=_posts(wanted, codes, pauses.posts),
            mentors=_mentors(wanted, codes, pauses.mentors, default_capacity, shared),
            mentees=_mentees(wanted, codes, pauses.mentee_chains, shared),
            mentorships=_mentorships(wanted, shared),
        )


def _posts(wanted: Wanted, codes: WardCodes, pauses: Mapping[int, Pauses]) -> list[PostRow]:
    if not wanted.has("posts"):
        return []
    return [
        PostRow(post_id, codes[ward_id], person, started_on, ended_on, pauses.get(post_id, ()))
        for post_id, ward_id, person, started_on, ended_on in many_rows(
            _post_statement(wanted.selection), wanted.values
        )
        if ward_id in codes
    ]


def _mentors(
    wanted: Wanted,
    codes: WardCodes,
    pauses: Mapping[int, Pauses],
    default_capacity: int,
    shared: SharedNumbers,
) -> list[MentorRow]:
    if not wanted.has("mentors"):
        return []
    # The capacity in force on the day for each mentor with one of their own.
    capacities = dict(many_rows(_capacity_statement(wanted.selection), wanted.values))
    return [
        MentorRow(
            shared[mentor_id],
            codes[ward_id],
            shared[person],
            started_on,
            ended_on,
            capacities.get(mentor_id, default_capacity),
            pauses.get(mentor_id, ()),
        )
        for mentor_id, ward_id, person, started_on, ended_on in many_rows(
            _mentor_statement(wanted.selection), wanted.values
        )
        if ward_id in codes
    ]


def _mentees(
    wanted: Wanted, codes: WardCodes, pauses: Mapping[int, Pauses], shared: SharedNumbers
) -> list[MenteeRow]:
    if not wanted.has("mentee_chains"):
        return []
    handed_on = handed_on_by_chain(wanted)
    pairings = pairings_by_chain(wanted)
    return [
        MenteeRow(
            shared[mentee_id],
            codes.get(ward_id, DISSOLVED),
            shared[person],
            started_on,
            clock_on,
            ended_on,
            pauses.get(chain, ()),
            handed_on.get(chain),
            *(pairings.get(chain) or NEVER_PAIRED),
        )
        for mentee_id, ward_id, person, started_on, clock_on, ended_on, chain in many_rows(
            _mentee_statement(wanted.selection), wanted.values
        )
    ]


def _mentorships(wanted: Wanted, shared: SharedNumbers) -> list[MentorshipRow]:
    if not wanted.has("mentorship_chains"):
        return []
    contacts = last_contact_by_chain(wanted)
    speechless, places = pairs_without_language(wanted), ward_places(wanted)
    return [
        MentorshipRow(
            shared[pair_id], shared[mentor], shared[mentee], shared[person], started_on, clock_on,
            ended_on, is_completion, contacts.get(chain),
            Gap(places.get(elsewhere), pair_id in speechless)
            if elsewhere is not None or pair_id in speechless else None,
        )
        for pair_id, mentor, mentee, person, started_on, clock_on, ended_on, is_completion, chain,
        elsewhere in many_rows(_mentorship_statement(wanted.selection), wanted.values)
    ]  # fmt: skip


@cache
def _post_statement(selection: Selection) -> Select[*tuple[Any, ...]]:
    return (
        select(POSTS.c.id, POSTS.c.ward_id, CANONICAL_ID, *_span(POSTS))
        .join_from(POSTS, PERSONS, PERSONS.c.id == POSTS.c.person_id)
        .where(living(POSTS, PERSONS), selection.posts, POSTS.c.started_on <= DAY)
        .order_by(POSTS.c.id)
    )


@cache
def _mentor_statement(selection: Selection) -> Select[*tuple[Any, ...]]:
    return (
        select(MENTORS.c.id, MENTORS.c.ward_id, CANONICAL_ID, *_span(MENTORS))
        .join_from(MENTORS, PERSONS, PERSONS.c.id == MENTORS.c.person_id)
        .where(living(MENTORS, PERSONS), selection.mentors, MENTORS.c.started_on <= DAY)
        .order_by(MENTORS.c.id)
    )


@cache
def _capacity_statement(selection: Selection) -> Select[*tuple[Any, ...]]:
    return (
        select(CAPACITIES.c.mentor_id, CAPACITIES.c.capacity)
        .join_from(CAPACITIES, MENTORS, MENTORS.c.id == CAPACITIES.c.mentor_id)
        .where(living(CAPACITIES, MENTORS), selection.mentors, CAPACITIES.c.effective_on <= DAY)
        .order_by(CAPACITIES.c.effective_on, CAPACITIES.c.id)
    )


@cache
def _mentee_statement(selection: Selection) -> Select[*tuple[Any, ...]]:
    origin = MENTEES.alias()
    return (
        select(
            MENTEES.c.id,
            MENTEES.c.ward_id,
            CANONICAL_ID,
            *_chain_span(MENTEES, origin),
            chain_of(MENTEES),
        )
        .join_from(MENTEES, PERSONS, PERSONS.c.id == MENTEES.c.person_id)
        .outerjoin(origin, and_(origin.c.id == MENTEES.c.origin_id, living(origin)))
        .where(living(MENTEES, PERSONS), open_on(MENTEES, DAY), selection.mentees)
        .order_by(MENTEES.c.id)
    )


@cache
def _mentorship_statement(selection: Selection) -> Select[*tuple[Any, ...]]:
    origin = MENTORSHIPS.alias()
    return (
        select(
            MENTORSHIPS.c.id,
            MENTORSHIPS.c.mentor_id,
            MENTORSHIPS.c.mentee_id,
            CANONICAL_ID,
            *_chain_span(MENTORSHIPS, origin),
            func.coalesce(END_REASONS.c.is_completion, false()),
            chain_of(MENTORSHIPS),
            ELSEWHERE,
        )
        .join_from(MENTORSHIPS, MENTEES, MENTEES.c.id == MENTORSHIPS.c.mentee_id)
        .join(PERSONS, PERSONS.c.id == MENTEES.c.person_id)
        .outerjoin(origin, and_(origin.c.id == MENTORSHIPS.c.origin_id, living(origin)))
        .outerjoin(END_REASONS, END_REASONS.c.id == MENTORSHIPS.c.end_reason_id)
        .where(living(MENTORSHIPS, MENTEES, PERSONS), MENTORSHIPS.c.started_on <= DAY)
        .where(selection.mentorships)
        .order_by(MENTORSHIPS.c.id)
    )


def _span(spells: FromClause) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    return shared_date(spells.c.started_on), shared_date(spells.c.ended_on)


def _chain_span(spells: FromClause, origin: FromClause) -> tuple[ColumnElement[Any], ...]:
    """Return when a spell began, when the first one of its chain did, and when it ended."""
    begun_on, ended_on = _span(spells)
    clock_on = func.coalesce(origin.c.started_on, spells.c.started_on)
    return begun_on, shared_date(clock_on), ended_on
