"""Does the ward go on when one person leaves?"""

from collections.abc import Iterator
from datetime import date

from graphs.findings import ActionCode, Finding, Rule, Subject, SubjectKind
from graphs.timeline import is_open, is_paused
from graphs.ward_state import WardState

# Of fewer mentorships than these anybody may have most.
FEWEST_MENTORSHIPS = 5


def ward_hangs_on_one_person(ward: WardState, *, as_of: date) -> Iterator[Finding]:
    """A ward with a single support post at work, or where one mentor has most of the pairs.

    One finding for each: about the post, and about the mentor.
    """
    yield from _on_the_desk(ward, as_of=as_of)
    yield from _on_a_mentor(ward)


def _on_the_desk(ward: WardState, *, as_of: date) -> Iterator[Finding]:
    at_work = [post for post in ward.posts if is_open(post, as_of) and not is_paused(post, as_of)]
    if len(at_work) == 1:
        yield Finding(
            rule=Rule.WARD_HANGS_ON_ONE_PERSON,
            ward=ward.row.code,
            subject=Subject(SubjectKind.SUPPORT_POST, at_work[0].id),
            measured=1,
            expected=2,
            since=None,
            action=ActionCode.ADD_SUPPORT_POST,
        )


def _on_a_mentor(ward: WardState) -> Iterator[Finding]:
    mentor, half = ward.busiest_mentor, ward.mentorships_open // 2
    if mentor is None or ward.mentorships_open < FEWEST_MENTORSHIPS:
        return
    excess = mentor.open_mentorships - half
    if excess > 0:
        others = (other for other in ward.working_mentors if other.row.id != mentor.row.id)
        room = sum(max(0, min(other.spare, half - other.open_mentorships)) for other in others)
        yield Finding(
            rule=Rule.WARD_HANGS_ON_ONE_PERSON,
            ward=ward.row.code,
            subject=Subject(SubjectKind.MENTOR, mentor.row.id),
            measured=mentor.open_mentorships,
            expected=half,
            since=None,
            action=ActionCode.MOVE_MENTEES if room >= excess else ActionCode.ADD_MENTOR,
        )
