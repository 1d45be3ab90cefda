"""The list of mentorships: filter, order, columns, pages, workbook, as other lists have them."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from python_calamine import CalamineWorkbook

from models import db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    AttendanceFactory,
    ContactFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PersonFactory,
)
from tests.web.pages import normal, page

WARD, OTHER_WARD = "21553", "21583"
PAIRS = "/ghep-cap/danh-sach"

pytestmark = pytest.mark.usefixtures("on_10_march")


@pytest.fixture
def on_10_march():
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False):
        yield


@pytest.fixture
def leader(sign_in):
    return sign_in(account_with(Role.WARD_LEADER, WARD))


def pair(mentee: str, mentor: str, *, wards: tuple[str, str] = (WARD, WARD), **values):
    """Pair two people by their names; `wards` are the mentee's and the mentor's."""
    learner, teacher = PersonFactory(full_name=mentee), PersonFactory(full_name=mentor)
    return MentorshipFactory(
        mentee=MenteeFactory(person=learner, ward=any_ward(wards[0])),
        mentor=MentorFactory(person=teacher, ward=any_ward(wards[1])),
        **values,
    )


def rows(client, query: str = "") -> list[str]:
    """Return each row of the list as the mentee's given name."""
    names = page(client.get(f"{PAIRS}{query}")).select("tbody th")
    return [normal(name.get_text()).rsplit(maxsplit=1)[-1] for name in names]


def test_pairs_stand_in_order_of_given_names_and_of_what_the_address_asks_for(leader):
    pair("Lê Bình", "Siu An", started_on=date(2026, 3, 1))
    pair("Lê An", "Siu Chi", started_on=date(2026, 2, 1))
    pair("Lê Đào", "Siu Bình", started_on=date(2026, 1, 1))

    assert rows(leader) == ["An", "Bình", "Đào"]
    assert rows(leader, "?sap=-ten") == ["Đào", "Bình", "An"]
    assert rows(leader, "?sap=mentor") == ["Bình", "Đào", "An"]
    assert rows(leader, "?sap=bat-dau") == ["Đào", "An", "Bình"]


def test_pairs_are_found_by_either_name_and_by_their_state(leader):
    met = pair("Lê An", "Siu Chi", started_on=date(2026, 1, 1))
    AttendanceFactory(mentorship=met, contact__service_date=date(2026, 3, 1))
    pair("Lê Bình", "Siu Blơ", started_on=date(2026, 1, 1))

    assert rows(leader, "?q=siu+chi") == ["An"]
    assert rows(leader, "?q=binh") == ["Bình"]
    assert rows(leader, "?tinh-trang=lau-chua-gap") == ["Bình"]
    assert rows(leader, "?tinh-trang=da-thoi") == []


def test_pairs_stand_in_order_of_their_last_meeting_also_that_of_before_a_move(leader):
    recent, moved = (pair(f"Lê {name}", "Siu An") for name in ("Bình", "An"))
    pair("Lê Chi", "Siu Đào")
    for met, day in ((recent, date(2026, 3, 5)), (moved, date(2026, 3, 2))):
        contact = ContactFactory(mentor=met.mentor, service_date=day)
        AttendanceFactory(mentorship=met, contact=contact)
    goes_on = pair("Lê Dung", "Siu Em", started_on=date(2026, 3, 3))
    goes_on.continues_id = goes_on.origin_id = moved.id
    db.session.commit()

    assert rows(leader, "?sap=buoi-gan-nhat") == ["An", "Dung", "Bình", "Chi"]
    assert rows(leader, "?sap=-buoi-gan-nhat") == ["Bình", "An", "Dung", "Chi"]


def test_a_pair_of_two_wards_stands_in_both_lists_and_leads_only_to_people_of_the_reader(
    leader, sign_in
):
    pair("Lê An", "Siu Chi", wards=(WARD, OTHER_WARD))
    pair("Lê Bình", "Siu Blơ", wards=("23764", OTHER_WARD))

    province = sign_in(account_with(Role.PROVINCE))
    soup = page(leader.get(PAIRS))

    links = [link.get_text() for link in soup.select("tbody a")]
    assert links == ["Lê An", "Đang kèm"]
    assert "Siu Chi" in soup.tbody.get_text()
    assert rows(province) == ["An", "Bình"]
    assert rows(province, f"?xa={WARD}") == ["An"]


def test_the_workbook_of_pairs_has_the_rows_and_columns_of_the_filter(leader):
    pair("Lê An", "Siu Chi", started_on=date(2026, 3, 1))
    pair("Lê Bình", "Siu Blơ")

    answer = leader.get("/exports/cap-huong-dan.xlsx?q=chi&cot=ten&cot=mentor&cot=bat-dau")

    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert sheet[-2:] == [
        ["Người học", "Mentor", "Bắt đầu"],
        ["Lê An", "Siu Chi", date(2026, 3, 1)],
    ]
    assert "21553" not in answer.headers["Content-Disposition"]
    assert "cap-" in answer.headers["Content-Disposition"]
