"""What was done of late in the wards of a scope, and to whom."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from app.access.policy import ADMINISTRATION_KINDS, LASTING_KINDS
from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.authors import name_authors
from models import (
    Batch,
    Change,
    Contact,
    DutyTurn,
    Handoff,
    Mentee,
    Mentor,
    Mentorship,
    Person,
    SupportPost,
    Ward,
    db,
)
from models.enums import BatchState, PersonRole

# Undone rows still have a name here.
WITH_UNDONE = {"include_deleted": True}
# The kind of action whose people are found by the action itself: it may have paired many.
PAIRING = "mentees_paired"
# What takes an action back; that, taken back in its turn, is an action of its own.
UNDO = "undo"
Key = tuple[str, int]
IdColumn = SQLColumnExpression[int | None]
SpellTable = type[Mentor] | type[Mentee] | type[SupportPost]

ROLES: dict[SpellTable, str] = {
    Mentor: PersonRole.MENTOR.value,
    Mentee: PersonRole.MENTEE.value,
    SupportPost: PersonRole.SUPPORT_POST.value,
}


class Named(NamedTuple):
    """A person whom an action was about; role and spell say which page shows them."""

    full_name: str
    role: PersonRole
    spell_id: int


class NameRow(NamedTuple):
    kind: str
    object_id: int
    role: str
    spell_id: int
    full_name: str


class Entry(NamedTuple):
    """One action; `account` is the name of its author then, `undoes` the kind that it took back."""

    id: int
    kind: str
    done_at: datetime
    account: str | None
    ward_name: str | None
    is_undone: bool
    is_running: bool
    undoes: str | None
    object_kind: str | None
    object_id: int | None


def count_entries(scope: WardScope, *, since: datetime) -> int:
    """Return how many actions were taken since an instant."""
    statement = select(func.count()).select_from(Batch).where(*is_shown(scope, since))
    return db.session.scalar(statement) or 0


def list_entries(scope: WardScope, *, since: datetime, offset: int, limit: int) -> list[Entry]:
    """Return part of the actions taken since an instant, the newest first.

    They are those in wards of the scope and the reader's own.
    """
    undone = aliased(Batch)
    statement = (
        select(
            Batch.id,
            Batch.kind,
            Batch.done_at,
            Batch.account_id,
            Ward.name,
            Batch.state == BatchState.UNDONE,
            Batch.state == BatchState.RUNNING,
            case((Batch.kind == UNDO, undone.kind)),
            Batch.object_kind,
            Batch.object_id,
        )
        .outerjoin(Ward, Ward.id == Batch.ward_id)
        .outerjoin(undone, undone.id == Batch.undoes_id)
        .where(*is_shown(scope, since))
        .order_by(Batch.done_at.desc(), Batch.id.desc())
        .offset(offset)
        .limit(limit)
    )
    rows = db.session.execute(statement).all()
    authors = name_authors(scope, {account_id for _id, _kind, _at, account_id, *_ in rows})
    return [
        Entry(batch_id, kind, done_at, authors.name_at(account_id, done_at), *values)
        for batch_id, kind, done_at, account_id, *values in rows
    ]


def get_kind(scope: WardScope, batch_id: int) -> str:
    """Return the kind of an action that the scope shows; else 404."""
    statement = select(Batch.kind).where(Batch.id == batch_id, _is_theirs(scope))
    kind = db.session.scalar(statement)
    if kind is None:
        raise OutOfScopeError(Batch, batch_id)
    return kind


def name_subjects(scope: WardScope, entries: Collection[Entry]) -> dict[int, list[Named]]:
    """Return whom each action was about, by its id, as far as the scope reaches.

    A pairing names everybody whom it paired, mentees before their mentor. One statement, however
    many actions.
    """
    wanted = {entry.id: _key(entry) for entry in entries}
    ids: dict[str, list[int]] = defaultdict(list)
    for kind, object_id in wanted.values():
        ids[kind].append(object_id)
    statement = union_all(*(_named(way, ids[way.kind]) for way in _ways_to_people(scope)))
    names: dict[Key, list[Named]] = defaultdict(list)
    rows = db.session.execute(statement, execution_options=WITH_UNDONE).all()
    for kind, object_id, role, spell_id, full_name in sorted(set(map(NameRow._make, rows))):
        if kind != "persons" or not names[kind, object_id]:
            names[kind, object_id].append(Named(full_name, PersonRole(role), spell_id))
    return {entry_id: names[key] for entry_id, key in wanted.items() if key in names}


def list_of_several(scope: WardScope, entries: Collection[Entry]) -> set[int]:
    """Return the ids of those actions of the scope that chose more than one person."""
    told = {entry.id: _told_once_a_person(entry.kind) for entry in entries}
    statement = (
        select(Change.batch_id, Change.object_kind, Change.action, func.sum(Change.object_count))
        .join(Batch, Batch.id == Change.batch_id)
        .where(Change.batch_id.in_([key for key in told if told[key]]), _is_theirs(scope))
        .group_by(Change.batch_id, Change.object_kind, Change.action)
    )
    rows = db.session.execute(statement).all()
    return {key for key, kind, action, count in rows if (kind, action) == told[key] and count > 1}


def _told_once_a_person(kind: str) -> tuple[str, str] | None:
    """Return the table and what the log tells of it once for each person of such an action."""
    spells = next((f"{role}s" for role in ROLES.values() if kind.startswith(f"{role}s_")), "")
    told = {
        f"{spells}_paused": ("pauses", "created"),
        f"{spells}_moved": (spells, "created"),
        f"{spells}_ended": (spells, "updated"),
        "people_tagged": ("person_tags", "created"),
        "people_untagged": ("person_tags", "deleted"),
        # Of one person it is of another kind.
        "class_assessed": ("skill_assessments", "created"),
    }
    return told.get(kind)


def _key(entry: Entry) -> Key:
    if entry.kind == PAIRING:
        return PAIRING, entry.id
    return entry.object_kind or "", entry.object_id or 0


class _Way(NamedTuple):
    """How an action leads to a person: its kind of object, the spell, and who may see it.

    `column` holds the object's id; `leads_to_spell` joins the object with the spell.
    """

    kind: str
    column: IdColumn
    leads_to_spell: ColumnElement[bool]
    spell: SpellTable
    is_visible: ColumnElement[bool]


def _ways_to_people(scope: WardScope) -> Iterator[_Way]:
    for spell in ROLES:
        is_visible = scope.limit(spell.ward_id)
        yield _Way(spell.__tablename__, spell.id, true(), spell, is_visible)
        yield _Way("persons", spell.person_id, true(), spell, is_visible)
    of_mentor, of_mentee = Mentorship.mentor_id == Mentor.id, Mentorship.mentee_id == Mentee.id
    in_pair = or_(scope.limit(Mentorship.mentor_ward_id), scope.limit(Mentorship.mentee_ward_id))
    for kind, column in (("mentorships", Mentorship.id), (PAIRING, Mentorship.batch_id)):
        yield _Way(kind, column, of_mentee, Mentee, in_pair)
        yield _Way(kind, column, of_mentor, Mentor, in_pair)
    at_mentor, at_mentee = scope.limit(Mentor.ward_id), scope.limit(Mentee.ward_id)
    yield _Way("contacts", Contact.id, Contact.mentor_id == Mentor.id, Mentor, at_mentor)
    yield _Way("handoffs", Handoff.id, Handoff.mentee_id == Mentee.id, Mentee, at_mentee)
    on_duty = DutyTurn.support_post_id == SupportPost.id
    yield _Way("duty_turns", DutyTurn.id, on_duty, SupportPost, scope.limit(DutyTurn.ward_id))


def _named(way: _Way, ids: Collection[int]) -> Select[str, int | None, str, int, str]:
    role: ColumnElement[str] = literal(ROLES[way.spell])
    return select(literal(way.kind), way.column, role, way.spell.id, Person.full_name).where(
        way.column.in_(ids),
        way.leads_to_spell,
        way.spell.person_id == Person.id,
        way.is_visible,
    )


def is_shown(scope: WardScope, since: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions for the actions since an instant that the scope shows.

    Saving what is there already changes nothing, and is no line; administration and
    links of mentors tell of no rows.
    """
    did_something = or_(
        Batch.object_count > 0,
        Batch.state == BatchState.RUNNING,
        Batch.kind.in_(sorted(ADMINISTRATION_KINDS | LASTING_KINDS)),
    )
    return Batch.done_at > since, did_something, _is_theirs(scope)


def _is_theirs(scope: WardScope) -> ColumnElement[bool]:
    """Return the condition for the reader's own actions and those about people of the scope."""
    in_scope = and_(scope.limit(Batch.ward_id), Batch.kind.not_in(sorted(ADMINISTRATION_KINDS)))
    if scope.account_id is None:
        return in_scope
    return or_(in_scope, Batch.account_id == scope.account_id)
