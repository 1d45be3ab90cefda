"""The page on which a person's tags are ticked and unticked, and what lists show of them."""

import pytest
from sqlalchemy import select

from models import Tag, db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.network import MenteeFactory, MentorFactory, PersonFactory
from tests.web.pages import main_text, page, post_form


@pytest.fixture
def leader(sign_in):
    return sign_in(account_with(Role.WARD_LEADER))


def tag_id(code):
    return db.session.scalars(select(Tag.id).where(Tag.code == code)).one()


def test_what_another_tab_ticked_meanwhile_stays_ticked(leader):
    mentor = MentorFactory(person=PersonFactory(full_name="Siu Phen"))
    url = f"/nhan/mentor/{mentor.id}"
    team, market = tag_id("community_team"), tag_id("digital_market")
    post_form(leader, url, {"teams": [team]})

    response = post_form(leader, url, {"movements": [market], "seen": []})

    assert response.headers["Location"] == f"/mentor/{mentor.id}"
    assert "Chợ số 4T; Tổ công nghệ số cộng đồng" in main_text(leader.get(f"/mentor/{mentor.id}"))


def test_a_list_shows_tags_as_a_column_and_is_narrowed_to_one_in_its_address(leader):
    tagged, _other = (
        MentorFactory(person=PersonFactory(full_name=name)) for name in ("Siu Phen", "Siu Dih")
    )
    post_form(leader, f"/nhan/mentor/{tagged.id}", {"teams": [tag_id("community_team")]})

    soup = page(leader.get("/mentor?nhan=community_team&cot=nhan"))

    rows = [row.get_text(" ", strip=True) for row in soup.select("tbody tr")]
    assert len(rows) == 1
    assert "Siu Phen" in rows[0]
    assert "Tổ công nghệ số cộng đồng" in rows[0]


def test_the_total_above_a_list_counts_only_who_carries_the_tag_it_is_narrowed_to(leader, sign_in):
    tagged, _other = MenteeFactory(), MenteeFactory()
    post_form(leader, f"/nhan/mentee/{tagged.id}", {"teams": [tag_id("community_team")]})
    # Now the network of today is kept, with its own counts.
    sign_in(account_with(Role.PROVINCE)).get("/tong-quan")

    soup = page(leader.get("/nguoi-hoc?nhan=community_team"))

    assert soup.select_one(".count-line").get_text(strip=True) == "1 người"
