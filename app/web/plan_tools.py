"""The tools that plan ahead, in one place: the hub of plans lists those that the reader may use."""

from typing import NamedTuple

from app.access.current import may
from app.access.policy import Permission
from app.texts import _
from app.web.addresses import known_address


class PlanTool(NamedTuple):
    """A tool: its name, what it answers in one sentence, its page, who may use it, its icon."""

    label: str
    answers: str
    endpoint: str
    permission: Permission
    icon: str


class PlanToolLink(NamedTuple):
    """A tool that the reader may use."""

    label: str
    answers: str
    url: str
    icon: str


PLAN_TOOLS = (
    PlanTool(
        "Lập kế hoạch ghép",
        "Ghép ai với ai để nhiều mentor nhất đủ người học, ít người phải chờ nhất.",
        "assignment_drafts.index",
        Permission.PAIR_PEOPLE,
        "link-45deg",
    ),
    PlanTool(
        "Cần tuyển thêm ai, ở đâu",
        "Ít nhất bao nhiêu mentor và nhân sự hỗ trợ mới thì không nơi nào còn thiếu.",
        "plans.recruitment",
        Permission.VIEW_AUDIT,
        "person-plus",
    ),
    PlanTool(
        "Vùng trắng",
        "Những xã, phường liền nhau chưa có ai phục vụ, và nơi gần nhất giúp được.",
        "blank_areas.index",
        Permission.VIEW_AUDIT,
        "map",
    ),
    PlanTool(
        "Xã giáp ranh giúp nhau",
        "Nơi nào còn chỗ nhận thêm người học, cử thêm nhân sự hỗ trợ cho nơi nào bên cạnh.",
        "twinning.index",
        Permission.VIEW_AUDIT,
        "send",
    ),
    PlanTool(
        "Nếu một người nghỉ",
        "Ai nghỉ thì xã, phường mất chỗ dựa cuối cùng, bao nhiêu người học mất mentor, họ nên sang"
        " mentor nào.",
        "departures.index",
        Permission.VIEW_AUDIT,
        "exclamation-triangle",
    ),
    PlanTool(
        "Thử giả định",
        "Nếu mỗi mentor cần 6 người học, hai xã nhập làm một, mười mentor nghỉ hay có thêm người"
        " học thì mạng lưới ra sao. Chỉ tính thử, không ghi gì.",
        "what_if.index",
        Permission.VIEW_AUDIT,
        "sliders",
    ),
)


def plan_tools() -> list[PlanToolLink]:
    """Return the tools that the reader may use, in the order in which they are offered."""
    return [
        PlanToolLink(
            str(_(tool.label)), str(_(tool.answers)), known_address(tool.endpoint), tool.icon
        )
        for tool in PLAN_TOOLS
        if may(tool.permission)
    ]
