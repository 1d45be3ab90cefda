"""Is anybody left alone: waiting for a mentor, or paired without being met?"""

from collections.abc import Iterable, Iterator
from datetime import date

from graphs.findings import ActionCode, Finding, Rule, Subject, SubjectKind
from graphs.rows import MenteeRow, MentorshipRow
from graphs.standing import MenteeStanding, quiet_since
from graphs.timeline import is_longer_than
from graphs.ward_state import WardState


def pending_handoffs(
    ward: WardState, mentees: Iterable[MenteeStanding], *, as_of: date, waiting_days: int
) -> Iterator[Finding]:
    """Those of the ward's waiting mentees who were handed on a while ago, not paired since."""
    for mentee in mentees:
        handed_on_on = _pending_since(mentee.row, as_of=as_of, waiting_days=waiting_days)
        if handed_on_on is not None:
            yield Finding(
                rule=Rule.HANDOFF_PENDING,
                ward=ward.row.code,
                subject=Subject(SubjectKind.MENTEE, mentee.row.id),
                measured=(as_of - handed_on_on).days,
                expected=waiting_days,
                since=handed_on_on,
                action=ActionCode.PAIR_MENTEE,
            )


def waiting_mentees(
    ward: WardState, mentees: Iterable[MenteeStanding], *, as_of: date, waiting_days: int
) -> Iterator[Finding]:
    """Those of the ward's mentees who have waited for long, unless their hand-off is pending."""
    for mentee in mentees:
        since = mentee.waiting_since
        if (
            since is not None
            and is_longer_than(since, waiting_days, as_of=as_of)
            and _pending_since(mentee.row, as_of=as_of, waiting_days=waiting_days) is None
        ):
            yield Finding(
                rule=Rule.MENTEE_WAITING,
                ward=ward.row.code,
                subject=Subject(SubjectKind.MENTEE, mentee.row.id),
                measured=(as_of - since).days,
                expected=waiting_days,
                since=since,
                action=ActionCode.PAIR_MENTEE,
            )


def dormant_mentorships(
    ward: WardState, mentorships: Iterable[MentorshipRow], *, as_of: date, contact_days: int
) -> Iterator[Finding]:
    """The ward's mentorships that sleep: open, nobody paused, without a contact for long."""
    for mentorship in mentorships:
        since = quiet_since(mentorship)
        yield Finding(
            rule=Rule.MENTORSHIP_DORMANT,
            ward=ward.row.code,
            subject=Subject(SubjectKind.MENTORSHIP, mentorship.id),
            measured=(as_of - since).days,
            expected=contact_days,
            since=since,
            action=ActionCode.LOG_CONTACT,
        )


def _pending_since(mentee: MenteeRow, *, as_of: date, waiting_days: int) -> date | None:
    """The day the person was handed on, if long ago and no mentorship began then or later."""
    handed_on_on, paired_on = mentee.handed_on_on, mentee.last_mentorship_start
    if handed_on_on is None or (paired_on is not None and paired_on >= handed_on_on):
        return None
    return handed_on_on if is_longer_than(handed_on_on, waiting_days, as_of=as_of) else None
