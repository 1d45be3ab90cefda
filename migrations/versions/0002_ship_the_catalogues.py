"""Ship the catalogues.

The values are those of the programme's own papers (Kế hoạch 19/KH-UBND and the desk's practice);
the office edits labels and order afterwards, the codes stay.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

PROCEDURES = (
    ("certification", "Chứng thực"),
    ("birth", "Hộ tịch: khai sinh"),
    ("marriage", "Hộ tịch: kết hôn"),
    ("death", "Hộ tịch: khai tử"),
    ("civil_extract", "Hộ tịch: trích lục"),
    ("land", "Đất đai"),
    ("social_assistance", "Bảo trợ xã hội (trợ cấp hưu trí xã hội)"),
    ("residence", "Cư trú"),
    ("vneid", "VNeID"),
    ("digital_signature", "Chữ ký số"),
    ("insurance", "BHYT, BHXH"),
    ("vehicle", "Đăng ký xe"),
    ("passport", "Hộ chiếu"),
    ("online_payment", "Thanh toán trực tuyến"),
    ("dossier_lookup", "Tra cứu hồ sơ"),
    ("other", "Khác"),
)

OBSTACLES = (
    ("vneid_password", "Quên mật khẩu VNeID"),
    ("sim", "SIM không chính chủ, đổi số"),
    ("no_smartphone", "Không có điện thoại thông minh"),
    ("language_literacy", "Ngôn ngữ, không đọc được"),
    ("portal_error", "Lỗi Cổng DVC, tải tệp"),
    ("payment_error", "Thanh toán trực tuyến lỗi"),
    ("no_network", "Không có mạng"),
    ("other", "Khác"),
)

# code, label, is_sensitive (kept only with a recorded basis)
TARGET_GROUPS = (
    ("elderly", "Người cao tuổi", False),
    ("poor", "Hộ nghèo", True),
    ("near_poor", "Hộ cận nghèo", True),
    ("ethnic_minority", "Đồng bào dân tộc thiểu số", True),
    ("remote", "Vùng sâu, vùng xa", False),
    ("manual_worker", "Lao động phổ thông", False),
    ("trader", "Tiểu thương", False),
    ("farmer", "Nông dân", False),
    ("pupil", "Học sinh", False),
    ("student", "Sinh viên", False),
    ("official", "Cán bộ, công chức, viên chức", False),
    ("company_worker", "Người lao động doanh nghiệp, HTX", False),
    ("woman", "Phụ nữ", False),
    ("disabled", "Người khuyết tật", True),
)

SKILLS = (
    ("phone", "Dùng điện thoại và mạng"),
    ("information", "Tìm và kiểm tra thông tin"),
    ("communication", "Liên lạc (Zalo, gọi video)"),
    ("vneid", "VNeID"),
    ("public_services", "Dịch vụ công trực tuyến"),
    ("cashless", "Thanh toán không tiền mặt"),
    ("digital_signature", "Chữ ký số cá nhân"),
    ("health_insurance_education", "Y tế, BHXH, giáo dục số"),
    ("safety", "An toàn (lừa đảo, mật khẩu, OTP, tin giả)"),
    ("commerce_farming", "Mua bán, nông nghiệp số"),
    ("ai", "Trợ lý AI cơ bản"),
)

LANGUAGES = (
    ("vi", "Kinh (tiếng Việt)"),
    ("jrai", "Jrai (Gia Rai)"),
    ("bahnar", "Bahnar (Ba Na)"),
    ("cham_hroi", "Chăm H'roi"),
    ("hre", "Hrê"),
    ("other", "Khác"),
)

# code, label, is_completion, for_mentorship, for_mentor, for_mentee, for_support_post
END_REASONS = (
    ("completed", "Hoàn thành, đã tự làm được", True, True, False, True, False),
    ("moved", "Chuyển địa bàn", False, True, True, True, True),
    ("mentor_left", "Mentor thôi hướng dẫn", False, True, True, False, False),
    ("mentee_left", "Người học thôi học", False, True, False, True, False),
    ("mentor_changed", "Đổi mentor", False, True, False, False, False),
    ("withdrew", "Rút lại đồng ý", False, True, True, True, True),
    ("term_ended", "Hết nhiệm kỳ, đổi công tác", False, False, True, False, True),
    ("deceased", "Đã mất", False, True, True, True, True),
    ("mistake", "Ghi nhầm", False, True, True, True, True),
    ("other", "Lý do khác", False, True, True, True, True),
)


def upgrade() -> None:
    for table, entries in (
        ("procedures", PROCEDURES),
        ("obstacles", OBSTACLES),
        ("skills", SKILLS),
        ("languages", LANGUAGES),
    ):
        insert(table, entries)
    insert("target_groups", TARGET_GROUPS, "is_sensitive")
    insert(
        "end_reasons",
        END_REASONS,
        "is_completion",
        "for_mentorship",
        "for_mentor",
        "for_mentee",
        "for_support_post",
    )


def insert(table: str, entries: tuple[tuple[Any, ...], ...], *flags: str) -> None:
    columns: tuple[Any, ...] = (
        sa.column("code", sa.String),
        sa.column("label", sa.String),
        sa.column("position", sa.Integer),
        sa.column("is_active", sa.Boolean),
        *(sa.column(flag, sa.Boolean) for flag in flags),
    )
    rows = [
        {
            "code": code,
            "label": label,
            "position": position,
            "is_active": True,
            **dict(zip(flags, values, strict=True)),
        }
        for position, (code, label, *values) in enumerate(entries, start=1)
    ]
    op.bulk_insert(sa.table(table, *columns), rows)


def downgrade() -> None:
    for table in ("end_reasons", "target_groups", "languages", "skills", "obstacles", "procedures"):
        op.execute(sa.table(table).delete())
