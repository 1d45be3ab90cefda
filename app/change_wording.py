"""Words of the change log: what was done, and to what."""

from app.texts import _

ACTION_LABELS = {
    "account_created": "Tạo tài khoản",
    "account_disabled": "Khóa tài khoản",
    "account_enabled": "Mở khóa tài khoản",
    "account_handed_over": "Bàn giao tài khoản cho người mới",
    "account_linked": "Gắn tài khoản với một người",
    "account_link_issued": "Tạo liên kết đặt mật khẩu",
    "account_renamed": "Sửa tên tài khoản",
    "activity_added": "Ghi hoạt động",
    "activity_confirmed": "Ghi hoạt động đã diễn ra",
    "activity_deleted": "Xóa hoạt động",
    "activity_edited": "Sửa hoạt động",
    "class_assessed": "Ghi kỹ năng của nhiều người học",
    "catalogue_entry_added": "Thêm mục vào danh mục",
    "catalogue_entry_edited": "Sửa mục trong danh mục",
    "consent_recorded": "Ghi sự đồng ý",
    "consent_withdrawn": "Ghi rút lại đồng ý",
    "contact_logged": "Ghi buổi hướng dẫn",
    "contact_logged_by_link": "Mentor tự ghi đã gặp, qua liên kết riêng",
    "contact_taken_back_by_link": "Mentor bỏ dấu đã gặp, qua liên kết riêng",
    "contact_sheet_logged": "Nhập phiếu hướng dẫn",
    "demo_loaded": "Nạp dữ liệu mẫu",
    "duty_confirmed": "Xác nhận đã trực",
    "duty_deleted": "Xóa ca trực",
    "duty_holiday_set": "Ghi buổi nghỉ lễ của quầy",
    "duty_leave_deleted": "Bỏ ngày nghỉ trực",
    "duty_leave_recorded": "Ghi nghỉ trực",
    "duty_pattern_set": "Xếp lịch trực hằng tuần",
    "duty_recorded": "Ghi ca trực",
    "first_administrator_created": "Tạo quản trị đầu tiên",
    "follow_up_answered": "Ghi trả lời khi gọi hỏi sau khi học",
    "grant_added": "Cấp vai trò",
    "grant_ended": "Thôi vai trò",
    "headings_explained": "Chọn cột của tệp danh sách là gì",
    "mentee_completed": "Ghi người học hoàn thành",
    "mentee_ended": "Ghi người học hoàn thành hoặc thôi học",
    "mentee_handed_on": "Chuyển người dân cho mentor",
    "mentee_moved": "Chuyển người học sang xã, phường khác",
    "mentee_paused": "Ghi người học tạm nghỉ",
    "mentee_promoted": "Người học hoàn thành trở thành mentor",
    "mentee_registered": "Đăng ký người học",
    "mentee_return_set": "Đổi ngày người học trở lại",
    "mentees_ended": "Ghi nhiều người học thôi học",
    "mentees_moved": "Chuyển nhiều người học sang xã, phường khác",
    "mentees_paired": "Ghép cặp",
    "mentees_paused": "Ghi nhiều người học tạm nghỉ",
    "mentor_link_ended": "Tắt liên kết riêng của mentor",
    "mentor_link_issued": "Tạo liên kết riêng của mentor",
    "mentor_changed": "Đổi mentor",
    "mentor_ended": "Ghi mentor thôi hướng dẫn",
    "mentor_moved": "Chuyển mentor sang xã, phường khác",
    "mentor_paused": "Ghi mentor tạm nghỉ",
    "mentor_registered": "Đăng ký mentor",
    "mentor_return_set": "Đổi ngày mentor trở lại",
    "mentors_ended": "Ghi nhiều mentor thôi hướng dẫn",
    "mentors_moved": "Chuyển nhiều mentor sang xã, phường khác",
    "mentors_paused": "Ghi nhiều mentor tạm nghỉ",
    "mentorship_ended": "Kết thúc cặp",
    "plan_published": "Công bố kế hoạch ghép",
    "offer_answered": "Ghi trả lời có muốn học thêm không",
    "password_changed": "Đổi mật khẩu của mình",
    "password_set_by_link": "Đặt mật khẩu qua liên kết",
    "password_set_by_operator": "Đặt mật khẩu tạm bằng lệnh trên máy chủ",
    "people_tagged": "Gắn nhãn cho nhiều người",
    "people_told_apart": "Ghi là những người khác nhau",
    "people_merged": "Gộp hai hồ sơ của một người",
    "people_untagged": "Bỏ nhãn của nhiều người",
    "period_changed": "Đổi ngày của kỳ báo cáo",
    "period_closed": "Khóa kỳ báo cáo",
    "period_reopened": "Mở lại kỳ báo cáo",
    "person_edited": "Sửa thông tin",
    "person_tagged": "Sửa nhãn",
    "roster_imported": "Nhập danh sách",
    "session_deleted": "Xóa lượt hỗ trợ",
    "session_edited": "Sửa lượt hỗ trợ",
    "session_logged": "Ghi lượt hỗ trợ",
    "sessions_bundled": "Ghi gộp nhiều lượt hỗ trợ",
    "sessions_confirmed": "Ghi các lượt nhập dồn là đúng",
    "sessions_deleted": "Xóa các lượt hỗ trợ nhập nhầm",
    "setting_changed": "Đổi cài đặt",
    "skills_assessed": "Ghi kỹ năng của người học",
    "support_post_ended": "Ghi nhân sự hỗ trợ thôi nhiệm vụ",
    "support_post_moved": "Chuyển nhân sự hỗ trợ sang xã, phường khác",
    "support_post_paused": "Ghi nhân sự hỗ trợ tạm nghỉ",
    "support_post_registered": "Đăng ký nhân sự hỗ trợ",
    "support_post_return_set": "Đổi ngày nhân sự hỗ trợ trở lại",
    "support_posts_ended": "Ghi nhiều nhân sự hỗ trợ thôi nhiệm vụ",
    "support_posts_moved": "Chuyển nhiều nhân sự hỗ trợ sang xã, phường khác",
    "support_posts_paused": "Ghi nhiều nhân sự hỗ trợ tạm nghỉ",
    "topic_added": "Thêm chủ đề tuần",
    "topic_deleted": "Bỏ chủ đề tuần",
    "topic_edited": "Sửa chủ đề tuần",
    "redo": "Khôi phục từ thùng rác",
    "rows_restored": "Khôi phục từng mục từ thùng rác",
    "view_forgotten": "Bỏ một cách xem danh sách",
    "view_kept": "Lưu cách xem danh sách",
    "view_renamed": "Đổi tên cách xem danh sách",
    "undo": "Hoàn tác một việc trước đó",
    "vneid_recorded": "Ghi tài khoản VNeID đã xác nhận",
    "ward_asked": "Gửi lời nhờ xã bạn",
    "ward_request_accepted": "Nhận lời nhờ của xã bạn",
    "ward_request_declined": "Từ chối lời nhờ của xã bạn",
    "ward_request_fulfilled": "Ghép hoặc xếp lịch theo lời nhờ",
    "ward_request_withdrawn": "Rút lời nhờ xã bạn",
}

# Actions that named one of many people: the others are meant as well.
OF_MANY = frozenset(
    f"{role}s_{suffix}"
    for role in ("mentor", "mentee", "support_post")
    for suffix in ("paused", "moved", "ended")
) | {"class_assessed", "people_tagged", "people_untagged"}

# What a mentor does without an account; everything else without one is a command on the server.
BY_LINK = frozenset({"contact_logged_by_link", "contact_taken_back_by_link"})

# What an action was about, in the change log.
OBJECT_LABELS = {
    "account_people": "người của tài khoản",
    "accounts": "tài khoản",
    "activities": "hoạt động",
    "activity_hosts": "người chủ trì hoạt động",
    "activity_people": "người tham gia hoạt động",
    "activity_tags": "nhãn của hoạt động",
    "activity_turns": "lượt theo nhóm của hoạt động",
    "attendances": "lượt có mặt",
    "consents": "sự đồng ý",
    "confirmed_sessions": "lượt đã xem lại là đúng",
    "contacts": "buổi hướng dẫn",
    "ward_requests": "lời nhờ giữa hai xã",
    "distinct_people": "hai người khác nhau",
    "duty_holidays": "buổi nghỉ lễ của quầy",
    "duty_leaves": "lần nghỉ trực",
    "duty_patterns": "buổi trực hằng tuần",
    "duty_turns": "ca trực",
    "end_reasons": "lý do kết thúc",
    "follow_ups": "lần gọi hỏi sau khi học",
    "grants": "vai trò",
    "hamlets": "thôn, làng, tổ dân phố",
    "handoffs": "lần chuyển từ quầy",
    "heading_meanings": "ý nghĩa của cột trong tệp danh sách",
    "help_sessions": "lượt hỗ trợ",
    "languages": "ngôn ngữ",
    "mentees": "người học",
    "mentor_capacities": "sức nhận của mentor",
    "mentors": "mentor",
    "mentorships": "cặp hướng dẫn",
    "obstacles": "trở ngại",
    "pauses": "lần tạm nghỉ",
    "person_tags": "nhãn của một người",
    "persons": "người",
    "procedures": "thủ tục",
    "reporting_periods": "kỳ báo cáo",
    "roster_imports": "lần nhập danh sách",
    "saved_views": "cách xem đã lưu",
    "session_bundles": "lần ghi gộp",
    "settings": "cài đặt",
    "skill_assessments": "đánh giá kỹ năng",
    "skills": "kỹ năng",
    "support_posts": "nhân sự hỗ trợ",
    "tags": "nhãn",
    "target_groups": "nhóm đối tượng",
    "vneid_confirmations": "xác nhận VNeID",
    "weekly_topics": "chủ đề tuần",
}


def object_label(kind: str | None, object_id: int | None) -> str:
    """Return what an action was about by its kind and number, never by a name."""
    if kind is None or object_id is None:
        return "–"
    return f"{_(OBJECT_LABELS.get(kind, 'dòng dữ liệu'))} số {object_id}"


def unnamed_author(kind: str) -> str:
    """Return who did an action behind which no account stands."""
    return _("mentor, qua liên kết riêng") if kind in BY_LINK else _("lệnh trên máy chủ")


def action_label(kind: str) -> str:
    """Return the sentence for the code of an action; a neutral one for a code of older versions."""
    return str(_(ACTION_LABELS.get(kind, "Việc khác")))
