"""Who did what was done, by the name that their account had then."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from app.access.scope import WardScope
from models import Account, Change, ChangedValue, db


class Renaming(NamedTuple):
    """When an account got another name, and which one it had before."""

    renamed_at: datetime
    old_name: str


class Authors:
    """What accounts were called at an instant: whoever was renamed had the older name before."""

    def __init__(self, names: Mapping[int, str], renamed: Mapping[int, list["Renaming"]]) -> None:
        self._names, self._renamed = names, renamed

    def name_at(self, account_id: int | None, instant: datetime) -> str | None:
        """Return a name; None for the work of commands, which have no account."""
        if account_id is None:
            return None
        later = (
            one.old_name for one in self._renamed.get(account_id, ()) if one.renamed_at > instant
        )
        return next(later, self._names.get(account_id))


def name_authors(scope: WardScope, account_ids: Collection[int | None]) -> Authors:
    """Return the names of accounts that did what the scope has shown."""
    del scope  # names of colleagues, beside what they did
    names = select(Account.id, Account.display_name).where(Account.id.in_(account_ids))
    renamings = (
        select(Change.object_id, Change.changed_at, ChangedValue.old)
        .join(ChangedValue, ChangedValue.change_id == Change.id)
        .where(
            Change.object_kind == Account.__tablename__,
            Change.object_id.in_(account_ids),
            ChangedValue.field == "display_name",
        )
        .order_by(Change.id)
    )
    renamed: dict[int, list[Renaming]] = defaultdict(list)
    for account_id, renamed_at, old_name in db.session.execute(renamings):
        renamed[account_id].append(Renaming(renamed_at, old_name or ""))
    return Authors(dict(db.session.execute(names).all()), renamed)
