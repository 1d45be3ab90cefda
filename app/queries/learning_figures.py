"""Figures of what was learnt within some days, for reports: people, each once; skills apart."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Subquery, false, func, select

from app.access.scope import WardScope
from app.queries.tables import many_rows
from models import EndReason, Mentee, SkillAssessment, VneidConfirmation, db
from models.enums import SkillLevel, VneidBasis


class LearningFigures(NamedTuple):
    """What was reached within some days; none of these is a part of another or to be added to it.

    `skills_reached`: skills of a person that were assessed as «tự làm được» for the first time.
    `people_reaching`: distinct people of whom at least one skill was. `completed`: distinct people
    whose spell as mentee ended as completed. `vneid_self_reported`, `vneid_seen`: distinct people
    of whom a confirmed VNeID account was noted for the first time, as they said, as an officer saw;
    one person may be in both.
    """

    skills_reached: int = 0
    people_reaching: int = 0
    completed: int = 0
    vneid_self_reported: int = 0
    vneid_seen: int = 0


def count_learning(scope: WardScope, first_day: date, last_day: date) -> LearningFigures:
    """Return the figures of the scope, both days included; people once however many wards."""
    is_within = _between(first_day, last_day)
    found = _figures(scope, first_day, last_day, is_within, by_ward=False)
    return found.get(None, LearningFigures())


def count_learning_of_period(
    scope: WardScope, period_id: int | None, first_day: date, last_day: date
) -> LearningFigures:
    """Return the figures of the scope that a period counts, what came late for others too.

    Who completed is told by the day; without id nothing was entered in the period.
    """

    def is_within(source: Subquery) -> ColumnElement[bool]:
        return false() if period_id is None else source.c.reported_in_id == period_id

    found = _figures(scope, first_day, last_day, is_within, by_ward=False)
    return found.get(None, LearningFigures())


def learning_by_ward(
    scope: WardScope, first_day: date, last_day: date
) -> dict[int, LearningFigures]:
    """Return the figures of each ward of the scope in which anything was reached.

    A skill counts in the ward where it was first said, so skills add up to the scope's; people of
    two wards count in both, so people need not.
    """
    is_within = _between(first_day, last_day)
    found = _figures(scope, first_day, last_day, is_within, by_ward=True)
    return {ward_id: figures for ward_id, figures in found.items() if ward_id is not None}


def completed_by_ward(scope: WardScope, first_day: date, last_day: date) -> dict[int | None, int]:
    """Return `LearningFigures.completed` of each ward with any and, by None, of the scope."""
    source, *counts = _completed(scope, first_day, last_day)
    [people] = counts
    by_ward = select(source.c.ward_id, people).group_by(source.c.ward_id)
    total = db.session.scalar(select(people).select_from(source)) or 0
    return {None: total, **dict(many_rows(by_ward))}


_IsWithin = Callable[[Subquery], ColumnElement[bool]]


def _between(first_day: date, last_day: date) -> _IsWithin:
    return lambda source: source.c.service_date.between(first_day, last_day)


def _figures(
    scope: WardScope, first_day: date, last_day: date, is_within: _IsWithin, *, by_ward: bool
) -> dict[int | None, LearningFigures]:
    rows: dict[int | None, dict[str, int]] = {}
    for names, statement in (
        (("skills_reached", "people_reaching"), _reached(scope, is_within)),
        (("completed",), _completed(scope, first_day, last_day)),
        (("vneid_self_reported", "vneid_seen"), _confirmed(scope, is_within)),
    ):
        source, *counts = statement
        grouped: Select[*tuple[Any, ...]] = select(*counts).select_from(source)
        if by_ward:
            grouped = grouped.add_columns(source.c.ward_id).group_by(source.c.ward_id)
        for row in db.session.execute(grouped):
            ward_id = row.ward_id if by_ward else None
            rows.setdefault(ward_id, {}).update(zip(names, row, strict=False))
    return {ward_id: LearningFigures(**values) for ward_id, values in rows.items()}


_Counts = tuple[Subquery, *tuple[ColumnElement[int], ...]]


def _reached(scope: WardScope, is_within: _IsWithin) -> _Counts:
    is_first = func.row_number().over(
        partition_by=(Mentee.person_id, SkillAssessment.skill_id),
        order_by=(SkillAssessment.service_date, SkillAssessment.id),
    )
    able = (
        select(
            Mentee.person_id,
            SkillAssessment.ward_id,
            SkillAssessment.service_date,
            SkillAssessment.reported_in_id,
            is_first.label("place"),
        )
        .join(Mentee, Mentee.id == SkillAssessment.mentee_id)
        .where(SkillAssessment.level == SkillLevel.ABLE, SkillAssessment.deleted_at.is_(None))
        .subquery()
    )
    source = (
        select(able.c.person_id, able.c.ward_id)
        .where(able.c.place == 1, is_within(able))
        .where(scope.limit(able.c.ward_id))
        .subquery()
    )
    return source, func.count(), func.count(source.c.person_id.distinct())


def _completed(scope: WardScope, first_day: date, last_day: date) -> _Counts:
    source = (
        select(Mentee.person_id, Mentee.ward_id)
        .join(EndReason, EndReason.id == Mentee.end_reason_id)
        .where(EndReason.is_completion, Mentee.ended_on.between(first_day, last_day))
        .where(scope.limit(Mentee.ward_id), Mentee.deleted_at.is_(None))
        .subquery()
    )
    return source, func.count(source.c.person_id.distinct())


def _confirmed(scope: WardScope, is_within: _IsWithin) -> _Counts:
    is_first = func.row_number().over(
        partition_by=(Mentee.person_id, VneidConfirmation.basis),
        order_by=(VneidConfirmation.service_date, VneidConfirmation.id),
    )
    noted = (
        select(
            Mentee.person_id,
            VneidConfirmation.ward_id,
            VneidConfirmation.basis,
            VneidConfirmation.service_date,
            VneidConfirmation.reported_in_id,
            is_first.label("place"),
        )
        .join(Mentee, Mentee.id == VneidConfirmation.mentee_id)
        .where(VneidConfirmation.deleted_at.is_(None))
        .subquery()
    )
    source = (
        select(noted.c.person_id, noted.c.ward_id, noted.c.basis)
        .where(noted.c.place == 1, is_within(noted))
        .where(scope.limit(noted.c.ward_id))
        .subquery()
    )
    people = func.count(source.c.person_id.distinct())
    return (
        source,
        people.filter(source.c.basis == VneidBasis.SELF_REPORTED),
        people.filter(source.c.basis == VneidBasis.SEEN_BY_OFFICER),
    )
