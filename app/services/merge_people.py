"""Makes two records of one person one: one is kept, the other archived with a link to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app import clock
from app.access.scope import WardScope
from app.errors import (
    EditConflictError,
    MergeBothPairedError,
    MergedIntoItselfError,
    MergeHoldsAccountError,
    MergeRolesOverlapError,
    MergeRolesUnseenError,
    PersonMergedError,
)
from app.queries.merging import (
    MERGED_FIELDS,
    has_account,
    has_unseen_roles,
    is_pair_of_one,
    list_details,
    list_pairings_of,
    list_spells_of,
    merged_edition,
)
from app.queries.people import get_person
from app.services.repointing import Naming, note_repointed, repoint
from app.services.transaction import Receipt, transaction
from models import (
    DistinctPeople,
    Mentee,
    Mentor,
    MentorCapacity,
    Person,
    PersonGroup,
    PersonLanguage,
    PersonMerge,
    PersonTag,
    SupportPost,
    db,
)
from models.base import Spell

RoleSpell = Mentor | Mentee | SupportPost
Detail = PersonGroup | PersonLanguage | PersonTag
# What is settled role by role, what a person has once, and what stays as it was.
SETTLED = frozenset(
    {
        *(Naming(model, "person_id") for model in (Mentor, Mentee, SupportPost)),
        *(Naming(model, "person_id") for model in (PersonGroup, PersonLanguage, PersonTag)),
        Naming(DistinctPeople, "person_id"),
        Naming(DistinctPeople, "other_id"),
        Naming(PersonMerge, "kept_id"),
        Naming(PersonMerge, "archived_id"),
    }
)
CAPACITIES = frozenset({Naming(MentorCapacity, "mentor_id")})


@dataclass(frozen=True, kw_only=True, slots=True)
class MergeOrder:
    """Which record is kept, and the fields (of `MERGED_FIELDS`) that come from the other one."""

    kept_id: int
    archived_id: int
    taken: frozenset[str]
    seen_edition: int


def merge_people(scope: WardScope, order: MergeOrder, *, request_key: str | None = None) -> Receipt:
    """Archive one record of a person into another, which takes over roles, groups and consents.

    Roles that overlap in one ward become one. Raises `OutOfScopeError`, `EditConflictError` when a
    record changed since it was seen, and a `RuleBrokenError` that says what has to be settled
    first: overlapping roles in two wards, two mentors at a time, roles that the reader cannot see,
    an account behind the record that would go.
    """
    with transaction(scope, "people_merged", request_key=request_key) as unit:
        kept, archived = get_person(scope, order.kept_id), get_person(scope, order.archived_id)
        _refuse(scope, kept, archived, order)
        merge = PersonMerge(kept_id=kept.id, archived_id=archived.id, merged_on=clock.today())
        db.session.add(merge)
        db.session.flush()
        # Details first: nobody is known any more whose roles have gone.
        _join_details(scope, merge)
        _join_roles(scope, merge, kept)
        repoint(merge, Person, archived.id, kept.id, left=SETTLED)
        for field in MERGED_FIELDS:
            if field in order.taken:
                setattr(kept, field, getattr(archived, field))
        archived.merged_into_id = kept.id
        db.session.flush()
        spells = list_spells_of(scope, kept.id)
        unit.about(spells[0], ward_id=spells[0].ward_id)
    return unit.receipt


def _refuse(scope: WardScope, kept: Person, archived: Person, order: MergeOrder) -> None:
    if kept.id == archived.id:
        raise MergedIntoItselfError
    for person in (kept, archived):
        if person.merged_into_id is not None:
            raise PersonMergedError(name=person.full_name)
        if has_unseen_roles(scope, person.id):
            raise MergeRolesUnseenError(name=person.full_name)
    if has_account(scope, archived.id):
        raise MergeHoldsAccountError
    if merged_edition(scope, kept.id, archived.id) != order.seen_edition:
        raise EditConflictError
    if is_pair_of_one(scope, kept.id, archived.id):
        raise MergeBothPairedError


def _join_roles(scope: WardScope, merge: PersonMerge, kept: Person) -> None:
    """Give the kept record the other one's roles; what overlaps in one ward becomes one role."""
    for spell in list_spells_of(scope, merge.archived_id):
        own = [
            one
            for one in list_spells_of(scope, merge.kept_id)
            if type(one) is type(spell) and _overlap(one, spell)
        ]
        in_ward = [one for one in own if one.ward_id == spell.ward_id]
        if isinstance(spell, SupportPost):
            own = in_ward
        if not own:
            spell.person_id = merge.kept_id
            note_repointed(merge, spell)
        elif len(own) == 1 and in_ward and not isinstance(spell, SupportPost):
            _unite(scope, merge, own[0], spell)
        else:
            raise MergeRolesOverlapError(
                name=kept.full_name, ward=own[0].ward.full_name, other=spell.ward.full_name
            )
        db.session.flush()


def _unite(scope: WardScope, merge: PersonMerge, own: RoleSpell, other: RoleSpell) -> None:
    """Let one spell stand for both: from the earlier start to the later end."""
    _refuse_two_mentors_at_a_time(scope, own, other)
    if other.continues_id is not None:  # type: ignore[union-attr]  # posts are never united
        raise MergeRolesOverlapError(
            name=own.person.full_name, ward=own.ward.full_name, other=other.ward.full_name
        )
    own.started_on = min(own.started_on, other.started_on)
    if own.ended_on is not None and (other.ended_on is None or other.ended_on > own.ended_on):
        own.ended_on, own.end_reason_id = other.ended_on, other.end_reason_id
    left = CAPACITIES if isinstance(own, Mentor) and own.capacities else frozenset()
    if left and isinstance(other, Mentor):
        for capacity in other.capacities:
            capacity.deleted_at = clock.now()
    other.deleted_at = clock.now()
    # The role goes first: its pairings would stand beside those of the other one for a moment.
    db.session.flush()
    repoint(merge, type(own), other.id, own.id, left=left)


def _refuse_two_mentors_at_a_time(scope: WardScope, own: RoleSpell, other: RoleSpell) -> None:
    if not isinstance(own, Mentee):
        return
    for one in list_pairings_of(scope, own.id):
        for two in list_pairings_of(scope, other.id):
            if _overlap(one, two):
                raise MergeBothPairedError


def _join_details(scope: WardScope, merge: PersonMerge) -> None:
    """Give the kept record the groups, languages and tags that it has not yet."""
    details: tuple[tuple[type[Detail], str], ...] = (
        (PersonGroup, "target_group_id"),
        (PersonLanguage, "language_id"),
        (PersonTag, "tag_id"),
    )
    for model, entry in details:
        known = {getattr(row, entry) for row in list_details(scope, model, merge.kept_id)}
        rows: Sequence[Detail] = list_details(scope, model, merge.archived_id)
        for row in rows:
            if getattr(row, entry) in known:
                row.deleted_at = clock.now()
            else:
                row.person_id = merge.kept_id
                note_repointed(merge, row)


def _overlap(one: Spell, other: Spell) -> bool:
    return one.started_on < (other.ended_on or date.max) and other.started_on < (
        one.ended_on or date.max
    )
