"""What a notice asks somebody to look at: records of people side by side, sessions of a burst."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import exists, select

from app import clock
from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.alike_people import alike_of_people
from app.queries.entry_bursts import entries_of, place_of
from app.queries.network import ward_codes
from app.queries.people import RoleSpell, is_known, list_roles
from graphs.checks.plausibility import BurstSign, burst_signs, bursts_of
from graphs.rows import AlikeRow
from models import Account, Hamlet, Handoff, HelpSession, Person, Procedure, db
from models.enums import HelpMode, HelpResult


class PersonRecord(NamedTuple):
    """A record of a person, to be held against others; `roles` are those within the scope."""

    id: int
    full_name: str
    birth_year: int | None
    phone: str | None
    hamlet: str | None
    entered_at: datetime
    entered_by: str | None
    roles: tuple[RoleSpell, ...]


class AlikePeople(NamedTuple):
    """People who hang together by being alike, the earliest first; the wards they share by id.

    One alone is alike to nobody any more.
    """

    records: tuple[PersonRecord, ...]
    pairs: frozenset[tuple[int, int]]
    ward_id: int | None


class BurstSession(NamedTuple):
    """A session of a burst; `signs` say why it is in it.

    `is_bundled` marks what was noted many at once, `is_handed_on` what a hand-on followed, so that
    it stays.
    """

    id: int
    service_date: date
    entered_at: datetime
    mode: HelpMode
    is_first_this_year: bool
    minutes: int | None
    is_bundled: bool
    is_handed_on: bool
    signs: frozenset[BurstSign]


class Burst(NamedTuple):
    """A burst with what its sessions have in common; without sessions when there is none left."""

    ward_id: int
    procedure: str
    result: HelpResult
    account: str | None
    sessions: tuple[BurstSession, ...]


def get_alike_people(scope: WardScope, person_id: int) -> AlikePeople:
    """Return a person with all who hang together with them; 404 outside the scope."""
    known = select(Person.id).where(Person.id == person_id, is_known(scope))
    if db.session.scalar(known) is None:
        raise OutOfScopeError(Person, person_id)
    rows = _connected(scope, person_id)
    return AlikePeople(
        records=_records(scope, {person_id}.union(*((row.earlier, row.later) for row in rows))),
        pairs=frozenset((row.earlier, row.later) for row in rows),
        ward_id=_shared_ward(scope, rows),
    )


def get_burst(scope: WardScope, session_id: int) -> Burst:
    """Return the burst that a session belongs to; 404 outside the scope."""
    statement = (
        select(
            HelpSession.ward_id,
            HelpSession.entered_at,
            Procedure.label,
            HelpSession.result,
            Account.display_name,
        )
        .join(Procedure, Procedure.id == HelpSession.procedure_id)
        .outerjoin(Account, Account.id == HelpSession.entered_by_id)
        .where(HelpSession.id == session_id, scope.limit(HelpSession.ward_id))
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise OutOfScopeError(HelpSession, session_id)
    ward_id, entered_at, procedure, result, account = row
    today = clock.today()
    places = {place_of(ward_id, entered_at)}
    entries = entries_of(scope, places, today, ward_codes(scope, today))
    signs = (burst_signs(burst) for burst, _ in bursts_of(entries, as_of=today))
    of_it = next((found for found in signs if session_id in found), {})
    return Burst(ward_id, procedure, result, account, _sessions(scope, of_it))


def _connected(scope: WardScope, person_id: int) -> set[AlikeRow]:
    """Follow likeness from a person on, until nobody new is found."""
    today = clock.today()
    codes = ward_codes(scope, today)
    found: set[AlikeRow] = set()
    asked: set[int] = set()
    new = {person_id}
    while new:
        found.update(alike_of_people(scope, new, today, codes))
        asked |= new
        new = {person for row in found for person in (row.earlier, row.later)} - asked
    return found


def _shared_ward(scope: WardScope, rows: Iterable[AlikeRow]) -> int | None:
    """Return the ward in which all are alike; None where they are of several."""
    codes = {code for row in rows for code in (row.earlier_ward, row.later_ward)}
    ids = [id_ for id_, code in ward_codes(scope, clock.today()).items() if code in codes]
    return ids[0] if len(ids) == 1 else None


def _records(scope: WardScope, person_ids: Collection[int]) -> tuple[PersonRecord, ...]:
    roles = list_roles(scope, person_ids)
    statement = (
        select(
            Person.id,
            Person.full_name,
            Person.birth_year,
            Person.phone,
            Hamlet.name,
            Person.entered_at,
            Account.display_name,
        )
        .outerjoin(Hamlet, Hamlet.id == Person.hamlet_id)
        .outerjoin(Account, Account.id == Person.entered_by_id)
        .where(Person.id.in_(person_ids), is_known(scope))
        .order_by(Person.id)
    )
    return tuple(
        PersonRecord(*row, tuple(role for role in roles if role.person_id == row.id))
        for row in db.session.execute(statement)
    )


def _sessions(
    scope: WardScope, signs: Mapping[int, frozenset[BurstSign]]
) -> tuple[BurstSession, ...]:
    was_handed_on = exists().where(Handoff.help_session_id == HelpSession.id)
    statement = (
        select(
            HelpSession.id,
            HelpSession.service_date,
            HelpSession.entered_at,
            HelpSession.mode,
            HelpSession.is_first_this_year,
            HelpSession.minutes,
            HelpSession.bundle_id.is_not(None),
            was_handed_on,
        )
        .where(HelpSession.id.in_(signs), scope.limit(HelpSession.ward_id))
        .order_by(HelpSession.entered_at, HelpSession.id)
    )
    return tuple(BurstSession(*row, signs[row.id]) for row in db.session.execute(statement))
