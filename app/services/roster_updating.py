"""What the services of roster files share: known people as the file has them. Nothing commits."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from app.access.scope import WardScope
from app.queries.roster_catalogues import get_catalogues
from app.queries.roster_details import load_open_mentors
from app.queries.roster_matching import load_people
from app.roster.changes import FieldChange
from app.roster.plan import RosterPlan
from app.services.person_writing import find_or_make_hamlet, set_capacity
from models import PersonGroup, PersonLanguage, db

DETAILS = frozenset({"groups", "languages", "capacity"})


def update_people(scope: WardScope, plan: RosterPlan) -> None:
    """Record what the plan takes over from the file about people who were known before it.

    For use inside the unit's transaction, which logs old and new and takes both back together.
    """
    wanted: defaultdict[int, dict[str, object]] = defaultdict(dict)
    capacities: dict[int, int] = {}
    hamlet_ids: dict[tuple[int, str], int | None] = {}
    for someone_id, ward_id, change in plan.updates:
        if change.name == "capacity":
            capacities[someone_id] = int(change.new)
        elif change.name == "hamlet":
            place = ward_id, str(change.new)
            if place not in hamlet_ids:
                hamlet_ids[place] = find_or_make_hamlet(scope, *place)
            wanted[someone_id]["hamlet_id"] = hamlet_ids[place]
        elif change.name not in DETAILS:
            wanted[someone_id][change.name] = change.new
    for person in load_people(scope, list(wanted)):
        for name, value in wanted[person.id].items():
            setattr(person, name, value)
    db.session.add_all(_labelled(plan))
    for mentor in load_open_mentors(scope, list(capacities)):
        set_capacity(mentor, capacities[mentor.person_id])


def _labelled(plan: RosterPlan) -> Iterator[PersonGroup | PersonLanguage]:
    """Yield the groups and languages that come to those of known people."""
    changes = [(who, change) for who, _, change in plan.updates if change.name in DETAILS]
    if not changes:
        return
    catalogues = get_catalogues()
    groups = {group.label: group.id for group in catalogues.groups}
    languages = {language.label: language.id for language in catalogues.languages}
    for who, change in changes:
        if change.name == "groups":
            for group_id in _ids(change, groups):
                yield PersonGroup(person_id=who, target_group_id=group_id)
        elif change.name == "languages":
            for language_id in _ids(change, languages):
                yield PersonLanguage(person_id=who, language_id=language_id)


def _ids(change: FieldChange, by_label: Mapping[str, int]) -> list[int]:
    return [by_label[label] for label in change.added]
