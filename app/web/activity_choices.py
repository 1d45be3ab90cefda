"""What the forms of an activity offer: the ward's people, groups and marks."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from app.access.scope import WardScope
from app.forms.activity import ActivityLists
from app.queries.activities import ActivityDetail
from app.queries.activity_people import list_hosts, list_takers
from app.queries.catalogues_for_forms import Choice, GroupChoice, TagChoice, list_groups, list_tags

Entry = TypeVar("Entry", bound=Choice | GroupChoice | TagChoice)


def activity_lists(
    scope: WardScope, ward_id: int, day: date, activity: ActivityDetail | None = None
) -> ActivityLists:
    """Return what may be chosen; what an activity names already stays on offer."""
    hosts, people = list_hosts(scope, ward_id, day), list_takers(scope, ward_id, day)
    groups, tags = list_groups(), list_tags()
    if activity is None:
        return ActivityLists(hosts, people, groups, tags)
    former_groups = [
        GroupChoice(row.group_id, row.label, is_sensitive=False) for row in activity.group_turns
    ]
    former_tags = [TagChoice(tag.id, "", tag.label, is_team=False) for tag in activity.tags]
    return ActivityLists(
        _with(hosts, activity.hosts),
        _with(people, activity.people),
        _with(groups, former_groups),
        _with(tags, former_tags),
    )


def _with(offered: Sequence[Entry], kept: Iterable[Entry]) -> list[Entry]:
    ids = {entry.id for entry in offered}
    return [*offered, *(entry for entry in kept if entry.id not in ids)]
