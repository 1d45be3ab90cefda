"""What a restored site must not forget of the present one, and what it ends in any case."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import create_engine, inspect, select, update
from sqlalchemy.orm import Session

from app import clock
from app.services.network_generation import draw_generation
from app.services.transaction import technical_write
from models import Account, Erasure, MentorLink, OneTimeLink, SignIn

BATCH = 500


class Erased(NamedTuple):
    """One row of the ledger of persons made anonymous."""

    person_id: int
    erased_at: datetime
    erased_by_id: int | None


class Ended(NamedTuple):
    """What was ended for good: hashes of the links of mentors, and the ledger of erasures."""

    mentor_links: frozenset[str] = frozenset()
    erasures: tuple[Erased, ...] = ()


def read_ended(present: Path) -> Ended:
    """Read it from a SQLite file with the present site; an older schema lacks some of it."""
    engine = create_engine(f"sqlite:///{present.as_posix()}")
    try:
        with engine.connect() as connection:
            tables = inspect(connection).get_table_names()
            links: Iterable[str] = ()
            if MentorLink.__tablename__ in tables:
                is_ended = MentorLink.ended_at.is_not(None)
                links = connection.scalars(select(MentorLink.token_hash).where(is_ended))
            erased = select(Erasure.person_id, Erasure.erased_at, Erasure.erased_by_id)
            rows = connection.execute(erased) if Erasure.__tablename__ in tables else ()
            return Ended(frozenset(links), tuple(Erased._make(row) for row in rows))
    finally:
        engine.dispose()


def begin_anew(ended: Ended) -> None:
    """End what must not come back with a backup, in the database of this application.

    Everybody signs in again, one-time links are sent again, and links of mentors that were
    switched off since stay so. The ledger keeps every erasure. No process keeps the old network.
    """
    now = clock.now()
    with technical_write() as session:
        session.execute(update(SignIn).where(SignIn.ended_at.is_(None)).values(ended_at=now))
        unused = OneTimeLink.used_at.is_(None)
        session.execute(update(OneTimeLink).where(unused).values(used_at=now))
        _end_links(session, ended.mentor_links, now)
        _add_erasures(session, ended.erasures)
        draw_generation(session)


def _end_links(session: Session, hashes: Iterable[str], now: datetime) -> None:
    left = iter(hashes)
    while batch := list(islice(left, BATCH)):
        is_one = MentorLink.token_hash.in_(batch) & MentorLink.ended_at.is_(None)
        session.execute(update(MentorLink).where(is_one).values(ended_at=now))


def _add_erasures(session: Session, erasures: Iterable[Erased]) -> None:
    present = select(Erasure.person_id, Erasure.erased_at)
    known = {(person_id, at) for person_id, at in session.execute(present)}
    accounts = set(session.scalars(select(Account.id)))
    session.add_all(
        Erasure(
            person_id=row.person_id,
            erased_at=row.erased_at,
            erased_by_id=row.erased_by_id if row.erased_by_id in accounts else None,
        )
        for row in erasures
        if (row.person_id, row.erased_at) not in known
    )
