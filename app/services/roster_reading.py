"""What the services of roster files share: bytes to rows, rows to a plan. Nothing here commits."""

from datetime import date

from app.access.scope import WardScope
from app.exchange.records import RosterFile, RosterRole, RosterRow
from app.exchange.roster import parse_roster
from app.exchange.workbook import read_workbook
from app.queries.roster_catalogues import get_catalogues
from app.queries.roster_matching import (
    count_loads,
    find_people,
    list_pairings,
    list_spells,
)
from app.queries.settings import get_settings
from app.queries.wards import list_wards
from app.roster.people import PeoplePool, pool_of
from app.roster.plan import RosterPlan
from app.roster.planner import Surroundings, plan_roster
from app.roster.wards import WardBook
from models.names import fold


def read_roster(
    content: bytes, *, today: date, default_role: RosterRole | None = None
) -> RosterFile:
    """Return the rows and problems of a workbook; raise `ExchangeError` for an unusable file."""
    catalogues = get_catalogues()
    return parse_roster(
        read_workbook(content),
        today=today,
        default_role=default_role,
        groups=[group.label for group in catalogues.groups],
        languages=[language.label for language in catalogues.languages],
    )


def plan_against_database(
    scope: WardScope, file: RosterFile, ward_id: int | None, *, today: date
) -> RosterPlan:
    """Return what the file would change today; `ward_id` is the one chosen for all of its rows."""
    capacity = get_settings(today).default_capacity
    around = Surroundings(
        wards=WardBook(list_wards(scope), ward_id),
        pool=_known_people(scope, file.rows, today, capacity),
        catalogues=get_catalogues(),
        today=today,
        default_capacity=capacity,
    )
    return plan_roster(file, around)


def _known_people(
    scope: WardScope, rows: tuple[RosterRow, ...], today: date, default_capacity: int
) -> PeoplePool:
    names = {fold(name) for row in rows for name in (row.full_name, row.mentor_name) if name}
    phones = {phone for row in rows for phone in (row.phone, row.mentor_phone) if phone}
    people = find_people(scope, names=names, phones=phones)
    spells = list_spells(scope, [person.id for person in people])
    ids = {role: [spell.id for spell in spells if spell.role is role] for role in RosterRole}
    return pool_of(
        people,
        spells,
        list_pairings(scope, ids[RosterRole.MENTEE]),
        count_loads(scope, ids[RosterRole.MENTOR], day=today),
        default_capacity=default_capacity,
    )
