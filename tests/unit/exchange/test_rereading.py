"""What a row says, written as text and read again, is what it said."""

from datetime import date

from app.exchange.columns import Column
from app.exchange.labels import Labels
from app.exchange.records import ColumnPlace, Problem, RosterRole, RosterRow, Severity
from app.exchange.rereading import Rereader, text_of
from app.exchange.roster_workbook import TEXTS
from app.exchange.row_reader import Lists
from models.enums import ConsentMethod, Gender

LISTS = Lists(date(2026, 3, 10), Labels(["Vùng sâu, vùng xa", "Nông dân"]), Labels(["Jrai"]))
ROW = RosterRow(
    full_name="Ksor H'Thoan",
    role=RosterRole.MENTEE,
    birth_year=1958,
    gender=Gender.FEMALE,
    phone="+84912000001",
    ward="21553",
    hamlet="Làng Ốp",
    mentor_phone="+84912000002",
    mentor_name="Siu Phen",
    groups=("Vùng sâu, vùng xa", "Nông dân", "Nhóm lạ"),
    languages=("Jrai",),
    started_on=date(2026, 1, 5),
    ended_on=date(2026, 2, 5),
    reason="Hoàn thành",
    capacity=12,
    consent_method=ConsentMethod.PAPER,
    consent_on=date(2026, 1, 4),
    note="Có xe máy",
    sheet="Mentor",
    row_number=7,
)


def test_a_row_read_again_from_its_own_texts_says_the_same():
    reader = Rereader("Mentor", {}, LISTS, frozenset(TEXTS))

    read, problems = reader.read(ROW, {column: text_of(ROW, column) for column in TEXTS})

    assert (read, problems) == (ROW, [])


def test_only_the_columns_asked_for_are_read_and_their_problems_say_where():
    places = {Column.BIRTH: ColumnPlace("AB", "NS")}
    reader = Rereader("Mentor", places, LISTS, frozenset({Column.BIRTH, Column.PHONE}))

    read, problems = reader.read(ROW, {Column.BIRTH: "19", Column.PHONE: "12"})

    assert (read.birth_year, read.phone, read.hamlet) == (None, None, "Làng Ốp")
    assert [(p.column, p.heading, p.severity) for p in problems] == [
        ("AB", "NS", Severity.ERROR),
        (None, "Điện thoại", Severity.ERROR),
    ]
    assert isinstance(problems[0], Problem)
