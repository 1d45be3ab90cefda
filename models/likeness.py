"""When what is known of two people tells that they are one: the one definition of it."""

from typing import NamedTuple


class Identity(NamedTuple):
    """What people are told apart by; `name_key` is the name as `models.names.fold` makes it."""

    name_key: str
    birth_year: int | None
    phone: str | None


def is_same_person(one: Identity, other: Identity) -> bool:
    """Say whether two people of one ward are the same: by name and phone, or name and birth year.

    The birth year proves nothing where both have a phone and the phones differ. A bare name proves
    nothing at all.
    """
    if one.name_key != other.name_key:
        return False
    has_same_year = one.birth_year is not None and one.birth_year == other.birth_year
    return _has_same_phone(one, other) or (has_same_year and None in {one.phone, other.phone})


def is_same_person_elsewhere(one: Identity, other: Identity) -> bool:
    """Say whether two people of different wards are the same: by name and phone alone.

    Among all people of a province thousands share name and birth year by chance.
    """
    return one.name_key == other.name_key and _has_same_phone(one, other)


def _has_same_phone(one: Identity, other: Identity) -> bool:
    return one.phone is not None and one.phone == other.phone
