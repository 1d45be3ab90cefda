"""Who may be paired with whom: waiting mentees, mentors, and what speaks for a pair."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, func, select

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.settings import SiteSettings
from app.queries.standings import mentee_standings, mentor_standings
from app.queries.wards import list_bordering_ids
from graphs.standing import MenteeStanding, MentorStanding
from models import (
    Hamlet,
    Handoff,
    Language,
    Mentee,
    Mentor,
    Mentorship,
    Person,
    PersonLanguage,
    Ward,
    db,
)


class Facts(NamedTuple):
    """What tells people of one name apart, and what may speak for pairing two of them."""

    person_id: int
    full_name: str
    sort_key: str
    birth_year: int | None
    hamlet: str | None
    phone: str | None
    ward_id: int
    ward_name: str
    ended_on: date | None
    languages: tuple[str, ...]


class Match(NamedTuple):
    """What two people have in common: the labels of languages, and the hamlet."""

    languages: tuple[str, ...] = ()
    same_hamlet: bool = False


class MentorChoice(NamedTuple):
    """A mentor as a choice.

    `guided` counts as the floor does; `missing` is how many people the floor still asks for.
    """

    id: int
    person: Facts
    is_open: bool
    is_paused: bool
    open_mentorships: int
    capacity: int
    guided: int
    spare: int
    missing: int
    match: Match


class MenteeChoice(NamedTuple):
    """A mentee as a choice; `waiting_since` is None for somebody who does not wait."""

    id: int
    person: Facts
    waiting_since: date | None
    handed_on: date | None
    match: Match


def list_waiting_mentees(
    scope: WardScope, day: date, settings: SiteSettings, *, beside: Facts | None = None
) -> list[MenteeChoice]:
    """Return the mentees of the scope who wait for a mentor, the longest waiting first.

    Beside a mentor, those with a language or the hamlet in common come first.
    """
    is_paired = exists().where(Mentorship.mentee_id == Mentee.id, Mentorship.is_open_on(day))
    unpaired = select(Mentee.id).where(
        scope.limit(Mentee.ward_id), Mentee.is_open_on(day), ~is_paired
    )
    standings = mentee_standings(scope, unpaired, day, settings)
    ids = [mentee_id for mentee_id, mentee in standings.items() if mentee.waiting_since]
    facts = _facts(scope, Mentee, ids)
    handed_on = _handed_on(ids)
    choices = [
        MenteeChoice(
            id=mentee_id,
            person=facts[mentee_id],
            waiting_since=standings[mentee_id].waiting_since,
            handed_on=handed_on.get(mentee_id),
            match=_match(facts[mentee_id], beside),
        )
        for mentee_id in ids
    ]
    return sorted(choices, key=_by_match_and_waiting)


def list_mentor_choices(
    scope: WardScope, day: date, settings: SiteSettings, *, beside: Facts | None = None
) -> list[MentorChoice]:
    """Return the mentors of the scope who are open and not paused.

    Those with room come first, of these those below the floor, then who matches best, then who has
    most room.
    """
    chosen = select(Mentor.id).where(scope.limit(Mentor.ward_id), Mentor.is_open_on(day))
    standings = mentor_standings(scope, chosen, day, settings)
    working = [mentor for mentor in standings.values() if not mentor.is_paused]
    facts = _facts(scope, Mentor, [mentor.row.id for mentor in working])
    choices = [
        _mentor_choice(mentor.row.id, facts[mentor.row.id], mentor, settings.floor, beside)
        for mentor in working
    ]
    return sorted(choices, key=_by_room)


def list_bordering_mentors(
    scope: WardScope, ward_id: int, day: date, settings: SiteSettings, *, beside: Facts
) -> list[MentorChoice]:
    """Return the mentors with room in the wards of the scope that border a ward."""
    neighbours = [side for side in list_bordering_ids(scope, ward_id) if scope.includes(side)]
    if not neighbours:
        return []
    around = WardScope.of(neighbours, scope.account_id)
    choices = list_mentor_choices(around, day, settings, beside=beside)
    return [mentor for mentor in choices if mentor.spare]


def get_mentor_choice(
    scope: WardScope, mentor_id: int, day: date, settings: SiteSettings
) -> MentorChoice:
    """Return one mentor spell of the scope, open or not; 404 outside the scope."""
    facts = _facts(scope, Mentor, [mentor_id])
    if mentor_id not in facts:
        raise OutOfScopeError(Mentor, mentor_id)
    standing = mentor_standings(scope, [mentor_id], day, settings).get(mentor_id)
    return _mentor_choice(mentor_id, facts[mentor_id], standing, settings.floor, None)


def get_mentee_choice(
    scope: WardScope, mentee_id: int, day: date, settings: SiteSettings
) -> MenteeChoice:
    """Return one mentee spell of the scope, waiting or not; 404 outside the scope."""
    facts = _facts(scope, Mentee, [mentee_id])
    if mentee_id not in facts:
        raise OutOfScopeError(Mentee, mentee_id)
    standing = mentee_standings(scope, [mentee_id], day, settings).get(mentee_id)
    return MenteeChoice(
        id=mentee_id,
        person=facts[mentee_id],
        waiting_since=_waiting_since(standing),
        handed_on=_handed_on([mentee_id]).get(mentee_id),
        match=Match(),
    )


def _mentor_choice(
    mentor_id: int,
    person: Facts,
    standing: MentorStanding | None,
    floor: int,
    beside: Facts | None,
) -> MentorChoice:
    return MentorChoice(
        id=mentor_id,
        person=person,
        is_open=standing is not None,
        is_paused=standing is not None and standing.is_paused,
        open_mentorships=standing.open_mentorships if standing else 0,
        capacity=standing.row.capacity if standing else 0,
        guided=standing.guided if standing else 0,
        spare=standing.spare if standing else 0,
        missing=max(0, floor - standing.guided) if standing else 0,
        match=_match(person, beside),
    )


def _waiting_since(standing: MenteeStanding | None) -> date | None:
    return standing.waiting_since if standing else None


def _facts(
    scope: WardScope, spell: type[Mentor] | type[Mentee], ids: Collection[int]
) -> dict[int, Facts]:
    is_wanted: ColumnElement[bool] = spell.id.in_(ids)
    statement = (
        select(
            spell.id,
            Person.id,
            Person.full_name,
            Person.sort_key,
            Person.birth_year,
            Hamlet.name,
            Person.phone,
            spell.ward_id,
            Ward.name,
            spell.ended_on,
        )
        .join(Person, Person.id == spell.person_id)
        .join(Ward, Ward.id == spell.ward_id)
        .outerjoin(Hamlet, Hamlet.id == Person.hamlet_id)
        .where(scope.limit(spell.ward_id), is_wanted)
    )
    rows = db.session.execute(statement).all()
    languages = _languages({row[1] for row in rows})
    return {row[0]: Facts._make((*row[1:], languages.get(row[1], ()))) for row in rows}


def _languages(person_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    statement = (
        select(PersonLanguage.person_id, Language.label)
        .join(Language, Language.id == PersonLanguage.language_id)
        .where(PersonLanguage.person_id.in_(person_ids))
        .order_by(Language.position, Language.id)
    )
    labels: dict[int, tuple[str, ...]] = {}
    for person_id, label in db.session.execute(statement):
        labels[person_id] = (*labels.get(person_id, ()), label)
    return labels


def _handed_on(mentee_ids: Collection[int]) -> dict[int, date]:
    statement = (
        select(Handoff.mentee_id, func.max(Handoff.handed_on))
        .where(Handoff.mentee_id.in_(mentee_ids))
        .group_by(Handoff.mentee_id)
    )
    return dict(db.session.execute(statement).all())


def _match(person: Facts, other: Facts | None) -> Match:
    if other is None:
        return Match()
    is_near = person.hamlet is not None and person.hamlet == other.hamlet
    return Match(
        languages=tuple(label for label in person.languages if label in other.languages),
        same_hamlet=is_near and person.ward_id == other.ward_id,
    )


def _match_rank(match: Match) -> tuple[int, bool]:
    return -len(match.languages), not match.same_hamlet


def _by_match_and_waiting(mentee: MenteeChoice) -> tuple[object, ...]:
    since = mentee.waiting_since or date.max
    return (*_match_rank(mentee.match), since, mentee.person.sort_key, mentee.id)


def _by_room(mentor: MentorChoice) -> tuple[object, ...]:
    return (
        mentor.spare == 0,
        mentor.missing == 0,
        *_match_rank(mentor.match),
        -mentor.spare,
        mentor.person.sort_key,
        mentor.id,
    )
