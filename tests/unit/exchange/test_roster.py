"""Whole lists as they come: where the table is, who is in it, what is said about the rest."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from app.exchange.body import Body
from app.exchange.errors import NoRosterFoundError
from app.exchange.labels import Labels
from app.exchange.plain_rows import read_rows
from app.exchange.roster import (
    Problem,
    RosterFile,
    RosterRole,
    RosterRow,
    Severity,
    parse_roster,
    problem_in,
)
from app.exchange.row_reader import Lists, RowReader
from app.exchange.tables import find_tables
from app.exchange.workbook import read_workbook
from models.enums import Gender
from tests.factories.workbooks import Value, messy_roster, nfd, open_document, workbook

TODAY = date(2026, 6, 1)
GROUPS = ("Người cao tuổi", "Hộ nghèo", "Đồng bào dân tộc thiểu số", "Vùng sâu, vùng xa")
LANGUAGES = ("Kinh (tiếng Việt)", "Jrai", "Bahnar")
JOINED = date(2026, 1, 5)


def parsed(content: bytes, **options: RosterRole) -> RosterFile:
    return parse_roster(
        read_workbook(content), today=TODAY, groups=GROUPS, languages=LANGUAGES, **options
    )


def listed(*rows: Sequence[Value], sheet: str = "Sheet1") -> RosterFile:
    return parsed(workbook({sheet: rows}))


def names(file: RosterFile) -> list[str]:
    return [row.full_name for row in file.rows]


def messages(file: RosterFile) -> list[tuple[str, str]]:
    return [(problem.place, problem.message) for problem in file.problems]


def test_a_list_full_of_habits_is_understood() -> None:
    file = parsed(messy_roster(ward="Ia Grai"))

    mentor = RosterRow(full_name="", role=RosterRole.MENTOR, ward="Ia Grai", started_on=JOINED)
    mentee = RosterRow(full_name="", role=RosterRole.MENTEE)
    kinh, elderly = "Kinh (tiếng Việt)", "Người cao tuổi"
    assert file.rows == (
        replace(
            mentor,
            full_name="Nguyễn Thị Hòa",
            birth_year=1998,
            gender=Gender.FEMALE,
            phone="+84912000001",
            languages=(kinh,),
            capacity=10,
        ),
        replace(
            mentor,
            full_name="Ksor H'Thoan",
            birth_year=1995,
            gender=Gender.FEMALE,
            phone="+84912000002",
            languages=("Jrai", kinh),
            note="=trưởng nhóm",
        ),
        replace(
            mentor,
            full_name="Trần Văn Đạt",
            birth_year=1990,
            gender=Gender.MALE,
            phone="+84912000003",
            languages=(kinh,),
            capacity=8,
        ),
        replace(
            mentee,
            full_name="Rơ Châm Dih",
            birth_year=1958,
            gender=Gender.MALE,
            phone="+84912000011",
            mentor_name="Ksor H’Thoan",
            groups=(elderly, "Đồng bào dân tộc thiểu số"),
            languages=("Jrai",),
        ),
        replace(
            mentee,
            full_name="Đinh Thị Hrê",
            birth_year=1962,
            gender=Gender.FEMALE,
            mentor_phone="+84912000002",
            groups=(elderly, "Hộ nghèo"),
            languages=("Bahnar",),
        ),
        replace(
            mentee,
            full_name="Lê Văn An",
            birth_year=1970,
            gender=Gender.MALE,
            phone="+84912000013",
            mentor_name="Nguyễn Thị Hoà",
            languages=(kinh,),
        ),
        replace(
            mentee,
            full_name="Lê Văn An",
            birth_year=1985,
            gender=Gender.MALE,
            phone="+84912000014",
            mentor_phone="+84912000001",
            groups=("Hộ nghèo",),
        ),
        replace(
            mentee,
            full_name="Siu Blơ",
            birth_year=1949,
            gender=Gender.FEMALE,
            groups=(elderly,),
            languages=("Jrai",),
        ),
    )
    assert [(row.sheet, row.row_number) for row in file.rows] == [
        *[("Sheet1", number) for number in (8, 9, 11)],
        *[("Danh sách 2", number) for number in (6, 7, 8, 9, 10)],
    ]
    assert file.errors == ()
    assert [problem.place for problem in file.warnings] == [
        "Trang “Sheet1”, dòng 6, cột F (Số CCCD)"
    ]


@pytest.mark.parametrize(
    "headings",
    [
        ("Họ và tên", "Năm sinh", "Điện thoại"),
        ("HỌ TÊN", "NGÀY SINH", "SỐ ĐT"),
        ("ho va ten", "ngay thang nam sinh", "sdt"),
        (nfd("Họ & tên"), nfd("Ngày, tháng, năm sinh"), nfd("Số điện thoại (Zalo)")),
        ("Full name", "Birth year", "Phone"),
        ("Họ tên người học (*)", "NS", "Số ĐT liên hệ"),
        ("Tên", "Sinh năm", "Zalo"),
    ],
)
def test_headings_are_recognised_in_any_wording(headings: Sequence[str]) -> None:
    file = listed(headings, ["Đinh Zin", 1960, "0912345678"], sheet="Người học")

    assert file.rows == (
        RosterRow(
            full_name="Đinh Zin", role=RosterRole.MENTEE, birth_year=1960, phone="+84912345678"
        ),
    )


def test_the_name_may_stand_below_the_word_for_the_role() -> None:
    mentees = listed(["Người học", "Mentor", "SĐT"], ["Đinh Zin", "Ksor Lan", None])
    mentors = listed(["STT", "Đại sứ số"], [1, "Ksor Lan"], sheet="Mentor")

    assert mentees.rows == (
        RosterRow(full_name="Đinh Zin", role=RosterRole.MENTEE, mentor_name="Ksor Lan"),
    )
    assert names(mentors) == ["Ksor Lan"]


def test_a_row_of_values_that_reads_like_headings_is_a_person() -> None:
    file = listed(
        ["Vai trò", "Họ tên", "Giới tính", "Ghi chú"],
        ["Người học", "Đinh Zin", "Nam", "Mentor"],
        ["Mentor", "Ksor Lan", "Nữ", "Học viên"],
    )

    assert names(file) == ["Đinh Zin", "Ksor Lan"]


def test_two_marks_in_columns_of_roles_are_an_error_and_no_guess() -> None:
    file = listed(
        ["Họ tên", "Năm sinh", "Vai trò", None],
        [None, None, "Mentor", "Hỗ trợ"],
        ["Đinh Zin", 1990, "x", "x"],
    )

    [problem] = file.errors
    assert (problem.column, problem.message[:27]) == ("D", "Dòng này ghi nhiều vai trò.")


def test_columns_may_stand_in_any_order() -> None:
    file = listed(["Ghi chú", "SĐT", "Vai trò", "Họ tên"], ["a", 912345678, "Hỗ trợ", "Đinh Zin"])

    assert file.rows == (
        RosterRow(full_name="Đinh Zin", role=RosterRole.SUPPORT, phone="+84912345678", note="a"),
    )


def test_family_and_given_name_may_be_two_columns() -> None:
    file = listed(["STT", "Họ đệm", "Tên"], [1, "Nguyễn Văn", "An"], sheet="Mentor")

    assert names(file) == ["Nguyễn Văn An"]


def test_headings_below_one_for_the_person_and_one_for_the_mentor_are_told_apart() -> None:
    file = listed(
        ["TT", "Người học", "", "Mentor", ""],
        ["", "Họ tên", "SĐT", "Họ tên", "SĐT"],
        [1, "Đinh Zin", 912345678, "Ksor Lan", 912345679],
    )

    assert file.rows == (
        RosterRow(
            full_name="Đinh Zin",
            role=RosterRole.MENTEE,
            phone="+84912345678",
            mentor_name="Ksor Lan",
            mentor_phone="+84912345679",
        ),
    )


def test_an_open_document_without_merged_ranges_is_understood() -> None:
    file = parsed(
        open_document(
            [
                ["STT", "Họ và tên", "Đối tượng", ""],
                ["", "", "Hộ nghèo", "Phụ nữ"],
                ["1", "Đinh Zin", "x", ""],
            ]
        )
    )

    assert file.rows == (
        RosterRow(full_name="Đinh Zin", role=RosterRole.MENTEE, groups=("Hộ nghèo",)),
    )


@pytest.mark.parametrize(
    ("sheet", "title", "role"),
    [
        ("Mentor", "", RosterRole.MENTOR),
        ("NGUOI HOC", "", RosterRole.MENTEE),
        ("Nhân sự hỗ trợ", "", RosterRole.SUPPORT),
        ("Sheet1", "DANH SÁCH ĐĂNG KÝ ĐẠI SỨ SỐ (MENTOR)", RosterRole.MENTOR),
        ("Sheet1", "DANH SÁCH NGƯỜI HỌC CỦA CÁC ĐẠI SỨ SỐ", RosterRole.MENTEE),
        ("Sheet1", "NHÂN SỰ HỖ TRỢ – MẠNG LƯỚI ĐẠI SỨ SỐ", RosterRole.SUPPORT),
        ("Người học", "MẠNG LƯỚI ĐẠI SỨ SỐ", RosterRole.MENTEE),
        ("Sheet1", "DANH SÁCH MENTOR VÀ NGƯỜI HỌC", None),
        ("Sheet1", "", None),
    ],
)
def test_the_sheet_or_the_title_tells_the_role(
    sheet: str, title: str, role: RosterRole | None
) -> None:
    file = listed([title or None], ["Họ tên", "Năm sinh"], ["Đinh Zin", 1960], sheet=sheet)

    assert [row.role for row in file.rows] == [role]


def test_a_row_without_any_role_is_an_error_unless_one_is_given() -> None:
    content = workbook({"Sheet1": [["Họ tên", "Năm sinh"], ["Đinh Zin", 1960]]})

    without, given = parsed(content), parsed(content, default_role=RosterRole.MENTOR)

    assert [problem.place for problem in without.errors] == ["Trang “Sheet1”, dòng 2"]
    assert (without.good_rows, given.errors) == ((), ())
    assert [row.role for row in given.good_rows] == [RosterRole.MENTOR]


def test_an_empty_cell_in_the_role_column_is_not_decided_by_the_title() -> None:
    file = listed(["DANH SÁCH ĐẠI SỨ SỐ"], ["Họ tên", "Vai trò"], ["Đinh Zin", None])

    assert [row.role for row in file.rows] == [None]
    assert [(p.row, p.column, p.heading) for p in file.errors] == [(3, "B", "Vai trò")]


def test_roles_may_be_marks_below_one_heading() -> None:
    file = listed(
        ["STT", "Họ tên", "Vai trò", None],
        [None, None, "Mentor", "Người học"],
        [1, "Đinh Zin", None, "x"],
        [2, "Ksor Lan", "x", None],
    )

    assert [row.role for row in file.rows] == [RosterRole.MENTEE, RosterRole.MENTOR]


def test_sections_and_a_second_table_on_one_sheet_give_the_role() -> None:
    file = listed(
        ["STT", "Họ tên", "Năm sinh"],
        ["I. Mentor"],
        [1, "Ksor Lan", 1990],
        ["II", "Người học"],
        [1, "Đinh Zin", 1960],
        ["DANH SÁCH NHÂN SỰ HỖ TRỢ"],
        ["TT", "Họ và tên", "SĐT"],
        [1, "Rơ Châm Dih", 912345678],
    )

    assert [(row.full_name, row.role) for row in file.rows] == [
        ("Ksor Lan", RosterRole.MENTOR),
        ("Đinh Zin", RosterRole.MENTEE),
        ("Rơ Châm Dih", RosterRole.SUPPORT),
    ]


def test_totals_signatures_numbered_blanks_and_column_numbers_are_no_persons() -> None:
    file = listed(
        ["STT", "Họ tên", "Năm sinh", "Ghi chú"],
        ["A", "B", 1, 2],
        [1, "Tống Công Minh", 1990],
        [2, "Cống Thị Lan", 1991],
        [3],
        [4, None, None, None],
        ["Tổng cộng", None, 2],
        [None, None, None, "Pleiku, ngày    tháng    năm 2026"],
        [None, "Người lập danh sách", None, "TM. BAN CHẤP HÀNH"],
        [None, "Lê Thị Lan", None, "Phạm Minh"],
        sheet="Mentor",
    )

    assert (names(file), file.problems) == (["Tống Công Minh", "Cống Thị Lan"], ())


def test_a_list_without_numbers_ends_at_its_signature_too() -> None:
    file = listed(
        ["Họ tên", "Năm sinh", "Ngày bắt đầu"],
        ["Đinh Zin", 1960, "ngày 5 tháng 1 năm 2026"],
        ["Tổng: 1 người"],
        ["NGƯỜI LẬP BIỂU"],
        ["(Ký, ghi rõ họ tên)"],
        ["Lê Thị Lan"],
        sheet="Mentor",
    )

    assert [(row.full_name, row.started_on) for row in file.rows] == [("Đinh Zin", JOINED)]


def test_a_numbered_row_after_a_signature_is_not_lost() -> None:
    file = listed(
        ["STT", "Họ tên", "Năm sinh"],
        [1, "Ksor Lan", 1990],
        [None, "Người lập biểu"],
        [2, "Đinh Zin", 1960],
        sheet="Mentor",
    )

    assert names(file) == ["Ksor Lan", "Đinh Zin"]


def test_a_row_without_a_name_is_an_error() -> None:
    file = listed(["STT", "Họ tên", "SĐT"], [1, None, 912345678], sheet="Mentor")

    assert messages(file) == [
        (
            "Trang “Mentor”, dòng 2, cột B (Họ tên)",
            "Thiếu họ và tên. Hãy ghi họ tên hoặc xoá cả dòng này.",
        )
    ]


def test_the_same_row_twice_counts_once_and_is_reported() -> None:
    headings = ["Họ tên", "Năm sinh", "SĐT", "Xã"]
    file = listed(
        headings,
        ["Đinh Zin", 1960, 912345678, "Ia Grai"],
        ["ĐINH ZIN", 1960, None, "ia grai"],
        ["Đinh Zin", None, "0912 345 678", "Ia Grai"],
        ["Đinh Zin", 1960, 912345679, "Ia Grai"],
        ["Đinh Zin", 1960, 912345678, "Ia Pa"],
        ["Ksor Lan", None, None, "Ia Grai"],
        ["Ksor Lan", None, None, "Ia Grai"],
        sheet="Mentor",
    )

    assert [row.row_number for row in file.rows] == [2, 5, 6, 7]
    assert [(problem.row, problem.severity) for problem in file.problems] == [
        (3, Severity.WARNING),
        (4, Severity.WARNING),
        (8, Severity.WARNING),
    ]


def test_two_spells_of_one_person_are_two_rows() -> None:
    file = listed(
        ["Họ tên", "Năm sinh", "Ngày bắt đầu", "Ngày kết thúc"],
        ["Đinh Zin", 1960, "01/01/2025", "01/06/2025"],
        ["Đinh Zin", 1960, "01/01/2026", None],
        sheet="Mentor",
    )

    assert ([row.row_number for row in file.rows], file.problems) == ([2, 3], ())


def test_columns_for_identity_and_ethnicity_are_dropped_and_their_values_named_nowhere() -> None:
    file = listed(
        ["Họ tên", "CMND/CCCD", "Dân tộc", "SĐT", "Ghi chú"],
        ["Đinh Zin", "052198000001", "Jrai", "052198000001", "CCCD 052 198 000 001"],
        sheet="Mentor",
    )

    assert file.rows == (RosterRow(full_name="Đinh Zin", role=RosterRole.MENTOR, note="CCCD …"),)
    assert [(problem.column, problem.severity) for problem in file.problems] == [
        ("B", Severity.WARNING),
        ("C", Severity.WARNING),
        ("D", Severity.ERROR),
        ("E", Severity.WARNING),
    ]
    assert "0521980000" not in str(file)


def test_passwords_in_a_note_are_left_out_and_named_nowhere() -> None:
    file = listed(["Họ tên", "Ghi chú"], ["Đinh Zin", "mk: Hoa1990, nhớ lại sau"], sheet="Mentor")

    [row], [problem] = file.rows, file.problems
    assert row.note == "…, nhớ lại sau"
    assert (problem.column, problem.severity) == ("B", Severity.WARNING)
    assert "Hoa1990" not in str(file)


def test_what_was_left_out_is_noted() -> None:
    file = parsed(
        workbook(
            {
                "Mentor": [
                    ["Họ tên", "Năm sinh", "Email"],
                    ["Chi đoàn 1"],
                    ["Ksor Lan", 1990, "-"],
                ],
                "Kế hoạch": [["Tháng 3", "Ra quân"]],
                "Trống": [],
            }
        )
    )

    assert file.notes == (
        "Trang “Mentor” có cột không được nhập: “Email”.",
        "Trang “Kế hoạch” không có danh sách nên được bỏ qua.",
    )


def test_lines_of_text_between_persons_are_noted() -> None:
    file = listed(["STT", "Họ tên", "Năm sinh"], ["Thôn 1"], [1, "Ksor Lan", 1990], sheet="Mentor")

    assert file.notes == ("Trang “Mentor” có dòng chữ không phải là người: dòng 2: “Thôn 1”.",)


def test_a_file_without_any_list_is_refused() -> None:
    with pytest.raises(NoRosterFoundError):
        listed(["Tháng 3", "Ra quân"], ["Tháng 4", "Họp"])


def test_problems_come_in_the_order_of_the_file() -> None:
    rows = [["Họ tên", "Năm sinh"], ["Ksor Lan", 90], ["Ksor Lan 2", 2090]]
    file = parsed(workbook({"Mentor": rows, "Người học": rows}))

    assert [(problem.sheet, problem.row, problem.column) for problem in file.errors] == [
        ("Mentor", 2, "B"),
        ("Mentor", 3, "B"),
        ("Mentor", 3, "A"),
        ("Người học", 2, "B"),
        ("Người học", 3, "B"),
        ("Người học", 3, "A"),
    ]


def test_what_only_other_rows_can_tell_is_reported_at_the_row() -> None:
    row = RosterRow(full_name="Ksor Lan", sheet="Mentor", row_number=7)

    problem = problem_in(row, "Không thấy mentor.")

    assert problem == Problem("Mentor", 7, None, None, "Không thấy mentor.", Severity.ERROR)
    assert problem.place == "Trang “Mentor”, dòng 7"


def test_rows_read_by_column_say_what_the_reader_of_single_rows_says() -> None:
    [sheet] = read_workbook(
        workbook(
            {
                "Danh sách": [
                    ["Họ tên", "Vai trò", "SĐT", "Mentor", "Đồng ý", "Bắt đầu", "Nhóm", "Ghi chú"],
                    ["Ksor Lan", "mentor", 912345678, None, None, JOINED, None, "x"],
                    [
                        "Đinh Zin",
                        "người học",
                        None,
                        "Ksor Lan",
                        "Miệng 01/02/2026",
                        JOINED,
                        "dt",
                        1,
                    ],
                    ["Đinh Zin", "nguoi hoc", "12", "Ksor Lan", "Miệng", "5/1/2026", "x, y", 1.5],
                    ["III", "Người học", "dòng", "khác", None, None, None, None],
                    ["123", "trưởng nhóm", "0912345678", "-", "01/02/2026", "31/02/2026", "-", "a"],
                ]
            }
        )
    )
    [table] = find_tables(sheet, Labels(GROUPS), Labels(LANGUAGES))
    reader = RowReader(table, Lists(TODAY, Labels(GROUPS), Labels(LANGUAGES)), None)
    persons = list(Body(table).persons())

    rows, problems = read_rows(reader, persons)

    one_by_one = [reader.read(person) for person in persons]
    assert rows == [row for row, _ in one_by_one]
    assert problems == [problem for _, found in one_by_one for problem in found]
    assert [row.row_number for row in rows] == [row.row_number for row, _ in one_by_one]
