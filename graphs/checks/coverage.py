"""Does the ward have the people it needs, and do they show?"""

from collections.abc import Iterable, Iterator
from datetime import date

from graphs.findings import ActionCode, Finding, Rule, Subject, SubjectKind
from graphs.timeline import PausableSpell, active_intervals, is_within, last_crossing
from graphs.ward_state import WardState


def ward_without_support(ward: WardState, *, as_of: date) -> Iterator[Finding]:
    """A ward in which nobody holds an open, unpaused support post."""
    if not ward.has_support:
        yield Finding(
            rule=Rule.WARD_WITHOUT_SUPPORT,
            ward=ward.row.code,
            subject=Subject(SubjectKind.WARD, ward.row.code),
            measured=0,
            expected=1,
            since=_uncovered_since(ward.posts, as_of=as_of),
            action=ActionCode.ADD_SUPPORT_POST,
        )


def ward_without_mentor(ward: WardState, *, as_of: date) -> Iterator[Finding]:
    """A ward without an open, unpaused mentor."""
    if not ward.has_mentor:
        yield Finding(
            rule=Rule.WARD_WITHOUT_MENTOR,
            ward=ward.row.code,
            subject=Subject(SubjectKind.WARD, ward.row.code),
            measured=0,
            expected=1,
            since=_uncovered_since(ward.mentor_spells, as_of=as_of),
            action=ActionCode.ADD_MENTOR,
        )


def support_on_paper(ward: WardState, *, as_of: date, desk_days: int) -> Iterator[Finding]:
    """A ward with support on paper but without a session or performed duty turn of late."""
    if ward.has_support and not ward.has_support_in_fact:
        yield Finding(
            rule=Rule.SUPPORT_ON_PAPER,
            ward=ward.row.code,
            subject=Subject(SubjectKind.WARD, ward.row.code),
            measured=_days_since(ward.row.last_desk_on, as_of=as_of),
            expected=desk_days,
            since=ward.row.last_desk_on,
            action=ActionCode.LOG_SESSION,
        )


def ward_silent(ward: WardState, *, as_of: date, silent_days: int) -> Iterator[Finding]:
    """A ward in which nothing was entered of late."""
    if not is_within(ward.row.last_entry_on, silent_days, as_of=as_of):
        yield Finding(
            rule=Rule.WARD_SILENT,
            ward=ward.row.code,
            subject=Subject(SubjectKind.WARD, ward.row.code),
            measured=_days_since(ward.row.last_entry_on, as_of=as_of),
            expected=silent_days,
            since=ward.row.last_entry_on,
            action=ActionCode.ENTER_DATA,
        )


def _uncovered_since(spells: Iterable[PausableSpell], *, as_of: date) -> date | None:
    """The first day without any of the spells at work; None when none ever was."""
    at_work = [interval for spell in spells for interval in active_intervals(spell)]
    return last_crossing(at_work, level=1, as_of=as_of)


def _days_since(last: date | None, *, as_of: date) -> int | None:
    return None if last is None else (as_of - last).days
