"""What the services about activities share: what was entered becomes rows. Commits nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app import clock
from app.access.scope import WardScope
from app.activity_errors import NoMentorOfWardError
from app.errors import EditConflictError, OutOfScopeError, PeriodClosedError
from app.formatting import format_day
from app.queries.activities import PARTS, Part, get_activity_edition, list_parts, load_activity
from app.queries.activity_people import find_mentors_on, known_in_ward
from app.services.reporting_periods import period_counting
from models import Activity, ActivityTurns, Person, db
from models.enums import ActivityKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Attendance:
    """How many came: turns (lượt), of these by target group, and who of them is known by id."""

    turns: int
    group_turns: Mapping[int, int] = field(default_factory=dict)
    person_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class ActivityDetails:
    """One activity as it was entered; hosts and tags are ids. Without `attended` it is planned."""

    kind: ActivityKind
    service_date: date
    topic: str
    place: str | None = None
    note: str | None = None
    mentor_ids: frozenset[int] = frozenset()
    tag_ids: frozenset[int] = frozenset()
    attended: Attendance | None = None


def open_for_change(scope: WardScope, activity_id: int, *, seen_edition: int | None) -> Activity:
    """Return an activity of the scope for writing.

    Raises `EditConflictError` where another edition than the present one was seen (None: none was),
    `PeriodClosedError` where it counts in a closed report, `OutOfScopeError`.
    """
    activity = load_activity(scope, activity_id)
    if seen_edition is not None and seen_edition != get_activity_edition(scope, activity_id):
        raise EditConflictError
    # Checked here, since afterwards it may count in another period, or only its parts change.
    if activity.reported_in is not None and activity.reported_in.is_closed:
        raise PeriodClosedError(period=activity.reported_in.code)
    return activity


def write_activity(scope: WardScope, activity: Activity, details: ActivityDetails) -> None:
    """Make a row, new or not, what was entered, its parts too.

    One that was held counts in the open period of its day. Raises `NoMentorOfWardError`, and
    `OutOfScopeError` for somebody who never had a role in the ward.
    """
    is_new = activity.id is None
    day_changes = is_new or activity.service_date != details.service_date
    known = {} if is_new else list_parts(scope, activity.id)
    _refuse_hosts(scope, activity.ward_id, details, known.get("mentor_id", {}))
    activity.kind = details.kind
    activity.service_date = details.service_date
    activity.topic, activity.place, activity.note = details.topic, details.place, details.note
    if day_changes and activity.is_held:
        activity.reported_in_id = period_counting(details.service_date)
    if details.attended is not None:
        _count(activity, details.attended)
    db.session.add(activity)
    db.session.flush()
    _set_ids(activity.id, "mentor_id", known, details.mentor_ids)
    _set_ids(activity.id, "tag_id", known, details.tag_ids)
    if details.attended is not None:
        write_attendance(scope, activity, details.attended)


def write_attendance(scope: WardScope, activity: Activity, attended: Attendance) -> None:
    """Note of an activity that is there already how many came and who is known."""
    known = list_parts(scope, activity.id)
    strangers = attended.person_ids - set(known["person_id"])
    strangers -= known_in_ward(scope, activity.ward_id, strangers)
    if strangers:
        raise OutOfScopeError(Person, min(strangers))
    _count(activity, attended)
    _set_ids(activity.id, "person_id", known, attended.person_ids)
    rows = known["target_group_id"]
    _set_ids(activity.id, "target_group_id", known, frozenset(attended.group_turns), attended)
    for group_id, row in rows.items():
        if isinstance(row, ActivityTurns) and group_id in attended.group_turns:
            row.turns = attended.group_turns[group_id]


def delete_parts(scope: WardScope, activity_id: int) -> None:
    """Mark all parts of an activity as deleted."""
    now = clock.now()
    for rows in list_parts(scope, activity_id).values():
        for row in rows.values():
            row.deleted_at = now


def _count(activity: Activity, attended: Attendance) -> None:
    activity.turns = attended.turns
    if not activity.is_held:
        activity.is_held = True
    if activity.reported_in_id is None:
        activity.reported_in_id = period_counting(activity.service_date)


def _set_ids(
    activity_id: int,
    column: str,
    known: Mapping[str, Mapping[int, Part]],
    wanted: frozenset[int],
    attended: Attendance | None = None,
) -> None:
    rows = known.get(column, {})
    for row_id, row in rows.items():
        if row_id not in wanted:
            row.deleted_at = clock.now()
    model = PARTS[column]
    for row_id in sorted(wanted - set(rows)):
        values = {"activity_id": activity_id, column: row_id}
        if attended is not None:
            values["turns"] = attended.group_turns[row_id]
        db.session.add(model(**values))


def _refuse_hosts(
    scope: WardScope, ward_id: int, details: ActivityDetails, known: Mapping[int, Part]
) -> None:
    """Refuse who is no mentor of the ward on the day, but for hosts named before on that day."""
    on_day = find_mentors_on(scope, ward_id, details.mentor_ids, details.service_date)
    others = details.mentor_ids - set(on_day)
    if others - set(known):
        raise NoMentorOfWardError(day=format_day(details.service_date))
