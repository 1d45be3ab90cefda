"""The cells of a file come back as they were, but for what is never kept."""

from datetime import date, datetime, time, timedelta
from math import inf

import pytest

from app.exchange.cells import cell_text
from app.exchange.kept_sheets import pack_sheets, unpack_sheets
from app.exchange.records import RosterRole
from app.exchange.workbook import Sheet

CELLS = [
    "Siu Phen",
    "",
    1990,
    0.5,
    True,
    date(2026, 3, 10),
    datetime(2026, 3, 10, 7, 30),  # noqa: DTZ001  # a cell has no zone
    time(7, 30),
    timedelta(hours=30),
    912000001,
    "0912 000 001",
]


def back(cell):
    sheets, _role = unpack_sheets(pack_sheets([Sheet("A", [[cell]])], [], None))
    return sheets[0].rows[0][0]


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_comes_back_as_it_was(cell):
    assert back(cell) == cell
    assert type(back(cell)) is type(cell)


@pytest.mark.parametrize("cell", [2**70, -(2**63) - 1, 1e300, inf])
def test_a_number_that_is_too_large_comes_back_as_it_is_written(cell):
    assert back(cell) == cell_text(cell)


@pytest.mark.parametrize("cell", ["064123456789", 64123456789, 230123456, "mật khẩu: abc1234"])
def test_what_is_never_stored_is_not_kept(cell):
    assert back(cell) == ""


def test_the_rest_of_a_sheet_is_kept_with_the_role_that_was_chosen():
    sheet = Sheet("Mentor", [["a", "b"]], merged=(((0, 0), (0, 1)),), is_hidden=True)

    assert unpack_sheets(pack_sheets([sheet], [], RosterRole.MENTEE)) == (
        [sheet],
        RosterRole.MENTEE,
    )
