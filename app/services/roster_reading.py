"""What the services of roster files share: bytes to rows, rows to a plan. Nothing here commits."""

from collections.abc import Sequence
from datetime import date

from app.access.scope import WardScope
from app.exchange.by_hand import HandColumn, Meanings
from app.exchange.records import RosterFile, RosterRole, RosterRow
from app.exchange.roster import ask_columns, parse_roster
from app.exchange.tables import NO_MEANINGS
from app.exchange.workbook import Sheet, read_workbook
from app.queries.roster_catalogues import get_catalogues
from app.queries.roster_details import list_known_details
from app.queries.roster_matching import (
    count_loads,
    find_people,
    list_pairings,
    list_spells,
)
from app.queries.settings import get_settings
from app.queries.wards import list_wards
from app.roster.decisions import Decisions
from app.roster.people import PeoplePool
from app.roster.plan import RosterPlan
from app.roster.planner import Surroundings, plan_roster
from app.roster.recorded import Sought, pool_of, sought_by
from app.roster.wards import WardBook


def read_roster(
    content: bytes,
    *,
    today: date,
    default_role: RosterRole | None = None,
    meanings: Meanings = NO_MEANINGS,
) -> RosterFile:
    """Return the rows and problems of a workbook; raise `ExchangeError` for an unusable file."""
    return read_sheets(
        read_workbook(content), today=today, default_role=default_role, meanings=meanings
    )


def read_sheets(
    sheets: Sequence[Sheet],
    *,
    today: date,
    default_role: RosterRole | None,
    meanings: Meanings,
) -> RosterFile:
    """Return the rows and problems of sheets, with what was said of headings of theirs."""
    catalogues = get_catalogues()
    return parse_roster(
        sheets,
        today=today,
        default_role=default_role,
        groups=[group.label for group in catalogues.groups],
        languages=[language.label for language in catalogues.languages],
        meanings=meanings,
    )


def ask_of_sheets(sheets: Sequence[Sheet], meanings: Meanings) -> list[HandColumn]:
    """Return the columns of which somebody has to say, or has said, what they hold."""
    catalogues = get_catalogues()
    return ask_columns(
        sheets,
        groups=[group.label for group in catalogues.groups],
        languages=[language.label for language in catalogues.languages],
        meanings=meanings,
    )


def plan_against_database(
    scope: WardScope,
    file: RosterFile,
    ward_id: int | None,
    *,
    today: date,
    decisions: Decisions | None = None,
) -> RosterPlan:
    """Return what the file would change today; `ward_id` is the one chosen for all of its rows.

    `decisions` tell what is taken over about known people, which without them is nothing, and
    whom doubtful rows are about.
    """
    capacity = get_settings(today).default_capacity
    wards = WardBook(list_wards(scope), ward_id)
    around = Surroundings(
        wards=wards,
        pool=_known_people(
            scope,
            sought_by(file.rows, wards),
            today,
            capacity,
            has_details=decisions is not None and any(map(_tells_details, file.rows)),
        ),
        catalogues=get_catalogues(),
        today=today,
        default_capacity=capacity,
        decisions=decisions,
    )
    return plan_roster(file, around)


def _known_people(
    scope: WardScope, sought: Sought, today: date, default_capacity: int, *, has_details: bool
) -> PeoplePool:
    people = find_people(scope, names=sought.names, phones=sought.phones)
    spells = list_spells(scope, [person.id for person in people])
    ids = {role: [spell.id for spell in spells if spell.role is role] for role in RosterRole}
    pool = pool_of(
        people,
        spells,
        list_pairings(scope, ids[RosterRole.MENTEE]),
        count_loads(scope, ids[RosterRole.MENTOR], day=today),
        default_capacity=default_capacity,
    )
    if has_details:
        pool.learn_details(list_known_details(scope, [person.id for person in people]))
    return pool


def _tells_details(row: RosterRow) -> bool:
    return bool(row.note or row.groups or row.languages)
