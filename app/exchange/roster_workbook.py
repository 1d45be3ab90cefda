"""The roster that goes out: the template to fill in, and lists that come back unchanged."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xlsxwriter.utility import xl_range_abs
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from app.exchange.cells import cell_text
from app.exchange.columns import recognise
from app.exchange.records import GUIDE_SHEET, LISTS_SHEET, RosterRole, RosterRow
from app.exchange.writing import Look, built_workbook, for_print, write_head, write_text
from models.enums import ConsentMethod, Gender
from models.names import format_phone

_ROLES = {
    RosterRole.MENTOR: "mentor",
    RosterRole.MENTEE: "người học",
    RosterRole.SUPPORT: "hỗ trợ",
}
_GENDERS = {Gender.FEMALE: "Nữ", Gender.MALE: "Nam", Gender.OTHER: "Khác"}
_CONSENTS = {
    ConsentMethod.PAPER: "Phiếu giấy",
    ConsentMethod.SPOKEN: "Miệng",
    ConsentMethod.MESSAGE: "Tin nhắn",
}
_ROWS_TO_FILL = 2_000
_LIST_SHEET_NAME = "Danh sách"


@dataclass(frozen=True)
class _Column:
    heading: str
    width: int
    value: Callable[[RosterRow], str | int | date | None]
    how: str
    examples: tuple[str, str]
    is_date: bool = False


def _phone(number: str | None) -> str | None:
    return format_phone(number) if number else None


def _consent(row: RosterRow) -> str | None:
    if row.consent_method is None or row.consent_on is None:
        return None
    return f"{_CONSENTS[row.consent_method]} {row.consent_on:%d/%m/%Y}"


_COLUMNS = (
    _Column(
        "Họ và tên",
        28,
        lambda row: row.full_name,
        "Bắt buộc. Chỉ ghi họ tên, không ghi chú trong ngoặc.",
        ("Ksor H'Thoan", "Nguyễn Văn Bình"),
    ),
    _Column(
        "Vai trò",
        12,
        lambda row: row.role and _ROLES[row.role],
        "Bắt buộc: mentor, người học hoặc hỗ trợ. Một người có hai vai trò thì ghi hai dòng.",
        ("mentor", "người học"),
    ),
    _Column(
        "Năm sinh",
        10,
        lambda row: row.birth_year,
        "Bốn chữ số. Nên có, để phân biệt những người trùng tên.",
        ("1998", "1958"),
    ),
    _Column(
        "Giới tính",
        10,
        lambda row: row.gender and _GENDERS[row.gender],
        "Nam, Nữ hoặc Khác; có thể để trống.",
        ("Nữ", "Nam"),
    ),
    _Column(
        "Điện thoại",
        15,
        lambda row: _phone(row.phone),
        "Số di động hoặc cố định; để trống nếu không có.",
        ("0912 345 678", ""),
    ),
    _Column(
        "Xã/phường",
        26,
        lambda row: row.ward,
        "Tên xã, phường hoặc mã ĐVHC năm chữ số; để trống nếu cả tệp là của một xã.",
        ("", ""),
    ),
    _Column(
        "Thôn/làng/tổ",
        20,
        lambda row: row.hamlet,
        "Thôn, làng hoặc tổ dân phố đang ở.",
        ("Làng Ốp", "Tổ 3"),
    ),
    _Column(
        "Mentor phụ trách",
        28,
        lambda row: row.mentor_name,
        "Chỉ cho người học: họ tên mentor (hoặc số điện thoại). Mentor có thể nằm ở bất kỳ dòng "
        "nào của tệp.",
        ("", "Ksor H'Thoan"),
    ),
    _Column(
        "Điện thoại mentor",
        15,
        lambda row: _phone(row.mentor_phone),
        "Nên ghi khi có hai mentor trùng tên.",
        ("", "0912 345 678"),
    ),
    _Column(
        "Nhóm đối tượng",
        28,
        lambda row: "; ".join(row.groups) or None,
        "Nhiều nhóm thì ngăn cách bằng dấu chấm phẩy. Nhóm nhạy cảm chỉ được lưu khi có sự đồng ý.",
        ("", "Người cao tuổi; Nông dân"),
    ),
    _Column(
        "Ngôn ngữ",
        20,
        lambda row: "; ".join(row.languages) or None,
        "Ngôn ngữ nói được (mentor) hoặc cần được hướng dẫn (người học).",
        ("Jrai; Kinh", "Kinh"),
    ),
    _Column(
        "Ngày bắt đầu",
        13,
        lambda row: row.started_on,
        "Dạng dd/mm/yyyy, không ở tương lai; để trống là ngày nhập danh sách.",
        ("05/01/2026", "12/03/2026"),
        is_date=True,
    ),
    _Column(
        "Ngày kết thúc",
        13,
        lambda row: row.ended_on,
        "Chỉ ghi khi đã thôi: ngày đầu tiên không còn tham gia.",
        ("", ""),
        is_date=True,
    ),
    _Column("Lý do", 22, lambda row: row.reason, "Lý do kết thúc, nếu đã thôi.", ("", "")),
    _Column(
        "Sức nhận",
        10,
        lambda row: row.capacity,
        "Chỉ cho mentor: kèm nhiều nhất bao nhiêu người cùng lúc (1 đến 200).",
        ("10", ""),
    ),
    _Column(
        "Đồng ý",
        24,
        _consent,
        "Cách và ngày đồng ý cho lưu thông tin: Phiếu giấy, Miệng hoặc Tin nhắn, rồi đến ngày.",
        ("Phiếu giấy 05/01/2026", "Miệng 12/03/2026"),
    ),
    _Column(
        "Ghi chú",
        30,
        lambda row: row.note,
        "Không ghi số CCCD, mật khẩu hay mã OTP.",
        ("", ""),
    ),
)


def _text(column: _Column) -> Callable[[RosterRow], str]:
    return lambda row: cell_text(column.value(row) or "")


_BY_MEANING = {
    meaning: column for column in _COLUMNS if (meaning := recognise(column.heading)) is not None
}
# By what a column holds: its usual heading, how it is filled in, and what a row says there as text.
HEADINGS = {meaning: column.heading for meaning, column in _BY_MEANING.items()}
HINTS = {meaning: column.how for meaning, column in _BY_MEANING.items()}
ROLE_TEXTS = tuple(_ROLES.values())
TEXTS = {meaning: _text(column) for meaning, column in _BY_MEANING.items()}


def write_roster_template(
    *,
    wards: Sequence[tuple[str, str]],
    groups: Sequence[str],
    languages: Sequence[str],
    reasons: Sequence[str],
    hamlets: Sequence[str] = (),
) -> bytes:
    """Return the workbook to fill in: headings with drop-downs, a guide with examples, lists.

    `wards` are (code, name). Read back as it is, it holds no row and no problem.
    """
    choices = {
        "Vai trò": list(_ROLES.values()),
        "Giới tính": list(_GENDERS.values()),
        "Xã/phường": [f"{code} – {name}" for code, name in wards],
        "Thôn/làng/tổ": list(hamlets),
        "Nhóm đối tượng": list(groups),
        "Ngôn ngữ": list(languages),
        "Lý do": list(reasons),
    }

    def build(workbook: Workbook, look: Look) -> None:
        sheet = workbook.add_worksheet(_LIST_SHEET_NAME)
        guide = workbook.add_worksheet(GUIDE_SHEET)
        lists = workbook.add_worksheet(LISTS_SHEET)
        note = f"Mỗi người một dòng. Cách ghi từng cột và ví dụ ở trang “{GUIDE_SHEET}”."
        top = _write_headings(sheet, look, "DANH SÁCH ĐĂNG KÝ THAM GIA MẠNG LƯỚI", [note])
        sources = _write_lists(lists, look, choices)
        _add_choices(sheet, top, sources)
        _write_guide(guide, look)
        sheet.activate()

    return built_workbook(build)


def write_roster(
    rows: Iterable[RosterRow], *, title: str = "DANH SÁCH MẠNG LƯỚI", notes: Sequence[str] = ()
) -> bytes:
    """Return the rows as a workbook which `parse_roster` reads back as equal rows."""

    def build(workbook: Workbook, look: Look) -> None:
        sheet = workbook.add_worksheet(_LIST_SHEET_NAME)
        top = _write_headings(sheet, look, title, notes)
        last = top
        for last, row in enumerate(rows, start=top + 1):
            _write_row(sheet, look, last, last - top, row)
        sheet.autofilter(top, 0, last, len(_COLUMNS))

    return built_workbook(build)


def _write_headings(sheet: Worksheet, look: Look, title: str, notes: Sequence[str]) -> int:
    top = write_head(sheet, look, title, notes)
    write_text(sheet, top, 0, "STT", look.heading)
    sheet.set_column(0, 0, 6)
    for index, column in enumerate(_COLUMNS, start=1):
        write_text(sheet, top, index, column.heading, look.heading)
        sheet.set_column(index, index, column.width, look.date if column.is_date else look.text)
    for_print(sheet, top)
    return top


def _write_row(sheet: Worksheet, look: Look, place: int, number: int, row: RosterRow) -> None:
    sheet.write_number(place, 0, number)
    for index, column in enumerate(_COLUMNS, start=1):
        value = column.value(row)
        if isinstance(value, date):
            sheet.write_datetime(place, index, value, look.date)
        elif isinstance(value, int):
            sheet.write_number(place, index, value)
        elif value:
            write_text(sheet, place, index, value)


def _write_lists(
    sheet: Worksheet, look: Look, choices: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Write each list as a column; return by heading the range that a drop-down takes."""
    sources: dict[str, str] = {}
    for index, (heading, values) in enumerate(choices.items()):
        write_text(sheet, 0, index, heading, look.heading)
        sheet.set_column(index, index, 30)
        for row, value in enumerate(values, start=1):
            write_text(sheet, row, index, value)
        if values:
            sources[heading] = f"='{LISTS_SHEET}'!" + xl_range_abs(1, index, len(values), index)
    return sources


def _add_choices(sheet: Worksheet, top: int, sources: Mapping[str, str]) -> None:
    """Offer the lists; other values may be typed, since a cell can name several groups."""
    for index, column in enumerate(_COLUMNS, start=1):
        if column.heading in sources:
            sheet.data_validation(
                top + 1,
                index,
                top + _ROWS_TO_FILL,
                index,
                {"validate": "list", "source": sources[column.heading], "show_error": False},
            )


def _write_guide(sheet: Worksheet, look: Look) -> None:
    """One line a column, so that the examples are no list of persons."""
    top = write_head(sheet, look, "Cách điền danh sách", [])
    titles = ("Tên cột", "Cách ghi", "Ví dụ: mentor", "Ví dụ: người học")
    for index, (text, width) in enumerate(zip(titles, (20, 70, 26, 26), strict=True)):
        write_text(sheet, top, index, text, look.heading)
        sheet.set_column(index, index, width, look.wrapped)
    for row, column in enumerate(_COLUMNS, start=top + 1):
        for index, text in enumerate((column.heading, column.how, *column.examples)):
            write_text(sheet, row, index, text, look.wrapped)
