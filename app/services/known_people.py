"""Decides whether typed details are somebody whom the ward knows. Nothing here commits."""

from app.access.scope import WardScope
from app.errors import LikelySamePersonError
from app.queries.people import Likeness, find_matches, get_person
from app.services.person_writing import PersonDetails, complete_person, make_person
from models import Person


def find_or_make_person(
    in_ward: WardScope,
    ward_id: int,
    details: PersonDetails,
    *,
    same_person_id: int | None = None,
    is_somebody_else: bool = False,
) -> Person:
    """Return the known person that was named, completed by the details, or else a new one.

    Raises `LikelySamePersonError` where the ward knows somebody alike and nobody decided yet, and
    `OutOfScopeError` for a person whom the ward does not know.
    """
    if same_person_id is not None:
        person = get_person(in_ward, same_person_id)
        complete_person(in_ward, ward_id, person, details)
        return person
    matches = find_matches(
        in_ward,
        full_name=details.full_name,
        birth_year=details.birth_year,
        phone=details.phone,
    )
    is_known = any(match.likeness is Likeness.SAME_PERSON for match in matches)
    if is_known and not is_somebody_else:
        raise LikelySamePersonError
    return make_person(in_ward, ward_id, details)
