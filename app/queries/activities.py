"""One activity: as its page shows it, and for writing."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple, cast

from sqlalchemy import func, select

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.catalogues_for_forms import Choice
from models import (
    Activity,
    ActivityHost,
    ActivityPerson,
    ActivityTag,
    ActivityTurns,
    Mentor,
    Person,
    ReportingPeriod,
    Tag,
    TargetGroup,
    Ward,
    db,
)
from models.enums import ActivityKind

Part = ActivityHost | ActivityPerson | ActivityTag | ActivityTurns
# What hangs on an activity, by the column that says what each row is about.
PARTS: Mapping[str, type[Part]] = {
    "mentor_id": ActivityHost,
    "person_id": ActivityPerson,
    "tag_id": ActivityTag,
    "target_group_id": ActivityTurns,
}


class GroupTurns(NamedTuple):
    """How many turns were people of a target group."""

    group_id: int
    label: str
    turns: int


class ActivityDetail(NamedTuple):
    """An activity with all that hangs on it; `edition` grows with every change of any of it.

    `period_code` is the report that counts it, None while it is planned; `is_closed` says that the
    report was closed, so that nothing may change any more.
    """

    id: int
    ward_id: int
    ward_code: str
    ward_name: str
    kind: ActivityKind
    service_date: date
    topic: str
    place: str | None
    note: str | None
    is_held: bool
    turns: int | None
    period_code: str | None
    counted_from: date | None
    is_closed: bool
    hosts: tuple[Choice, ...]
    people: tuple[Choice, ...]
    tags: tuple[Choice, ...]
    group_turns: tuple[GroupTurns, ...]
    edition: int

    @property
    def is_late(self) -> bool:
        """Its own period was closed already; it counts in a later one."""
        return self.counted_from is not None and self.counted_from > self.service_date


def get_activity(scope: WardScope, activity_id: int) -> ActivityDetail:
    """Return an activity as its page shows it; 404 outside the scope."""
    statement = (
        select(
            Activity.id,
            Activity.ward_id,
            Ward.code,
            Ward.name,
            Activity.kind,
            Activity.service_date,
            Activity.topic,
            Activity.place,
            Activity.note,
            Activity.is_held,
            Activity.turns,
            ReportingPeriod.code,
            ReportingPeriod.started_on,
            ReportingPeriod.closed_at.is_not(None),
        )
        .join(Ward, Ward.id == Activity.ward_id)
        .outerjoin(ReportingPeriod, ReportingPeriod.id == Activity.reported_in_id)
        .where(Activity.id == activity_id, scope.limit(Activity.ward_id))
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise OutOfScopeError(Activity, activity_id)
    parts = (_hosts(activity_id), _people(activity_id), _tags(activity_id), _groups(activity_id))
    return ActivityDetail._make((*row, *parts, get_activity_edition(scope, activity_id)))


def load_activity(scope: WardScope, activity_id: int) -> Activity:
    """Return an activity of the scope for writing; 404 outside."""
    is_wanted = (Activity.id == activity_id) & scope.limit(Activity.ward_id)
    activity = db.session.scalar(select(Activity).where(is_wanted).with_for_update(of=Activity))
    if activity is None:
        raise OutOfScopeError(Activity, activity_id)
    return activity


def list_parts(scope: WardScope, activity_id: int) -> dict[str, dict[int, Part]]:
    """Return the living rows that hang on an activity of the scope, by column and what it names."""
    found: dict[str, dict[int, Part]] = {}
    for column, model in PARTS.items():
        statement = (
            select(model)
            .join(Activity, Activity.id == model.activity_id)
            .where(Activity.id == activity_id, scope.limit(Activity.ward_id))
            .order_by(model.id)
        )
        rows = cast("Iterable[Part]", db.session.scalars(statement))
        found[column] = {getattr(row, column): row for row in rows}
    return found


def get_activity_edition(scope: WardScope, activity_id: int) -> int:
    """Return a number that grows with each change of an activity or of what hangs on it."""
    statements = [
        select(Activity.version).where(Activity.id == activity_id, scope.limit(Activity.ward_id)),
        *(
            select(func.sum(model.version)).where(model.activity_id == activity_id)
            for model in PARTS.values()
        ),
    ]
    keep_removed = {"include_deleted": True}
    return sum(db.session.scalar(one, execution_options=keep_removed) or 0 for one in statements)


def list_part_ids(scope: WardScope, activity_id: int) -> dict[str, list[int]]:
    """Return by table the ids of all rows of an activity, removed ones too: for its last change."""
    del scope  # whoever asks has been shown the activity
    ids = {"activities": [activity_id]}
    for model in PARTS.values():
        statement = select(model.id).where(model.activity_id == activity_id)
        found = db.session.scalars(statement, execution_options={"include_deleted": True})
        ids[model.__tablename__] = list(found)
    return ids


def _hosts(activity_id: int) -> tuple[Choice, ...]:
    statement = (
        select(Mentor.id, Person.full_name)
        .join(ActivityHost, ActivityHost.mentor_id == Mentor.id)
        .join(Person, Person.id == Mentor.person_id)
        .where(ActivityHost.activity_id == activity_id)
        .order_by(Person.sort_key, Mentor.id)
    )
    return tuple(Choice(*row) for row in db.session.execute(statement))


def _people(activity_id: int) -> tuple[Choice, ...]:
    statement = (
        select(Person.id, Person.full_name)
        .join(ActivityPerson, ActivityPerson.person_id == Person.id)
        .where(ActivityPerson.activity_id == activity_id)
        .order_by(Person.sort_key, Person.id)
    )
    return tuple(Choice(*row) for row in db.session.execute(statement))


def _tags(activity_id: int) -> tuple[Choice, ...]:
    statement = (
        select(Tag.id, Tag.label)
        .join(ActivityTag, ActivityTag.tag_id == Tag.id)
        .where(ActivityTag.activity_id == activity_id)
        .order_by(Tag.position, Tag.id)
    )
    return tuple(Choice(*row) for row in db.session.execute(statement))


def _groups(activity_id: int) -> tuple[GroupTurns, ...]:
    statement = (
        select(TargetGroup.id, TargetGroup.label, ActivityTurns.turns)
        .join(ActivityTurns, ActivityTurns.target_group_id == TargetGroup.id)
        .where(ActivityTurns.activity_id == activity_id)
        .order_by(TargetGroup.position, TargetGroup.id)
    )
    return tuple(GroupTurns(*row) for row in db.session.execute(statement))
