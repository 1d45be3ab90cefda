"""Who sends the report and to whom; number, date and signature are left blank."""

from app.queries.settings import SiteSettings
from app.reports.document import Letterhead

UNION = "ĐOÀN TNCS HỒ CHÍ MINH"
NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
# The Youth Union's own layout of documents, and that of NĐ 30/2020/NĐ-CP, phụ lục I.
LAYOUTS = ("doan", "nd30")


def province_letterhead(layout: str, settings: SiteSettings) -> Letterhead:
    """Return the letterhead of a layout as the office has set it; another one is a `ValueError`."""
    if layout not in LAYOUTS:
        raise ValueError(layout)
    head = Letterhead(
        issuer_lines=_lines(settings.report_issuer),
        symbol=_symbol(settings.report_symbol),
        motto_lines=(UNION,),
        city=settings.report_city,
        signer_lines=_lines(settings.report_signer),
        recipients=_lines(settings.report_recipients),
    )
    if layout == "doan":
        return head
    return head._replace(issuer_lines=(UNION, *_lines(settings.report_office)), motto_lines=NATION)


def ward_letterhead(full_name: str) -> Letterhead:
    """Return the letterhead of the union of one ward («phường Quy Nhơn»)."""
    kind, _, name = full_name.partition(" ")
    return Letterhead(
        issuer_lines=(f"BCH {kind.upper()} {name.upper()}",),
        symbol=_symbol("BC/ĐTN"),
        motto_lines=(UNION,),
        city=name,
        signer_lines=("TM. BAN THƯỜNG VỤ ĐOÀN", f"{kind.upper()} {name.upper()}"),
        recipients=("Tỉnh Đoàn Gia Lai;", "Lưu."),
    )


def _symbol(ending: str) -> str:
    return f"Số:        -{ending}"


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.splitlines())
