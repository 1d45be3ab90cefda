"""Who sends the report and to whom; number, date and signature are left blank."""

from app.reports.document import Letterhead

# The Youth Union's own layout of documents.
YOUTH_UNION = Letterhead(
    issuer_lines=("BCH TỈNH GIA LAI",),
    symbol="Số:        -BC/TĐTN",
    motto_lines=("ĐOÀN TNCS HỒ CHÍ MINH",),
    city="Gia Lai",
    signer_lines=("TM. BAN THƯỜNG VỤ TỈNH ĐOÀN",),
    recipients=("Sở Khoa học và Công nghệ;", "Thường trực Tỉnh Đoàn;", "Lưu: VT."),
)
# NĐ 30/2020/NĐ-CP, phụ lục I.
STATE_OFFICE = YOUTH_UNION._replace(
    issuer_lines=("ĐOÀN TNCS HỒ CHÍ MINH", "TỈNH ĐOÀN GIA LAI"),
    motto_lines=("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
)
LETTERHEADS = {"doan": YOUTH_UNION, "nd30": STATE_OFFICE}


def ward_letterhead(head: Letterhead, full_name: str) -> Letterhead:
    """Return the letterhead of the union of one ward («phường Quy Nhơn»)."""
    kind, _, name = full_name.partition(" ")
    return head._replace(
        issuer_lines=(f"BCH {kind.upper()} {name.upper()}",),
        symbol="Số:        -BC/ĐTN",
        city=name,
        signer_lines=("TM. BAN THƯỜNG VỤ ĐOÀN", f"{kind.upper()} {name.upper()}"),
        recipients=("Tỉnh Đoàn Gia Lai;", "Lưu."),
    )
