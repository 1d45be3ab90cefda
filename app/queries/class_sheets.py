"""Who may stand on the sign-in sheet of a class: the people of a ward who learn now."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from app.access.scope import WardScope
from models import Hamlet, Mentee, Person, db


class Learner(NamedTuple):
    """A mentee as a sign-in sheet names them: without phone."""

    id: int
    full_name: str
    birth_year: int | None
    hamlet: str | None


def list_learners(scope: WardScope, day: date) -> list[Learner]:
    """Return the mentees of the scope whose spell is open on a day, by given name."""
    statement = (
        select(Mentee.id, Person.full_name, Person.birth_year, Hamlet.name)
        .join(Person, Person.id == Mentee.person_id)
        .outerjoin(Hamlet, Hamlet.id == Person.hamlet_id)
        .where(scope.limit(Mentee.ward_id), Mentee.is_open_on(day))
        .order_by(Person.sort_key, Mentee.id)
    )
    return [Learner._make(row) for row in db.session.execute(statement)]
