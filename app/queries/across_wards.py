"""What a ward may know of somebody elsewhere who is paired with one of its own people."""

from typing import NamedTuple

from app.access.scope import WardScope
from models.names import mask_phone


class Particulars(NamedTuple):
    """What tells people of one name apart; the phone in E.164, or masked (0912 ••• 678)."""

    birth_year: int | None = None
    hamlet: str | None = None
    phone: str | None = None


def disclose(scope: WardScope, ward_id: int, known: Particulars) -> Particulars:
    """Return what a reader may know of a person whose spell is in a ward.

    Everything where the ward is in the scope. Of others both wards of a pair see name and ward,
    and here the phone, masked.
    """
    if scope.includes(ward_id):
        return known
    return Particulars(phone=None if known.phone is None else mask_phone(known.phone))
