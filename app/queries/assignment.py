"""Who may be paired with whom: the rows of an assignment plan, and the plan of a day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, select, union

from app.access.scope import WardScope
from app.queries.network import network_rows
from app.queries.settings import get_settings
from app.queries.subjects import PersonName, name_mentors
from app.queries.tables import (
    CANONICAL_ID,
    MENTEES,
    MENTORS,
    PERSON_LANGUAGES,
    PERSONS,
    living,
    many_rows,
)
from graphs.network import Network, build_network
from graphs.planning.assignment import AssignmentPlan, checked_plan
from graphs.planning.rows import (
    PlanMentee,
    PlanMentor,
    PlanRows,
    PlanWard,
    Reach,
    languages_by_person,
)
from graphs.rows import MenteeRow, NetworkRows, Thresholds
from graphs.standing import (
    MentorStanding,
    WardStanding,
    counts_towards_floor,
    mentor_standing,
    ward_standings,
)
from graphs.timeline import is_open

NO_LANGUAGES = frozenset[int]()


class Assignment(NamedTuple):
    """A plan as of a day, what it was made for, and the names of wards and mentors in it."""

    as_of: date
    reach: Reach
    floor: int
    plan: AssignmentPlan
    wards: Mapping[str, str]
    mentors: Mapping[int, PersonName]


class _Traits(NamedTuple):
    """What speaks for a pair or against it, by person."""

    languages: Mapping[int, frozenset[int]]
    hamlets: Mapping[int, int]


def assign_for(scope: WardScope, day: date, reach: Reach) -> Assignment:
    """Plan who is paired with whom among the mentors and mentees of the scope's wards.

    The plan was looked at again, rule by rule, before it is returned.
    """
    return assignment_of(scope, plan_rows(scope, day), day, reach)


def assignment_of(scope: WardScope, rows: PlanRows, day: date, reach: Reach) -> Assignment:
    """Plan who is paired with whom among people of the scope that were read before."""
    plan = checked_plan(rows, reach=reach)
    return Assignment(
        as_of=day,
        reach=reach,
        floor=rows.floor,
        plan=plan,
        wards={ward.code: ward.name for ward in rows.wards},
        mentors=name_mentors(scope, {move.to_mentor for move in plan.moves}),
    )


def plan_rows(scope: WardScope, day: date) -> PlanRows:
    """Return the people of the scope's wards whom a plan may pair, as of a day.

    These are mentors at work and mentees who are not away. A mentee whose mentor is away, or
    belongs to a ward beyond the scope, or who was paired on that very day, stays there and is no
    matter of the plan.
    """
    settings = get_settings(day)
    rows = network_rows(scope, day, default_capacity=settings.default_capacity)
    return plan_rows_of(scope, rows, day, settings.thresholds)


def plan_rows_of(
    scope: WardScope, rows: NetworkRows, day: date, thresholds: Thresholds
) -> PlanRows:
    """Return the people of `plan_rows` from rows of the scope's network, read or imagined."""
    network = build_network(rows, as_of=day)
    standings = ward_standings(network, thresholds)
    traits = _read_traits(scope)
    mentees = list(_mentees(network, standings, thresholds, traits))
    movable = {mentee.id for mentee in mentees}
    return PlanRows(
        wards=[
            PlanWard(row.code, row.name, row.latitude, row.longitude)
            for row in network.wards.values()
        ],
        borders=rows.borders,
        mentors=[
            _mentor(mentor, movable, network, thresholds, traits)
            for ward in standings
            for mentor in ward.working_mentors
        ],
        mentees=mentees,
        floor=thresholds.floor,
    )


def _mentees(
    network: Network, wards: Iterable[WardStanding], thresholds: Thresholds, traits: _Traits
) -> Iterator[PlanMentee]:
    wards = list(wards)
    working = [mentor for ward in wards for mentor in ward.working_mentors]
    # A pairing lasts at least a day: one that began on the day of the plan stays as it is.
    with_mentor = {
        pair.mentee: mentor.row.id
        for mentor in working
        for pair in mentor.mentorships
        if is_open(pair, network.as_of) and pair.started_on < network.as_of
    }
    counted_by = _counted_by(working, thresholds, network.as_of)
    for mentee in _present(network, wards):
        mentor = with_mentor.get(mentee.id)
        if mentor is not None or mentee.id not in network.paired:
            yield PlanMentee(
                mentee.id,
                mentee.ward,
                mentee.person,
                traits.languages.get(mentee.person, NO_LANGUAGES),
                traits.hamlets.get(mentee.person),
                mentor,
                frozenset(counted_by.get(mentee.person, ())),
            )


def _present(network: Network, wards: Iterable[WardStanding]) -> Iterator[MenteeRow]:
    """The mentees of the wards who are not away."""
    for ward in wards:
        yield from (row for row in ward.mentee_rows if row.id not in network.paused_mentees)


def _counted_by(
    mentors: Iterable[MentorStanding], thresholds: Thresholds, day: date
) -> Mapping[int, set[int]]:
    """By person, the mentors for whom somebody counts who is no longer with them."""
    counted = defaultdict[int, set[int]](set)
    for mentor in mentors:
        for pair in mentor.mentorships:
            is_over = not is_open(pair, day)
            if is_over and counts_towards_floor(pair, thresholds.floor_counts, day):
                counted[pair.person].add(mentor.row.id)
    return counted


def _mentor(
    mentor: MentorStanding,
    movable: set[int],
    network: Network,
    thresholds: Thresholds,
    traits: _Traits,
) -> PlanMentor:
    day = network.as_of
    staying = [
        pair for pair in mentor.mentorships if not (is_open(pair, day) and pair.mentee in movable)
    ]
    without = mentor_standing(mentor.row, staying, network.paused_mentees, thresholds, day)
    return PlanMentor(
        mentor.row.id,
        mentor.row.ward,
        mentor.row.person,
        mentor.row.capacity,
        without.guided,
        without.open_mentorships,
        traits.languages.get(mentor.row.person, NO_LANGUAGES),
        traits.hamlets.get(mentor.row.person),
    )


def _read_traits(scope: WardScope) -> _Traits:
    return _Traits(
        languages_by_person(many_rows(_languages_of(scope))),
        dict(many_rows(_hamlets_of(scope))),
    )


def _languages_of(scope: WardScope) -> Select[int, int]:
    return (
        select(CANONICAL_ID, PERSON_LANGUAGES.c.language_id)
        .join_from(PERSON_LANGUAGES, PERSONS, PERSONS.c.id == PERSON_LANGUAGES.c.person_id)
        .where(living(PERSON_LANGUAGES, PERSONS), PERSONS.c.id.in_(_people_of(scope)))
    )


def _hamlets_of(scope: WardScope) -> Select[int, int]:
    return select(PERSONS.c.id, PERSONS.c.hamlet_id).where(
        living(PERSONS), PERSONS.c.hamlet_id.is_not(None), PERSONS.c.id.in_(_people_of(scope))
    )


def _people_of(scope: WardScope) -> Select[int]:
    """Return the ids of people who were ever a mentor or mentee in the scope."""
    spells = union(
        *(
            select(table.c.person_id).where(scope.limit(table.c.ward_id))
            for table in (MENTORS, MENTEES)
        )
    ).subquery()
    return select(spells.c.person_id)
