"""What is recorded about a person or a pairing, row by row, deleted rows too: for their history."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    and_,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.people import SPELLS
from models import (
    Consent,
    EndReason,
    FollowUp,
    Handoff,
    Language,
    Mentee,
    Mentor,
    MentorCapacity,
    Mentorship,
    Pause,
    Person,
    PersonGroup,
    PersonLanguage,
    PersonMerge,
    PersonTag,
    Skill,
    SkillAssessment,
    SupportPost,
    Tag,
    TargetGroup,
    VneidConfirmation,
    Ward,
    db,
)

# What was taken back is history, too.
WITH_DELETED = {"include_deleted": True}
PAIR = "pair"
PAUSED = (
    (Mentor, Pause.mentor_id, "mentor"),
    (Mentee, Pause.mentee_id, "mentee"),
    (SupportPost, Pause.support_post_id, "support_post"),
)
_LEARNER, _TEACHER = aliased(Person), aliased(Person)


class HistoryRow(NamedTuple):
    """A row about somebody: when, by whom and in which action it was made, and what it says now.

    `side` tells which end of a pairing, or whose pause, it is; `name` and `place` are the other's,
    or the label of what was recorded. Days are those of the table: from and to, or the one day.
    """

    kind: str
    id: int
    entered_at: datetime
    entered_by_id: int | None
    batch_id: int | None
    side: str | None
    name: str | None
    place: str | None
    reason: str | None
    first_day: date | None
    last_day: date | None
    number: int | None


class Pair(NamedTuple):
    """The two of a pairing; each page can be opened where the ward is in the reader's scope."""

    mentor_id: int
    mentee_id: int
    mentor_name: str
    mentee_name: str
    mentor_ward_id: int
    mentee_ward_id: int
    origin_id: int


def list_person_rows(scope: WardScope, person_id: int) -> list[HistoryRow]:
    """Return all that is recorded about a person, and about records that were merged into theirs.

    Roles are those in the scope, pairings those of which either ward is.
    """
    is_them = or_(Person.id == person_id, Person.merged_into_id == person_id)
    ids = db.session.scalars(select(Person.id).where(is_them), execution_options=WITH_DELETED).all()
    if not ids:
        raise OutOfScopeError(Person, person_id)
    return _read(
        _people(ids),
        *_details(ids),
        *_roles(scope, ids),
        *_pauses(scope, lambda spell: spell.person_id.in_(ids)),
        *_calls(scope, Mentee.person_id.in_(ids)),
        _pairings(scope, Mentor.person_id.in_(ids), "mentor"),
        _pairings(scope, Mentee.person_id.in_(ids), "mentee"),
    )


def get_pair(scope: WardScope, mentorship_id: int) -> Pair:
    """Return the two of a pairing of the scope; 404 outside."""
    statement = (
        select(
            Mentorship.mentor_id,
            Mentorship.mentee_id,
            _TEACHER.full_name,
            _LEARNER.full_name,
            Mentorship.mentor_ward_id,
            Mentorship.mentee_ward_id,
            func.coalesce(Mentorship.origin_id, Mentorship.id),
        )
        .join(Mentor, Mentor.id == Mentorship.mentor_id)
        .join(Mentee, Mentee.id == Mentorship.mentee_id)
        .join(_TEACHER, _TEACHER.id == Mentor.person_id)
        .join(_LEARNER, _LEARNER.id == Mentee.person_id)
        .where(Mentorship.id == mentorship_id, _is_visible(scope))
    )
    row = db.session.execute(statement, execution_options=WITH_DELETED).one_or_none()
    if row is None:
        raise OutOfScopeError(Mentorship, mentorship_id)
    return Pair(*row)


def list_pair_rows(scope: WardScope, pair: Pair) -> list[HistoryRow]:
    """Return what is recorded about a pairing, along the chain that moves to other wards make.

    With the pauses of its two sides and the calls to the mentee, where the scope reaches them.
    """
    is_pair = or_(Mentorship.id == pair.origin_id, Mentorship.origin_id == pair.origin_id)

    def is_side(spell: type[Mentor | Mentee | SupportPost]) -> ColumnElement[bool]:
        return spell.id == {Mentor: pair.mentor_id, Mentee: pair.mentee_id}.get(spell)

    return _read(
        _pairings(scope, is_pair, PAIR),
        *_pauses(scope, is_side),
        *_calls(scope, Mentee.id == pair.mentee_id),
    )


def _read(*parts: Select[*tuple[Any, ...]]) -> list[HistoryRow]:
    rows = db.session.execute(union_all(*parts), execution_options=WITH_DELETED)
    return [HistoryRow._make(row) for row in rows]


def _row(
    model: Any,  # noqa: ANN401  # any mapped table of recorded rows
    **known: ColumnElement[Any] | InstrumentedAttribute[Any],
) -> Select[*tuple[Any, ...]]:
    """Select a row in the common shape; what is not named stays empty."""
    types: dict[str, Any] = {"first_day": Date, "last_day": Date, "number": Integer}
    shown = HistoryRow._fields[5:]
    return select(
        literal(model.__tablename__, String),
        model.id,
        model.entered_at,
        model.entered_by_id,
        model.batch_id,
        *(known.get(name, cast(null(), types.get(name, String))) for name in shown),
    )


def _people(ids: Any) -> Select[*tuple[Any, ...]]:  # noqa: ANN401  # ids of a statement or a list
    return _row(Person, name=Person.full_name, number=Person.merged_into_id).where(
        Person.id.in_(ids)
    )


def _details(ids: Any) -> Iterator[Select[*tuple[Any, ...]]]:  # noqa: ANN401
    yield _row(
        Consent,
        name=Consent.guardian_name,
        reason=cast(Consent.method, String),
        first_day=Consent.given_on,
        last_day=Consent.withdrawn_on,
    ).where(Consent.person_id.in_(ids))
    yield (
        _row(PersonGroup, name=TargetGroup.label)
        .join(TargetGroup, TargetGroup.id == PersonGroup.target_group_id)
        .where(PersonGroup.person_id.in_(ids))
    )
    yield (
        _row(PersonLanguage, name=Language.label)
        .join(Language, Language.id == PersonLanguage.language_id)
        .where(PersonLanguage.person_id.in_(ids))
    )
    yield (
        _row(PersonTag, name=Tag.label)
        .join(Tag, Tag.id == PersonTag.tag_id)
        .where(PersonTag.person_id.in_(ids))
    )
    yield (
        _row(PersonMerge, name=Person.full_name, first_day=PersonMerge.merged_on)
        .join(Person, Person.id == PersonMerge.archived_id)
        .where(PersonMerge.kept_id.in_(ids))
    )


def _roles(scope: WardScope, ids: Any) -> Iterator[Select[*tuple[Any, ...]]]:  # noqa: ANN401
    for spell in SPELLS.values():
        yield (
            _row(
                spell,
                place=Ward.name,
                reason=EndReason.label,
                first_day=spell.started_on,
                last_day=spell.ended_on,
                **({"number": spell.continues_id} if issubclass(spell, Mentor | Mentee) else {}),
            )
            .join(Ward, Ward.id == spell.ward_id)
            .outerjoin(EndReason, EndReason.id == spell.end_reason_id)
            .where(spell.person_id.in_(ids), scope.limit(spell.ward_id))
        )
    yield (
        _row(
            MentorCapacity,
            place=Ward.name,
            first_day=MentorCapacity.effective_on,
            number=MentorCapacity.capacity,
        )
        .join(Mentor, Mentor.id == MentorCapacity.mentor_id)
        .join(Ward, Ward.id == Mentor.ward_id)
        .where(Mentor.person_id.in_(ids), scope.limit(Mentor.ward_id))
    )


def _pauses(scope: WardScope, is_wanted: Any) -> Iterator[Select[*tuple[Any, ...]]]:  # noqa: ANN401
    """Pauses of spells of the scope; the substitute is named as the one who stands in."""
    for spell, column, side in PAUSED:
        yield (
            _row(
                Pause,
                side=literal(side, String),
                name=Person.full_name,
                place=Ward.name,
                first_day=Pause.started_on,
                last_day=Pause.ended_on,
            )
            .join(spell, spell.id == column)
            .join(Ward, Ward.id == spell.ward_id)
            .outerjoin(Person, Person.id == Pause.substitute_person_id)
            .where(is_wanted(spell), scope.limit(spell.ward_id))
        )


def _calls(scope: WardScope, is_wanted: ColumnElement[bool]) -> Iterator[Select[*tuple[Any, ...]]]:
    """Hand-ons from the desk, answers when somebody called later, and what was learnt."""
    yield (
        _row(Handoff, place=Ward.name, first_day=Handoff.handed_on)
        .join(Mentee, Mentee.id == Handoff.mentee_id)
        .join(Ward, Ward.id == Handoff.ward_id)
        .where(is_wanted, scope.limit(Mentee.ward_id))
    )
    yield (
        _row(FollowUp, reason=cast(FollowUp.answer, String), first_day=FollowUp.service_date)
        .join(Mentee, Mentee.id == FollowUp.mentee_id)
        .where(is_wanted, scope.limit(Mentee.ward_id))
    )
    yield (
        _row(
            SkillAssessment,
            name=Skill.label,
            reason=cast(SkillAssessment.level, String),
            first_day=SkillAssessment.service_date,
        )
        .join(Skill, Skill.id == SkillAssessment.skill_id)
        .join(Mentee, Mentee.id == SkillAssessment.mentee_id)
        .where(is_wanted, scope.limit(Mentee.ward_id))
    )
    yield (
        _row(
            VneidConfirmation,
            reason=cast(VneidConfirmation.basis, String),
            first_day=VneidConfirmation.service_date,
        )
        .join(Mentee, Mentee.id == VneidConfirmation.mentee_id)
        .where(is_wanted, scope.limit(Mentee.ward_id))
    )


def _pairings(
    scope: WardScope, is_wanted: ColumnElement[bool], side: str
) -> Select[*tuple[Any, ...]]:
    """Pairings seen from one side, with the name and ward of the other; of a pair, both names."""
    other = _TEACHER if side == "mentee" else _LEARNER
    ward = Mentorship.mentor_ward_id if side == "mentee" else Mentorship.mentee_ward_id
    return (
        _row(
            Mentorship,
            side=literal(side, String),
            name=other.full_name,
            place=_TEACHER.full_name if side == PAIR else Ward.name,
            reason=EndReason.label,
            first_day=Mentorship.started_on,
            last_day=Mentorship.ended_on,
            number=Mentorship.continues_id,
        )
        .join(Mentor, Mentor.id == Mentorship.mentor_id)
        .join(Mentee, Mentee.id == Mentorship.mentee_id)
        .join(_TEACHER, _TEACHER.id == Mentor.person_id)
        .join(_LEARNER, _LEARNER.id == Mentee.person_id)
        .join(Ward, Ward.id == ward)
        .outerjoin(EndReason, EndReason.id == Mentorship.end_reason_id)
        .where(and_(is_wanted, _is_visible(scope)))
    )


def _is_visible(scope: WardScope) -> ColumnElement[bool]:
    return or_(scope.limit(Mentorship.mentor_ward_id), scope.limit(Mentorship.mentee_ward_id))
