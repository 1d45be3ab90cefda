"""The work list: what a reader is told to do, most urgent first."""

from datetime import date

import pytest
import time_machine

from app import clock
from models import ReportingPeriod, db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    HandoffFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PauseFactory,
    PersonFactory,
    SupportPostFactory,
)
from tests.web.pages import main_text, normal, page

pytestmark = pytest.mark.usefixtures("on_10_march")
ADDRESS = "/viec-can-lam"
OTHER_WARD = "21583"


@pytest.fixture
def on_10_march(flask_app):
    """A day on which nothing is told but the findings: the report that is due soon is closed."""
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False):
        first, end = date(2025, 12, 15), date(2026, 3, 15)
        db.session.add(
            ReportingPeriod(code="2026-Q1", started_on=first, ended_on=end, closed_at=clock.now())
        )
        db.session.commit()
        yield


def sentences(response):
    return [normal(line.get_text()) for line in page(response).select(".finding-message")]


def test_a_leader_reads_what_to_do_with_the_urgent_things_first(sign_in):
    MentorFactory(person=PersonFactory(full_name="Đinh Văn Byên"))
    client = sign_in(account_with(Role.WARD_LEADER))

    response = client.get(ADDRESS)

    assert "2 việc, 1 việc gấp" in main_text(response)
    assert sentences(response) == [
        (
            "Phường Quy Nhơn Bắc chưa có nhân sự hỗ trợ – thêm ít nhất 1 người ở Trung tâm Phục vụ"
            " hành chính công"
        ),
        "Mentor Đinh Văn Byên mới có 0/5 người học – đăng ký thêm 5 người học",
    ]
    links = [link["href"] for link in page(response).select(".finding-action a")]
    assert links == ["/nhan-su-ho-tro/moi?xa=21553", "/nguoi-hoc/moi?xa=21553"]


def test_a_leader_sees_nothing_of_other_wards(sign_in):
    MentorFactory(ward=any_ward(OTHER_WARD))
    client = sign_in(account_with(Role.WARD_LEADER))

    response = client.get(f"{ADDRESS}?xa={OTHER_WARD}")

    assert sentences(response) == []
    assert "Chưa có dữ liệu" in main_text(response)


def test_namesakes_are_told_apart_by_birth_year(sign_in):
    for year in (1950, 1962):
        person = PersonFactory(full_name="Nguyễn Thị Lan", birth_year=year)
        MenteeFactory(person=person)
    client = sign_in(account_with(Role.WARD_LEADER))

    told = sentences(client.get(f"{ADDRESS}?viec=mentee_waiting"))

    assert told == [
        "Người học Nguyễn Thị Lan (1950) đã chờ mentor 64 ngày – ghép với mentor",
        "Người học Nguyễn Thị Lan (1962) đã chờ mentor 64 ngày – ghép với mentor",
    ]


def test_long_lists_come_in_parts_and_can_be_narrowed(sign_in):
    for _ in range(25):
        MenteeFactory()
    client = sign_in(account_with(Role.WARD_LEADER))

    first = client.get(ADDRESS)
    second = client.get(f"{ADDRESS}?trang=2")
    urgent = client.get(f"{ADDRESS}?viec=ward_without_mentor")

    assert len(sentences(first)) == 20
    assert len(sentences(second)) == 8
    assert sentences(urgent) == ["Phường Quy Nhơn Bắc chưa có mentor nào – thêm mentor đầu tiên"]
    tabs = [normal(tab.get_text()) for tab in page(first).select(".tabs a")]
    assert tabs[0] == "Tất cả (28)"
    assert "Chờ mentor quá lâu (25)" in tabs


def test_an_unknown_filter_shows_everything(sign_in):
    MentorFactory()
    client = sign_in(account_with(Role.WARD_LEADER))

    response = client.get(f"{ADDRESS}?viec=<script>&trang=-5&muc=x")

    assert len(sentences(response)) == 2


def test_the_desk_sees_its_own_part_and_names_whom_it_handed_on(sign_in):
    mentee = MenteeFactory(person=PersonFactory(full_name="Rmah H'Bia"))
    HandoffFactory(mentee=mentee, handed_on=date(2026, 2, 20))
    SupportPostFactory()
    MentorshipFactory()
    client = sign_in(account_with(Role.SUPPORT))

    response = client.get(ADDRESS)

    assert sentences(response) == [
        (
            "Phường Quy Nhơn Bắc có nhân sự hỗ trợ nhưng chưa ghi lượt hỗ trợ hay ca trực nào"
            " – ghi những việc đã làm"
        ),
        ("Người học Rmah H'Bia được quầy hỗ trợ chuyển sang 18 ngày trước, chưa có mentor"),
    ]
    buttons = page(response).select(".finding-action a")
    assert [(normal(button.get_text()), button["href"]) for button in buttons] == [
        ("Ghi lượt hỗ trợ", "/ho-tro?xa=21553"),
        ("Xem ai đang chờ", "/cho-chuyen"),
    ]


def test_a_leader_pairs_whom_the_desk_handed_on(sign_in):
    mentee = MenteeFactory(person=PersonFactory(full_name="Rmah H'Bia"))
    HandoffFactory(mentee=mentee, handed_on=date(2026, 2, 20))
    client = sign_in(account_with(Role.WARD_LEADER))

    response = client.get(f"{ADDRESS}?viec=handoff_pending")

    assert sentences(response) == [
        (
            "Người học Rmah H'Bia được quầy hỗ trợ chuyển sang 18 ngày trước, chưa có mentor"
            " – ghép với mentor"
        )
    ]
    [button] = page(response).select(".finding-action a")
    assert button["href"] == f"/ghep-cap?mentee={mentee.id}"


def test_a_desk_does_not_see_who_waits_elsewhere(sign_in):
    mentee = MenteeFactory(person=PersonFactory(full_name="Rmah H'Bia"), ward=any_ward(OTHER_WARD))
    HandoffFactory(mentee=mentee, handed_on=date(2026, 2, 20))
    client = sign_in(account_with(Role.SUPPORT))

    assert "Rmah" not in client.get(ADDRESS).get_data(as_text=True)


def test_the_province_can_look_at_one_ward(sign_in):
    MentorFactory(ward=any_ward(OTHER_WARD))
    MentorFactory()
    client = sign_in(account_with(Role.PROVINCE))

    everything = client.get(ADDRESS)
    one_ward = client.get(f"{ADDRESS}?xa={OTHER_WARD}&muc=critical")

    assert len(sentences(everything)) == 4
    [sentence] = sentences(one_ward)
    assert any_ward(OTHER_WARD).name in sentence
    assert "chưa có nhân sự hỗ trợ" in sentence


def test_what_is_merely_worth_a_look_can_be_listed_alone(sign_in):
    SupportPostFactory()
    client = sign_in(account_with(Role.PROVINCE))

    [sentence] = sentences(client.get(f"{ADDRESS}?muc=notice"))

    assert "chỉ có 1 nhân sự hỗ trợ" in sentence


def test_an_administrator_has_no_work_list(sign_in):
    client = sign_in(account_with(Role.ADMIN))

    assert client.get(ADDRESS).status_code == 403


@pytest.mark.parametrize("address", [ADDRESS, "/mentor", "/nguoi-hoc", "/nhan-su-ho-tro"])
@pytest.mark.parametrize("is_empty", [True, False])
def test_a_roster_can_be_imported_from_where_its_people_are_listed(sign_in, address, is_empty):
    if not is_empty:
        MentorFactory()
        MenteeFactory()
        SupportPostFactory()
    client = sign_in(account_with(Role.WARD_LEADER))

    links = [link["href"] for link in page(client.get(address)).select("main a")]

    assert "/nhap-danh-sach" in links


def test_a_leader_finds_meetings_and_what_was_done_beside_the_work(sign_in):
    client = sign_in(account_with(Role.WARD_LEADER))

    links = [link["href"] for link in page(client.get(ADDRESS)).select(".link-row a")]

    assert links == [
        "/nhap-danh-sach",
        "/buoi-huong-dan",
        "/chi-tieu",
        "/chu-de-tuan",
        "/hoat-dong",
        "/hoat-dong/lich",
        "/da-lam",
    ]


def test_nobody_is_led_to_what_they_may_not_do(sign_in):
    client = sign_in(account_with(Role.SUPPORT))

    links = [link["href"] for link in page(client.get(ADDRESS)).select(".link-row a")]

    assert links == ["/hoat-dong", "/hoat-dong/lich", "/da-lam"]


def test_a_leader_reads_who_moved_in_and_who_is_due_back(sign_in):
    old = MentorFactory(ward=any_ward(OTHER_WARD), ended_on=date(2026, 3, 5))
    arrived = MentorFactory(
        person=old.person, started_on=date(2026, 3, 5), continues=old, origin_id=old.id
    )
    arrived.person.full_name = "Rơ Châm Pril"
    for number in range(6):
        away = SupportPostFactory(person__full_name=f"Siu Blơi {number}")
        PauseFactory(support_post=away, started_on=date(2026, 3, 2), ended_on=date(2026, 3, 12))
    client = sign_in(account_with(Role.WARD_LEADER))

    response = client.get(ADDRESS)

    news = [line for line in sentences(response) if "mới chuyển" in line or "trở lại" in line]
    assert news[0] == ("Mentor Rơ Châm Pril mới chuyển từ phường Quy Nhơn đến – gặp để nhận việc")
    assert news[1] == (
        "Nhân sự hỗ trợ Siu Blơi 0 nghỉ sắp hết hạn – hỏi có trở lại đúng ngày không"
    )
    assert news[6] == "1 người khác cũng đến ngày trở lại trong tuần."
    links = [link["href"] for link in page(response).select(".finding-action a")]
    assert f"/mentor/{arrived.id}" in links


def test_the_province_is_not_told_of_each_who_moved_between_wards(sign_in):
    old = MentorFactory(ward=any_ward(OTHER_WARD), ended_on=date(2026, 3, 5))
    MentorFactory(person=old.person, started_on=date(2026, 3, 5), continues=old, origin_id=old.id)
    client = sign_in(account_with(Role.PROVINCE))

    assert not any("mới chuyển" in line for line in sentences(client.get(ADDRESS)))
