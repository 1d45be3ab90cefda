"""The search box of all pages: people by name, phone or hamlet, in every role, in the scope."""

from datetime import date

import pytest

from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    HamletFactory,
    MenteeFactory,
    MentorFactory,
    PersonFactory,
    SupportPostFactory,
)
from tests.web.pages import main_text, normal, page, post_form

WARD, OTHER_WARD = "21553", "21583"


@pytest.fixture
def leader(sign_in):
    return sign_in(account_with(Role.WARD_LEADER, WARD))


def found(client, words: str) -> dict[str, list[str]]:
    """Search from some page and return the names found under each role."""
    answer = post_form(client, "/tim", {"q": words}, page_url="/mentor")
    assert (answer.status_code, answer.location) == (303, "/tim")
    soup = page(client.get("/tim"))
    return {
        normal(part.h2.get_text()): [normal(link.get_text()) for link in part.select("th a")]
        for part in soup.select("main section")
        if part.select("table")
    }


def test_people_are_found_without_accents_by_phone_and_by_hamlet_under_their_roles(leader):
    ward, hamlet = any_ward(WARD), HamletFactory(name="Làng Ốp", ward=any_ward(WARD))
    person = PersonFactory(full_name="Đinh Thị Hằng", phone="+84912345678", hamlet=hamlet)
    MentorFactory(person=person, ward=ward)
    MenteeFactory(person=PersonFactory(full_name="Đinh Hạnh"), ward=ward)
    SupportPostFactory(person=person, ward=ward)

    assert found(leader, "dinh h") == {
        "Mentor": ["Đinh Thị Hằng"],
        "Người học": ["Đinh Hạnh"],
        "Nhân sự hỗ trợ": ["Đinh Thị Hằng"],
    }
    assert found(leader, "2345").keys() == {"Mentor", "Nhân sự hỗ trợ"}
    assert found(leader, "op").keys() == {"Mentor", "Nhân sự hỗ trợ"}


def test_each_hit_leads_to_the_page_of_the_person_also_of_who_has_left(leader):
    left = MentorFactory(
        person=PersonFactory(full_name="Siu Blơ"),
        ward=any_ward(WARD),
        started_on=date(2025, 1, 1),
        ended_on=date(2025, 6, 1),
    )

    assert found(leader, "siu blo") == {"Mentor": ["Siu Blơ"]}
    link = page(leader.get("/tim")).select_one("th a")
    assert link["href"] == f"/mentor/{left.id}"
    assert "Thôi ngày 01/06/2025" in main_text(leader.get("/tim"))


def test_who_is_outside_the_scope_is_not_found(leader, sign_in):
    MenteeFactory(person=PersonFactory(full_name="Siu Blơ"), ward=any_ward(OTHER_WARD))

    assert found(leader, "siu") == {}
    assert "Không thấy ai khớp «siu»" in main_text(leader.get("/tim"))
    assert found(sign_in(account_with(Role.PROVINCE)), "siu") == {"Người học": ["Siu Blơ"]}


def test_what_was_typed_stands_in_the_box_and_never_in_an_address(leader):
    MenteeFactory(person=PersonFactory(full_name="Siu Blơ"), ward=any_ward(WARD))
    found(leader, "siu")

    soup = page(leader.get("/tim"))

    assert soup.select_one("main input[name=q]")["value"] == "siu"
    assert not [link["href"] for link in soup.select("a[href]") if "siu" in link["href"]]


def test_who_sees_no_people_has_no_box(sign_in):
    for role in (Role.SUPPORT, Role.ADMIN):
        client = sign_in(account_with(role, WARD))
        assert page(client.get("/", follow_redirects=True)).find(id="site-search") is None
        assert client.get("/tim").status_code == 403
