"""Pages that plan the desk: the weekly pattern, leave with a substitute, holidays, the sheet."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from models import DutyHoliday, DutyLeave, DutyPattern, DutyTurn, SupportPost, db
from models.enums import HalfDay, Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.desk import DAY, link_to_post
from tests.factories.network import (
    DutyLeaveFactory,
    DutyPatternFactory,
    DutyTurnFactory,
    PersonFactory,
    SupportPostFactory,
)
from tests.web.pages import main_text, normal, page, post_form

SignIn = Callable[..., FlaskClient]
SHEET, LEAVE, HOLIDAY, CONFIRM = (
    "/lich-truc",
    "/lich-truc/nghi",
    "/lich-truc/nghi-le",
    "/lich-truc/co-truc",
)
BORDERING = "21583"
# 31 August 2026 is a Monday; the Friday before it is over.
FRIDAY, TOMORROW = date(2026, 8, 28), date(2026, 9, 1)

pytestmark = pytest.mark.usefixtures("at_nine")


@pytest.fixture
def at_nine():
    with time_machine.travel("2026-08-31 09:05+07:00", tick=False):
        yield


@pytest.fixture
def leader(sign_in: SignIn) -> FlaskClient:
    return sign_in(account_with(Role.WARD_LEADER))


def post_of(name: str, *halves: int, ward: str | None = None, **values) -> SupportPost:
    """Somebody with a weekly pattern."""
    values["ward"] = any_ward(ward or "21553")
    post = SupportPostFactory(person=PersonFactory(full_name=name), **values)
    for half in halves:
        DutyPatternFactory(support_post=post, week_half=half)
    return post


def absence(post_id: int, **typed) -> dict[str, str]:
    return {"post": str(post_id), "first_day": "01/09/2026", "half": "ca-ngay"} | typed


def row_of(soup, name: str) -> str:
    """What the sheet of the week says in the row of a person or of the desk."""
    rows = soup.select("#ca-tuan tbody tr")
    found = next(row for row in rows if name in row.th.get_text())
    return normal(found.get_text(" "))


# the sheet --------------------------------------------------------------------------------------


def test_the_sheet_shows_the_pattern_its_exceptions_and_what_was_performed(leader):
    anh = post_of("Lê Thị Ánh", 0, 2, 4)
    binh = post_of("Trần Văn Bình")
    DutyTurnFactory(support_post=anh, service_date=DAY)
    DutyTurnFactory(support_post=binh, service_date=date(2026, 9, 4), is_performed=False)
    DutyLeaveFactory(
        support_post=anh, started_on=TOMORROW, ended_on=date(2026, 9, 2), substitute_post=binh
    )

    soup = page(leader.get(SHEET))

    of_anh, of_binh = row_of(soup, "Lê Thị Ánh"), row_of(soup, "Trần Văn Bình")
    assert "✓ Sáng" in of_anh
    assert "Sáng: nghỉ, Trần Văn Bình trực thay" in of_anh
    assert "thay Lê Thị Ánh" in of_binh
    assert "Sáng (sẽ trực)" in of_binh


def test_half_days_without_anybody_are_shown_on_the_sheet(leader):
    post_of("Lê Thị Ánh", *range(1, 10))

    soup = page(leader.get(SHEET))

    assert "1 buổi trống" in row_of(soup, "Quầy")
    assert row_of(soup, "Quầy").count("chưa có ai") == 1
    assert "còn 1 buổi chưa có ai trực" in main_text(leader.get(SHEET))


def test_the_work_list_names_the_half_days_without_anybody(leader):
    post_of("Lê Thị Ánh", *range(9))

    text = main_text(leader.get("/viec-can-lam"))

    assert "Phường Quy Nhơn Bắc: 1 buổi trong 7 ngày tới chưa có ai trực (T6 04/09 chiều)." in text


def test_the_work_list_of_staff_says_that_no_plan_was_made(sign_in):
    post_of("Lê Thị Ánh")
    staff = sign_in(account_with(Role.SUPPORT))

    assert "chưa xếp lịch trực" in main_text(staff.get("/viec-can-lam"))


def test_a_full_desk_is_no_line_of_the_work_list(leader):
    post_of("Lê Thị Ánh", *range(10))

    text = main_text(leader.get("/viec-can-lam"))
    assert "chưa có ai trực" not in text
    assert "chưa xếp lịch trực" not in text


# confirming -------------------------------------------------------------------------------------


def test_a_turn_of_the_pattern_is_confirmed_in_one_tap(leader):
    post_of("Lê Thị Ánh", 0, 8)
    friday = page(leader.get(f"{SHEET}?ngay=28/08/2026"))
    button = next(b for b in friday.select("button") if normal(b.get_text()) == "Có trực sáng")
    sent = {field["name"]: field["value"] for field in button.find_parent("form").find_all("input")}

    first, second = leader.post(CONFIRM, data=sent), leader.post(CONFIRM, data=sent)

    assert (first.status_code, second.status_code) == (303, 303)
    rows = db.session.scalars(select(DutyTurn)).all()
    assert [(row.service_date.weekday(), row.is_performed) for row in rows] == [(0, True)]


def test_several_days_are_confirmed_at_once(leader):
    post_id = post_of("Lê Thị Ánh", 6, 8).id
    boxes = page(leader.get(SHEET)).select("#chua-xac-nhan input[name=turns]")
    values = [box["value"] for box in boxes]

    answer = leader.post(
        CONFIRM, data={"csrf_token": token(leader), "turns": values, "form_key": "k" * 20}
    )

    assert answer.status_code == 303
    days = ["2026-08-20", "2026-08-21", "2026-08-27", "2026-08-28"]
    assert values == [f"{post_id}_{day}_morning" for day in days]
    stored = db.session.scalars(select(DutyTurn.service_date)).all()
    assert [day.isoformat() for day in stored] == days
    text = main_text(leader.get(SHEET))
    assert "Đã ghi 4 buổi trực." in text
    assert "Hoàn tác" in text
    assert page(leader.get(SHEET)).select("#chua-xac-nhan") == []


def test_no_box_is_ticked_before_somebody_ticks_it(leader):
    post_of("Lê Thị Ánh", 8)

    assert page(leader.get(SHEET)).select("#chua-xac-nhan input[checked]") == []


@pytest.mark.parametrize("turns", [[], ["abc"], ["1_2026-09-01_morning"], ["1_2026-02-31_morning"]])
def test_only_turns_up_to_today_are_confirmed(leader, turns):
    post_of("Lê Thị Ánh", 0)

    leader.post(CONFIRM, data={"csrf_token": token(leader), "turns": turns})

    assert db.session.scalars(select(DutyTurn)).all() == []
    assert "Chọn" in main_text(leader.get(SHEET))


# leave ------------------------------------------------------------------------------------------


def test_if_i_am_away_tomorrow_shows_who_can_stand_in(sign_in):
    account = account_with(Role.SUPPORT)
    own = post_of("Lê Thị Ánh", 2, 3)
    link_to_post(account, own)
    post_of("Trần Văn Bình", 2)
    post_of("Siu H'Lan", 4)
    post_of("Rơ Châm Dih", ward=BORDERING)

    text = main_text(sign_in(account).get(LEAVE))

    assert "Bỏ trống 2 buổi: sáng 01/09/2026, chiều 01/09/2026." in text
    assert text.index("Siu H'Lan cùng xã, phường · rảnh") < text.index("Trần Văn Bình")
    assert "Trần Văn Bình cùng xã, phường · chỉ rảnh 1/2 buổi" in text
    assert "Một nhân sự hỗ trợ của Quy Nhơn xã giáp ranh: Quy Nhơn" in text
    assert "Rơ Châm Dih" not in text


def test_one_tap_records_the_leave_with_its_substitute_and_offers_to_undo(leader):
    absent, substitute = post_of("Lê Thị Ánh", 2, 3), post_of("Siu H'Lan")
    names = (absent.id, substitute.id)

    answer = post_form(
        leader, LEAVE, absence(absent.id, substitute=str(substitute.id)), page_url=LEAVE
    )

    assert answer.status_code == 303
    row = db.session.scalars(select(DutyLeave)).one()
    assert (row.support_post_id, row.substitute_post_id) == names
    assert (row.started_on, row.ended_on) == (TOMORROW, TOMORROW + timedelta(days=1))
    text = main_text(leader.get(SHEET))
    assert "Đã ghi: Lê Thị Ánh nghỉ 01/09/2026, Siu H'Lan (Quy Nhơn Bắc) trực thay." in text
    assert "Hoàn tác" in text


def test_who_comes_from_a_bordering_ward_has_a_row_and_a_button_of_the_day(leader):
    absent, helper = post_of("Lê Thị Ánh", 0), post_of("Rơ Châm Dih", ward=BORDERING)
    DutyLeaveFactory(support_post=absent, started_on=DAY, ended_on=TOMORROW, substitute_post=helper)
    helper_id = helper.id

    soup = page(leader.get(SHEET))
    form = {"post": helper_id, "service_date": "31/08/2026", "half_day": "morning"}
    answer = post_form(leader, SHEET, form | {"state": "da-truc"})

    assert "thay Lê Thị Ánh" in row_of(soup, "Rơ Châm Dih")
    assert answer.status_code == 303
    turn = db.session.scalars(select(DutyTurn)).one()
    assert turn.ward_id == any_ward("21553").id


def test_leave_for_days_and_halves_is_typed_and_mistakes_come_back(leader):
    post_id = post_of("Lê Thị Ánh", 2).id

    backwards = leader.get(f"{LEAVE}?post={post_id}&first_day=02/09/2026&last_day=01/09/2026")
    long = post_form(leader, LEAVE, absence(post_id, last_day="31/12/2026"), page_url=LEAVE)
    odd = post_form(leader, LEAVE, absence(post_id, first_day="31/02/2026"), page_url=LEAVE)

    assert (backwards.status_code, long.status_code, odd.status_code) == (422, 422, 422)
    assert "Ngày cuối phải từ ngày đầu trở đi." in main_text(backwards)
    assert page(odd).select_one("#first_day")["value"] == "31/02/2026"
    assert db.session.scalars(select(DutyLeave)).all() == []


def test_a_substitute_who_got_busy_is_refused_with_what_to_do(leader):
    absent, busy = post_of("Lê Thị Ánh", 2), post_of("Siu H'Lan", 2)

    answer = post_form(leader, LEAVE, absence(absent.id, substitute=str(busy.id)), page_url=LEAVE)

    assert answer.status_code == 422
    assert "Người thay không còn rảnh đủ các buổi này." in main_text(answer)


def test_leave_is_taken_back_on_the_sheet(leader):
    absent = post_of("Lê Thị Ánh", 2)
    leave_id = DutyLeaveFactory(
        support_post=absent, started_on=TOMORROW, ended_on=date(2026, 9, 2)
    ).id

    answer = post_form(leader, f"{LEAVE}/{leave_id}/bo", {}, page_url=SHEET)

    assert answer.status_code == 303
    assert db.session.scalars(select(DutyLeave)).all() == []
    assert "Đã bỏ ngày nghỉ của Lê Thị Ánh." in main_text(leader.get(SHEET))


# who plans for whom -----------------------------------------------------------------------------


def test_leaders_plan_for_their_ward_and_staff_for_themselves(sign_in, leader):
    account = account_with(Role.SUPPORT)
    own, other = post_of("Lê Thị Ánh", 2), post_of("Siu H'Lan", 4)
    link_to_post(account, own)
    link_to_post(account_with(Role.SUPPORT), other)
    own_id, other_id = own.id, other.id
    leave_id = DutyLeaveFactory(support_post=other, started_on=DAY, ended_on=TOMORROW).id
    staff = sign_in(account)

    assert staff.get(f"/lich-truc/lich-tuan/{own_id}").status_code == 200
    assert staff.get(f"/lich-truc/lich-tuan/{other_id}").status_code == 404
    assert leader.get(f"/lich-truc/lich-tuan/{other_id}").status_code == 200
    refused = post_form(staff, LEAVE, absence(other_id), page_url=LEAVE)
    dropped = post_form(staff, f"{LEAVE}/{leave_id}/bo", {}, page_url=SHEET)
    assert (refused.status_code, dropped.status_code) == (422, 404)
    assert [
        box["value"] for box in page(staff.get(LEAVE)).select("input[name=post][type=radio]")
    ] == [str(own_id)]


def test_an_account_of_nobody_plans_for_those_who_have_none(sign_in):
    free, taken = post_of("Lê Thị Ánh"), post_of("Siu H'Lan")
    link_to_post(account_with(Role.SUPPORT), taken)
    free_id, taken_id = free.id, taken.id
    staff = sign_in(account_with(Role.SUPPORT))

    assert staff.get(f"/lich-truc/lich-tuan/{free_id}").status_code == 200
    assert staff.get(f"/lich-truc/lich-tuan/{taken_id}").status_code == 404


# the weekly pattern -----------------------------------------------------------------------------


def test_the_weekly_pattern_is_ticked_and_shows_on_the_sheet(leader):
    post_id = post_of("Lê Thị Ánh").id
    url = f"/lich-truc/lich-tuan/{post_id}"
    edition = page(leader.get(url)).select_one("input[name=version]")["value"]
    typed = {"week_halves": ["0", "3"], "first_day": "31/08/2026", "version": edition}

    answer = post_form(leader, url, typed)

    assert answer.status_code == 303
    assert db.session.scalars(select(DutyPattern.week_half)).all() == [0, 3]
    assert "T2 sáng, T3 chiều" in main_text(leader.get(SHEET))
    ticked = page(leader.get(url)).select("input[name=week_halves][checked]")
    assert [box["value"] for box in ticked] == ["0", "3"]


def test_two_who_plan_the_same_week_are_told_and_nothing_typed_is_lost(leader):
    post = post_of("Lê Thị Ánh")
    url = f"/lich-truc/lich-tuan/{post.id}"
    edition = page(leader.get(url)).select_one("input[name=version]")["value"]
    DutyPatternFactory(support_post=post, week_half=0)
    typed = {"week_halves": ["4"], "first_day": "31/08/2026", "version": edition}

    answer = post_form(leader, url, typed)

    assert answer.status_code == 422
    assert "Có người vừa sửa mục này" in main_text(answer)
    [row] = page(answer).select("form.form table tbody tr")
    assert normal(row.get_text(" ")) == "Trực những buổi nào? T4 sáng T2 sáng"
    ticked = page(answer).select("input[name=week_halves][checked]")
    assert [box["value"] for box in ticked] == ["4"]


# holidays ---------------------------------------------------------------------------------------


def test_one_tap_marks_a_day_without_anybody_as_holiday(leader):
    post_of("Lê Thị Ánh", *range(2, 10))
    soup = page(leader.get(SHEET))
    button = next(b for b in soup.select(".duty-desk button") if normal(b.get_text()) == "Nghỉ lễ")
    sent = {field["name"]: field["value"] for field in button.find_parent("form").find_all("input")}

    answer = leader.post(HOLIDAY, data=sent)

    assert answer.status_code == 303
    stored = [(row.day, row.half_day) for row in db.session.scalars(select(DutyHoliday))]
    assert stored == [(DAY, HalfDay.AFTERNOON), (DAY, HalfDay.MORNING)]
    row = row_of(page(leader.get(SHEET)), "Quầy")
    assert "Sáng: nghỉ lễ" in row
    assert "đủ người" in row


def test_a_holiday_is_taken_back(leader):
    post_of("Lê Thị Ánh")
    ward = any_ward("21553").id
    typed = {"ward": str(ward), "day": "02/09/2026"}
    post_form(leader, HOLIDAY, typed | {"half": "ca-ngay"}, page_url=SHEET)

    post_form(leader, HOLIDAY, typed | {"half": "khong", "form_key": "n" * 20}, page_url=SHEET)

    assert db.session.scalars(select(DutyHoliday)).all() == []


def test_staff_do_not_close_the_desk_for_all(sign_in):
    post_of("Lê Thị Ánh")
    staff = sign_in(account_with(Role.SUPPORT))

    assert page(staff.get(SHEET)).select(".duty-desk button") == []
    answer = post_form(staff, HOLIDAY, {}, page_url=SHEET)
    assert answer.status_code == 403


def token(client: FlaskClient) -> str:
    return page(client.get(SHEET)).select_one("input[name=csrf_token]")["value"]
