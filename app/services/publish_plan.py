"""Makes a plan of pairings and publishes it as it is, for who has no page to review it on."""

from datetime import date
from typing import NamedTuple

from app.access.scope import WardScope
from app.errors import NetworkChangedError
from app.queries.assignment import Assignment, assignment_of, plan_rows
from app.services.plan_writing import Pairing, write_pairings
from app.services.transaction import Receipt, transaction
from graphs.planning.draft import fingerprint
from graphs.planning.rows import Reach


class PublishedPlan(NamedTuple):
    """A plan, and the unit of work that carried it out; None where there was nothing to do."""

    assignment: Assignment
    receipt: Receipt | None


def publish_plan(scope: WardScope, day: date, reach: Reach) -> PublishedPlan:
    """Plan who is paired with whom in the scope's wards, and end and begin these pairs on a day.

    The plan is made before the database is locked. Raises `NetworkChangedError` when anything of
    which it was made changed meanwhile; then nothing is written.
    """
    rows = plan_rows(scope, day)
    assignment = assignment_of(scope, rows, day, reach)
    pairings = [
        Pairing(move.mentee, move.to_mentor, move.from_mentor) for move in assignment.plan.moves
    ]
    if not pairings:
        return PublishedPlan(assignment, None)
    with transaction(scope, "plan_published") as unit:
        if fingerprint(plan_rows(scope, day)) != fingerprint(rows):
            raise NetworkChangedError
        begun = write_pairings(scope, pairings, on=day)
        unit.about(begun[0], ward_id=scope.only_ward_id)
    return PublishedPlan(assignment, unit.receipt)
