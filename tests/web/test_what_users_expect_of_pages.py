"""What users expect (product.md 3): figures, lists and forms, one test a line, by their pages."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import func, select

from models import Mentor, Pause, Person, db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    HelpSessionFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PersonFactory,
)
from tests.web.pages import form_keys, main_text, normal, page, post_form, sheet
from tests.web.people_forms import registration

OTHER_WARD = "21583"


@pytest.fixture(autouse=True)
def on_10_march():
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False):
        yield


@pytest.fixture
def leader(sign_in):
    return sign_in(account_with(Role.WARD_LEADER))


def names(answer) -> list[str]:
    return [normal(link.get_text()) for link in page(answer).select("tbody th a")]


def test_9_people_and_turns_stay_apart_and_no_data_is_never_zero(sign_in):
    day = date(2026, 3, 9)
    HelpSessionFactory(service_date=day, is_first_this_year=True)
    HelpSessionFactory.create_batch(2, service_date=day)

    support, province = (sign_in(account_with(role)) for role in (Role.SUPPORT, Role.PROVINCE))
    told = page(support.get("/ho-tro/hom-nay?ngay=09/03/2026")).select(".stat")
    empty = page(province.get("/tong-quan")).find("a", string=lambda text: "An Nhơn Bắc" in text)

    assert [normal(one.get_text(" ")) for one in told] == [
        "Lượt hỗ trợ 3 lượt",
        "Người đến lần đầu trong năm 1 người",
    ]
    row = [normal(cell.get_text()) for cell in empty.find_parent("tr").select("td")]
    assert row == ["–Chưa có dữ liệu"] + ["–"] * 7


def test_11_an_export_equals_the_filter_on_screen_dated_with_the_scope_in_its_name(leader):
    for name in ("Lê An", "Lê Bình", "Ksor Blơ"):
        MenteeFactory(person=PersonFactory(full_name=name))
    shown = leader.get("/nguoi-hoc?q=le&sap=-ten")

    answer = leader.get(page(shown).select_one('a[href^="/exports/"]')["href"])

    rows = sheet(answer)
    top = next(number for number, row in enumerate(rows) if row[0] == "Họ và tên")
    assert [row[0] for row in rows[top + 1 :]] == names(shown) == ["Lê Bình", "Lê An"]
    assert "Số liệu đến 10/03/2026: 2 dòng" in {row[0] for row in rows[:top]}
    file_name = answer.headers["Content-Disposition"]
    assert file_name.endswith("nguoi-hoc-quy-nhon-bac-2026-03-10.xlsx")


def test_12_a_filter_lives_in_the_address_and_a_sent_link_respects_the_readers_scope(
    leader, sign_in
):
    MenteeFactory(person=PersonFactory(full_name="Lê An"))
    MenteeFactory(person=PersonFactory(full_name="Lê Bình"), ward=any_ward(OTHER_WARD))
    link = f"/nguoi-hoc?q=le&sap=-ten&xa={OTHER_WARD}"

    province = sign_in(account_with(Role.PROVINCE))

    assert names(province.get(link)) == ["Lê Bình"]
    assert names(leader.get(link)) == ["Lê An"]


def test_13_a_pause_has_a_return_date_and_a_substitute_and_stale_links_have_a_button(leader):
    mentor, other = MentorFactory(), MentorFactory()
    stale = MentorshipFactory(
        mentor=other,
        mentee=MenteeFactory(person__full_name="Siu Lâu", started_on=date(2026, 1, 5)),
        started_on=date(2026, 1, 5),
    )
    url = f"/tam-nghi/mentor/{mentor.id}"

    post_form(
        leader,
        url,
        {"started_on": "10/03/2026", "ended_on": "24/03/2026", "substitute": other.person_id},
    )

    [pause] = db.session.scalars(select(Pause)).all()
    assert (str(pause.ended_on), pause.substitute_person_id) == ("2026-03-24", other.person_id)
    assert "trở lại 24/03/2026" in main_text(leader.get(f"/mentor/{mentor.id}"))
    work = page(leader.get("/viec-can-lam"))
    told = next(one for one in work.select("main li") if "Siu Lâu" in one.get_text())
    assert told.select_one(f"a[href*='/{stale.mentor_id}']") is not None, told


def test_14_who_saves_second_is_told_sees_both_and_loses_nothing(leader):
    mentee = MenteeFactory(person__full_name="Siu Blơi")
    url = f"/nguoi-hoc/{mentee.id}/sua"
    opened = form_keys(leader, url)
    post_form(leader, url, {"full_name": "Siu Blới", "birth_year": "1991"})

    answer = leader.post(url, data=opened | {"full_name": "Siu Blơy", "birth_year": "1991"})

    assert answer.status_code == 422
    [row] = page(answer).select("form.form table tbody tr")
    assert normal(row.get_text(" ")) == "Họ và tên Siu Blơy Siu Blới"
    assert page(answer).select_one("input[name=full_name]")["value"] == "Siu Blơy"


def test_14_a_double_press_makes_one_record(leader):
    typed = registration() | form_keys(leader, "/mentor/moi")

    first, second = (leader.post("/mentor/moi", data=typed) for _ in range(2))

    assert first.location == second.location
    assert db.session.scalar(select(func.count(Mentor.id))) == 1


def test_15_empty_lists_say_what_to_do_and_errors_stand_beside_the_field_and_on_top(leader):
    empty = main_text(leader.get("/mentor"))

    answer = post_form(leader, "/mentor/moi", registration(phone="12", birth_year="2031"))

    assert "Chưa có mentor" in empty
    soup = page(answer)
    assert normal(soup.select_one(".error-summary h2").get_text()) == "Có 2 chỗ cần sửa"
    assert soup.select_one("#phone-error") is not None
    assert soup.select_one("[name=phone]")["value"] == "12"
    assert soup.select_one("[name=full_name]")["value"] == "Ksor H'Thoan"
    assert db.session.scalar(select(func.count(Person.id))) == 0
