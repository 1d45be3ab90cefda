"""What is assumed, and whom to recruit then, in words."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from app.finding_wording import capitalised
from app.formatting import format_number
from app.queries.what_if import Stage, WhatIf
from app.texts import _
from graphs.planning.what_if import Assumptions

STAGE_LABELS = {
    Stage.READING: "Đọc mạng lưới hôm nay",
    Stage.JUDGING: "Đổi theo giả định rồi rà soát lại mọi xã, phường",
    Stage.COMPARING: "So với hôm nay và tính số người cần tuyển",
}


class Recruits(NamedTuple):
    """A kind of people, and how many new ones are needed today and under the assumptions."""

    label: str
    now: int
    then: int


def say_assumptions(
    found: WhatIf, assumptions: Assumptions, names: Mapping[str, str]
) -> Iterator[str]:
    """Say what is assumed, a sentence each; `names` are those of the wards within a sentence.

    No more people leave than there are, whatever was asked for.
    """
    where = _("mọi nơi")
    if assumptions.ward:
        where = names[assumptions.ward]
    if assumptions.floor is not None:
        yield _(
            "Mỗi mentor cần ít nhất %(floor)s người học (hiện nay %(now)s).",
            floor=format_number(assumptions.floor),
            now=format_number(found.floor),
        )
    if assumptions.mentors_gone:
        yield _(
            "%(count)s mentor đang kèm nhiều người học nhất ở %(where)s nghỉ.",
            count=format_number(found.comparison.mentors.left),
            where=where,
        )
    if assumptions.support_gone:
        yield _(
            "%(count)s nhân sự hỗ trợ ở %(where)s nghỉ, nơi có ít người nhất trước.",
            count=format_number(found.comparison.support_staff.left),
            where=where,
        )
    if assumptions.mentees_added:
        yield _added(assumptions.mentees_added, names.get(assumptions.ward))
    if assumptions.joining is not None:
        yield capitalised(
            _(
                "%(gone)s nhập vào %(into)s.",
                gone=names[assumptions.joining.gone],
                into=names[assumptions.joining.into],
            )
        )


def recruits(found: WhatIf) -> list[Recruits]:
    """Return how many new people would be needed at least, today and under the assumptions."""
    now, then = found.recruits_now, found.recruits_then
    return [
        Recruits(_("Mentor mới"), now.mentors, then.mentors),
        Recruits(_("Nhân sự hỗ trợ mới"), now.support, then.support),
    ]


def _added(people: int, ward: str | None) -> str:
    if ward is None:
        return _("Mỗi xã, phường có thêm %(count)s người học.", count=format_number(people))
    return _("%(count)s người học mới đăng ký ở %(ward)s.", count=format_number(people), ward=ward)
