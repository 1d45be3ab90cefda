"""The people of one ward and those elsewhere who are paired with them, with names, as of a day."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from app.access.scope import WardScope
from models import Mentee, Mentor, Mentorship, Person, SupportPost, Ward, db
from models.enums import PersonRole

SPELLS = (
    (PersonRole.SUPPORT_POST, SupportPost),
    (PersonRole.MENTOR, Mentor),
    (PersonRole.MENTEE, Mentee),
)


class NamedSpell(NamedTuple):
    """A spell of the ward, and who it is."""

    role: PersonRole
    id: int
    full_name: str


class PairElsewhere(NamedTuple):
    """An open pairing with somebody of another ward: that ward's place, and that person's name."""

    id: int
    mentor_id: int
    mentee_id: int
    is_mentor_here: bool
    other_name: str
    ward_id: int
    ward_code: str
    ward_name: str
    ward_latitude: float
    ward_longitude: float


def name_ward_people(scope: WardScope, ward_id: int, day: date) -> list[NamedSpell]:
    """Return who has an open spell in a ward of the scope; one statement."""
    scope.require(ward_id)
    statement = union_all(
        *(
            select(literal(role.value), spell.id, Person.full_name)
            .join(Person, Person.id == spell.person_id)
            .where(spell.ward_id == ward_id, scope.limit(spell.ward_id), spell.is_open_on(day))
            for role, spell in SPELLS
        )
    )
    return [
        NamedSpell(PersonRole(role), spell_id, name)
        for role, spell_id, name in db.session.execute(statement)
    ]


def list_pairs_elsewhere(scope: WardScope, ward_id: int, day: date) -> Iterator[PairElsewhere]:
    """Yield the ward's open pairings with people of other wards, in order of id; one statement.

    Of the others only name and ward are told: what both wards of a pair may know.
    """
    scope.require(ward_id)
    teacher, learner = aliased(Person), aliased(Person)
    is_mentor_here = Mentorship.mentor_ward_id == ward_id
    statement = (
        select(
            Mentorship.id,
            Mentorship.mentor_id,
            Mentorship.mentee_id,
            Mentorship.mentor_ward_id,
            teacher.full_name,
            learner.full_name,
            Ward.id,
            Ward.code,
            Ward.name,
            Ward.latitude,
            Ward.longitude,
        )
        .join(Mentor, Mentor.id == Mentorship.mentor_id)
        .join(teacher, teacher.id == Mentor.person_id)
        .join(Mentee, Mentee.id == Mentorship.mentee_id)
        .join(learner, learner.id == Mentee.person_id)
        .join(
            Ward,
            or_(
                and_(is_mentor_here, Ward.id == Mentorship.mentee_ward_id),
                and_(Mentorship.mentee_ward_id == ward_id, Ward.id == Mentorship.mentor_ward_id),
            ),
        )
        .where(
            Mentorship.mentor_ward_id != Mentorship.mentee_ward_id,
            or_(is_mentor_here, Mentorship.mentee_ward_id == ward_id),
            or_(scope.limit(Mentorship.mentor_ward_id), scope.limit(Mentorship.mentee_ward_id)),
            Mentorship.is_open_on(day),
        )
        .order_by(Mentorship.id)
    )
    for pair_id, mentor, mentee, mentor_ward, teaches, learns, *ward in db.session.execute(
        statement
    ):
        is_here = mentor_ward == ward_id
        yield PairElsewhere(pair_id, mentor, mentee, is_here, learns if is_here else teaches, *ward)
