"""The page of what activities came to: what its period counts, for the reader's wards alone."""

import pytest
import time_machine

from models.enums import ActivityKind, Role
from tests.factories.accounts import account_with
from tests.factories.activities import (
    ActivityFactory,
    ActivityPersonFactory,
    ActivityTagFactory,
)
from tests.factories.base import any_ward
from tests.factories.network import MenteeFactory
from tests.web.pages import normal, page

PAGE = "/hoat-dong/so-lieu"
HERE, THERE = "21553", "23575"


@pytest.fixture(autouse=True)
def on_the_day(flask_app):
    with time_machine.travel("2026-09-10 08:00+07:00", tick=False):
        yield


@pytest.fixture
def held():
    """Two classes of one ward with the same person, and one of another ward."""
    person = MenteeFactory(ward=any_ward(HERE)).person
    for turns in (12, 8):
        row = ActivityFactory(ward=any_ward(HERE), kind=ActivityKind.COMMUNITY_CLASS, turns=turns)
        ActivityPersonFactory(activity=row, person=person)
        ActivityTagFactory(activity=row)
    other = ActivityFactory(ward=any_ward(THERE), kind=ActivityKind.COMMUNITY_CLASS, turns=5)
    ActivityFactory(ward=any_ward(HERE), is_held=False)
    return other.reported_in.code


def rows(soup, section):
    return {
        normal(row.th.get_text()): [normal(cell.get_text()) for cell in row.select("td")]
        for row in soup.select(f"#{section} tbody tr")
    }


def test_the_province_reads_kinds_movements_and_wards(sign_in, held):
    province = sign_in(account_with(Role.PROVINCE))

    soup = page(province.get(f"{PAGE}?ky={held}"))

    assert rows(soup, "kinds") == {"Lớp học cộng đồng": ["3", "2", "25", "1", "0"]}
    assert rows(soup, "movements")["Chợ số 4T"] == ["1", "2"]
    assert rows(soup, "wards")["Quy Nhơn Bắc"] == ["2", "0", "0", "0", "0", "0", "20"]
    assert len(rows(soup, "wards")) == 2


def test_a_leader_reads_the_own_ward_alone(sign_in, held):
    leader = sign_in(account_with(Role.WARD_LEADER))

    soup = page(leader.get(f"{PAGE}?ky={held}"))

    assert rows(soup, "kinds") == {"Lớp học cộng đồng": ["2", "1", "20", "1", "0"]}
    assert rows(soup, "wards") == {}
    assert leader.get(f"{PAGE}?ky={held}&xa={THERE}").status_code == 404


def test_an_empty_period_says_so_and_one_to_come_is_not_there(sign_in):
    leader = sign_in(account_with(Role.WARD_LEADER))

    assert "Chưa có hoạt động nào trong kỳ" in leader.get(PAGE).text
    assert leader.get(f"{PAGE}?ky=2027-Q3").status_code == 404
    assert leader.get(f"{PAGE}?ky=khong").status_code == 404
