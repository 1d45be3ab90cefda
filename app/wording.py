"""Sentences and labels for codes, in the words of the Union."""

from flask_babel import gettext as _

from app.errors import (
    AlreadyUndoneError,
    EditConflictError,
    LaterChangeError,
    OverlapError,
    PeriodClosedError,
    RuleBrokenError,
    UndoExpiredError,
)
from models.enums import ConsentMethod, Gender, HalfDay, HelpMode, HelpResult, Role

ROLE_LABELS = {
    Role.WARD_LEADER: "Bí thư Đoàn xã/phường",
    Role.SUPPORT: "Nhân sự hỗ trợ",
    Role.PROVINCE: "Tỉnh Đoàn",
    Role.ADMIN: "Quản trị",
}

HELP_MODE_LABELS = {
    HelpMode.SELF: "Tự làm",
    HelpMode.TOGETHER: "Làm cùng",
    HelpMode.ON_BEHALF: "Làm thay",
}

HELP_RESULT_LABELS = {
    HelpResult.DONE: "Xong",
    HelpResult.UNFINISHED: "Chưa xong, hẹn lại",
    HelpResult.REFERRED: "Chuyển bộ phận khác",
}

HALF_DAY_LABELS = {HalfDay.MORNING: "Buổi sáng", HalfDay.AFTERNOON: "Buổi chiều"}

GENDER_LABELS = {Gender.FEMALE: "Nữ", Gender.MALE: "Nam", Gender.OTHER: "Khác"}

CONSENT_METHOD_LABELS = {
    ConsentMethod.PAPER: "Phiếu giấy có chữ ký",
    ConsentMethod.SPOKEN: "Đồng ý bằng lời, có người chứng kiến",
    ConsentMethod.MESSAGE: "Tin nhắn (Zalo, SMS)",
}

# Each rule of the domain that may be broken, with what to do about it.
RULE_SENTENCES: dict[type[RuleBrokenError], str] = {
    EditConflictError: (
        "Có người vừa sửa mục này. Phần bạn nhập vẫn còn ở dưới; xem nội dung mới rồi lưu lại."
    ),
    OverlapError: "Khoảng ngày này trùng với một khoảng đã ghi. Chọn ngày khác hoặc kết thúc khoảng cũ trước.",
    PeriodClosedError: (
        "Kỳ báo cáo %(period)s đã khóa nên không sửa được dòng này. Ghi một dòng mới để điều chỉnh."
    ),
    UndoExpiredError: "Việc này đã quá %(days)s ngày nên không hoàn tác được nữa.",
    AlreadyUndoneError: "Việc này đã được hoàn tác trước đó.",
    LaterChangeError: (
        "Chưa hoàn tác được vì đã có thay đổi sau đó dựa vào việc này. Hoàn tác việc mới hơn trước."
    ),
}


def role_label(role: Role | None) -> str:
    """Return the Vietnamese name of a role; an account without one has no name for it."""
    return "" if role is None else str(_(ROLE_LABELS[role]))


def describe_broken_rule(error: RuleBrokenError) -> str:
    """Return the sentence that says which rule was broken and what to do."""
    return str(_(RULE_SENTENCES[type(error)], **error.details))
