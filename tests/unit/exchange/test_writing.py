from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from app.exchange.roster import RosterRole, RosterRow, parse_roster
from app.exchange.roster_workbook import write_roster, write_roster_template
from app.exchange.workbook import read_workbook
from app.never_stored import has_identity_number, has_secret
from models.enums import ConsentMethod, Gender
from models.names import normalise_name

TODAY = date(2026, 6, 1)
GROUPS = ("Người cao tuổi", "Vùng sâu, vùng xa", "Người lao động doanh nghiệp, HTX", "Khác")
LANGUAGES = ("Kinh (tiếng Việt)", "Jrai", "Chăm H'roi")

NAMES = st.sampled_from(
    ["Ksor H'Thoan", "Tổng Văn An", "Nguyễn Thị Hòa", "Rơ Châm Dih", "Y-Bhô", "NGUYỄN VĂN A"]
)
PHONES = st.none() | st.integers(0, 9_999_999).map(lambda number: f"+8491{number:07}")
DAYS = st.dates(date(2024, 1, 1), TODAY)
TEXTS = st.none() | (
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=40)
    .map(normalise_name)
    .filter(lambda text: text and not has_identity_number(text) and not has_secret(text))
)


@st.composite
def roster_rows(draw: st.DrawFn) -> RosterRow:
    started_on = draw(st.none() | DAYS)
    ended_on = draw(st.none() | DAYS)
    consent_on = draw(st.none() | DAYS)
    return RosterRow(
        full_name=draw(NAMES),
        role=draw(st.sampled_from(RosterRole)),
        birth_year=draw(st.none() | st.integers(1930, 2018)),
        gender=draw(st.none() | st.sampled_from(Gender)),
        phone=draw(PHONES),
        ward=draw(st.sampled_from([None, "21553", "Quy Nhơn Bắc"])),
        hamlet=draw(TEXTS),
        mentor_phone=draw(PHONES),
        mentor_name=draw(st.none() | NAMES),
        groups=tuple(draw(st.lists(st.sampled_from(GROUPS), unique=True))),
        languages=tuple(draw(st.lists(st.sampled_from(LANGUAGES), unique=True))),
        started_on=started_on,
        ended_on=ended_on if started_on is None or (ended_on and ended_on > started_on) else None,
        reason=draw(TEXTS),
        capacity=draw(st.none() | st.integers(1, 200)),
        consent_method=consent_on and draw(st.sampled_from(ConsentMethod)),
        consent_on=consent_on,
        note=draw(TEXTS),
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(roster_rows(), max_size=6))
def test_what_is_written_comes_back_without_a_change(rows: list[RosterRow]) -> None:
    distinct = [
        replace(row, full_name=f"{row.full_name} {'I' * (place + 1)}")
        for place, row in enumerate(rows)
    ]

    file = parse_roster(
        read_workbook(write_roster(distinct)), today=TODAY, groups=GROUPS, languages=LANGUAGES
    )

    assert (list(file.rows), file.problems, file.notes) == (distinct, (), ())


def template() -> bytes:
    return write_roster_template(
        wards=[("21553", "Phường Quy Nhơn Bắc"), ("21583", "Phường Quy Nhơn")],
        groups=GROUPS,
        languages=LANGUAGES,
        reasons=["Hoàn thành"],
        hamlets=["Làng Ốp"],
    )


def test_the_template_comes_back_without_rows_and_problems() -> None:
    file = parse_roster(read_workbook(template()), today=TODAY, groups=GROUPS, languages=LANGUAGES)

    assert (file.rows, file.problems, file.notes) == ((), (), ())


def test_the_template_explains_every_column_and_lists_the_choices() -> None:
    roster, guide, lists = read_workbook(template())

    headings = [cell for cell in roster.rows[3] if cell != "STT"]
    assert [row[0] for row in guide.rows[3:]] == headings
    assert [row[2] for row in lists.rows[:3]] == [
        "Xã/phường",
        "21553 – Phường Quy Nhơn Bắc",
        "21583 – Phường Quy Nhơn",
    ]


def test_a_template_without_lists_can_still_be_filled_in() -> None:
    content = write_roster_template(wards=[], groups=[], languages=[], reasons=[])

    assert parse_roster(read_workbook(content), today=TODAY).rows == ()
