"""The pages on which a person's consent is recorded and withdrawn."""

from datetime import date

import pytest

from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.network import MenteeFactory, MentorFactory, PersonFactory, SupportPostFactory
from tests.web.pages import main_text, page, post_form

GIVEN = {"consent_method": "paper", "consent_on": "05/01/2026"}


@pytest.fixture
def leader(sign_in):
    return sign_in(account_with(Role.WARD_LEADER))


def test_a_consent_is_recorded_from_a_mentor_s_page(leader):
    mentor = MentorFactory(person=PersonFactory(full_name="Siu Phen"))

    response = post_form(leader, f"/dong-y/mentor/{mentor.id}", GIVEN)

    assert response.headers["Location"] == f"/mentor/{mentor.id}"
    text = main_text(leader.get(f"/mentor/{mentor.id}"))
    assert "Phiếu giấy có chữ ký, 05/01/2026" in text
    assert "Ghi rút lại đồng ý" in text


def test_a_withdrawal_shows_on_the_page_and_offers_to_end_the_role(leader):
    mentee = MenteeFactory(started_on=date(2026, 1, 5))
    post_form(leader, f"/dong-y/mentee/{mentee.id}", GIVEN)

    post_form(leader, f"/dong-y/mentee/{mentee.id}/rut-lai", {"withdrawn_on": "02/03/2026"})

    response = leader.get(f"/nguoi-hoc/{mentee.id}")
    assert "đã rút ngày 02/03/2026" in main_text(response)
    assert page(response).select_one(f'.notice a[href="/nguoi-hoc/{mentee.id}/thoi"]') is not None


def test_who_agreed_to_nothing_is_offered_no_withdrawal(leader):
    post = SupportPostFactory()

    text = main_text(leader.get(f"/nhan-su-ho-tro/{post.id}"))

    assert "Ghi sự đồng ý mới" in text
    assert "Ghi rút lại đồng ý" not in text


def test_a_withdrawal_before_the_consent_is_refused_beside_the_day(leader):
    mentor = MentorFactory()
    post_form(leader, f"/dong-y/mentor/{mentor.id}", GIVEN)

    response = post_form(
        leader, f"/dong-y/mentor/{mentor.id}/rut-lai", {"withdrawn_on": "04/01/2026"}
    )

    assert response.status_code == 422
    assert "không thể trước ngày đó" in page(response).select_one("#withdrawn_on-error").get_text()


def test_an_unknown_role_has_no_consents(leader):
    assert leader.get("/dong-y/admin/1").status_code == 404


def test_support_staff_change_nobody_s_consent(sign_in):
    mentor = MentorFactory()
    client = sign_in(account_with(Role.SUPPORT))

    assert client.get(f"/dong-y/mentor/{mentor.id}").status_code == 403
