"""Who may hold an activity of a ward, and who may be named as having taken part."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import or_, select

from app.access.scope import WardScope
from app.queries.catalogues_for_forms import Choice
from models import Mentee, Mentor, Person, SupportPost, db

# Activities are entered late: who left within this time may still be named.
LATELY = timedelta(days=92)


def list_hosts(scope: WardScope, ward_id: int, day: date) -> list[Choice]:
    """Return the mentor spells of a ward that are open, or were lately, by name."""
    statement = (
        select(Mentor.id, Person.full_name)
        .join(Person, Person.id == Mentor.person_id)
        .where(
            Mentor.ward_id == ward_id,
            scope.limit(Mentor.ward_id),
            Mentor.started_on <= day + LATELY,
            or_(Mentor.ended_on.is_(None), Mentor.ended_on > day - LATELY),
        )
        .order_by(Person.sort_key, Mentor.id)
    )
    return [Choice(*row) for row in db.session.execute(statement)]


def list_takers(scope: WardScope, ward_id: int, day: date) -> list[Choice]:
    """Return the people who learn in a ward, or did lately, by name."""
    statement = (
        select(Person.id, Person.full_name)
        .join(Mentee, Mentee.person_id == Person.id)
        .where(
            Mentee.ward_id == ward_id,
            scope.limit(Mentee.ward_id),
            Mentee.started_on <= day,
            or_(Mentee.ended_on.is_(None), Mentee.ended_on > day - LATELY),
        )
        .group_by(Person.id, Person.full_name, Person.sort_key)
        .order_by(Person.sort_key, Person.id)
    )
    return [Choice(*row) for row in db.session.execute(statement)]


def find_mentors_on(
    scope: WardScope, ward_id: int, mentor_ids: Collection[int], day: date
) -> set[int]:
    """Return which mentor spells are of a ward and open on a day."""
    statement = select(Mentor.id).where(
        Mentor.id.in_(mentor_ids),
        Mentor.ward_id == ward_id,
        scope.limit(Mentor.ward_id),
        Mentor.is_open_on(day),
    )
    return set(db.session.scalars(statement))


def known_in_ward(scope: WardScope, ward_id: int, person_ids: Collection[int]) -> set[int]:
    """Return which people have, or had, a role in a ward of the scope."""
    statements = [
        select(spell.person_id).where(
            spell.person_id.in_(person_ids), spell.ward_id == ward_id, scope.limit(spell.ward_id)
        )
        for spell in (Mentor, Mentee, SupportPost)
    ]
    return {person_id for one in statements for person_id in db.session.scalars(one)}
