"""The rows that a network is built from, as of a day, read by a fixed number of statements."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from app import clock
from app.access.scope import WardScope
from app.queries.chains import (
    NEVER_PAIRED,
    handed_on_by_chain,
    last_contact_by_chain,
    mentee_chain,
    mentorship_chain,
    pairings_by_chain,
    pauses_by_spell,
    wanted_mentees,
)
from app.queries.footprints import Footprint, ward_footprints
from graphs.rows import (
    BorderRow,
    DeskRow,
    MenteeRow,
    MentorRow,
    MentorshipRow,
    NetworkRows,
    Pauses,
    PostRow,
    WardRow,
)
from models import (
    EndReason,
    Mentee,
    Mentor,
    MentorCapacity,
    Mentorship,
    Person,
    SupportPost,
    Ward,
    WardBorder,
    db,
)

WardCodes = Mapping[int, str]


def network_rows(scope: WardScope, day: date, *, default_capacity: int) -> NetworkRows:
    """Return what the audit of the scope's wards needs to know as of a day.

    Which rows those are stands in docs/definitions.md: spells and pairings begun by the day (ended
    ones too where they tell since when), entries made by the end of that day in Gia Lai, capacities
    in force on it. `default_capacity` is that of a mentor without one of their own. Rows of other
    wards come along where a pairing leads there.
    """
    wards = _wards(day)
    codes = {ward.id: ward.code for ward in wards}
    reported = [ward for ward in wards if scope.includes(ward.id)]
    footprints = ward_footprints(scope, day)
    pauses = pauses_by_spell(scope, day)
    return NetworkRows(
        wards=[_ward_row(ward, footprints.get(ward.id), day) for ward in reported],
        borders=_borders(scope),
        posts=list(_posts(scope, day, codes, pauses.posts)),
        mentors=list(_mentors(scope, day, codes, pauses.mentors, default_capacity)),
        mentees=list(_mentees(scope, day, codes, pauses.mentee_chains)),
        mentorships=list(_mentorships(scope, day)),
        desk=[
            DeskRow(ward.code, footprints[ward.id].sessions, footprints[ward.id].people)
            for ward in reported
            if ward.id in footprints
        ],
    )


class _Ward(NamedTuple):
    id: int
    code: str
    name: str
    latitude: float
    longitude: float


def _wards(day: date) -> list[_Ward]:
    """Return every ward that still exists on the day: rows may lead to wards outside the scope."""
    statement = (
        select(Ward.id, Ward.code, Ward.name, Ward.latitude, Ward.longitude)
        .where(or_(Ward.valid_to.is_(None), Ward.valid_to > day))
        .order_by(Ward.code)
    )
    return [_Ward(*row) for row in db.session.execute(statement)]


def _ward_row(ward: _Ward, footprint: Footprint | None, day: date) -> WardRow:
    seen = footprint or Footprint()
    return WardRow(
        code=ward.code,
        name=ward.name,
        latitude=ward.latitude,
        longitude=ward.longitude,
        has_data=seen.first_day is not None and seen.first_day <= day,
        last_entry_on=None if seen.entered_at is None else clock.local_date(seen.entered_at),
        last_desk_on=seen.last_desk_on,
    )


def _borders(scope: WardScope) -> list[BorderRow]:
    one, other = aliased(Ward), aliased(Ward)
    statement = (
        select(one.code, other.code, WardBorder.border_km)
        .join(one, one.id == WardBorder.ward_a_id)
        .join(other, other.id == WardBorder.ward_b_id)
        .where(or_(scope.limit(WardBorder.ward_a_id), scope.limit(WardBorder.ward_b_id)))
        .order_by(one.code, other.code)
    )
    return [BorderRow(*row) for row in db.session.execute(statement)]


def _posts(
    scope: WardScope, day: date, codes: WardCodes, pauses: Mapping[int, Pauses]
) -> Iterator[PostRow]:
    statement = (
        select(
            SupportPost.id,
            SupportPost.ward_id,
            Person.canonical_id,
            SupportPost.started_on,
            SupportPost.ended_on,
        )
        .join(Person, Person.id == SupportPost.person_id)
        .where(scope.limit(SupportPost.ward_id), SupportPost.started_on <= day)
        .order_by(SupportPost.id)
    )
    for row in db.session.execute(statement):
        post_id, ward_id, person, started_on, ended_on = row
        if ward_id in codes:
            rest = pauses.get(post_id, ())
            yield PostRow(post_id, codes[ward_id], person, started_on, ended_on, rest)


def _mentors(
    scope: WardScope,
    day: date,
    codes: WardCodes,
    pauses: Mapping[int, Pauses],
    default_capacity: int,
) -> Iterator[MentorRow]:
    capacities = _capacities(scope, day)
    statement = (
        select(
            Mentor.id,
            Mentor.ward_id,
            Person.canonical_id,
            Mentor.started_on,
            Mentor.ended_on,
        )
        .join(Person, Person.id == Mentor.person_id)
        .where(scope.limit(Mentor.ward_id), Mentor.started_on <= day)
        .order_by(Mentor.id)
    )
    for mentor_id, ward_id, person, started_on, ended_on in db.session.execute(statement):
        if ward_id in codes:
            yield MentorRow(
                id=mentor_id,
                ward=codes[ward_id],
                person=person,
                started_on=started_on,
                ended_on=ended_on,
                capacity=capacities.get(mentor_id, default_capacity),
                pauses=pauses.get(mentor_id, ()),
            )


def _capacities(scope: WardScope, day: date) -> dict[int, int]:
    """Return the capacity in force on the day for each mentor with one of their own."""
    statement = (
        select(MentorCapacity.mentor_id, MentorCapacity.capacity)
        .join(Mentor, Mentor.id == MentorCapacity.mentor_id)
        .where(scope.limit(Mentor.ward_id), MentorCapacity.effective_on <= day)
        .order_by(MentorCapacity.effective_on, MentorCapacity.id)
    )
    return dict(db.session.execute(statement).all())


def _mentees(
    scope: WardScope, day: date, codes: WardCodes, pauses: Mapping[int, Pauses]
) -> Iterator[MenteeRow]:
    handed_on = handed_on_by_chain(scope, day)
    pairings = pairings_by_chain(scope, day)
    origin = aliased(Mentee)
    statement = (
        select(
            Mentee.id,
            Mentee.ward_id,
            Person.canonical_id,
            Mentee.started_on,
            origin.started_on,
            Mentee.ended_on,
            mentee_chain(),
        )
        .join(Person, Person.id == Mentee.person_id)
        .outerjoin(origin, origin.id == Mentee.origin_id)
        .where(wanted_mentees(scope, day))
        .order_by(Mentee.id)
    )
    for row in db.session.execute(statement):
        mentee_id, ward_id, person, started_on, origin_started_on, ended_on, chain = row
        if ward_id in codes:
            history = pairings.get(chain, NEVER_PAIRED)
            yield MenteeRow(
                id=mentee_id,
                ward=codes[ward_id],
                person=person,
                started_on=started_on,
                clock_on=origin_started_on or started_on,
                ended_on=ended_on,
                pauses=pauses.get(chain, ()),
                handed_on_on=handed_on.get(chain),
                last_mentorship_start=history.last_start,
                last_mentorship_end=history.last_end,
            )


def _mentorships(scope: WardScope, day: date) -> Iterator[MentorshipRow]:
    """Yield those of the scope's mentors, and those of its mentees with mentors from elsewhere."""
    contacts = last_contact_by_chain(scope, day)
    origin = aliased(Mentorship)
    is_wanted = or_(
        scope.limit(Mentorship.mentor_ward_id),
        and_(scope.limit(Mentorship.mentee_ward_id), Mentorship.is_open_on(day)),
    )
    statement = (
        select(
            Mentorship.id,
            Mentorship.mentor_id,
            Mentorship.mentee_id,
            Person.canonical_id,
            Mentorship.started_on,
            origin.started_on,
            Mentorship.ended_on,
            EndReason.is_completion,
            mentorship_chain(),
        )
        .join(Mentee, Mentee.id == Mentorship.mentee_id)
        .join(Person, Person.id == Mentee.person_id)
        .outerjoin(origin, origin.id == Mentorship.origin_id)
        .outerjoin(EndReason, EndReason.id == Mentorship.end_reason_id)
        .where(is_wanted, Mentorship.started_on <= day)
        .order_by(Mentorship.id)
    )
    for row in db.session.execute(statement):
        pair_id, mentor, mentee, person, started_on, origin_started_on, ended_on, *rest = row
        is_completion, chain = rest
        yield MentorshipRow(
            id=pair_id,
            mentor=mentor,
            mentee=mentee,
            person=person,
            started_on=started_on,
            clock_on=origin_started_on or started_on,
            ended_on=ended_on,
            is_completion=bool(is_completion),
            last_contact_on=contacts.get(chain),
        )
