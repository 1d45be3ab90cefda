"""The numbers of a figure as a workbook: what they are, and cells that stay what they were."""

import io
from datetime import date

from python_calamine import CalamineWorkbook

from app.exchange.figure_workbook import write_figure


def read(content: bytes) -> list[list[object]]:
    """Return the only sheet from its first row on."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["Số liệu"]
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def test_title_and_notes_stand_above_the_table():
    content = write_figure("1/2 xã đã đủ", ["Số liệu đến 01/06/2026"], ["Xã"], [["xã Krong"]])

    assert read(content) == [
        ["1/2 xã đã đủ"],
        ["Số liệu đến 01/06/2026"],
        [""],
        ["Xã"],
        ["xã Krong"],
    ]


def test_numbers_and_days_stay_what_they_are_and_the_unknown_is_no_zero():
    content = write_figure("T", [], ["a", "b", "c", "d"], [[3, 2.5, date(2026, 6, 1), None]])

    assert read(content)[-1] == [3.0, 2.5, date(2026, 6, 1), "–"]


def test_a_name_that_looks_like_a_formula_stays_a_name():
    content = write_figure("T", [], ["a"], [["=1+1"]])

    assert read(content)[-1] == ["=1+1"]
