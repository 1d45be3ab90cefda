"""Many people of a list at once: chosen, looked at before, written as one action, taken back."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock
from models import Batch, EndReason, Mentee, Mentor, Mentorship, Pause, Tag, db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PauseFactory,
    PersonFactory,
    SupportPostFactory,
)
from tests.web.pages import form_keys, main_text, page

WARD, OTHER = "21553", "21583"
MENTEES, MENTORS = "/hang-loat/nguoi-hoc", "/hang-loat/mentor"


@pytest.fixture
def leader(sign_in):
    return sign_in(account_with(Role.WARD_LEADER, WARD))


def mentees(*names: str) -> list[int]:
    return [MenteeFactory(person=PersonFactory(full_name=name)).id for name in names]


def ticked(url: str, ids: list[int]) -> str:
    return f"{url}?{'&'.join(f'chon={key}' for key in ids)}"


def looked(client, url, **values):
    """Send the form once, which shows what would be written."""
    keys = form_keys(client, url)
    answer = client.post(url, data=keys | values)
    return answer, page(answer).select_one("input[name=seen]"), keys


def written(client, url, **values):
    """Send the form, look, and send it again."""
    _answer, seen, keys = looked(client, url, **values)
    return client.post(url, data=keys | values | {"seen": seen["value"]})


def day(days: int) -> str:
    return (clock.today() + timedelta(days=days)).strftime("%d/%m/%Y")


def test_bulk_work_is_looked_at_before_it_is_written_and_taken_back_at_once(leader):
    """product.md 3.5 and 3.6: bulk changes, with a preview and one undo."""
    url = ticked(f"{MENTEES}/tam-nghi", mentees("Siu Phen", "Rơ Châm Hoa"))
    terms = {"started_on": day(0), "ended_on": day(14)}

    answer, _seen, _keys = looked(leader, url, **terms)

    assert "Sẽ ghi cho 2 người: tạm nghỉ, trở lại ngày" in main_text(answer)
    assert "Siu Phen" in main_text(answer)
    assert db.session.scalar(select(func.count(Pause.id))) == 0
    answer = written(leader, url, **terms)
    assert answer.status_code == 303
    assert db.session.scalar(select(func.count(Pause.id))) == 2
    batch = db.session.scalars(select(Batch).where(Batch.kind == "mentees_paused")).one()
    assert "và những người cùng được chọn" in main_text(leader.get("/da-lam"))
    leader.post(f"/hoan-tac/{batch.id}", data=form_keys(leader, url))
    assert db.session.scalar(select(func.count(Pause.id))) == 0


def test_everybody_whom_the_filter_finds_is_chosen_across_pages(leader):
    """product.md 3.6: select all across pages."""
    for _ in range(120):
        MenteeFactory()
    MenteeFactory(ward=any_ward(OTHER))

    text = main_text(leader.get(f"{MENTEES}/tam-nghi?tat_ca=1"))

    assert "Tạm nghỉ: 120 người học" in text


def test_ticks_are_kept_when_the_page_is_turned(leader):
    first = MenteeFactory(person=PersonFactory(full_name="A Anh")).id
    for _ in range(100):
        MenteeFactory(person=PersonFactory(full_name="B Bình"))

    soup = page(leader.get(f"{MENTEES}?viec=tam-nghi&chon={first}&sang=2"))

    assert soup.select_one(f"input[type=hidden][name=chon][value='{first}']")
    assert "Đã chọn thêm 1 người ở trang khác." in soup.get_text()


def test_who_cannot_is_said_with_the_reason_and_left_as_they_are(leader):
    here, away = mentees("Siu Phen", "Rơ Châm Hoa")
    today = clock.today()
    PauseFactory(
        mentee=db.session.get(Mentee, away), started_on=today, ended_on=today + timedelta(days=60)
    )
    url = ticked(f"{MENTEES}/tam-nghi", [here, away])
    terms = {"started_on": day(0), "ended_on": day(14)}

    answer, _seen, _keys = looked(leader, url, **terms)

    assert "Sẽ ghi cho 1 người" in main_text(answer)
    refused = page(answer).select_one("#refused").get_text()
    assert "Không ghi được cho 1 người" in refused
    assert "Rơ Châm Hoa" in refused
    assert "Siu Phen" not in refused
    written(leader, url, **terms)
    assert db.session.scalar(select(func.count(Pause.id)).where(Pause.mentee_id == here)) == 1
    assert db.session.scalar(select(func.count(Pause.id)).where(Pause.mentee_id == away)) == 1


def test_what_changed_since_it_was_seen_is_shown_again_instead_of_written(leader):
    ids = mentees("Siu Phen", "Rơ Châm Hoa")
    url = ticked(f"{MENTEES}/tam-nghi", ids)
    terms = {"started_on": day(0), "ended_on": day(14)}
    _answer, seen, keys = looked(leader, url, **terms)
    MentorshipFactory(mentee=db.session.get(Mentee, ids[0]))
    db.session.get(Mentee, ids[1]).ended_on = clock.today()
    db.session.commit()

    answer = leader.post(url, data=keys | terms | {"seen": seen["value"]})

    assert answer.status_code == 200
    assert "Sẽ ghi cho 1 người" in main_text(answer)
    assert db.session.scalar(select(func.count(Pause.id))) == 0


def test_a_double_press_writes_once_and_answers_like_the_first_time(leader):
    """product.md 3.14: a double press or a re-sent form makes one record."""
    mentor, ids = MentorFactory(), mentees("Siu Phen", "Rơ Châm Hoa")
    url = f"{MENTEES}/ghep-cap?tat_ca=1&tinh-trang=cho-mentor"
    terms = {"mentor_id": str(mentor.id), "on": day(0)}
    _answer, seen, keys = looked(leader, url, **terms)
    sent = keys | terms | {"seen": seen["value"]}

    answers = [leader.post(url, data=sent) for _number in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert db.session.scalar(select(func.count(Mentorship.id))) == len(ids)
    assert "Đã ghi ở lần bấm trước" in page(leader.get(answers[1].location)).get_text()


def test_mentors_move_to_another_ward_with_their_pairs(leader):
    pair = MentorshipFactory()
    other = MentorFactory()
    url = ticked(f"{MENTORS}/chuyen-dia-ban", [pair.mentor_id, other.id])

    answer = written(leader, url, ward=str(any_ward(OTHER).id), ended_on=day(0))

    assert answer.status_code == 303
    arrived = list(db.session.scalars(select(Mentor).where(Mentor.ward_id == any_ward(OTHER).id)))
    assert {one.continues_id for one in arrived} == {pair.mentor_id, other.id}
    going_on = db.session.scalars(select(Mentorship).where(Mentorship.ended_on.is_(None))).one()
    assert going_on.continues_id == pair.id


def test_mentors_who_leave_together_are_shown_with_all_whom_they_leave_behind(leader):
    """product.md 3.1: who is orphaned and which rule breaks, before anything is written."""
    pair = MentorshipFactory(mentee__person__full_name="Siu Phen")
    url = ticked(f"{MENTORS}/cho-thoi", [pair.mentor_id])
    reason = db.session.scalars(select(EndReason.id).where(EndReason.code == "term_ended")).one()
    terms = {"ended_on": day(0), "reason": str(reason)}

    answer, seen, keys = looked(leader, url, **terms)

    shown = page(answer).select_one("#pairs").get_text()
    assert "1 cặp kết thúc, người học trở lại danh sách chờ mentor" in shown
    assert "Siu Phen học với mentor" in shown
    assert "Chưa có mentor" in page(answer).select_one("#consequences").get_text()
    MentorshipFactory(mentor=db.session.get(Mentor, pair.mentor_id))
    again = leader.post(url, data=keys | terms | {"seen": seen["value"]})
    assert "2 cặp kết thúc" in page(again).select_one("#pairs").get_text()
    assert db.session.get(Mentor, pair.mentor_id).ended_on is None


def test_mentees_who_stop_leave_no_open_pair(leader):
    pair = MentorshipFactory()
    waiting = MenteeFactory().id
    reason = db.session.scalars(
        select(EndReason.id).where(EndReason.for_mentee, ~EndReason.is_completion)
    ).first()
    url = ticked(f"{MENTEES}/cho-thoi", [pair.mentee_id, waiting])
    assert "rút lại" not in page(leader.get(url)).select_one("fieldset").get_text()

    written(leader, url, ended_on=day(0), reason=str(reason))

    assert db.session.scalar(select(func.count(Mentee.id)).where(Mentee.ended_on.is_(None))) == 0
    assert not list(db.session.scalars(select(Mentorship).where(Mentorship.ended_on.is_(None))))


def test_the_waiting_are_paired_with_one_mentor_while_there_is_room(leader):
    mentor = MentorFactory(person=PersonFactory(full_name="Nay H'Trinh"))
    ids = mentees("Siu Phen", "Rơ Châm Hoa")
    learning = MentorshipFactory().mentee_id
    url = ticked(f"{MENTEES}/ghep-cap", [*ids, learning])
    terms = {"mentor_id": str(mentor.id), "on": day(0)}

    answer, _seen, _keys = looked(leader, url, **terms)

    assert "Sẽ ghi cho 2 người: học với mentor Nay H'Trinh" in main_text(answer)
    written(leader, url, **terms)
    pairs = select(Mentorship.mentee_id).where(Mentorship.mentor_id == mentor.id)
    assert set(db.session.scalars(pairs)) == set(ids)


def test_more_than_the_mentor_has_room_for_is_refused_beside_the_mentor(leader):
    mentor = MentorFactory()
    ids = [MenteeFactory().id for _ in range(11)]
    url = ticked(f"{MENTEES}/ghep-cap", ids)

    answer, _seen, _keys = looked(leader, url, mentor_id=str(mentor.id), on=day(0))

    assert answer.status_code == 422
    assert page(answer).select_one(".error-summary")
    assert not list(db.session.scalars(select(Mentorship)))


def test_people_of_other_wards_do_not_exist_in_a_selection(leader):
    """product.md 3.7: what is outside does not exist."""
    mine, foreign = MenteeFactory().id, MenteeFactory(ward=any_ward(OTHER)).id

    assert "Tạm nghỉ: 1 người học" in main_text(
        leader.get(ticked(f"{MENTEES}/tam-nghi", [mine, foreign]))
    )
    assert leader.get(ticked(f"{MENTEES}/tam-nghi", [foreign])).status_code == 404


def test_support_posts_pause_at_once(leader):
    ids = [SupportPostFactory().id, SupportPostFactory().id]
    url = ticked("/hang-loat/nhan-su-ho-tro/tam-nghi", ids)

    answer, _seen, _keys = looked(leader, url, started_on=day(0), ended_on=day(14))

    text = main_text(answer)
    assert "Sau đó, xã, phường sẽ bị nhắc" in text
    assert "Chưa có nhân sự hỗ trợ" in text


def test_a_filter_that_finds_nobody_any_more_is_said_and_kept(leader):
    MenteeFactory()

    answer = leader.get(f"{MENTEES}/tam-nghi?tat_ca=1&tinh-trang=tam-nghi")

    assert answer.location == f"{MENTEES}?tinh-trang=tam-nghi&tat_ca=1"
    assert "Không có ai để chọn" in main_text(leader.get(answer.location))


def test_nobody_chosen_is_said(leader):
    MenteeFactory()

    answer = leader.get(f"{MENTEES}?viec=tam-nghi")

    assert "Chưa chọn ai." in page(answer).get_text()


def test_those_chosen_are_exported_alone(leader):
    ids = mentees("Siu Phen", "Rơ Châm Hoa")

    answer = leader.get(f"{MENTEES}?viec=tai-ve&chon={ids[0]}")

    assert answer.status_code == 302
    assert answer.location.startswith("/exports/nguoi-hoc.xlsx")
    assert f"chon={ids[0]}" in answer.location


def test_rows_ticked_in_a_list_go_straight_to_what_is_to_be_done(leader):
    """product.md 3.6 and 3.12: ticked in the list, whose filter stays in the address."""
    [phen, _hoa] = mentees("Siu Phen", "Rơ Châm Hoa")
    soup = page(leader.get("/nguoi-hoc?tinh-trang=cho-mentor"))
    form = soup.select_one("form.tickable")
    kept = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}
    words = [one["value"] for one in form.select("button[name=viec]")]

    answer = leader.get(form["action"], query_string=kept | {"chon": phen, "viec": "gan-nhan"})

    assert words == ["ghep-cap", "tam-nghi", "chuyen-dia-ban", "cho-thoi", "gan-nhan", "tai-ve"]
    assert answer.location.startswith("/hang-loat/nguoi-hoc/gan-nhan?tinh-trang=cho-mentor")
    assert "Gắn nhãn: 1 người học" in main_text(leader.get(answer.location))


def test_a_list_offers_all_that_its_filter_finds_however_many_it_shows(leader):
    """product.md 3.6: select all across pages."""
    mentees(*(f"Siu Phen {number}" for number in "ABC"))
    MenteeFactory(person=PersonFactory(full_name="Rơ Châm Hoa"))
    form = page(leader.get("/nguoi-hoc?q=phen")).select_one("form.tickable")
    kept = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}
    everybody = form.select_one("button[name=tat_ca]")

    text = main_text(leader.get(form["action"], query_string=kept | {"tat_ca": "1"}))

    assert everybody.get_text(strip=True) == "Chọn cả 3 người của bộ lọc"
    assert "Cả 3 người của bộ lọc" in text


def test_many_people_get_a_tag_by_which_their_list_is_then_narrowed(leader):
    ids = mentees("Siu Phen", "Rơ Châm Hoa")
    MenteeFactory()
    tag = db.session.scalars(select(Tag.id).where(Tag.code == "volunteer_team")).one()
    url = ticked(f"{MENTEES}/gan-nhan", ids)

    answer = written(leader, url, way="gan", tag=str(tag))

    assert answer.status_code == 303
    listed = page(leader.get("/nguoi-hoc?nhan=volunteer_team")).select("tbody th a")
    assert [one.get_text() for one in listed] == ["Rơ Châm Hoa", "Siu Phen"]
