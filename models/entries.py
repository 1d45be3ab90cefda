"""The indexes by which the latest entry of a ward is one step away, whatever kind of row it is."""

from sqlalchemy import Index

from models.base import Base
from models.contact import Contact
from models.help_session import Handoff, HelpSession
from models.mentee import Mentee
from models.mentor import Mentor
from models.mentorship import Mentorship
from models.support import DutyTurn, SupportPost

# Whose rows tell that something was entered, and the column that names the ward.
ENTERED_IN = (
    (Contact.__table__, "ward_id"),
    (DutyTurn.__table__, "ward_id"),
    (Handoff.__table__, "ward_id"),
    (HelpSession.__table__, "ward_id"),
    (Mentee.__table__, "ward_id"),
    (Mentor.__table__, "ward_id"),
    (Mentorship.__table__, "mentor_ward_id"),
    (SupportPost.__table__, "ward_id"),
)

for rows, ward_id in ENTERED_IN:
    table = Base.metadata.tables[str(rows)]
    is_living = table.c.deleted_at.is_(None)
    Index(
        f"ix_{table.name}_entry",
        table.c[ward_id],
        table.c.entered_at,
        sqlite_where=is_living,
        postgresql_where=is_living,
    )
