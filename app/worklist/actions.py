"""Where the next step of a finding is done, and who may do it there."""

from collections.abc import Callable
from typing import NamedTuple

from flask import url_for

from app.access.policy import Permission
from app.finding_wording import label_action
from app.texts import _
from graphs.findings import ActionCode, Finding, Rule, SubjectKind

Holds = Callable[[Permission], bool]


class Place(NamedTuple):
    """The ids that an address may need; 0 where the finding is about nothing of the kind."""

    ward: str
    mentor_id: int = 0
    mentee_id: int = 0
    person_id: int = 0
    session_id: int = 0
    mentorship_id: int = 0


class Way(NamedTuple):
    """A page on which an action is done; `label` replaces the usual verb."""

    permission: Permission
    endpoint: str
    values: Callable[[Place], dict[str, str | int]]
    label: str | None = None


class ActionLink(NamedTuple):
    """A button: its verb and its address."""

    label: str
    url: str


def _in_ward(place: Place) -> dict[str, str | int]:
    return {"xa": place.ward}


def _of_mentor(place: Place) -> dict[str, str | int]:
    return {"mentor_id": place.mentor_id}


WAYS: dict[ActionCode, tuple[Way, ...]] = {
    ActionCode.IMPORT_ROSTER: (Way(Permission.IMPORT_ROSTERS, "roster_imports.create", _in_ward),),
    ActionCode.ADD_SUPPORT_POST: (
        Way(Permission.EDIT_SUPPORT_POSTS, "support_posts.create", _in_ward),
    ),
    ActionCode.ADD_MENTOR: (Way(Permission.EDIT_PEOPLE, "mentors.create", _in_ward),),
    ActionCode.REGISTER_MENTEE: (Way(Permission.EDIT_PEOPLE, "mentees.create", _in_ward),),
    ActionCode.PAIR_WAITING: (
        Way(Permission.PAIR_PEOPLE, "pairing.index", lambda place: {"mentor": place.mentor_id}),
    ),
    ActionCode.PAIR_MENTEE: (
        Way(Permission.PAIR_PEOPLE, "pairing.index", lambda place: {"mentee": place.mentee_id}),
        Way(Permission.VIEW_HANDOFFS, "handoffs.index", lambda _place: {}, "Xem ai đang chờ"),
    ),
    ActionCode.MOVE_MENTEES: (Way(Permission.VIEW_PEOPLE, "mentors.show", _of_mentor),),
    ActionCode.CHANGE_MENTOR: (
        Way(
            Permission.PAIR_PEOPLE,
            "mentor_change.show",
            lambda place: {"mentorship_id": place.mentorship_id},
        ),
    ),
    ActionCode.RAISE_CAPACITY: (Way(Permission.EDIT_PEOPLE, "mentors.edit", _of_mentor),),
    ActionCode.LOG_CONTACT: (Way(Permission.LOG_CONTACTS, "contacts.create", _of_mentor),),
    ActionCode.LOG_SESSION: (
        Way(Permission.LOG_SESSIONS, "help_sessions.create", _in_ward, "Ghi lượt hỗ trợ"),
        Way(Permission.RECORD_DUTY, "duty.index", _in_ward),
    ),
    ActionCode.ENTER_DATA: (Way(Permission.IMPORT_ROSTERS, "roster_imports.create", _in_ward),),
    ActionCode.COMPARE_PEOPLE: (
        Way(
            Permission.EDIT_PEOPLE,
            "reviews.people",
            lambda place: {"person_id": place.person_id},
        ),
    ),
    ActionCode.REVIEW_SESSIONS: (
        Way(
            Permission.REVIEW_SESSIONS,
            "reviews.sessions",
            lambda place: {"session_id": place.session_id},
        ),
    ),
}


def link_action(
    action: ActionCode, place: Place, holds: Holds, *, count: int = 0
) -> ActionLink | None:
    """Return the button for a reader who holds some permissions.

    Who may not do it is led to the ward's page, or, where that is not theirs either, nowhere.
    """
    way = next((way for way in WAYS[action] if holds(way.permission)), None)
    if way is not None:
        label = label_action(action, count) if way.label is None else _(way.label)
        return ActionLink(label, url_for(way.endpoint, **way.values(place)))  # type: ignore[arg-type]  # plain values
    if holds(Permission.VIEW_WARDS):
        return ActionLink(_("Xem xã, phường"), url_for("wards.show", code=place.ward))
    return None


def link_preview(finding: Finding, holds: Holds) -> ActionLink | None:
    """Return where to see what falls if the person leaves on whom a ward hangs."""
    if finding.rule is not Rule.WARD_HANGS_ON_ONE_PERSON or not holds(Permission.VIEW_AUDIT):
        return None
    if finding.subject.kind is SubjectKind.MENTOR:
        url = url_for("departures.mentor", mentor_id=finding.subject.id)
    else:
        url = url_for("departures.index", ai="ho-tro", xa=finding.ward)
    return ActionLink(_("Nếu người này nghỉ thì sao?"), url)
