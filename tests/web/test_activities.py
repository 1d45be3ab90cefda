"""The pages of activities: entering, confirming, two who edit, the list, its file, the calendar."""

from datetime import date

import pytest
import time_machine
from flask.testing import FlaskClient

from models import Activity, db
from models.enums import ActivityKind, Role
from tests.factories.accounts import account_with
from tests.factories.activities import (
    ActivityFactory,
    ActivityHostFactory,
    ActivityPersonFactory,
    group,
)
from tests.factories.base import any_ward
from tests.factories.desk import DAY
from tests.factories.network import MenteeFactory, MentorFactory
from tests.web.pages import main_text, page, post_form, sheet

pytestmark = pytest.mark.usefixtures("on_the_day")
IA_GRAI = "23764"


@pytest.fixture
def on_the_day():
    with time_machine.travel("2026-08-31 09:05+07:00", tick=False):
        yield


@pytest.fixture
def leader(sign_in) -> FlaskClient:
    return sign_in(account_with(Role.WARD_LEADER))


@pytest.fixture
def province(sign_in) -> FlaskClient:
    return sign_in(account_with(Role.PROVINCE))


def fields(**values):
    usual = {
        "kind": "community_class",
        "state": "da-dien-ra",
        "service_date": "31/08/2026",
        "topic": "Cài và dùng VNeID",
        "turns": "12",
    }
    return {**usual, **values}


def only_one():
    db.session.expire_all()
    return db.session.query(Activity).one()


def test_a_class_is_entered_with_its_host_and_turns_by_group(leader):
    mentor = MentorFactory()

    answer = post_form(
        leader,
        "/hoat-dong/moi",
        fields(hosts=str(mentor.id), **{f"group_{group('elderly')}": "7"}),
    )

    shown = main_text(leader.get(answer.headers["Location"]))
    assert answer.status_code == 303
    assert mentor.person.full_name in shown
    assert "12 lượt" in shown
    assert "Người cao tuổi" in shown


def test_what_was_typed_stays_when_turns_do_not_agree(leader):
    answer = post_form(
        leader, "/hoat-dong/moi", fields(turns="5", **{f"group_{group('elderly')}": "7"})
    )

    soup = page(answer)
    assert "Nhiều hơn số lượt tham gia (5)" in main_text(answer)
    assert soup.select_one("[name=topic]")["value"] == "Cài và dùng VNeID"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"turns": ""}, "Nhập số lượt tham gia"),
        ({"service_date": "01/09/2026"}, "Ngày này chưa tới"),
        ({"topic": ""}, "Nhập nội dung"),
        ({"note": "mật khẩu: abc123"}, "Có vẻ ghi mật khẩu"),
    ],
)
def test_errors_say_what_to_do(leader, values, sentence):
    answer = post_form(leader, "/hoat-dong/moi", fields(**values))

    assert sentence in main_text(answer)


def test_a_planned_class_is_confirmed_with_its_turns(leader):
    post_form(leader, "/hoat-dong/moi", fields(state="du-kien", turns=""))
    planned = only_one()

    post_form(leader, f"/hoat-dong/{planned.id}/da-dien-ra", {"turns": "9"})

    assert (only_one().is_held, only_one().turns) == (True, 9)


def test_who_was_slower_sees_both_values_and_who_saved(leader, sign_in):
    activity = ActivityFactory(service_date=DAY)
    seen = page(leader.get(f"/hoat-dong/{activity.id}/sua")).select_one("[name=version]")["value"]
    other = sign_in(account_with(Role.WARD_LEADER))
    url = f"/hoat-dong/{activity.id}/sua"
    post_form(other, url, fields(version=seen, topic="An toàn trên mạng"))

    answer = post_form(leader, url, fields(version=seen, topic="Thanh toán"))

    text = main_text(answer)
    assert "Hai bản khác nhau" in text
    assert "An toàn trên mạng" in text
    assert only_one().topic == "An toàn trên mạng"


def test_the_province_reads_and_does_not_write(province):
    activity = ActivityFactory(service_date=DAY)

    text = main_text(province.get(f"/hoat-dong/{activity.id}"))

    assert activity.topic in text
    assert "Sửa hoạt động" not in text
    assert province.get(f"/hoat-dong/{activity.id}/sua").status_code == 403


def test_staff_see_the_class_and_not_who_came(sign_in):
    desk = sign_in(account_with(Role.SUPPORT))
    mentee = MenteeFactory()
    activity = ActivityFactory(service_date=DAY)
    ActivityPersonFactory(activity=activity, person=mentee.person)

    text = main_text(desk.get(f"/hoat-dong/{activity.id}"))

    assert "1 người học đã đến" in text
    assert mentee.person.full_name not in text


def test_the_file_holds_what_the_filter_finds(leader):
    held = ActivityFactory(service_date=DAY, topic="Lớp một")
    ActivityHostFactory(activity=held, mentor=MentorFactory())
    ActivityFactory(service_date=DAY, kind=ActivityKind.HOUSE_VISIT, topic="Đến từng nhà")
    ActivityFactory(service_date=DAY, topic="Ở xã khác", ward=any_ward(IA_GRAI))

    answer = leader.get("/exports/hoat-dong.xlsx?loai=community_class&cot=noi-dung&cot=luot")

    rows = [row for row in sheet(answer) if row and row[0]]
    at = next(place for place, row in enumerate(rows) if row[0] == "Nội dung")
    assert [tuple(row[:2]) for row in rows[at:]] == [("Nội dung", "Lượt"), ("Lớp một", 12)]


def test_the_calendar_of_a_leader_says_whether_there_was_a_class(leader):
    before = main_text(leader.get("/hoat-dong/lich?kieu=tuan"))
    ActivityFactory(service_date=DAY, topic="Cài VNeID")

    after = main_text(leader.get("/hoat-dong/lich?kieu=tuan"))

    assert "chưa ghi lớp học cộng đồng nào" in before
    assert "Đã có lớp học cộng đồng trong tuần" in after
    assert "Cài VNeID" in after


def test_the_calendar_of_the_province_counts_wards_without_a_class(province):
    ActivityFactory(service_date=DAY)

    text = main_text(province.get("/hoat-dong/lich"))

    assert "134/135 xã, phường chưa ghi lớp nào" in text


def test_a_day_of_the_month_shows_a_few_and_leads_to_all_of_its_week(leader):
    for number in range(6):
        ActivityFactory(service_date=date(2026, 8, 20), topic=f"Lớp số {number}")

    month = main_text(leader.get("/hoat-dong/lich?ngay=20/08/2026"))
    week = main_text(leader.get("/hoat-dong/lich?ngay=20/08/2026&kieu=tuan"))

    assert "và 2 hoạt động nữa" in month
    assert all(f"Lớp số {number}" in week for number in range(6))
