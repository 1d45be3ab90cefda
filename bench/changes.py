"""Changes as people make them, one after the other, each through a service of the program."""

from collections.abc import Iterator
from itertools import count

from app import clock
from app.access.scope import WardScope
from app.services.contact_writing import Meeting
from app.services.log_contact import log_contact
from app.services.log_session import log_session
from app.services.session_writing import SessionDetails
from bench.sites import Site
from models.enums import HelpMode, HelpResult

EVERYWHERE = WardScope.everywhere()
# Mentors who meet one of their people today for the first time.
MEETINGS = """
SELECT s.mentor_id, min(s.id) FROM mentorships s JOIN mentors m ON m.id = s.mentor_id
WHERE s.deleted_at IS NULL AND s.ended_on IS NULL AND m.ended_on IS NULL AND m.deleted_at IS NULL
  AND s.mentor_id NOT IN (SELECT mentor_id FROM contacts WHERE service_date = ?)
GROUP BY s.mentor_id ORDER BY s.mentor_id
"""


def meetings(site: Site) -> Iterator[int]:
    """Log one more meeting of a mentor with a mentee each time; yields the mentor's id."""
    today = clock.today()
    with site.raw() as connection:
        pairs = connection.execute(MEETINGS, [today.isoformat()]).fetchall()
    connection.close()
    for mentor_id, mentorship_id in pairs:
        log_contact(EVERYWHERE, mentor_id, Meeting(today, frozenset({mentorship_id})))
        yield mentor_id


def sessions(ward_id: int, procedure_id: int) -> Iterator[int]:
    """Log one more turn of help in a ward each time; yields its id."""
    for turn in count():
        details = SessionDetails(
            procedure_id=procedure_id,
            mode=HelpMode.TOGETHER,
            result=HelpResult.DONE,
            is_first_this_year=turn % 2 == 0,
            service_date=clock.today(),
            minutes=15,
        )
        yield log_session(EVERYWHERE, ward_id, details).object_id
