"""Contacts that came when the report of their day had been closed."""

from sqlalchemy import select

from app.access.scope import WardScope
from models import Contact, ReportingPeriod, db


def find_later_period(scope: WardScope, contact_id: int) -> str | None:
    """Return the code of the period that counts a contact, if it begins after the contact's day.

    None also for a contact outside the scope, or taken back.
    """
    statement = (
        select(ReportingPeriod.code)
        .join(Contact, Contact.reported_in_id == ReportingPeriod.id)
        .where(
            Contact.id == contact_id,
            scope.limit(Contact.ward_id),
            ReportingPeriod.started_on > Contact.service_date,
        )
    )
    return db.session.scalar(statement)
