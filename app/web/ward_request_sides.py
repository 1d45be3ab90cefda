"""The two sides of a request between wards: who may do what, and with whom."""

from typing import NamedTuple

from app import clock
from app.access.current import current_scope, may
from app.access.policy import Permission
from app.queries.candidates import MenteeChoice, list_mentor_choices, list_waiting_mentees
from app.queries.duty import list_posts
from app.queries.settings import get_settings
from app.queries.ward_requests import RequestLine
from app.texts import _
from models.enums import RequestKind, RequestState


class Side(NamedTuple):
    """What the reader may do about a request."""

    answers: bool
    uses: bool
    withdraws: bool


def side_of(line: RequestLine) -> Side:
    """Return what the reader of this page may do about a request as it is now."""
    if not may(Permission.ASK_NEIGHBOURS):
        return Side(answers=False, uses=False, withdraws=False)
    scope = current_scope(Permission.ASK_NEIGHBOURS)
    is_sender = scope.includes(line.asking_id)
    return Side(
        answers=line.state is RequestState.OPEN and scope.includes(line.asked_id),
        uses=line.state is RequestState.ACCEPTED and is_sender,
        withdraws=line.state in {RequestState.OPEN, RequestState.ACCEPTED} and is_sender,
    )


def list_helpers(line: RequestLine) -> list[tuple[int, str]]:
    """Return who of the asked ward could help, with the room that a mentor has."""
    scope, today = (
        current_scope(Permission.ASK_NEIGHBOURS).narrowed_to(line.asked_id),
        clock.today(),
    )
    if line.kind is RequestKind.SUPPORT:
        day = line.day or today
        return [(post.id, post.holder) for post in list_posts(scope, day, day)]
    mentors = list_mentor_choices(scope, today, get_settings(today))
    return [
        (
            mentor.id,
            _("%(name)s (còn %(spare)s chỗ)", name=mentor.person.full_name, spare=mentor.spare),
        )
        for mentor in mentors
        if mentor.spare
    ]


def list_waiting(line: RequestLine) -> list[MenteeChoice]:
    """Return who waits for a mentor in the ward that asked."""
    today = clock.today()
    scope = current_scope(Permission.ASK_NEIGHBOURS).narrowed_to(line.asking_id)
    return list_waiting_mentees(scope, today, get_settings(today))
