"""What the merging of two records looks at: their roles, pairings, details and accounts."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from sqlalchemy import exists, not_, or_, select
from sqlalchemy.orm import aliased

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.people import SPELLS, RoleSpell, get_edition, is_known, list_roles
from models import (
    AccountPerson,
    Hamlet,
    Mentee,
    Mentor,
    Mentorship,
    Person,
    PersonGroup,
    PersonLanguage,
    PersonTag,
    SupportPost,
    db,
)
from models.enums import Gender

MERGED_FIELDS = ("full_name", "birth_year", "gender", "phone", "hamlet_id", "note")
"""What a record says of its person by itself, field by field."""

Detail = TypeVar("Detail", bound=PersonGroup | PersonLanguage | PersonTag)


class MergeSide(NamedTuple):
    """One of two records that may be merged; `roles` are those within the scope."""

    id: int
    full_name: str
    birth_year: int | None
    gender: Gender | None
    phone: str | None
    hamlet_id: int | None
    note: str | None
    hamlet: str | None
    has_account: bool
    roles: tuple[RoleSpell, ...]


class MergePair(NamedTuple):
    """The record that is kept and the one that is archived; `edition` grows with each change."""

    kept: MergeSide
    archived: MergeSide
    edition: int


def get_merge_pair(scope: WardScope, one_id: int, other_id: int) -> MergePair:
    """Return two records: the one with an account is kept, else the earlier one; 404 outside."""
    sides = [_side(scope, person_id) for person_id in sorted({one_id, other_id})]
    if len(sides) != 2:  # noqa: PLR2004  # a pair
        raise OutOfScopeError(Person, other_id)
    kept, archived = sorted(sides, key=lambda side: not side.has_account)
    return MergePair(kept, archived, merged_edition(scope, kept.id, archived.id))


def merged_edition(scope: WardScope, kept_id: int, archived_id: int) -> int:
    """Return a number that grows with each change of one of two records."""
    return get_edition(scope, kept_id) + get_edition(scope, archived_id)


def has_account(scope: WardScope, person_id: int) -> bool:
    """Say whether a log-in is linked to a record that the scope knows."""
    linked = select(AccountPerson.account_id).join(Person, Person.id == AccountPerson.person_id)
    known = linked.where(Person.id == person_id, is_known(scope)).limit(1)
    return db.session.scalar(known) is not None


def has_unseen_roles(scope: WardScope, person_id: int) -> bool:
    """Say whether a person has or had a role in a ward beyond the scope; nothing more of it."""
    return any(
        db.session.scalar(
            select(spell.id)
            .where(spell.person_id == person_id, not_(scope.limit(spell.ward_id)))
            .limit(1)
        )
        for spell in SPELLS.values()
    )


def list_spells_of(scope: WardScope, person_id: int) -> list[Mentor | Mentee | SupportPost]:
    """Return all roles of a person in the wards of the scope for writing, the earliest first."""
    spells: list[Mentor | Mentee | SupportPost] = []
    for model in (Mentor, Mentee, SupportPost):
        is_theirs = (model.person_id == person_id) & scope.limit(model.ward_id)
        spells.extend(db.session.scalars(select(model).where(is_theirs)))
    return sorted(spells, key=lambda spell: (spell.started_on, spell.id))


def list_pairings_of(scope: WardScope, mentee_id: int) -> Sequence[Mentorship]:
    """Return the pairings of a mentee of the scope, ended ones too."""
    statement = select(Mentorship).where(
        Mentorship.mentee_id == mentee_id, scope.limit(Mentorship.mentee_ward_id)
    )
    return db.session.scalars(statement).all()


def list_details(scope: WardScope, model: type[Detail], person_id: int) -> Sequence[Detail]:
    """Return the groups, languages or tags of a person for writing; none outside the scope."""
    statement = (
        select(model)
        .join(Person, Person.id == model.person_id)
        .where(Person.id == person_id, is_known(scope))
        .order_by(model.id)
    )
    return db.session.scalars(statement).all()


def is_pair_of_one(scope: WardScope, one_id: int, other_id: int) -> bool:
    """Say whether one of two people is, or was, the mentor of the other."""
    mentor, mentee = aliased(Mentor), aliased(Mentee)
    both = {one_id, other_id}
    statement = (
        select(Mentorship.id)
        .join(mentor, mentor.id == Mentorship.mentor_id)
        .join(mentee, mentee.id == Mentorship.mentee_id)
        .where(
            mentor.person_id.in_(both),
            mentee.person_id.in_(both),
            or_(scope.limit(Mentorship.mentor_ward_id), scope.limit(Mentorship.mentee_ward_id)),
        )
    )
    return bool(db.session.scalar(select(exists(statement))))


def _side(scope: WardScope, person_id: int) -> MergeSide:
    statement = (
        select(
            Person.id,
            Person.full_name,
            Person.birth_year,
            Person.gender,
            Person.phone,
            Person.hamlet_id,
            Person.note,
            Hamlet.name,
        )
        .outerjoin(Hamlet, Hamlet.id == Person.hamlet_id)
        .where(Person.id == person_id, Person.merged_into_id.is_(None), is_known(scope))
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise OutOfScopeError(Person, person_id)
    return MergeSide(*row, has_account(scope, person_id), tuple(list_roles(scope, [person_id])))
