"""Is anybody left alone: waiting for a mentor, or paired without being met?"""

from collections.abc import Iterable, Iterator
from datetime import date

from graphs.findings import ActionCode, Finding, Rule, Subject, SubjectKind
from graphs.rows import MenteeRow
from graphs.standing import WardStanding, quiet_since
from graphs.timeline import is_longer_than


def pending_handoffs(
    wards: Iterable[WardStanding], *, as_of: date, waiting_days: int
) -> Iterator[Finding]:
    """People handed on from the desk a while ago and not paired since."""
    for ward, mentee, _ in _waiting(wards):
        handed_on_on = _unanswered_since(mentee)
        if handed_on_on and is_longer_than(handed_on_on, waiting_days, as_of=as_of):
            yield Finding(
                rule=Rule.HANDOFF_PENDING,
                ward=ward,
                subject=Subject(SubjectKind.MENTEE, mentee.id),
                measured=(as_of - handed_on_on).days,
                expected=waiting_days,
                since=handed_on_on,
                action=ActionCode.PAIR_MENTEE,
            )


def waiting_mentees(
    wards: Iterable[WardStanding], *, as_of: date, waiting_days: int
) -> Iterator[Finding]:
    """People who have waited for long, except those whose hand-off is pending."""
    wards = list(wards)
    handed_on = {
        finding.subject.id
        for finding in pending_handoffs(wards, as_of=as_of, waiting_days=waiting_days)
    }
    for ward, mentee, since in _waiting(wards):
        if mentee.id not in handed_on and is_longer_than(since, waiting_days, as_of=as_of):
            yield Finding(
                rule=Rule.MENTEE_WAITING,
                ward=ward,
                subject=Subject(SubjectKind.MENTEE, mentee.id),
                measured=(as_of - since).days,
                expected=waiting_days,
                since=since,
                action=ActionCode.PAIR_MENTEE,
            )


def dormant_mentorships(
    wards: Iterable[WardStanding], *, as_of: date, contact_days: int
) -> Iterator[Finding]:
    """Open pairings, of people who are not paused, without a contact for long."""
    for ward in wards:
        for mentorship in ward.mentorships_dormant:
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


def _waiting(wards: Iterable[WardStanding]) -> Iterator[tuple[str, MenteeRow, date]]:
    for ward in wards:
        for mentee in ward.mentees:
            if mentee.waiting_since is not None:
                yield ward.row.code, mentee.row, mentee.waiting_since


def _unanswered_since(mentee: MenteeRow) -> date | None:
    """The day the person was handed on, unless a mentorship began that day or later."""
    handed_on_on, paired_on = mentee.handed_on_on, mentee.last_mentorship_start
    if handed_on_on is None or (paired_on is not None and paired_on >= handed_on_on):
        return None
    return handed_on_on
