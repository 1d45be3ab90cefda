"""Addresses that nobody types and somebody sends, on the database that minds them."""

from datetime import date

import pytest

from models import db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import MentorFactory

WARD = "23941"


@pytest.fixture
def province(flask_app, sign_in):
    MentorFactory(ward=any_ward(WARD))
    return sign_in(account_with(Role.PROVINCE))


@pytest.mark.parametrize(
    "url",
    [
        "/hinh/mang-luoi.json?xa=%00",
        "/exports/hinh-do-phu.xlsx?xa=2%0041",
        "/exports/danh-sach.xlsx?xa=2%0041",
        "/ghep-cap?xa=2%0041",
        "/xa/2394%00/mang-luoi",
        "/moi/a%00b",
    ],
)
def test_a_ward_or_text_with_a_nul_leads_nowhere(province, url):
    assert province.get(url).status_code == 404


@pytest.mark.parametrize("path", ["/xa/{}", "/xa/{}/mang-luoi", "/hinh/mang-luoi.json?xa={}"])
def test_a_ward_that_was_dissolved_is_there_for_the_days_before_alone(province, path):
    any_ward(WARD).valid_to = date(2026, 3, 1)
    db.session.commit()
    url = path.format(WARD)
    before = f"{url}{'&' if '?' in url else '?'}ngay=28/02/2026"

    answers = [province.get(url).status_code, province.get(before).status_code]

    assert answers == [404, 200]


def test_a_mentor_of_a_dissolved_ward_does_not_hide_the_others(province):
    any_ward(WARD).valid_to = date(2026, 3, 1)
    db.session.commit()

    assert province.get("/mentor").status_code == 200
