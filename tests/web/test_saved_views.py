"""How somebody likes to see a list: kept under a name, one's own, without what was typed."""

import pytest

from models import SavedView, db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.network import MentorFactory
from tests.web.pages import main_text, page, post_form

VIEW = "/cach-xem/mentor?q=Nguy%E1%BB%85n&tinh-trang=duoi-muc&sap=-nguoi-hoc&cot=nguoi-hoc"


@pytest.fixture
def leader(sign_in):
    MentorFactory()
    return sign_in(account_with(Role.WARD_LEADER))


def keep(client, name="Thiếu người học"):
    return post_form(client, VIEW, {"name": name})


def links_of(client) -> dict[str, str]:
    soup = page(client.get("/mentor"))
    return {link.get_text(strip=True): link["href"] for link in soup.select("main a[href]")}


def test_filter_order_and_columns_are_kept_under_a_name_and_opened_by_one_press(leader):
    answer = keep(leader)

    assert answer.location.startswith("/mentor?tinh-trang=duoi-muc&sap=-nguoi-hoc&cot=")
    assert links_of(leader)["Thiếu người học"] == answer.location
    assert leader.get(answer.location).status_code == 200


def test_what_was_typed_into_the_search_box_is_not_kept(leader):
    keep(leader)

    assert "q=" not in db.session.query(SavedView).one().query


def test_nobody_sees_or_changes_the_views_of_somebody_else(leader, sign_in):
    keep(leader)
    view = db.session.query(SavedView).one()
    other = sign_in(account_with(Role.WARD_LEADER))

    assert "Thiếu người học" not in links_of(other)
    answer = post_form(other, f"/cach-xem/mentor/{view.id}/bo", {}, page_url="/cach-xem/mentor")
    assert answer.status_code == 404


def test_a_view_is_renamed_and_forgotten_and_brought_back(leader):
    keep(leader)
    url = f"/cach-xem/mentor/{db.session.query(SavedView).one().id}"
    own = "/cach-xem/mentor"

    post_form(leader, f"{url}/doi-ten", {"name": "Cần thêm người"})
    assert "Cần thêm người" in links_of(leader)
    post_form(leader, f"{url}/bo", {}, page_url=own)
    assert "Cần thêm người" not in links_of(leader)
    undo = page(leader.get("/da-lam")).select_one("form[action^='/hoan-tac/']")["action"]
    post_form(leader, undo, {}, page_url="/da-lam")

    assert "Cần thêm người" in links_of(leader)


def test_so_many_and_no_more_are_kept_and_a_name_is_asked_for(leader):
    for number in range(20):
        keep(leader, f"Cách {number}")

    refused = keep(leader, "Một cách nữa")
    nameless = keep(leader, "")

    assert (refused.status_code, nameless.status_code) == (422, 422)
    assert "Bỏ bớt một cách xem cũ" in main_text(refused)
    assert db.session.query(SavedView).count() == 20


def test_a_list_that_is_none_has_no_views(leader):
    assert leader.get("/cach-xem/khong-co").status_code == 404


def test_a_rename_without_a_name_is_refused_beside_the_field_and_keeps_the_old_one(leader):
    keep(leader)
    view = db.session.query(SavedView).one()

    answer = post_form(leader, f"/cach-xem/mentor/{view.id}/doi-ten", {"name": " "})

    assert answer.status_code == 422
    assert page(answer).select_one("#name-error") is not None
    assert "Thiếu người học" in links_of(leader)
