"""Paper round trip: sheets to print, and the grid in which they are typed back."""

from datetime import date

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from app.months import Month, parse_month
from models import Attendance, Contact, db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    AttendanceFactory,
    ContactFactory,
    HamletFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    end_reason,
)
from tests.web.pages import main_text, normal, page, post_form

ELSEWHERE = "23575"


@pytest.fixture(autouse=True)
def a_tuesday_in_march():
    with time_machine.travel("2026-03-24T02:00:00Z", tick=False):
        yield


@pytest.fixture
def leader(sign_in) -> FlaskClient:
    return sign_in(account_with(Role.WARD_LEADER))


def pair(mentor, name: str, **values):
    return MentorshipFactory(mentor=mentor, mentee__person__full_name=name, **values)


def recorded() -> list[tuple[date, str | None, list[int]]]:
    db.session.expire_all()
    contacts = db.session.scalars(select(Contact).order_by(Contact.service_date))
    return [
        (one.service_date, one.note, sorted(row.mentorship_id for row in one.attendances))
        for one in contacts
    ]


def grid_of(mentor) -> str:
    return f"/mentor/{mentor.id}/phieu-huong-dan?thang=03-2026"


def at_cells(answer) -> dict[str, str]:
    return {
        str(error["id"]).removesuffix("-error"): normal(error.get_text())
        for error in page(answer).select(".grid-error")
    }


def test_a_sheet_for_each_mentor_is_printed_with_its_open_mentees_and_codes_and_no_phone(leader):
    hamlet = HamletFactory(name="Làng Ngol")
    mentor = MentorFactory(person__full_name="Ksor H'Lan", person__phone="+84912000001")
    kept = pair(mentor, "Siu Blơ", mentee__person__phone="+84912000002")
    kept.mentee.person.hamlet = hamlet
    pair(mentor, "Đã Thôi", ended_on=date(2026, 3, 2), end_reason=end_reason("other"))
    guest = MenteeFactory(ward=any_ward(ELSEWHERE), person__full_name="Rah Lan Chunh")
    MentorshipFactory(mentor=mentor, mentee=guest)
    pair(MentorFactory(person__full_name="Lê Văn Tám"), "Rơ Châm Dih")
    pair(MentorFactory(ward=any_ward(ELSEWHERE)), "Người Xã Khác")
    db.session.commit()

    answer = leader.get("/phieu-huong-dan/in")

    sheets = page(answer).select(".paper")
    first = normal(sheets[0].get_text(" "))
    assert len(sheets) == 2
    assert f"Mã phiếu: {mentor.id}-0326" in first
    assert "Phiếu hướng dẫn tháng 03/2026" in first
    assert f"Siu Blơ (1990) Làng Ngol {kept.id}" in first
    assert f"Rah Lan Chunh {guest.ward.name}" in first
    assert "Đã Thôi" not in first
    assert "Lê Văn Tám" in sheets[1].get_text()
    assert "912" not in "".join(sheet.get_text() for sheet in sheets)
    assert "Người Xã Khác" not in answer.get_data(as_text=True)


def test_paper_round_trip_the_typed_sheet_is_recorded_at_once_and_undone_as_one(leader):
    mentor = MentorFactory(person__full_name="Ksor H'Lan")
    one, two = pair(mentor, "Siu Blơ"), pair(mentor, "Rơ Châm Dih")
    typed = {
        "day_0": "3",
        f"mark_{one.id}_0": "x",
        f"mark_{two.id}_0": "45",
        "note_0": "VNeID",
        "day_2": "10/3",
        f"mark_{one.id}_2": "V",
        f"mark_{two.id}_2": "0",
    }

    answer = post_form(leader, grid_of(mentor), typed)

    assert answer.status_code == 303
    saved = leader.get(answer.location)
    assert "Đã lưu phiếu tháng 03/2026 của mentor Ksor H'Lan: 2 buổi, 3 lượt có mặt." in (
        main_text(saved)
    )
    assert recorded() == [
        (date(2026, 3, 3), "VNeID", [one.id, two.id]),
        (date(2026, 3, 10), None, [one.id]),
    ]
    undo = next(form for form in page(saved).select("form") if "Hoàn tác" in form.get_text())
    leader.post(undo["action"], data={"csrf_token": undo.select_one("input")["value"]})
    assert recorded() == []
    assert db.session.scalars(select(Attendance)).all() == []


def test_paper_round_trip_every_error_is_told_at_its_cell_and_nothing_is_saved(leader):
    mentor = MentorFactory()
    one, two = pair(mentor, "Siu Blơ"), pair(mentor, "Rơ Châm Dih")
    typed = {
        "day_0": "31/02",
        "day_1": "25",
        f"mark_{one.id}_1": "x",
        "day_2": "4",
        f"mark_{one.id}_2": "vắng",
        "day_3": "4/3",
        f"mark_{two.id}_3": "x",
        f"mark_{two.id}_4": "x",
        "day_5": "6",
        "day_6": "7/2",
    }

    answer = post_form(leader, grid_of(mentor), typed)

    assert answer.status_code == 422
    assert at_cells(answer) == {
        "day_0": "Không có ngày này. Gõ ngày, ví dụ 5 hoặc 05/03.",
        "day_1": "Ngày này chưa tới.",
        f"mark_{one.id}_2": "Gõ x hoặc số phút nếu có mặt; để trống nếu vắng.",
        "day_3": "Ngày này đã gõ ở cột trước.",
        "day_4": "Gõ ngày của buổi này.",
        "day_5": "Chưa đánh dấu ai có mặt; nếu không có buổi này thì xóa ngày.",
        "day_6": "Phiếu này của tháng 03/2026; ngày tháng khác ghi ở phiếu tháng đó.",
    }
    summary = normal(page(answer).select_one(".error-summary").get_text(" "))
    assert "Buổi 3, Siu Blơ: Gõ x" in summary
    assert page(answer).select_one(f"#mark_{one.id}_2")["value"] == "vắng"
    assert recorded() == []


def test_paper_round_trip_a_day_recorded_before_is_told_and_not_doubled(leader):
    mentor = MentorFactory()
    one = pair(mentor, "Siu Blơ")
    late = pair(mentor, "Rơ Châm Dih", started_on=date(2026, 3, 5))
    AttendanceFactory(
        mentorship=one, contact=ContactFactory(mentor=mentor, service_date=date(2026, 3, 3))
    )
    typed = {
        "day_0": "3",
        f"mark_{one.id}_0": "x",
        "day_1": "4",
        f"mark_{one.id}_1": "x",
        f"mark_{late.id}_1": "x",
    }
    before = recorded()

    seen = post_form(leader, grid_of(mentor), typed | {"only_check": "1"})
    saved = post_form(leader, grid_of(mentor), typed)

    assert "đã ghi 1 buổi" in main_text(leader.get(grid_of(mentor)))
    for answer in (seen, saved):
        assert answer.status_code == 422
        cells = at_cells(answer)
        assert sorted(cells) == ["day_0", f"mark_{late.id}_1"]
        assert "đã ghi rồi (1 người)" in cells["day_0"]
        assert "từ ngày 05/03/2026" in cells[f"mark_{late.id}_1"]
    assert recorded() == before


def test_a_double_press_and_a_look_before_saving_make_one_and_none(leader):
    mentor = MentorFactory()
    one = pair(mentor, "Siu Blơ")
    typed = {"day_0": "3", f"mark_{one.id}_0": "x"}
    form = page(leader.get(grid_of(mentor))).select_one("main form")
    keys = {item["name"]: item["value"] for item in form.select("input[type=hidden]")}

    looked = leader.post(grid_of(mentor), data=keys | typed | {"only_check": "1"})
    nothing = recorded()
    answers = [leader.post(grid_of(mentor), data=keys | typed) for _press in range(2)]

    assert "Chưa lưu." in main_text(looked)
    assert "03/03 (1 người)" in main_text(looked)
    assert nothing == []
    assert [answer.status_code for answer in answers] == [303, 303]
    assert recorded() == [(date(2026, 3, 3), None, [one.id])]


def test_marks_of_a_row_that_is_gone_are_told_instead_of_lost(leader):
    mentor = MentorFactory()
    one = pair(mentor, "Siu Blơ")
    typed = {"day_0": "3", f"mark_{one.id}_0": "x", "mark_999999_0": "x"}

    answer = post_form(leader, grid_of(mentor), typed)

    assert "Dòng mã 999999 không còn trên phiếu này" in main_text(answer)
    assert recorded() == []


def test_the_code_on_the_paper_opens_its_grid_and_no_other(leader):
    mentor, elsewhere = MentorFactory(), MentorFactory(ward=any_ward(ELSEWHERE))

    found = leader.get("/phieu-huong-dan", query_string={"ma": f"{mentor.id}-0226"})
    foreign = leader.get("/phieu-huong-dan", query_string={"ma": f"{elsewhere.id}-0226"})

    assert found.location.endswith(f"/mentor/{mentor.id}/phieu-huong-dan?thang=02-2026")
    assert "Không có phiếu mang mã này" in main_text(foreign)
    assert leader.get(f"/phieu-huong-dan/in?xa={ELSEWHERE}").status_code == 404
    assert leader.get(f"/phieu-diem-danh/in?xa={ELSEWHERE}").status_code == 404
    named = leader.get(f"/phieu-huong-dan/in?mentor={elsewhere.id}")
    assert page(named).select(".paper") == []


def test_a_sign_in_sheet_for_a_class_has_those_chosen_and_empty_lines(leader):
    chosen = MenteeFactory(person__full_name="Siu Blơ")
    MenteeFactory(person__full_name="Không Chọn")
    foreign = MenteeFactory(person__full_name="Người Xã Khác", ward=any_ward(ELSEWHERE))
    query = {"noi-dung": "VNeID", "dong-trong": "3", "chon": [chosen.id, foreign.id]}

    sheet = page(leader.get("/phieu-diem-danh/in", query_string=query)).select_one(".paper")

    names = [normal(row.get_text(" ")) for row in sheet.select("tbody tr")]
    assert names == ["1 Siu Blơ 1990", "2", "3", "4"]
    assert "Nội dung: VNeID" in normal(sheet.get_text(" "))
    assert "None" not in sheet.get_text()


def test_months_are_read_from_addresses_and_counted_over_the_year():
    assert parse_month("11-2026") == Month(2026, 11)
    assert [parse_month(text) for text in ("13-2026", "0-2026", "11-1999", "x")] == [None] * 4
    assert Month(2026, 11).later(2) == Month(2027, 1)
    assert Month(2026, 1).later(-1) == Month(2025, 12)
    assert Month(2024, 2).last_day == date(2024, 2, 29)
