"""The recruitment plan in words, and for scripts and other programs."""

from typing import Any

from app.formatting import format_number
from app.planning.assignment import say_shortage
from app.queries.recruitment import Recruitment
from app.texts import _
from graphs.planning.plan import PlanStatus
from graphs.planning.recruitment import RecruitmentPlan, WardRecruits
from graphs.planning.services import Service


def say_recruits(row: WardRecruits) -> str:
    """Say whom a ward needs, and why."""
    return " ".join((*_about_support(row), *_about_mentors(row), *_about_neighbours(row)))


def say_proof(plan: RecruitmentPlan) -> str:
    """Say how sure it is that fewer new mentors do not do."""
    if plan.is_optimal:
        return _("Đã chứng minh: ít hơn thế thì vẫn còn nơi thiếu.")
    return _(
        "Chưa chứng minh được là ít nhất: chắc chắn không thể ít hơn %(count)s mentor.",
        count=format_number(plan.mentors_bound),
    )


def say_service(recruitment: Recruitment, service: Service) -> str:
    """Say who is taken on by a bordering ward."""
    return _(
        "%(at)s nhận %(count)s người đang chờ của %(ward)s.",
        at=recruitment.names[service.at],
        count=format_number(service.people),
        ward=recruitment.names[service.ward],
    )


def recruitment_as_json(recruitment: Recruitment) -> dict[str, Any]:
    """Return a plan as values that JSON knows, by the contract in docs/planning.md."""
    plan = recruitment.plan
    return {
        "as_of": recruitment.as_of.isoformat(),
        "reach": plan.reach.value,
        "status": _status(plan).value,
        "objective": {
            "new_mentors": plan.mentors,
            "new_support": plan.support,
            "capacity": plan.capacity,
        },
        "proof": {"new_mentors_at_least": plan.mentors_bound, "is_optimal": plan.is_optimal},
        "wards": [
            {
                "code": row.ward,
                "name": recruitment.names[row.ward],
                **{name: value for name, value in row._asdict().items() if name != "ward"},
                "message": say_recruits(row),
            }
            for row in plan.wards
        ],
        "services": [service._asdict() for service in plan.services],
        "surplus": [
            {
                "code": row.ward,
                "name": recruitment.names[row.ward],
                "mentors": row.mentors,
                "people": row.mentees,
                "at_floor_at_most": row.at_most,
                "surplus_mentors": row.surplus_mentors,
                "missing_people": row.missing_mentees,
                "message": say_shortage(row),
            }
            for row in recruitment.surplus
        ],
        "without_data": list(plan.without_data),
    }


def _status(plan: RecruitmentPlan) -> PlanStatus:
    if not plan.wards:
        return PlanStatus.NOTHING_TO_DO
    return PlanStatus.OPTIMAL if plan.is_optimal else PlanStatus.FEASIBLE


def _about_support(row: WardRecruits) -> list[str]:
    if not row.support:
        return []
    return [_("Thêm %(count)s nhân sự hỗ trợ: hiện chưa có ai.", count=row.support)]


def _about_mentors(row: WardRecruits) -> list[str]:
    if not row.mentors:
        return []
    mentors = format_number(row.mentors)
    if row.waiting:
        return [
            _(
                "Thêm %(count)s mentor: %(waiting)s người đang chờ, còn nhận được %(spare)s.",
                count=mentors,
                waiting=format_number(row.waiting),
                spare=format_number(row.spare),
            )
        ]
    if row.from_neighbours:
        return [_("Thêm %(count)s mentor.", count=mentors)]
    # The fewest are proposed: where nobody waits, only a ward without a mentor gets one.
    return [_("Thêm %(count)s mentor: hiện chưa có ai.", count=mentors)]


def _about_neighbours(row: WardRecruits) -> list[str]:
    parts = []
    if row.from_neighbours:
        parts.append(
            _(
                "Nhận thêm %(count)s người đang chờ ở xã giáp ranh.",
                count=format_number(row.from_neighbours),
            )
        )
    if row.to_neighbours:
        parts.append(
            _(
                "%(count)s người được mentor của xã giáp ranh nhận.",
                count=format_number(row.to_neighbours),
            )
        )
    return parts
