"""What the desk's form offers: the office's lists, and what this desk chooses most."""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, func, or_, select

from app.access.scope import WardScope
from app.queries.kept_answers import CATALOGUE_KINDS, KeptAnswers
from app.queries.kept_statements import kept_statement, read_scoped
from models import HelpSession, Language, Obstacle, Procedure, TargetGroup, db

# From so many of the last sessions the usual language is learned.
HABIT_OF = 5


class Choice(NamedTuple):
    """An entry of a catalogue."""

    id: int
    label: str


class DeskChoices(NamedTuple):
    """The lists of the form; `procedures` begin with those chosen most."""

    procedures: list[Choice]
    obstacles: list[Choice]
    languages: list[Choice]
    groups: list[Choice]


class Habit(NamedTuple):
    """What an account entered of late; a new entry begins with it."""

    ward_id: int
    language_id: int | None


class KeptEntries(NamedTuple):
    """Entries that a session already has: they stay selectable although retired since."""

    procedure_id: int | None = None
    obstacle_id: int | None = None
    language_id: int | None = None
    group_ids: Collection[int] = ()


NOTHING_KEPT = KeptEntries()

Catalogue = Obstacle | Language | TargetGroup


class _Asked(NamedTuple):
    catalogue: type[Catalogue]
    kept_ids: frozenset[int]


# What new forms offer, and some that are corrected.
MOST_KEPT = 32
KEPT: KeptAnswers[_Asked, tuple[Choice, ...]] = KeptAnswers(MOST_KEPT, CATALOGUE_KINDS)


def get_desk_choices(
    scope: WardScope, *, since: date, kept: KeptEntries = NOTHING_KEPT
) -> DeskChoices:
    """Return the active entries of the lists, the procedures by use since a day (inclusive).

    What the account itself chose counts before what its wards chose.
    """
    return DeskChoices(
        procedures=_procedures_by_use(scope, since, kept.procedure_id),
        obstacles=_entries(Obstacle, [kept.obstacle_id]),
        languages=_entries(Language, [kept.language_id]),
        groups=_entries(TargetGroup, kept.group_ids),
    )


def find_habit(scope: WardScope) -> Habit | None:
    """Return the ward of the last session that the asking account entered, and its usual language.

    That is the one that most of its last sessions in wards of the scope were in, of several the
    latest: one visitor from elsewhere does not turn it over.
    """
    rows = read_scoped(scope, _latest)
    if not rows:
        return None
    [(usual_language, _)] = Counter(row.language_id for row in rows).most_common(1)
    return Habit(rows[0].ward_id, usual_language)


@kept_statement
def _latest(scope: WardScope) -> Select[*tuple[Any, ...]]:
    return (
        select(HelpSession.ward_id, HelpSession.language_id)
        .where(
            scope.is_reader(HelpSession.entered_by_id),
            # What was noted many at once names no language.
            HelpSession.bundle_id.is_(None),
            scope.limit(HelpSession.ward_id),
        )
        .order_by(HelpSession.id.desc())
        .limit(HABIT_OF)
    )


def _procedures_by_use(scope: WardScope, since: date, kept_id: int | None) -> list[Choice]:
    rows = read_scoped(scope, _by_use, kept_id, since=since)
    return [Choice._make(row) for row in rows]


@kept_statement
def _by_use(scope: WardScope, kept_id: int | None) -> Select[*tuple[Any, ...]]:
    own = func.count(HelpSession.id).filter(scope.is_reader(HelpSession.entered_by_id))
    is_recent = and_(
        HelpSession.procedure_id == Procedure.id,
        HelpSession.service_date >= bindparam("since", type_=Date()),
        scope.limit(HelpSession.ward_id),
    )
    return (
        select(Procedure.id, Procedure.label)
        .outerjoin(HelpSession, is_recent)
        .where(_is_offered(Procedure, [kept_id]))
        .group_by(Procedure.id, Procedure.label, Procedure.position)
        .order_by(own.desc(), func.count(HelpSession.id).desc(), Procedure.position, Procedure.id)
    )


def _entries(catalogue: type[Catalogue], kept_ids: Collection[int | None]) -> list[Choice]:
    kept = frozenset(kept_id for kept_id in kept_ids if kept_id is not None)
    asked = _Asked(catalogue, kept)
    return list(KEPT.answer(asked, lambda: tuple(_read_entries(catalogue, kept))))


def _read_entries(catalogue: type[Catalogue], kept_ids: Collection[int]) -> Iterator[Choice]:
    statement = (
        select(catalogue.id, catalogue.label)
        .where(_is_offered(catalogue, kept_ids))
        .order_by(catalogue.position, catalogue.id)
    )
    return (Choice._make(row) for row in db.session.execute(statement))


def _is_offered(
    catalogue: type[Procedure | Catalogue], kept_ids: Collection[int | None]
) -> ColumnElement[bool]:
    kept = [kept_id for kept_id in kept_ids if kept_id is not None]
    return (
        or_(catalogue.is_active, catalogue.id.in_(kept)) if kept else catalogue.is_active.is_(True)
    )
