"""The charts of the province and of a ward: their numbers, their titles, who sees which."""

import io
from datetime import date

import plotly.graph_objects as go
import pytest
import time_machine
from python_calamine import CalamineWorkbook

from models import Obstacle, Procedure, db
from models.enums import HelpMode, Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    AttendanceFactory,
    ContactFactory,
    HelpSessionFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PauseFactory,
    SupportPostFactory,
)
from tests.web.pages import main_text, normal, page

pytestmark = pytest.mark.usefixtures("on_10_march")
WARD, OTHER_WARD = "21553", "21583"
NAMES = ("muc-nguoi-hoc", "do-phu", "luot-theo-tuan", "thu-tuc", "vuong-mac")
NO_DATA = "–"


@pytest.fixture
def on_10_march():
    # A Tuesday.
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False):
        yield


@pytest.fixture
def leader(sign_in):
    return sign_in(account_with(Role.WARD_LEADER, WARD))


@pytest.fixture
def province(sign_in):
    return sign_in(account_with(Role.PROVINCE))


def figure_of(answer, name):
    return page(answer).select_one(f"#hinh-{name}")


def title_of(answer, name):
    return normal(figure_of(answer, name).h2.get_text())


def rows_of(answer, name):
    return [
        [normal(cell.get_text(" ")) for cell in row.select("th, td")]
        for row in figure_of(answer, name).select("tbody tr")
    ]


def row_of(answer, name, heading):
    return next(row for row in rows_of(answer, name) if row[0] == heading)


def entries(table):
    """The first two entries of a catalogue."""
    return db.session.scalars(db.select(table).order_by(table.position, table.id)).all()[:2]


def mentor_with(mentees, *, met=0, **fields):
    mentor = MentorFactory(started_on=date(2026, 1, 5), **fields)
    contact = ContactFactory(mentor=mentor, service_date=date(2026, 3, 1))
    for number in range(mentees):
        pair = MentorshipFactory(
            mentor=mentor, mentee=MenteeFactory(ward=mentor.ward), started_on=date(2026, 2, 2)
        )
        if number < met:
            AttendanceFactory(contact=contact, mentorship=pair)
    return mentor


def session(day, **fields):
    return HelpSessionFactory(service_date=day, **fields)


def test_an_empty_ward_is_told_what_will_be_there(leader):
    answer = leader.get(f"/xa/{WARD}/bieu-do")

    text = main_text(answer)
    assert "Thêm mentor rồi ghép người học" in text
    assert "Khi nhân sự ghi lượt đầu tiên tại quầy" in text
    assert not page(answer).select("[data-plot]")


def test_mentors_stand_by_their_number_of_mentees(leader):
    mentor_with(5, met=5)
    mentor_with(5, met=1)
    mentor_with(2)
    PauseFactory(mentor=mentor_with(6), started_on=date(2026, 3, 1), ended_on=date(2026, 4, 1))
    db.session.commit()

    answer = leader.get(f"/xa/{WARD}/bieu-do")

    assert title_of(answer, "muc-nguoi-hoc") == (
        "2/3 mentor đã đủ 5 người học trên giấy, 1 đủ thực chất"
    )
    assert row_of(answer, "muc-nguoi-hoc", "5") == ["5", "2", "1", "1"]
    assert row_of(answer, "muc-nguoi-hoc", "2")[1] == "1"
    assert row_of(answer, "muc-nguoi-hoc", "Tạm nghỉ")[1] == "1"


def test_coverage_is_told_month_by_month_and_unknown_before_there_was_anything(leader):
    mentor_with(5, met=5)
    SupportPostFactory(started_on=date(2026, 2, 10))
    session(date(2026, 3, 9))
    db.session.commit()

    answer = leader.get(f"/xa/{WARD}/bieu-do")

    rows = rows_of(answer, "do-phu")
    assert rows[0] == ["31/03/2025", *[NO_DATA] * 6]
    assert rows[-3:] == [
        ["31/01/2026", "1", "0", "0", "5", "5", "▲ Chưa có"],
        ["28/02/2026", "1", "1", "0", "5", "0", "● Trên giấy"],
        ["10/03/2026", "1", "1", "1", "5", "0", "✓ Thực chất"],
    ]
    assert title_of(answer, "do-phu") == (
        "Mentor đủ người học, thực chất: 1/1, so với 0/1 vào ngày 31/01/2026"
    )


def test_the_province_counts_wards_with_support_and_those_without_data(province):
    SupportPostFactory(started_on=date(2026, 2, 10))
    session(date(2026, 3, 9))
    db.session.commit()

    answer = province.get("/bieu-do")

    assert rows_of(answer, "do-phu")[-1][-4:] == ["1", "1", "134", "135"]
    assert rows_of(answer, "do-phu")[0][1:] == [*[NO_DATA] * 7, "135", "135"]


def test_weeks_keep_turns_and_people_apart_and_what_is_unknown_is_no_zero(leader):
    session(date(2026, 2, 23), mode=HelpMode.SELF, is_first_this_year=True)
    session(date(2026, 3, 1), mode=HelpMode.ON_BEHALF, is_first_this_year=False)
    session(date(2026, 3, 10), mode=HelpMode.TOGETHER, is_first_this_year=True)
    db.session.commit()

    answer = leader.get(f"/xa/{WARD}/bieu-do")

    rows = rows_of(answer, "luot-theo-tuan")
    assert len(rows) == 26
    assert rows[-4] == ["16/02 – 22/02/2026", *[NO_DATA] * 5]
    assert rows[-3] == ["23/02 – 01/03/2026", "1", "0", "1", "2", "1"]
    assert rows[-2] == ["02/03 – 08/03/2026", "0", "0", "0", "0", "0"]
    assert rows[-1] == ["09/03 – 15/03/2026 (chưa hết tuần)", "0", "1", "0", "1", "1"]


def test_topics_are_shares_of_all_sessions_of_the_year_so_far(leader):
    (often, seldom), (obstacle, _other) = entries(Procedure), entries(Obstacle)
    for day in (date(2026, 1, 1), date(2026, 3, 1), date(2026, 3, 10)):
        session(day, procedure=often)
    session(date(2025, 12, 31), procedure=seldom)
    session(date(2026, 3, 5), procedure=seldom, obstacle=obstacle)
    db.session.commit()

    answer = leader.get(f"/xa/{WARD}/bieu-do")

    assert rows_of(answer, "thu-tuc") == [
        [often.label, "3", "75 %"],
        [seldom.label, "1", "25 %"],
    ]
    assert rows_of(answer, "vuong-mac") == [[obstacle.label, "1", "25 %"]]
    assert title_of(answer, "thu-tuc") == (
        f"Thủ tục hay gặp nhất năm 2026: {often.label}, 75 % số lượt"
    )


def test_a_past_day_counts_what_had_happened_by_then(leader):
    procedure, _other = entries(Procedure)
    for day in (date(2026, 1, 20), date(2026, 2, 10), date(2026, 2, 20)):
        session(day, procedure=procedure)
    db.session.commit()

    answer = leader.get(f"/xa/{WARD}/bieu-do?ngay=15/02/2026")

    assert rows_of(answer, "thu-tuc") == [[procedure.label, "2", "100 %"]]
    assert rows_of(answer, "luot-theo-tuan")[-1][4] == "1"
    assert rows_of(answer, "do-phu")[-1][0] == "15/02/2026"
    assert "tình hình vào ngày 15/02/2026" in main_text(answer)


def test_a_day_that_is_none_is_refused_in_its_place(leader):
    answer = leader.get(f"/xa/{WARD}/bieu-do?ngay=99/99/2026")

    assert answer.status_code == 422


@pytest.mark.parametrize("name", NAMES)
def test_every_chart_is_a_figure_with_the_same_numbers_in_its_workbook(leader, name):
    mentor_with(3, met=2)
    session(date(2026, 3, 9), obstacle=entries(Obstacle)[0])
    db.session.commit()

    plot = leader.get(f"/hinh/{name}.json?xa={WARD}").json
    workbook = leader.get(f"/exports/hinh-{name}.xlsx?xa={WARD}")

    assert go.Figure(plot).data
    assert len(plot) == 2
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(workbook.data)).get_sheet_by_index(0)
    texts = [normal(str(cell)) for row in sheet.to_python() for cell in row]
    assert any("10/03/2026" in text for text in texts)
    assert title_of(leader.get(f"/xa/{WARD}/bieu-do"), name) in texts


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_of_another_ward_does_not_exist(leader, name):
    assert leader.get(f"/hinh/{name}.json?xa={OTHER_WARD}").status_code == 404
    assert leader.get(f"/exports/hinh-{name}.xlsx?xa={OTHER_WARD}").status_code == 404


def test_no_chart_of_a_ward_counts_another_ward(leader):
    mentor_with(5, met=5)
    session(date(2026, 3, 9))
    db.session.commit()
    answer = leader.get(f"/xa/{WARD}/bieu-do")
    before = [rows_of(answer, name) for name in NAMES]
    elsewhere = any_ward(OTHER_WARD)

    SupportPostFactory(ward=elsewhere)
    MentorFactory(ward=elsewhere)
    session(date(2026, 3, 9), ward=elsewhere, obstacle=entries(Obstacle)[0])
    db.session.commit()

    answer = leader.get(f"/xa/{WARD}/bieu-do")
    assert [rows_of(answer, name) for name in NAMES] == before


def test_the_ward_leads_to_its_charts_and_back(leader):
    tabs = page(leader.get(f"/xa/{WARD}/bieu-do")).select(".tabs a")

    assert f"/xa/{WARD}/bieu-do" in [tab["href"] for tab in tabs]
    assert f"/xa/{WARD}" in [tab["href"] for tab in tabs]
