"""Which VNeID confirmations are recorded of a person."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from app.access.scope import WardScope
from models import Account, Mentee, VneidConfirmation, db
from models.enums import VneidBasis


class ConfirmationLine(NamedTuple):
    """That a VNeID account is confirmed: how it is known, since when, and who noted it."""

    basis: VneidBasis
    on: date
    author: str | None


def list_confirmations(scope: WardScope, person_id: int) -> list[ConfirmationLine]:
    """Return what is noted of a person whom the scope has shown, the latest first.

    Who noted it is named within the scope alone.
    """
    statement = (
        select(
            VneidConfirmation.basis,
            VneidConfirmation.service_date,
            VneidConfirmation.ward_id,
            Account.display_name,
        )
        .join(Mentee, Mentee.id == VneidConfirmation.mentee_id)
        .outerjoin(Account, Account.id == VneidConfirmation.entered_by_id)
        .where(Mentee.person_id == person_id)
        .order_by(VneidConfirmation.service_date.desc(), VneidConfirmation.id.desc())
    )
    return [
        ConfirmationLine(basis, on, author if scope.includes(ward_id) else None)
        for basis, on, ward_id, author in db.session.execute(statement)
    ]
