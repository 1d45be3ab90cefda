"""Single cells: what is understood, and what is said about the rest."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exchange.errors import ExchangeError
from app.exchange.labels import Labels
from app.exchange.roster import RosterFile, RosterRole, RosterRow, Severity, parse_roster
from app.exchange.tables import Finder
from app.exchange.workbook import Cell, Sheet
from models.enums import ConsentMethod, Gender

TODAY = date(2026, 6, 1)
GROUPS = ("Người cao tuổi", "Vùng sâu, vùng xa", "Cán bộ, công chức, viên chức", "Nông dân")
LANGUAGES = ("Kinh (tiếng Việt)", "Jrai", "Bahnar", "Chăm H'roi")
LONG = "a" * 1001


def parsed(rows: list[list[Cell]], sheet: str = "Mentor") -> RosterFile:
    return parsed_sheet(Sheet(sheet, rows))


def parsed_sheet(sheet: Sheet) -> RosterFile:
    return parse_roster([sheet], today=TODAY, groups=GROUPS, languages=LANGUAGES)


def one_row(heading: str, cell: Cell) -> RosterFile:
    return parsed([["Họ tên", heading], ["Đinh Zin", cell]])


def row(**values: object) -> RosterRow:
    return RosterRow(full_name="Đinh Zin", role=RosterRole.MENTOR, **values)


@pytest.mark.parametrize(
    ("heading", "cell", "expected"),
    [
        ("Năm sinh", 1960.0, {"birth_year": 1960}),
        ("Năm sinh", "1960 ", {"birth_year": 1960}),
        ("Năm sinh", "SN 1960", {"birth_year": 1960}),
        ("Ngày sinh", date(1960, 2, 3), {"birth_year": 1960}),
        ("Ngày sinh", datetime.fromisoformat("1960-02-03"), {"birth_year": 1960}),
        ("Ngày sinh", "3/2/1960", {"birth_year": 1960}),
        ("Ngày sinh", "02/1960", {"birth_year": 1960}),
        ("Ngày sinh", "1960-02-03", {"birth_year": 1960}),
        ("Giới tính", "NU", {"gender": Gender.FEMALE}),
        ("Nữ", "x", {"gender": Gender.FEMALE}),
        ("Nam", 1960.0, {"gender": Gender.MALE, "birth_year": 1960}),
        ("SĐT", 912345678.0, {"phone": "+84912345678"}),
        ("SĐT", "không có", {}),
        ("Xã/phường", "21553 – Quy Nhơn Bắc", {"ward": "21553"}),
        ("Mã ĐVHC", 21553.0, {"ward": "21553"}),
        ("Phường/xã", " Quy Nhơn  Bắc", {"ward": "Quy Nhơn Bắc"}),
        ("Thôn/Làng/TDP", "Làng Ốp", {"hamlet": "Làng Ốp"}),
        ("Tổ dân phố", 3.0, {"hamlet": "3"}),
        ("Mentor phụ trách", "Ksor H'Lan", {"mentor_name": "Ksor H'Lan"}),
        # What our own list of mentees says comes back as it is.
        ("Mentor", "Chờ mentor", {}),
        ("Mentor", "Ksor H'Lan (tạm nghỉ)", {"mentor_name": "Ksor H'Lan"}),
        ("Người hướng dẫn", 912345678.0, {"mentor_phone": "+84912345678"}),
        (
            "Người kèm",
            "Ksor H'Lan (0912 345 678)",
            {"mentor_name": "Ksor H'Lan", "mentor_phone": "+84912345678"},
        ),
        ("SĐT mentor", "0912345678", {"mentor_phone": "+84912345678"}),
        ("Đối tượng", "nguoi cao tuoi, NÔNG DÂN", {"groups": ("Người cao tuổi", "Nông dân")}),
        (
            "Nhóm đối tượng",
            "Vùng sâu, vùng xa/Cán bộ, công chức, viên chức; Tăng ni",
            {"groups": ("Vùng sâu, vùng xa", "Cán bộ, công chức, viên chức", "Tăng ni")},
        ),
        ("Vùng sâu, vùng xa", True, {"groups": ("Vùng sâu, vùng xa",)}),
        ("Cao tuổi", "0", {}),
        ("Ngôn ngữ", "Ba Na và tiếng Việt", {"languages": ("Bahnar", "Kinh (tiếng Việt)")}),
        ("Tiếng", "Chăm H’roi", {"languages": ("Chăm H'roi",)}),
        ("Ngày bắt đầu", "01-06-2026", {"started_on": TODAY}),
        ("Từ ngày", datetime.fromisoformat("2026-06-01T08:30"), {"started_on": TODAY}),
        ("Ngày kết thúc", "1.6.2026", {"ended_on": TODAY}),
        ("Lý do", "Chuyển địa bàn", {"reason": "Chuyển địa bàn"}),
        ("Sức nhận", 10.0, {"capacity": 10}),
        ("Capacity", "10 người", {"capacity": 10}),
        (
            "Đồng ý",
            "Phiếu giấy 12/03/2026",
            {"consent_method": ConsentMethod.PAPER, "consent_on": date(2026, 3, 12)},
        ),
        (
            "Đồng ý",
            "miệng, ngày 1/4/2026",
            {"consent_method": ConsentMethod.SPOKEN, "consent_on": date(2026, 4, 1)},
        ),
        (
            "Phiếu đồng ý",
            date(2026, 3, 12),
            {"consent_method": ConsentMethod.PAPER, "consent_on": date(2026, 3, 12)},
        ),
        ("Đồng ý", "chưa", {}),
        ("Ghi chú", "=1+1", {"note": "=1+1"}),
        ("Ghi chú", "@a\u200b\nb", {"note": "@a b"}),
        ("Ghi chú", "<b>đậm</b> 🎉", {"note": "<b>đậm</b> 🎉"}),
    ],
)
def test_a_cell_is_understood(heading: str, cell: Cell, expected: dict[str, object]) -> None:
    file = one_row(heading, cell)

    assert (file.rows, file.problems) == ((row(**expected),), ())


@pytest.mark.parametrize(
    ("heading", "cell", "message"),
    [
        ("Năm sinh", 2027, "Năm sinh 2027 ở tương lai."),
        ("Năm sinh", 1899, "Năm sinh 1899 không hợp lý."),
        ("Ngày sinh", date(1905, 5, 28), "Năm sinh 1905 không hợp lý."),
        ("Năm sinh", 60, "Năm sinh “60” thiếu chữ số."),
        ("Ngày sinh", "3/2/60", "Ngày “3/2/60” thiếu hai chữ số của năm."),
        ("Ngày sinh", "31/02/1960", "Không có ngày “31/02/1960” trong lịch."),
        ("Năm sinh", "khoảng 1960", "“khoảng 1960” không phải là ngày."),
        ("Giới tính", "?", "Không hiểu giới tính “?”."),
        ("Nam", "nghỉ", "“nghỉ” không phải là năm sinh."),
        ("SĐT", "12345", "“12345” không phải là số điện thoại Việt Nam."),
        ("Mã ĐVHC", "215", "Mã ĐVHC “215” không đúng"),
        ("Vai trò", "Thủ quỹ", "Không hiểu vai trò “Thủ quỹ”."),
        ("Vai trò", "Mentor, hỗ trợ", "Dòng này ghi nhiều vai trò."),
        ("Hộ nghèo", "hết 2025", "Không hiểu “hết 2025”."),
        ("Ngày bắt đầu", "02/06/2026", "Ngày bắt đầu 02/06/2026 ở tương lai."),
        ("Ngày bắt đầu", 46000, "“46000” không phải là ngày."),
        ("Ngày kết thúc", "31/04/2026", "Không có ngày “31/04/2026” trong lịch."),
        ("Sức nhận", 0, "Sức nhận “0” không hợp lệ."),
        ("Sức nhận", 201, "Sức nhận “201” không hợp lệ."),
        ("Sức nhận", -5, "Sức nhận “-5” không hợp lệ."),
        ("Đồng ý", "Phiếu giấy 02/06/2026", "Ngày đồng ý 02/06/2026 ở tương lai."),
        ("Mentor phụ trách", "Lan 2", "“Lan 2” không phải là họ tên."),
        ("Ghi chú", LONG, f"Nội dung “{'a' * 39}…” dài 1001 ký tự; tối đa 1000 ký tự."),
        ("Thôn", LONG, f"Nội dung “{'a' * 39}…” dài 1001 ký tự; tối đa 120 ký tự."),
    ],
)
def test_a_cell_that_makes_no_sense_is_an_error(heading: str, cell: Cell, message: str) -> None:
    headings = ["Họ tên", heading, "Đối tượng", "Hộ nghèo"]
    file = parse_roster(
        [Sheet("Mentor", [headings, ["Đinh Zin", cell, "", ""]])],
        today=TODAY,
        groups=["Hộ nghèo"],
    )

    (error,) = file.errors
    assert (error.row, error.column, error.heading) == (2, "B", heading)
    assert error.message.startswith(message)
    assert file.good_rows == ()


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Văn A1",
        "=HYPERLINK(1)",
        "<script>alert(1)</script>",
        "Lan 🎉",
        "Lan (chị)",
        "Lan; Hoa",
        "...",
        "Đ" * 121,
        20260101.0,
    ],
)
def test_a_name_of_other_signs_than_letters_is_an_error(name: Cell) -> None:
    file = parsed([["STT", "Họ tên", "SĐT"], [1, name, ""]])

    assert [(error.row, error.column) for error in file.errors] == [(2, "B")]


@pytest.mark.parametrize(
    ("heading", "cell", "expected"),
    [
        ("Năm sinh", 2023, {"birth_year": 2023}),
        ("Năm sinh", 1920, {"birth_year": 1920}),
        ("SĐT", "0912345678 / 0912345679", {"phone": "+84912345678"}),
        ("Đồng ý", "x", {}),
        ("Đồng ý", "Phiếu giấy", {}),
        ("Đồng ý", "12/03/2026", {}),
        ("Ghi chú", "Số 052198000001", {"note": "Số …"}),
        ("Lý do", "CMND 231234567", {"reason": "CMND …"}),
    ],
)
def test_what_is_doubtful_is_taken_with_a_warning(
    heading: str, cell: Cell, expected: dict[str, object]
) -> None:
    file = one_row(heading, cell)

    assert file.good_rows == (row(**expected),)
    assert [(p.row, p.column, p.severity) for p in file.problems] == [(2, "B", Severity.WARNING)]


def test_an_end_that_is_not_after_the_start_is_an_error() -> None:
    file = parsed([["Họ tên", "Từ ngày", "Đến ngày"], ["Đinh Zin", "01/05/2026", "01/05/2026"]])

    assert [(error.column, error.message) for error in file.errors] == [
        ("C", "Ngày kết thúc 01/05/2026 phải sau ngày bắt đầu 01/05/2026.")
    ]


def test_all_errors_of_a_row_are_told_at_once() -> None:
    file = parsed([["Họ tên", "Năm sinh", "SĐT"], ["Zin 1", "60", "abc"]])

    assert sorted(error.column for error in file.errors) == ["A", "B", "C"]


CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            *(
                "Họ và tên",
                "STT",
                "SĐT",
                "Năm sinh",
                "Nam",
                "Nữ",
                "Đối tượng",
                "Hộ nghèo",
                "Mentor",
            ),
            *(
                "Đồng ý",
                "Ngày bắt đầu",
                "Ngày kết thúc",
                "Sức nhận",
                "Tổng cộng",
                "x",
                "",
                "Ghi chú",
            ),
        ]
    ),
    st.floats(allow_nan=True),
    st.integers(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
HEADINGS = (
    ("Họ và tên", "Vai trò", "SĐT", "Mentor", "SĐT mentor", "Nhóm", "Bắt đầu", "Ghi chú"),
    ("STT", "Họ", "Tên", "Nam", "Nữ", "Đồng ý", "Ngày đồng ý", "Sức nhận"),
    ("TT", "Họ tên", "Thôn", "Xã", "Lý do", "Ngôn ngữ", "Nhóm", "Ghi chú"),
)
NAMES = st.sampled_from(["Đinh Zin", "Ksor Lan", "Siu Blơ", "", "Tổng: 3", "II. Mentor", "1"])
# So few that they come again, and some are equal and yet another: 1, 1.0, "1" and True.
USUAL = st.sampled_from(
    [
        *("mentor", "Người học", "0912345678", "-", "Họ tên", "Tổng: 3", "5/1/2026", "x", "1"),
        *(1, 1.0, True, False, 0, 1958.0, float("nan"), "", "", ""),
        *(date(2026, 1, 5), datetime.fromisoformat("2026-01-05")),
    ]
)
LONG_GRIDS = st.sampled_from([USUAL, USUAL | CELLS]).flatmap(
    lambda cells: st.lists(
        st.tuples(NAMES | cells, NAMES | cells, *[cells] * 6).map(list), min_size=3, max_size=12
    )
)
GRIDS = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=7)
)
MERGES = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 5), st.integers(0, 3), st.integers(0, 3)).map(
        lambda m: ((m[0], m[1]), (m[0] + m[2], m[1] + m[3]))
    ),
    max_size=3,
)


def test_merged_cells_that_reach_beyond_the_sheet_do_no_harm() -> None:
    merged = (((0, 1), (0, 9)), ((0, 7), (0, 9)), ((0, 7), (9, 7)))
    sheet = Sheet("Mentor", [["Họ tên", "SĐT"], ["Đinh Zin", 912345678]], merged)

    file = parse_roster([sheet], today=TODAY)

    assert file.rows == (row(phone="+84912345678"),)


@settings(max_examples=300, deadline=None)
@given(GRIDS, MERGES)
def test_any_grid_of_cells_gives_rows_and_problems_or_no_list(
    rows: list[list[Cell]], merged: list[tuple[tuple[int, int], tuple[int, int]]]
) -> None:
    heading = ["Họ và tên", "SĐT", "Năm sinh", "Đồng ý", "Ngày bắt đầu", "Mentor phụ trách"]
    width = len(rows[0]) if rows else 6
    sheet = Sheet("Mentor", [heading[:width], *rows], tuple(merged))

    try:
        file = parse_roster([sheet], today=TODAY)
    except ExchangeError:
        return

    assert len(file.rows) <= len(rows)
    assert all(row.full_name for row in file.good_rows)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(HEADINGS), LONG_GRIDS)
def test_rows_read_at_a_glance_and_by_column_say_what_single_rows_say(
    headings: tuple[str, ...], rows: list[list[Cell]]
) -> None:
    sheet, carefully = (Sheet("Mentor", [list(headings), *rows]) for _ in range(2))
    vars(carefully).update(has_blank_texts=True, has_truth_values=True)

    try:
        file = parsed_sheet(sheet)
    except ExchangeError:
        return

    expected = parsed_sheet(carefully)
    assert file == expected
    assert [one.row_number for one in file.rows] == [one.row_number for one in expected.rows]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(HEADINGS), LONG_GRIDS, MERGES)
def test_no_row_of_headings_is_passed_over(
    headings: tuple[str, ...],
    rows: list[list[Cell]],
    merged: list[tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    grid = [*rows[:9], list(headings), *rows[9:]]
    finder = Finder(Sheet("Mentor", grid, tuple(merged)), Labels(GROUPS), Labels(LANGUAGES))

    found = {row for row in range(len(grid)) if finder.headings_at(row)[0]}

    assert found <= set(finder.promising_rows())
