"""The recruitment plan as a table to take along: a row for each ward that it says something of."""

from collections.abc import Iterator

from app.planning.assignment import say_shortage
from app.planning.recruitment import say_proof, say_recruits, say_service
from app.queries.recruitment import Recruitment
from app.texts import _
from graphs.planning.plan import WardShortage
from graphs.planning.recruitment import WardRecruits

Row = tuple[str | int | None, ...]


def recruitment_headings() -> list[str]:
    """Name the columns, as the page does."""
    return [
        _("Mã xã, phường"),
        _("Xã, phường"),
        _("Thêm mentor"),
        _("Thêm nhân sự hỗ trợ"),
        _("Đang chờ"),
        _("Còn nhận được"),
        _("Thừa mentor"),
        _("Vì sao"),
    ]


def recruitment_rows(found: Recruitment) -> list[Row]:
    """Return the wards that need somebody, have too many mentors, or no data; by code.

    None is what the plan does not say of a ward, which is not 0.
    """
    needed = {row.ward: row for row in found.plan.wards}
    surplus = {row.ward: row for row in found.surplus}
    told = {*needed, *surplus, *found.plan.without_data}
    return [
        (code, found.names[code], *_figures(needed.get(code), surplus.get(code)))
        for code in sorted(told)
    ]


def recruitment_notes(found: Recruitment) -> Iterator[str]:
    """Say how many are needed, how sure that is, and who takes on whose people."""
    yield _(
        "Ít nhất %(mentors)s mentor và %(support)s nhân sự hỗ trợ mới",
        mentors=found.plan.mentors,
        support=found.plan.support,
    )
    yield say_proof(found.plan)
    for service in found.plan.services:
        if service.ward != service.at:
            yield say_service(found, service)


def _figures(needed: WardRecruits | None, surplus: WardShortage | None) -> Row:
    reasons = []
    if needed is not None:
        reasons.append(say_recruits(needed))
    if surplus is not None:
        reasons.append(say_shortage(surplus))
    if not reasons:
        return None, None, None, None, None, _("Chưa có dữ liệu.")
    return (
        needed.mentors if needed else 0,
        needed.support if needed else 0,
        needed.waiting if needed else None,
        needed.spare if needed else None,
        surplus.surplus_mentors if surplus else 0,
        " ".join(reasons),
    )
