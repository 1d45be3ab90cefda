"""One cell → one value; what cannot be understood is said in a sentence."""

import re
import unicodedata
from datetime import date, datetime

from app.exchange.labels import label_key
from app.exchange.workbook import Cell
from app.never_stored import hide_identity_numbers, hide_secrets
from models.enums import ConsentMethod, Gender
from models.names import PhoneError, fold, normalise_name, parse_phone

_QUOTED_AT_MOST = 40
_OLDEST_YEAR = 1900
_OLDEST_AGE = 120
_DATE = re.compile(r"(?:ngay )?(\d{1,2}) ?(?:[/.-]|thang) ?(\d{1,2}) ?(?:[/.-]|nam) ?(\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t]00:00(?::00)?)?")
_SHORT_YEAR = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}")
_YEAR = re.compile(r"(?:nam |sn )?(?:(?:0?[1-9]|1[0-2])[/.-])?(\d{4})(?:\.0)?")
_MARKS = {
    "x",
    "xx",
    "v",
    "1",
    "co",
    "yes",
    "y",
    "true",
    "✓",
    "✔",
    "☑",
    "√",
    "*",
    "+",
    "×",
    "✗",
    "✘",
}
_NO_MARKS = {"", "0", "khong", "k", "no", "n", "false", "-", "–", "☐"}
_NOTHING = {"", "-", "–", "0", "khong", "khong co", "k", "k co", "chua co", "chua", "khong dung"}
# What our own lists, and those kept by hand, say of somebody whom nobody guides.
_NO_MENTOR = {"cho mentor", "cho ghep", "chua co mentor", "tam nghi"}
_PAUSED = re.compile(r"\s*\(tạm nghỉ\)$", re.IGNORECASE)
_NOTHING_AT_MOST = 20
_PLAIN_DIGITS = 10
_NAME_SIGNS = set(" '’‘ʼʻ`´.-")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class CellError(Exception):
    """The cell cannot be understood; the argument is the Vietnamese sentence."""


def cell_text(cell: Cell) -> str:
    """Return what a person sees in the cell, in NFC, on one line, without invisible signs."""
    if isinstance(cell, str):
        return normalise_name(cell if cell.isprintable() else _CONTROL.sub(" ", cell))
    if isinstance(cell, bool):
        return "x" if cell else ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/}{cell.year:04}"
    return str(cell)


def quote(text: str) -> str:
    """Return a value for a message: shortened, without what is never stored."""
    shown = hide_secrets(hide_identity_numbers(text))
    if len(shown) > _QUOTED_AT_MOST:
        shown = shown[: _QUOTED_AT_MOST - 1] + "…"
    return f"“{shown}”"


def is_nothing(text: str) -> bool:
    """Tell whether the text only says that there is nothing: "không có", "-"."""
    if text.isdecimal() and text.isascii():
        return text in _NOTHING
    return len(text) <= _NOTHING_AT_MOST and fold(text) in _NOTHING


def read_mentor_words(text: str) -> str:
    """Return the words of a mentor's cell without remarks; none if it names nobody."""
    words = _PAUSED.sub("", text)
    return "" if is_nothing(words) or fold(words) in _NO_MENTOR else words


def read_name(cell: Cell, *, at_most: int = 120) -> str:
    text = cell_text(cell)
    if len(text) > at_most:
        raise CellError(f"Tên {quote(text)} dài quá {at_most} ký tự. Hãy chỉ ghi họ và tên.")
    if not is_name(text):
        raise CellError(
            f"{quote(text)} không phải là họ tên. Họ tên chỉ gồm chữ cái, khoảng trắng, dấu nháy, "
            "dấu gạch nối và dấu chấm; phần giải thích hãy chuyển sang cột Ghi chú."
        )
    return text


def plain_name(cell: Cell, *, at_most: int = 120) -> str | None:
    """Return what `read_name` would of most cells, at a glance; None where it has to look."""
    if not (isinstance(cell, str) and len(cell) <= at_most and cell.replace(" ", "").isalpha()):
        return None
    return cell if normalise_name(cell) == cell else None


def is_name(text: str) -> bool:
    """Tell whether there is a letter, and nothing but letters and the signs of names."""
    return text.replace(" ", "").isalpha() or (
        any(map(str.isalpha, text)) and all(map(_may_be_in_name, text))
    )


def _may_be_in_name(char: str) -> bool:
    return char in _NAME_SIGNS or unicodedata.category(char)[0] in "LM"


def read_date(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = cell_text(cell)
    folded = fold(text)
    if match := _DATE.fullmatch(folded):
        day, month, year = map(int, match.groups())
    elif match := _ISO_DATE.fullmatch(folded):
        year, month, day = map(int, match.groups())
    else:
        raise CellError(_why_no_date(text, folded))
    try:
        return date(year, month, day)
    except ValueError:
        raise CellError(
            f"Không có ngày {quote(text)} trong lịch. Hãy ghi ngày dạng dd/mm/yyyy."
        ) from None


def _why_no_date(text: str, folded: str) -> str:
    if _SHORT_YEAR.fullmatch(folded):
        return f"Ngày {quote(text)} thiếu hai chữ số của năm. Hãy ghi đủ, ví dụ 05/03/2026."
    return f"{quote(text)} không phải là ngày. Hãy ghi ngày dạng dd/mm/yyyy, ví dụ 05/03/2026."


def read_birth_year(cell: Cell, *, today: date) -> int:
    year = _year_in(cell)
    if year > today.year:
        raise CellError(f"Năm sinh {year} ở tương lai. Hãy kiểm tra lại.")
    if year < max(_OLDEST_YEAR, today.year - _OLDEST_AGE):
        raise CellError(
            f"Năm sinh {year} không hợp lý. Hãy ghi năm sinh bốn chữ số, ví dụ 1958; nếu ô đang "
            "hiện ngày 1905 thì hãy đổi định dạng ô sang dạng số."
        )
    return year


def _year_in(cell: Cell) -> int:
    text = cell_text(cell)
    if match := _YEAR.fullmatch(fold(text)):
        return int(match.group(1))
    if re.fullmatch(r"\d{1,2}", text):
        raise CellError(f"Năm sinh {quote(text)} thiếu chữ số. Hãy ghi đủ bốn số, ví dụ 1958.")
    if not any(map(str.isdigit, text)):
        raise CellError(
            f"{quote(text)} không phải là năm sinh. Hãy ghi bốn chữ số, ví dụ 1958, hoặc ngày sinh "
            "dạng dd/mm/yyyy."
        )
    try:
        return read_date(cell).year
    except CellError as error:
        raise CellError(f"{error} Ở cột này cũng có thể chỉ ghi năm sinh, ví dụ 1958.") from None


def read_phone(cell: Cell) -> str:
    """Return the number in E.164."""
    value = cell if isinstance(cell, int | float | str) else cell_text(cell)
    try:
        return parse_phone(value)
    except PhoneError:
        raise CellError(
            f"{quote(cell_text(cell))} không phải là số điện thoại Việt Nam. Hãy ghi đủ số, ví dụ "
            "0912 345 678, hoặc để trống."
        ) from None


def plain_phone(cell: Cell) -> str | None:
    """Return what `read_phone` would of ten digits, at a glance; None where it has to look."""
    if not (isinstance(cell, str) and len(cell) == _PLAIN_DIGITS and cell.isdecimal()):
        return None
    try:
        return parse_phone(cell)
    except PhoneError:
        return None


def read_mark(cell: Cell, heading: str) -> bool:
    text = cell_text(cell)
    folded = fold(text)
    if folded in _NO_MARKS:
        return False
    if folded in _MARKS or label_key(text) == label_key(heading):
        return True
    raise CellError(f"Không hiểu {quote(text)}. Hãy đánh dấu x hoặc để trống.")


def read_gender(cell: Cell) -> Gender:
    text = cell_text(cell)
    gender = {
        "nam": Gender.MALE,
        "male": Gender.MALE,
        "m": Gender.MALE,
        "trai": Gender.MALE,
        "nu": Gender.FEMALE,
        "female": Gender.FEMALE,
        "f": Gender.FEMALE,
        "gai": Gender.FEMALE,
        "khac": Gender.OTHER,
        "other": Gender.OTHER,
    }.get(fold(text))
    if gender is None:
        raise CellError(f"Không hiểu giới tính {quote(text)}. Hãy ghi Nam, Nữ hoặc Khác.")
    return gender


def read_capacity(cell: Cell, *, at_most: int = 200) -> int:
    text = cell_text(cell)
    match = re.fullmatch(r"(\d{1,4})(?: ?nguoi)?", fold(text))
    if match is None or not 1 <= int(match.group(1)) <= at_most:
        raise CellError(
            f"Sức nhận {quote(text)} không hợp lệ. Hãy ghi số người học tối đa, từ 1 đến {at_most}."
        )
    return int(match.group(1))


def consent_way(text: str) -> ConsentMethod | None:
    """Return how a person agreed, as far as the text tells."""
    key = label_key(text)
    for method, words in (
        (ConsentMethod.MESSAGE, r"zalo|tin nhan|sms|dien tu|truc tuyen|online|email|message"),
        (ConsentMethod.PAPER, r"phieu|giay|van ban|ban ky|chu ky|don|paper|form"),
        (ConsentMethod.SPOKEN, r"mieng|loi noi|noi|dien thoai|goi|spoken|oral"),
    ):
        if re.search(rf"\b(?:{words})\b", key):
            return method
    return None


def date_inside(cell: Cell) -> date | None:
    """Return the date that stands in a longer text, or None. Raises CellError if it is none."""
    if not isinstance(cell, str):
        return read_date(cell) if isinstance(cell, date) else None
    match = _DATE.search(fold(cell_text(cell)))
    return read_date(match.group()) if match else None
