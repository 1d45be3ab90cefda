"""Who changed a record last, and when: for whoever was slower."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Table, and_, inspect, or_, select

from app.access.scope import WardScope
from app.queries.catalogues import CATALOGUES
from models import Account, Change, DutyPattern, PersonGroup, PersonLanguage, Setting, db


class LastChange(NamedTuple):
    """When a record was changed, and by whom; None for a command on the server."""

    instant: datetime
    author: str | None


def get_last_change(scope: WardScope, rows: Mapping[str, Collection[int]]) -> LastChange | None:
    """Return the last change of rows (table, ids) that the scope has shown; None without any."""
    del scope  # whoever sees a record may see who saved it
    is_theirs = (
        and_(Change.object_kind == kind, Change.object_id.in_(ids)) for kind, ids in rows.items()
    )
    statement = (
        select(Change.changed_at, Account.display_name)
        .outerjoin(Account, Account.id == Change.account_id)
        .where(or_(*is_theirs))
        .order_by(Change.id.desc())
        .limit(1)
    )
    row = db.session.execute(statement).first()
    return None if row is None else LastChange(*row)


def get_last_change_of_person(scope: WardScope, person_id: int) -> LastChange | None:
    """Return the last change of what a person's form edits."""
    rows: dict[str, Collection[int]] = {"persons": [person_id]}
    for detail in (PersonGroup, PersonLanguage):
        statement = select(detail.id).where(detail.person_id == person_id)
        found = db.session.scalars(statement, execution_options={"include_deleted": True})
        rows[detail.__tablename__] = found.all()
    return get_last_change(scope, rows)


def get_last_change_of_pattern(scope: WardScope, post_id: int) -> LastChange | None:
    """Return the last change of a post's weekly pattern, by whoever set it."""
    statement = select(DutyPattern.id).where(DutyPattern.support_post_id == post_id)
    found = db.session.scalars(statement, execution_options={"include_deleted": True})
    return get_last_change(scope, {"duty_patterns": found.all()})


def get_last_change_of_setting(scope: WardScope, key: str) -> LastChange | None:
    """Return the last change of any value of a setting that still stands."""
    ids = db.session.scalars(select(Setting.id).where(Setting.key == key)).all()
    return get_last_change(scope, {"settings": ids})


def get_last_change_of_entry(scope: WardScope, catalogue: str, entry_id: int) -> LastChange | None:
    """Return the last change of an entry of a catalogue."""
    table: Table = inspect(CATALOGUES[catalogue]).local_table
    return get_last_change(scope, {table.name: [entry_id]})
