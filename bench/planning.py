"""Plans of assignments against an integer model with a node for every mentor, and as they grow."""

from collections.abc import Iterator
from contextlib import closing
from functools import partial
from statistics import median
from time import process_time

from app import clock
from app.queries.assignment import NO_LANGUAGES
from app.queries.network import network_rows
from app.queries.settings import get_settings
from bench.changes import EVERYWHERE
from bench.lab import Bench, Lab
from bench.measuring import ROUNDS, Bounds, Measured, Times, interleaved, timed
from bench.mentor_by_mentor import best_values
from bench.sites import Site
from graphs.planning.assignment import plan_assignment
from graphs.planning.rows import (
    PlanMentee,
    PlanMentor,
    PlanRows,
    PlanWard,
    Reach,
    languages_by_person,
)
from graphs.timeline import is_open, is_paused

# Among bordering wards the other model takes too long for a bench.
COMPARED, USUAL = Reach.WARD, Reach.BORDER
# One pair in eighteen is left out, so that about one mentee in ten waits.
LEFT_OUT = 18
LANGUAGES = "SELECT person_id, language_id FROM person_languages WHERE deleted_at IS NULL"


def plan_assign(lab: Lab) -> Iterator[Measured]:
    """The plan of the whole province; the other model is so slow that it runs once alone."""
    rows = _rows(lab.site)
    begin = process_time()
    values = best_values(rows, COMPARED)
    baseline = process_time() - begin
    figures = []
    for _ in range(ROUNDS):
        begin = process_time()
        plan = plan_assignment(rows, reach=COMPARED)
        figures.append(process_time() - begin)
    is_same = tuple(stage.value for stage in plan.proof) == values
    yield timed(
        "HiGHS with a node for every mentor and the same aims, run once",
        Times(median(figures), baseline, ROUNDS),
        fault=None if is_same else f"the plan reaches other values than {values}",
    )


def plan_growth(lab: Lab) -> Iterator[Measured]:
    """The plan of the whole province with ten times as many people."""
    small, large = (_rows(lab.sites.open(scale)) for scale in ("S1", "S2"))
    plans = [partial(plan_assignment, rows, reach=USUAL) for rows in (large, small)]
    yield timed("the plan of the province at S1", interleaved(*plans))


def _rows(site: Site) -> PlanRows:
    """The working people of today and their pairs, with fewer pairs than there are."""
    day = clock.today()
    with site.app.app_context(), closing(site.raw()) as connection:
        settings = get_settings(day)
        rows = network_rows(EVERYWHERE, day, default_capacity=settings.default_capacity)
        spoken = languages_by_person(connection.execute(LANGUAGES))
    paired = {row.mentee: row.mentor for row in rows.mentorships if is_open(row, day)}
    mentors = [
        PlanMentor(
            row.id, row.ward, row.person, row.capacity, 0, 0,
            spoken.get(row.person, NO_LANGUAGES), None,
        )
        for row in rows.mentors
        if is_open(row, day) and not is_paused(row, day)
    ]  # fmt: skip
    known = {None, *(row.id for row in mentors)}
    mentees = [
        PlanMentee(
            row.id, row.ward, row.person, spoken.get(row.person, NO_LANGUAGES), None,
            paired.get(row.id) if row.id % LEFT_OUT else None, frozenset(),
        )
        for row in rows.mentees
        if is_open(row, day)
        and not is_paused(row, day)
        and paired.get(row.id) in known
    ]  # fmt: skip
    return PlanRows(
        [PlanWard(row.code, row.name, row.latitude, row.longitude) for row in rows.wards],
        list(rows.borders),
        mentors,
        mentees,
        settings.thresholds.floor,
    )


BENCHES = {
    "plan_assign": Bench(Bounds(0.25, 0.1), plan_assign),
    "plan_growth": Bench(Bounds(2.5, 1.3), plan_growth, large_only=True),
}
