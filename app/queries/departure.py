"""What would be if a mentor left: the rows around the mentor, the audits, and the plan."""

from collections.abc import Collection, Mapping
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import select

from app.access.scope import WardScope
from app.errors import OutOfScopeError, SpellEndedError
from app.formatting import format_day
from app.garbage import without_collection
from app.queries.assignment import plan_rows_of
from app.queries.network import list_borders, network_rows, ward_codes
from app.queries.selection import DAY
from app.queries.settings import get_settings
from app.queries.spells import SpellKey, get_spell_holder
from app.queries.subjects import PersonName, name_mentors
from app.queries.tables import MENTORSHIPS, living, many_rows, open_on
from graphs.audit import AuditReport, audit
from graphs.network import build_network
from graphs.planning.departure import DeparturePlan, plan_departure
from graphs.planning.rows import Reach
from graphs.rows import MenteeRow, MentorRow, NetworkRows
from graphs.supposing import after_leaving, after_pairing
from graphs.timeline import is_open, is_paused
from models import Mentor
from models.enums import PersonRole


class Departure(NamedTuple):
    """What happens if a mentor leaves on a day, as far as the wards of a reader go.

    The mentees left behind are those of `plan`, the `resting` ones, who are away and wait only
    once they are back, and those `beyond`, of wards that are not the reader's. `now`, `left` and
    `settled` are audits of the wards that anybody leaves, waits in or goes to: as it is, with the
    mentor gone, and with the plan carried out besides. `wards` names all wards within reach,
    `mentors` those who take somebody.
    """

    as_of: date
    reach: Reach
    floor: int
    mentor: MentorRow
    plan: DeparturePlan
    resting: tuple[int, ...]
    beyond: tuple[int, ...]
    now: AuditReport
    left: AuditReport
    settled: AuditReport
    wards: Mapping[str, str]
    mentors: Mapping[int, PersonName]


def plan_leaving(scope: WardScope, mentor_id: int, day: date, reach: Reach) -> Departure:
    """Plan for the leaving of a mentor of the scope; only wards of the scope are looked at.

    Raises `OutOfScopeError` for a mentor who is not there on the day, and `SpellEndedError` for
    one who left before.
    """
    holder = get_spell_holder(scope, SpellKey(PersonRole.MENTOR, mentor_id))
    if holder.ended_on is not None and holder.ended_on <= day:
        raise SpellEndedError(day=format_day(holder.ended_on))
    near = _wards_near(scope, mentor_id, holder.ward_id, day, reach)
    with without_collection():
        return _depart(scope, near, mentor_id, day, reach)


def _depart(
    scope: WardScope, near: WardScope, mentor_id: int, day: date, reach: Reach
) -> Departure:
    settings = get_settings(day)
    rows = network_rows(near, day, default_capacity=settings.default_capacity)
    mentor = next((row for row in rows.mentors if row.id == mentor_id), None)
    if mentor is None:
        raise OutOfScopeError(Mentor, mentor_id)
    behind = _left_behind(rows, mentor_id, day)
    rows_left = after_leaving(rows, mentors={mentor_id}, on=day)
    people = plan_rows_of(near, rows_left, day, settings.thresholds)
    plan = plan_departure(people, {row.id for row in behind}, reach=reach)
    moves = {move.mentee: move.to_mentor for move in plan.plan.moves}
    touched = {mentor.ward, *(row.ward for row in behind), *(move.ward for move in plan.plan.moves)}
    now, left = _of_wards(rows, touched), _of_wards(rows_left, touched)
    settled = after_pairing(left, moves, on=day)
    audits = [
        audit(build_network(one, as_of=day), settings.thresholds) for one in (now, left, settled)
    ]
    names = {ward.code: ward.name for ward in rows.wards}
    resting = {row.id for row in behind if is_paused(row, day)}
    return Departure(
        as_of=day,
        reach=reach,
        floor=settings.floor,
        mentor=mentor,
        plan=plan,
        resting=tuple(sorted(resting)),
        beyond=tuple(row.id for row in behind if row.ward not in names and row.id not in resting),
        now=audits[0],
        left=audits[1],
        settled=audits[2],
        wards=names,
        mentors=name_mentors(scope, set(moves.values())),
    )


def _wards_near(
    scope: WardScope, mentor_id: int, ward_id: int, day: date, reach: Reach
) -> WardScope:
    """Return the scope's wards from which somebody could take a mentee of the mentor."""
    if reach is Reach.PROVINCE:
        return scope
    statement = select(MENTORSHIPS.c.mentee_ward_id).where(
        living(MENTORSHIPS), MENTORSHIPS.c.mentor_id == mentor_id, open_on(MENTORSHIPS, DAY)
    )
    homes = {ward_id, *(home for (home,) in many_rows(statement, {"day": day}))}
    codes = ward_codes(scope, day)
    near = {codes[home] for home in homes if home in codes}
    if reach is Reach.BORDER:
        for border in list_borders(WardScope.of(homes)):
            near |= {border.code_a, border.code_b}
    return WardScope.of((ward for ward, code in codes.items() if code in near), scope.account_id)


def _left_behind(rows: NetworkRows, mentor_id: int, day: date) -> list[MenteeRow]:
    """Return the mentees who are with the mentor on the day, in order of id."""
    with_mentor = {
        pair.mentee for pair in rows.mentorships if pair.mentor == mentor_id and is_open(pair, day)
    }
    found = (row for row in rows.mentees if row.id in with_mentor and is_open(row, day))
    return sorted(found, key=attrgetter("id"))


def _of_wards(rows: NetworkRows, codes: Collection[str]) -> NetworkRows:
    """Return the rows of which these wards alone are reported; the others stay as they are."""
    return rows._replace(wards=[ward for ward in rows.wards if ward.code in codes])
