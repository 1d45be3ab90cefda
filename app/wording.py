"""Sentences and labels for codes, in the words of the Union."""

from app.exchange.records import RosterRole
from app.texts import _
from models.enums import (
    ActivityKind,
    AssessmentSource,
    ConsentMethod,
    FollowUpAnswer,
    Gender,
    GroupBasis,
    HalfDay,
    HelpMode,
    HelpResult,
    PersonRole,
    Role,
    RowOutcome,
    SkillLevel,
    TargetIndicator,
    VneidBasis,
)

# Under every map of the wards, as data/SOURCES.md asks for.
MAP_CREDIT = (
    "Ranh giới: Nhà xuất bản Tài nguyên, Môi trường và Bản đồ Việt Nam (sapnhap.bando.com.vn),"
    " qua vietnamese-provinces-database (MIT)."
)

ROLE_LABELS = {
    Role.WARD_LEADER: "Bí thư Đoàn xã/phường",
    Role.SUPPORT: "Nhân sự hỗ trợ",
    Role.PROVINCE: "Tỉnh Đoàn",
    Role.ADMIN: "Quản trị",
}

PERSON_ROLE_LABELS = {
    PersonRole.MENTOR: "Mentor",
    PersonRole.MENTEE: "Người học",
    PersonRole.SUPPORT_POST: "Nhân sự hỗ trợ",
}

GROUP_BASIS_LABELS = {
    GroupBasis.CONSENT: "Người đó đồng ý cho ghi",
    GroupBasis.PAPER_FORM: "Có phiếu giấy",
}

# What people agree to; a new text gets a new version, each consent keeps the one it was given to.
CONSENT_TEXT_VERSION = "2026-01"
CONSENT_TEXT = (
    "Tôi đồng ý để Đoàn Thanh niên ghi họ tên, năm sinh, số điện thoại, nơi ở và việc học kỹ năng "
    "số của tôi, chỉ dùng để ghép người hướng dẫn và báo cáo số liệu chung. Tôi có thể xem, sửa "
    "hoặc rút lại sự đồng ý này bất cứ lúc nào."
)

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

ACTIVITY_KIND_LABELS = {
    ActivityKind.COMMUNITY_CLASS: "Lớp học cộng đồng",
    ActivityKind.HOUSE_VISIT: "Tổ công nghệ số đến từng nhà",
    ActivityKind.YOUTH_CAMPAIGN: "Chiến dịch Thanh niên",
    ActivityKind.LEARNING_DAY: "Ngày hội toàn dân học tập số",
    ActivityKind.DIGITAL_FAMILY: "Buổi Gia đình số",
    ActivityKind.DIGITAL_MARKET: "Buổi Chợ số",
}

TARGET_INDICATOR_LABELS = {
    TargetIndicator.MENTORS: "Mentor đang hoạt động",
    TargetIndicator.MENTEES: "Người đang học",
    TargetIndicator.COMPLETED: "Người hoàn thành trong năm",
    TargetIndicator.SESSIONS: "Lượt hỗ trợ trong năm",
    TargetIndicator.CLASSES: "Lớp học cộng đồng đã mở trong năm",
    TargetIndicator.WARDS_WITH_SUPPORT: "Xã, phường có nhân sự hỗ trợ",
    TargetIndicator.PUBLIC_STAFF: "Cán bộ, công chức, viên chức có kỹ năng số cơ bản",
    TargetIndicator.PUPILS: "Học sinh từ tiểu học có kỹ năng số cơ bản",
    TargetIndicator.ADULTS: "Người trưởng thành có kỹ năng số cơ bản",
    TargetIndicator.VNEID: "Người trưởng thành được xác nhận trên VNeID",
    TargetIndicator.WORKERS: "Người lao động trong doanh nghiệp, HTX có kỹ năng số cơ bản",
}

# What is counted towards a target of the network.
TARGET_UNITS = {
    TargetIndicator.MENTORS: "mentor",
    TargetIndicator.MENTEES: "người",
    TargetIndicator.COMPLETED: "người",
    TargetIndicator.SESSIONS: "lượt",
    TargetIndicator.CLASSES: "lớp",
    TargetIndicator.WARDS_WITH_SUPPORT: "xã, phường",
}

# What somebody said who was called some weeks after they were taught.
FOLLOW_UP_LABELS = {
    FollowUpAnswer.STILL_ABLE: "Vẫn tự làm được",
    FollowUpAnswer.NEEDS_HELP: "Cần giúp thêm",
    FollowUpAnswer.UNREACHED: "Không liên lạc được",
}

# What somebody can do of a skill, in the words of the programme, and who says so.
SKILL_LEVEL_LABELS = {
    SkillLevel.NOT_YET: "Chưa",
    SkillLevel.NEEDS_HELP: "Cần giúp",
    SkillLevel.ABLE: "Tự làm được",
}
ASSESSMENT_SOURCE_LABELS = {
    AssessmentSource.MENTOR: "Mentor của người học",
    AssessmentSource.LEADER: "Cán bộ Đoàn",
    AssessmentSource.MENTEE: "Người học tự nói",
}
VNEID_BASIS_LABELS = {
    VneidBasis.SELF_REPORTED: "Người học tự báo",
    VneidBasis.SEEN_BY_OFFICER: "Cán bộ đã xem trên máy",
}

ROSTER_ROLE_LABELS = {
    RosterRole.MENTOR: "Mentor",
    RosterRole.MENTEE: "Người học",
    RosterRole.SUPPORT: "Nhân sự hỗ trợ",
}

ROW_OUTCOME_LABELS = {
    RowOutcome.CREATED: "Mới",
    RowOutcome.UNCHANGED: "Đã có",
    RowOutcome.DUPLICATE: "Trùng trong tệp",
    RowOutcome.REJECTED: "Có lỗi",
}

HALF_DAY_LABELS = {HalfDay.MORNING: "Buổi sáng", HalfDay.AFTERNOON: "Buổi chiều"}

GENDER_LABELS = {Gender.FEMALE: "Nữ", Gender.MALE: "Nam", Gender.OTHER: "Khác"}

CONSENT_METHOD_LABELS = {
    ConsentMethod.PAPER: "Phiếu giấy có chữ ký",
    ConsentMethod.SPOKEN: "Đồng ý bằng lời, có người chứng kiến",
    ConsentMethod.MESSAGE: "Tin nhắn (Zalo, SMS)",
}


# What an action did, for the change log; one sentence for each kind that a service names.
def person_role_label(role: PersonRole) -> str:
    """Return the Vietnamese name of a role in the network."""
    return str(_(PERSON_ROLE_LABELS[role]))


def gender_label(gender: Gender) -> str:
    """Return the Vietnamese word for a gender."""
    return str(_(GENDER_LABELS[gender]))


def consent_method_label(method: ConsentMethod) -> str:
    """Return the Vietnamese words for how somebody agreed."""
    return str(_(CONSENT_METHOD_LABELS[method]))


def skill_level_label(level: SkillLevel) -> str:
    """Return the Vietnamese words for what somebody can do of a skill."""
    return str(_(SKILL_LEVEL_LABELS[level]))


def target_label(indicator: TargetIndicator) -> str:
    """Return what a target is set for."""
    return str(_(TARGET_INDICATOR_LABELS[indicator]))


def assessment_source_label(source: AssessmentSource) -> str:
    """Return the Vietnamese words for who says what a mentee can do."""
    return str(_(ASSESSMENT_SOURCE_LABELS[source]))


def vneid_basis_label(basis: VneidBasis) -> str:
    """Return the Vietnamese words for how a confirmed VNeID account is known."""
    return str(_(VNEID_BASIS_LABELS[basis]))


def role_label(role: Role | None) -> str:
    """Return the Vietnamese name of a role; an account without one has no name for it."""
    return "" if role is None else str(_(ROLE_LABELS[role]))


# What a reporting period counts.
ENTRY_KIND_LABELS = {
    "sessions": "Lượt hỗ trợ",
    "contacts": "Buổi hướng dẫn",
    "activities": "Hoạt động",
    "duty_turns": "Ca trực",
    "follow_ups": "Lần gọi hỏi sau khi học",
    "skills": "Đánh giá kỹ năng",
    "vneid": "Xác nhận VNeID",
}
