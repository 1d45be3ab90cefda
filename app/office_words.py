"""Words for what the office itself edits: catalogues and settings."""

from typing import NamedTuple

from app.texts import _

CATALOGUE_LABELS = {
    "thu-tuc": "Lĩnh vực, thủ tục tại quầy",
    "vuong-mac": "Trở ngại của người dân",
    "nhom-doi-tuong": "Nhóm đối tượng",
    "ky-nang": "Kỹ năng số",
    "ngon-ngu": "Ngôn ngữ",
    "nhan": "Nhãn phong trào, đội, tổ",
    "ly-do-ket-thuc": "Lý do kết thúc",
}

ENTRY_FLAG_LABELS = {
    "is_sensitive": "Dữ liệu nhạy cảm, chỉ lưu khi có căn cứ",
    "is_team": "Đội, tổ",
    "is_completion": "Tính là hoàn thành",
    "for_mentorship": "Dùng khi kết thúc cặp hướng dẫn",
    "for_mentor": "Dùng khi mentor thôi hướng dẫn",
    "for_mentee": "Dùng khi người học kết thúc",
    "for_support_post": "Dùng khi nhân sự hỗ trợ thôi nhiệm vụ",
}

# What an entry is of which no flag is true.
USUAL_ENTRY_LABELS = {"nhan": "Phong trào"}
ENTRY_FLAG_HINTS = {"nhan": "Không chọn thì là phong trào. Không đổi được sau khi lưu."}


class SettingWords(NamedTuple):
    """How a setting is named, explained and counted."""

    label: str
    explanation: str
    unit: str


SETTING_WORDS = {
    "floor": SettingWords(
        "Số người học tối thiểu của mỗi mentor",
        "Mentor đạt trên giấy khi kèm đủ số người này; Kế hoạch 19/KH-UBND nêu ít nhất 5 người.",
        "người",
    ),
    "floor_counts": SettingWords(
        "Người học nào được tính",
        "Người đã hoàn thành trong năm có còn được tính vào số người học tối thiểu hay không.",
        "",
    ),
    "default_capacity": SettingWords(
        "Sức nhận của mentor",
        "Số người học nhiều nhất một mentor kèm cùng lúc, khi mentor đó không ghi số riêng.",
        "người",
    ),
    "contact_days": SettingWords(
        "Nhắc cặp lâu chưa gặp sau",
        "Cặp hướng dẫn không có buổi nào trong ngần này ngày bị nhắc và không tính là thực chất.",
        "ngày",
    ),
    "desk_days": SettingWords(
        "Quầy hỗ trợ tính là hoạt động trong",
        "Xã, phường có hỗ trợ thực chất khi có lượt hỗ trợ hoặc ca trực trong ngần này ngày.",
        "ngày",
    ),
    "waiting_days": SettingWords(
        "Nhắc người chờ mentor sau",
        "Người học chờ, hoặc được chuyển từ quầy, lâu hơn ngần này ngày thì bị nhắc.",
        "ngày",
    ),
    "silent_days": SettingWords(
        "Nhắc xã, phường lâu chưa nhập sau",
        "Xã, phường không nhập dòng nào trong ngần này ngày bị nhắc.",
        "ngày",
    ),
    "skills_to_complete": SettingWords(
        "Số kỹ năng tự làm được để hoàn thành",
        "Người học tự làm được đủ số kỹ năng này thì được đề nghị ghi hoàn thành.",
        "kỹ năng",
    ),
    "report_issuer": SettingWords(
        "Cơ quan ban hành, văn bản của Đoàn",
        "Dòng góc trái báo cáo quý theo thể thức văn bản của Đoàn.",
        "",
    ),
    "report_office": SettingWords(
        "Cơ quan ban hành, Nghị định 30",
        "Dòng góc trái báo cáo quý theo Nghị định 30/2020/NĐ-CP.",
        "",
    ),
    "report_symbol": SettingWords(
        "Ký hiệu của báo cáo", "Phần sau số văn bản; số để trống cho văn thư ghi.", ""
    ),
    "report_city": SettingWords("Địa danh", "Đứng trước ngày tháng của báo cáo quý.", ""),
    "report_signer": SettingWords(
        "Thẩm quyền, chức vụ người ký", "Mỗi dòng là một dòng trên chữ ký của báo cáo quý.", ""
    ),
    "report_recipients": SettingWords("Nơi nhận", "Mỗi dòng là một nơi nhận của báo cáo quý.", ""),
}

FLOOR_COUNT_LABELS = {
    "completed": "Tính cả người hoàn thành trong năm",
    "open": "Chỉ tính người đang kèm",
}


def setting_value(key: str, value: str) -> str:
    """Return a stored value of a setting as people read it: «5 người»."""
    if key == "floor_counts":
        return str(_(FLOOR_COUNT_LABELS[value]))
    return f"{value} {SETTING_WORDS[key].unit}".rstrip()
