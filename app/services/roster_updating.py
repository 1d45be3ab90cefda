"""What the services of roster files share: known people as the file has them. Nothing commits."""

from collections import defaultdict

from app.access.scope import WardScope
from app.queries.roster_matching import load_people
from app.roster.plan import RosterPlan
from app.services.person_writing import find_or_make_hamlet


def update_people(scope: WardScope, plan: RosterPlan) -> None:
    """Record what the plan takes over from the file about people who were known before it.

    For use inside the unit's transaction, which logs old and new and takes both back together.
    """
    wanted: defaultdict[int, dict[str, object]] = defaultdict(dict)
    hamlet_ids: dict[tuple[int, str], int | None] = {}
    for someone_id, ward_id, change in plan.updates:
        if change.name != "hamlet":
            wanted[someone_id][change.name] = change.new
            continue
        place = ward_id, str(change.new)
        if place not in hamlet_ids:
            hamlet_ids[place] = find_or_make_hamlet(scope, *place)
        wanted[someone_id]["hamlet_id"] = hamlet_ids[place]
    for person in load_people(scope, list(wanted)):
        for name, value in wanted[person.id].items():
            setattr(person, name, value)
