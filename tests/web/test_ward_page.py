"""The page of a ward: state, figures, people, findings, as of any day."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from models.enums import FollowUpAnswer, Role
from tests.factories.accounts import GrantFactory, account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    FollowUpFactory,
    HelpSessionFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PauseFactory,
    PersonFactory,
    SupportPostFactory,
)
from tests.web.pages import main_text, normal, page

pytestmark = pytest.mark.usefixtures("on_10_march")
WARD, OTHER_WARD = "21553", "21583"


@pytest.fixture
def on_10_march():
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False):
        yield


@pytest.fixture
def leader(sign_in):
    return sign_in(account_with(Role.WARD_LEADER))


def test_a_ward_shows_its_state_its_cause_and_its_people(leader):
    mentor = MentorFactory(person=PersonFactory(full_name="Lê Thị Bảy"))
    MentorshipFactory(mentor=mentor)
    MenteeFactory(person=PersonFactory(full_name="Kpă Tơ"), started_on=date(2026, 3, 1))
    PauseFactory(
        mentor=MentorFactory(person=PersonFactory(full_name="Võ Văn Nghỉ")),
        ended_on=date(2026, 4, 1),
    )
    SupportPostFactory(person=PersonFactory(full_name="Trần Quầy"))

    text = main_text(leader.get(f"/xa/{WARD}"))

    assert "Cần chú ý: mentor chưa đủ người học. Nhập lần cuối 8 ngày trước." in text
    for name in ("Lê Thị Bảy", "Kpă Tơ", "Võ Văn Nghỉ (tạm nghỉ)", "Trần Quầy"):
        assert name in text
    assert "0/1 (0 %)" in text


def test_figures_of_a_ward_without_data_are_missing_and_not_zero(leader):
    response = leader.get(f"/xa/{WARD}")

    assert "Chưa có dữ liệu. Chưa nhập gì." in main_text(response)
    assert page(response).select(".stat") == []
    [start] = page(response).select(".empty-state a")
    assert start["href"] == f"/nhap-danh-sach?xa={WARD}"


def test_a_past_day_is_shown_as_it_was_and_offers_nothing_to_do(leader):
    MentorFactory(started_on=date(2026, 3, 1), entered_at=datetime(2026, 3, 1, tzinfo=UTC))
    SupportPostFactory(started_on=date(2026, 1, 5), entered_at=datetime(2026, 1, 5, tzinfo=UTC))

    response = leader.get(f"/xa/{WARD}?ngay=28/02/2026")

    assert "Đây là tình hình vào ngày 28/02/2026." in main_text(response)
    assert "chưa có mentor nào" in main_text(response)
    assert page(response).select(".finding-action a") == []


@pytest.mark.parametrize("day", ["31/02/2026", "11/03/2026", "01/01/1000", "hôm qua", "9" * 500])
def test_a_day_that_cannot_be_asked_about_is_refused_beside_the_field(leader, day):
    response = leader.get(f"/xa/{WARD}?ngay={day}")

    assert response.status_code == 422
    [field] = page(response).select("input[name=ngay]")
    assert (field["value"], field["aria-invalid"]) == (day, "true")


def test_the_text_for_zalo_names_nobody(leader):
    MentorFactory(person=PersonFactory(full_name="Lê Thị Bảy"))
    MenteeFactory(person=PersonFactory(full_name="Kpă Tơ"))

    [text] = page(leader.get(f"/xa/{WARD}")).select(".copy-block textarea")

    assert "phường Quy Nhơn Bắc" in text.get_text()
    assert "• Người học: 1 người, 1 người đang chờ mentor" in text.get_text()
    assert "Bảy" not in text.get_text()
    assert "Tơ" not in text.get_text()


@pytest.mark.parametrize("code", [OTHER_WARD, "99999"])
def test_a_foreign_ward_does_not_exist_for_a_leader(leader, code):
    assert leader.get(f"/xa/{code}").status_code == 404


def test_the_province_opens_every_ward(sign_in):
    HelpSessionFactory(ward=any_ward(OTHER_WARD))
    client = sign_in(account_with(Role.PROVINCE))

    assert client.get(f"/xa/{WARD}").status_code == 200
    assert client.get(f"/xa/{OTHER_WARD}").status_code == 200


def test_a_leader_of_one_ward_sees_it_and_one_of_two_chooses(leader, sign_in):
    account = account_with(Role.WARD_LEADER)
    GrantFactory(account=account, role=Role.WARD_LEADER, ward=any_ward(OTHER_WARD))
    of_two = sign_in(account)

    assert main_text(leader.get("/xa-cua-toi")) == main_text(leader.get(f"/xa/{WARD}"))
    links = [link["href"] for link in page(of_two.get("/xa-cua-toi")).select("tbody a")]
    assert links == [f"/xa/{WARD}", f"/xa/{OTHER_WARD}"]


def test_long_lists_of_people_are_cut_and_lead_to_the_whole(leader):
    for _ in range(12):
        MentorFactory()
        MenteeFactory()

    response = leader.get(f"/xa/{WARD}")

    tables = page(response).select("table")
    assert [len(table.select("tbody tr")) for table in tables] == [10, 10]
    text = main_text(response)
    assert "Xem cả 12 mentor" in text
    assert "Xem cả 12 người đang chờ" in text
    assert normal(tables[0].caption.get_text()).startswith("Mentor")


def test_the_share_of_those_who_still_manage_stands_on_the_ward_s_page(leader):
    MentorFactory()
    none_yet = main_text(leader.get(f"/xa/{WARD}"))
    for answer in FollowUpAnswer:
        FollowUpFactory(answer=answer, service_date=date(2026, 3, 2))
    FollowUpFactory(service_date=date(2026, 3, 2), ward_id=any_ward(OTHER_WARD).id)

    text = main_text(leader.get(f"/xa/{WARD}"))

    assert "Gọi hỏi: vẫn tự làm được chưa có dữ liệu" in none_yet
    assert "Gọi hỏi: vẫn tự làm được 1/2 (50 %)" in text
    assert "1 lần gọi không gặp" in text
