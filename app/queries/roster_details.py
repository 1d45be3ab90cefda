"""What is recorded of known people beside their own fields, for a file to be compared with."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.access.scope import WardScope
from app.queries.people import is_known
from app.queries.value_lists import is_one_of
from models import Language, Mentor, Person, PersonGroup, PersonLanguage, TargetGroup, db


class KnownDetails(NamedTuple):
    """A person's note, and the labels of groups and languages in the office's order."""

    note: str | None = None
    groups: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


def list_known_details(scope: WardScope, person_ids: Collection[int]) -> dict[int, KnownDetails]:
    """Return by person of the scope what is recorded; who has nothing of it is not there."""
    wanted = is_one_of(Person.__table__.c.id, person_ids), is_known(scope)
    notes = select(Person.id, Person.note).where(*wanted, Person.note.is_not(None))
    groups = (
        select(Person.id, TargetGroup.label)
        .join(PersonGroup, PersonGroup.person_id == Person.id)
        .join(TargetGroup, TargetGroup.id == PersonGroup.target_group_id)
        .where(*wanted)
        .order_by(TargetGroup.position, TargetGroup.id)
    )
    languages = (
        select(Person.id, Language.label)
        .join(PersonLanguage, PersonLanguage.person_id == Person.id)
        .join(Language, Language.id == PersonLanguage.language_id)
        .where(*wanted)
        .order_by(Language.position, Language.id)
    )
    told: defaultdict[int, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for place, statement in enumerate((groups, languages)):
        for person_id, label in db.session.execute(statement):
            told[person_id][place].append(label)
    noted: dict[int, str | None] = dict(db.session.execute(notes).all())
    return {
        person_id: KnownDetails(noted.get(person_id), *map(tuple, told[person_id]))
        for person_id in {*noted, *told}
    }


def load_open_mentors(scope: WardScope, person_ids: Collection[int]) -> list[Mentor]:
    """Return the open mentor roles of these people in the scope, for writing."""
    statement = (
        select(Mentor)
        .where(
            is_one_of(Mentor.__table__.c.person_id, person_ids),
            Mentor.ended_on.is_(None),
            scope.limit(Mentor.ward_id),
        )
        .options(selectinload(Mentor.capacities))
        .order_by(Mentor.id)
    )
    return list(db.session.scalars(statement))
