"""Targets of the plan: their pace, their versions, and who sees them."""

from datetime import date, timedelta

import pytest
import time_machine

from models import PlanTarget, db
from models.enums import Role, TargetIndicator
from tests.factories.accounts import account_with
from tests.factories.activities import ActivityFactory
from tests.factories.base import any_ward
from tests.factories.network import (
    HelpSessionFactory,
    MenteeFactory,
    MentorFactory,
    PlanTargetFactory,
    end_reason,
)
from tests.web.pages import main_text, page, post_form

pytestmark = pytest.mark.usefixtures("on_the_day")
OTHER_WARD = "23575"
# The tests stand on 2 September 2026; four weeks before it is 5 August.
DAY = date(2026, 9, 2)
LONG_AGO, BEFORE, WITHIN = date(2026, 3, 1), DAY - timedelta(days=28), DAY - timedelta(days=27)
TYPED = {
    "ward": "",
    "indicator": "mentees",
    "value": "20000",
    "due_on": "31/12/2026",
    "valid_from": "01/09/2026",
    "source": "Công văn 12 của Tỉnh Đoàn",
}


@pytest.fixture
def on_the_day():
    with time_machine.travel("2026-09-02 09:05+07:00", tick=False):
        yield


@pytest.fixture
def leader(sign_in):
    return sign_in(account_with(Role.WARD_LEADER))


@pytest.fixture
def province(sign_in):
    return sign_in(account_with(Role.PROVINCE))


def own_target(**values):
    return PlanTargetFactory(ward_id=any_ward().id, **values)


def rows_of(client):
    soup = page(client.get("/chi-tieu"))
    return [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
        for row in soup.select("main tbody tr")
    ]


def test_a_leader_reads_what_the_ward_needs_a_week(leader):
    own_target(due_on=date(2026, 9, 16), value=8)
    MentorFactory(started_on=LONG_AGO)
    for _number in range(3):
        MentorFactory(started_on=WITHIN)

    rows = rows_of(leader)

    # 4 of 8, two weeks left: 2 a week; 3 in four weeks: 0.75, shown as 0.8.
    assert rows[0][2:] == [
        "4",
        "8",
        "16/09/2026",
        "Cần 2 mentor mỗi tuần để kịp 16/09/2026; 4 tuần qua: 0,8.",
    ]


def test_a_short_history_gives_no_rate(leader):
    own_target(due_on=date(2026, 9, 16), value=8)
    MentorFactory(started_on=WITHIN)

    assert rows_of(leader)[0][-1].endswith("4 tuần qua: chưa đủ dữ liệu.")


def test_a_ward_without_any_row_has_no_figure_rather_than_none(leader):
    own_target()

    assert rows_of(leader)[0][2::3] == ["–", "Chưa có dữ liệu."]


def test_a_loss_is_told_in_words(leader):
    own_target(due_on=date(2026, 9, 16), value=8)
    MentorFactory(started_on=LONG_AGO)
    MentorFactory.create_batch(
        2, started_on=LONG_AGO, ended_on=WITHIN, end_reason=end_reason("withdrew")
    )

    assert rows_of(leader)[0][-1].endswith("4 tuần qua: giảm 0,5.")


def test_what_counts_in_the_year_is_counted_from_its_first_day(leader):
    MentorFactory(started_on=date(2025, 11, 1))
    for day in (date(2025, 12, 31), date(2026, 1, 1), BEFORE, WITHIN, DAY):
        ActivityFactory(service_date=day)
        HelpSessionFactory(service_date=day)
        MenteeFactory(
            started_on=date(2025, 11, 1), ended_on=day, end_reason=end_reason("completed")
        )
    for indicator in ("classes", "sessions", "completed"):
        own_target(indicator=TargetIndicator(indicator), value=100, due_on=date(2026, 9, 30))

    rows = rows_of(leader)

    # Of five, four are of the year and two of the last 28 days: half a one a week.
    assert [row[2] for row in rows] == ["4", "4", "4"]
    assert all(row[-1].endswith("4 tuần qua: 0,5.") for row in rows)


def test_a_target_of_another_year_is_not_told_by_this_years_count(leader):
    own_target(indicator=TargetIndicator.SESSIONS, due_on=date(2027, 6, 30), value=100)

    assert rows_of(leader)[0][-1] == "Chỉ tính trong năm 2027."


def test_the_province_sets_a_target_and_the_form_sent_twice_makes_one(province):
    form = {**TYPED, "form_key": "k" * 24}

    post_form(province, "/chi-tieu/moi", form)
    post_form(province, "/chi-tieu/moi", form)

    target = db.session.query(PlanTarget).filter_by(indicator=TargetIndicator.MENTEES).one()
    assert (target.ward_id, target.value, target.due_on) == (None, 20000, date(2026, 12, 31))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"value": "0"}, "1"),
        ({"source": ""}, "Nhập văn bản giao chỉ tiêu."),
        ({"valid_from": "03/09/2026"}, "đến hôm nay"),
        ({"indicator": "vneid", "value": "101"}, "phần trăm"),
        ({"indicator": "wards_with_support", "due_on": "31/12/2026"}, "đã có chỉ tiêu"),
    ],
    ids=["zero", "no-source", "to-come", "percent", "there-already"],
)
def test_a_wrong_target_is_refused_beside_its_field(province, wrong, message):
    answer = post_form(province, "/chi-tieu/moi", {**TYPED, **wrong})

    assert answer.status_code == 422
    assert message in main_text(answer)


def test_what_is_counted_for_the_province_is_not_set_for_a_ward(province):
    answer = post_form(
        province,
        "/chi-tieu/moi",
        {**TYPED, "ward": str(any_ward().id), "indicator": "vneid", "value": "90"},
    )

    assert "chỉ tính cho toàn tỉnh" in main_text(answer)


def test_a_correction_is_a_further_version_and_the_older_one_stays(province):
    target = PlanTargetFactory(value=8)
    seen = {"value": "12", "valid_from": "01/09/2026", "source": "Công văn 9"}

    post_form(province, f"/chi-tieu/{target.id}/sua", {**seen, "version": str(target.id)})

    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")][:3]
        for row in page(province.get(f"/chi-tieu/{target.id}")).select("main tbody tr")
    ]
    assert rows == [
        ["01/09/2026", "12", "Công văn 9"],
        ["01/01/2026", "8", "Kế hoạch của xã"],
    ]


def test_two_who_correct_a_target_see_both(province):
    target = PlanTargetFactory(value=8)
    address = f"/chi-tieu/{target.id}/sua"
    seen = {"valid_from": "01/09/2026", "source": "Công văn 9", "version": str(target.id)}
    post_form(province, address, {**seen, "value": "12"})

    answer = post_form(province, address, {**seen, "value": "15"})

    assert answer.status_code == 422
    assert {"12", "15"} <= set(main_text(answer).split())


def test_a_target_is_withdrawn_with_its_versions_and_comes_back(province):
    target = PlanTargetFactory()
    PlanTargetFactory(value=12)
    answer = post_form(province, f"/chi-tieu/{target.id}/bo", {}, page_url=f"/chi-tieu/{target.id}")
    assert province.get(f"/chi-tieu/{target.id}").status_code == 404
    undo = page(province.get(answer.location)).select_one("form[action*='hoan-tac']")["action"]

    post_form(province, undo, {}, page_url="/chi-tieu")

    assert len(page(province.get(f"/chi-tieu/{target.id}")).select("main tbody tr")) == 2


def test_leaders_see_neither_the_provinces_targets_nor_those_of_other_wards(leader):
    PlanTargetFactory()
    PlanTargetFactory(ward_id=any_ward(OTHER_WARD).id)

    assert rows_of(leader) == []


def test_the_plans_percentages_are_shipped_and_never_counted_by_the_network(province):
    soup = page(province.get("/chi-tieu"))

    section = soup.find("h2", string="Chỉ tiêu chung của tỉnh").parent.get_text(" ", strip=True)
    assert "không suy ra" in section
    shipped = db.session.query(PlanTarget.indicator, PlanTarget.value).all()
    assert {one.value: value for one, value in shipped} == {
        "public_staff": 100,
        "pupils": 100,
        "adults": 100,
        "vneid": 90,
        "workers": 100,
        "wards_with_support": 135,
    }


@pytest.mark.parametrize(
    ("role", "entry"), [(Role.PROVINCE, "Tổng quan"), (Role.WARD_LEADER, "Xã của tôi")]
)
@pytest.mark.parametrize(
    "address",
    [
        "/chi-tieu",
        "/ky-bao-cao",
        "/hoat-dong/lich",
        "/nhap-danh-sach",
        "/chu-de-tuan",
        "/nho-xa-ban",
    ],
)
def test_the_navigation_marks_the_entry_from_which_the_page_is_reached(
    sign_in, role, entry, address
):
    soup = page(sign_in(account_with(role)).get(address))

    marked = soup.select(".site-navigation [aria-current]")
    assert {one.get_text(strip=True) for one in marked} == {entry}
