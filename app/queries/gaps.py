"""What lies between the two people of a mentorship: wards apart, and no language in common.

Languages are those recorded of the person who has the role.
"""

from functools import cache

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    FromClause,
    ScalarSelect,
    Select,
    case,
    exists,
    select,
    union,
)

from app.queries.footprints import STILL_EXISTS
from app.queries.selection import DAY, Selection, Wanted
from app.queries.tables import (
    LANGUAGES,
    MENTEES,
    MENTORS,
    MENTORSHIPS,
    PERSON_LANGUAGES,
    WARDS,
    living,
    many_rows,
    open_on,
)
from graphs.rows import PlaceRow

ELSEWHERE = case(
    (MENTORSHIPS.c.mentor_ward_id != MENTORSHIPS.c.mentee_ward_id, MENTORSHIPS.c.mentee_ward_id)
)
"""The id of the mentee's ward where it is not the mentor's."""


def ward_places(wanted: Wanted) -> dict[int, PlaceRow]:
    """Return where each ward is that still exists on the day, wanted or not, by id."""
    rows = many_rows(_place_statement(), {"day": wanted.values["day"]})
    return {ward_id: PlaceRow(*place) for ward_id, *place in rows}


def pairs_without_language(wanted: Wanted) -> set[int]:
    """Return the wanted mentorships, open on the day, of two people who cannot talk.

    The languages of both are recorded, and they have none in common.
    """
    statement = _without_language(wanted.selection)
    return {pair_id for (pair_id,) in many_rows(statement, wanted.values)}


@cache
def _place_statement() -> Select[int, str, float, float]:
    columns = WARDS.c.id, WARDS.c.code, WARDS.c.latitude, WARDS.c.longitude
    return select(*columns).where(STILL_EXISTS)


@cache
def _without_language(selection: Selection) -> Select[int]:
    statement = (
        _pairs()
        .where(selection.mentorships)
        .where(_has_language(MENTORS), _has_language(MENTEES), ~_have_language_in_common())
    )
    if selection.is_everything:
        return statement.where(MENTORSHIPS.c.id.in_(_pairs_without_main_language()))
    return statement


def _pairs() -> Select[int]:
    return (
        select(MENTORSHIPS.c.id)
        .join_from(MENTORSHIPS, MENTORS, MENTORS.c.id == MENTORSHIPS.c.mentor_id)
        .join(MENTEES, MENTEES.c.id == MENTORSHIPS.c.mentee_id)
        .where(living(MENTORSHIPS, MENTORS, MENTEES), open_on(MENTORSHIPS, DAY))
    )


def _has_language(spells: FromClause) -> ColumnElement[bool]:
    spoken = PERSON_LANGUAGES.alias()
    return exists().where(spoken.c.person_id == spells.c.person_id, living(spoken))


def _have_language_in_common() -> ColumnElement[bool]:
    taught, learned = PERSON_LANGUAGES.alias(), PERSON_LANGUAGES.alias()
    return exists().where(
        taught.c.person_id == MENTORS.c.person_id,
        learned.c.person_id == MENTEES.c.person_id,
        learned.c.language_id == taught.c.language_id,
        living(taught, learned),
    )


def _pairs_without_main_language() -> CompoundSelect[int]:
    """Return the pairs of whom one does not speak the first language of the list.

    Nobody else can lack a common language, and they are few: most people speak Vietnamese.
    """
    # By IN, for SQLite to begin with these people: it begins a join with all mentorships.
    others = select(_speakers_of_others_alone().c.person_id)
    return union(*(_pairs().where(spells.c.person_id.in_(others)) for spells in (MENTEES, MENTORS)))


def _speakers_of_others_alone() -> CTE:
    other, main = PERSON_LANGUAGES.alias(), PERSON_LANGUAGES.alias()
    speaks_main = exists().where(
        main.c.person_id == other.c.person_id, main.c.language_id == _main_language(), living(main)
    )
    return (
        select(other.c.person_id)
        .where(other.c.language_id != _main_language(), living(other), ~speaks_main)
        .distinct()
        .cte("speakers_of_others_alone")
    )


def _main_language() -> ScalarSelect[int]:
    first = select(LANGUAGES.c.id).order_by(LANGUAGES.c.position, LANGUAGES.c.id).limit(1)
    return first.scalar_subquery()
