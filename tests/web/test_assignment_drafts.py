"""The pages of a plan of pairings: made, reviewed, published, undone."""

import pytest
from sqlalchemy import select

from app.access.scope import WardScope
from app.services.make_draft import make_draft
from graphs.planning.rows import Reach
from models import AssignmentDraft, Batch, Mentorship, db
from models.enums import DraftState, Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import MenteeFactory, MentorFactory, MentorshipFactory, PersonFactory
from tests.web.pages import form_keys, main_text, page

START, WARD, BORDERING, FAR = "/ghep-cap/ke-hoach", "21553", "21583", "23563"


@pytest.fixture
def leader(sign_in):
    return sign_in(account_with(Role.WARD_LEADER, WARD))


@pytest.fixture
def province(sign_in):
    return sign_in(account_with(Role.PROVINCE))


def sent(client, url, **values):
    return client.post(url, data=form_keys(client, START) | values)


def four_and_one_waiting() -> tuple[int, int]:
    """Anh Phen has four people, Chị Hoa waits; the ids of the mentor and of who waits."""
    mentor = MentorFactory(person=PersonFactory(full_name="Siu Phen"))
    for _ in range(4):
        MentorshipFactory(mentor=mentor)
    return mentor.id, MenteeFactory(person=PersonFactory(full_name="Trần Thị Hoa")).id


def draft_made_by(client, **values) -> str:
    answer = sent(client, START, **values)
    assert answer.status_code == 303
    return answer.location


def open_pairs() -> set[tuple[int, int]]:
    statement = select(Mentorship.mentor_id, Mentorship.mentee_id).where(
        Mentorship.ended_on.is_(None)
    )
    return {tuple(row) for row in db.session.execute(statement)}


def test_a_leader_reads_who_would_come_to_whom_and_what_that_reaches(leader):
    four_and_one_waiting()

    text = main_text(leader.get(draft_made_by(leader)))

    assert "Mentor đủ 5 người học 0 → 1 người" in text
    assert "Người đang chờ 1 → 0 người" in text
    assert "đang chờ. Để Siu Phen đủ 5 người học." in text
    assert "người học được tính 4 → 5/5" in text
    assert "Đã chứng minh" in text


def test_published_it_is_done_told_and_offers_the_way_back(leader):
    pair, before = four_and_one_waiting(), open_pairs()
    url = draft_made_by(leader)

    answer = sent(leader, f"{url}/cong-bo", form_key="0123456789abcdef01234567")

    assert open_pairs() - before == {pair}
    soup = page(leader.get(answer.location))
    assert "Đã công bố kế hoạch ghép." in soup.select_one(".notices").get_text()
    batch_id = db.session.scalars(select(Batch.id).where(Batch.kind == "plan_published")).one()
    sent(leader, f"/hoan-tac/{batch_id}")
    assert open_pairs() == before
    assert "đã công bố rồi hoàn tác" in main_text(leader.get(url))


def test_a_move_is_dropped_and_taken_back_by_one_press(leader):
    _, mentee_id = four_and_one_waiting()
    url = draft_made_by(leader)

    sent(leader, f"{url}/nguoi-hoc/{mentee_id}", keep="0")
    dropped = main_text(leader.get(url))
    sent(leader, f"{url}/nguoi-hoc/{mentee_id}", keep="1")

    assert "Đã bỏ: giữ như hiện nay." in dropped
    assert "Người đang chờ 1 → 1 người" in dropped
    assert "Người đang chờ 1 → 0 người" in main_text(leader.get(url))


def test_another_mentor_is_chosen_among_those_with_room(leader):
    _, mentee_id = four_and_one_waiting()
    other = MentorFactory(person=PersonFactory(full_name="Rơ Châm Nay"))
    other_id = other.id
    url = draft_made_by(leader)
    choice = f"{url}/nguoi-hoc/{mentee_id}/doi"

    offered = main_text(leader.get(choice))
    none_chosen = sent(leader, choice)
    sent(leader, choice, mentor=other_id)

    assert "Rơ Châm Nay" in offered
    assert "Siu Phen" not in offered
    assert none_chosen.status_code == 422
    assert "Mentor do bạn chọn." in main_text(leader.get(url))


def test_where_the_province_is_in_reach_a_mentor_of_any_ward_may_be_chosen(province):
    _, mentee_id = four_and_one_waiting()
    far = MentorFactory(ward=any_ward(FAR), person=PersonFactory(full_name="Rơ Châm Nay"))
    far_id = far.id
    url = draft_made_by(province, ward="", reach="province")
    choice = f"{url}/nguoi-hoc/{mentee_id}/doi"

    offered = main_text(province.get(choice))
    asked = main_text(province.get(f"{choice}?xa={FAR}"))
    sent(province, f"{choice}?xa={FAR}", mentor=far_id)

    assert "Tìm mentor ở xã, phường khác" in offered
    assert "Rơ Châm Nay" not in offered
    assert "Rơ Châm Nay" in asked
    assert "Mentor do bạn chọn." in main_text(province.get(url))


def test_a_ward_is_not_asked_for_where_the_province_is_out_of_reach(province):
    _, mentee_id = four_and_one_waiting()
    MentorFactory(ward=any_ward(FAR), person=PersonFactory(full_name="Rơ Châm Nay"))
    url = draft_made_by(province, ward="", reach="border")

    text = main_text(province.get(f"{url}/nguoi-hoc/{mentee_id}/doi?xa={FAR}"))

    assert "Tìm mentor ở xã, phường khác" not in text
    assert "Rơ Châm Nay" not in text


def test_a_network_that_changed_meanwhile_is_said_and_nothing_is_lost(leader):
    four_and_one_waiting()
    url, before = draft_made_by(leader), open_pairs()
    MenteeFactory()

    refused = sent(leader, f"{url}/cong-bo", form_key="0123456789abcdef01234567")

    assert refused.status_code == 422
    assert "Bấm «Lập lại kế hoạch»" in main_text(refused)
    assert "Trần Thị Hoa" in main_text(refused)
    assert open_pairs() == before


def test_the_province_may_pair_across_a_border_or_within_one_ward(province):
    MentorFactory(ward=any_ward(WARD))
    MenteeFactory(ward=any_ward(BORDERING))
    near = draft_made_by(province, ward="", reach="border")
    alone = draft_made_by(province, ward=str(any_ward(WARD).id), reach="border")

    assert "Người đang chờ 1 → 0 người" in main_text(province.get(near))
    assert "cách" in main_text(province.get(near))
    assert "Không có gì để đổi" in main_text(province.get(alone))


def test_where_there_are_too_few_people_the_page_says_how_many(leader):
    MentorFactory()
    MentorFactory()
    for _ in range(6):
        MenteeFactory()

    text = main_text(leader.get(draft_made_by(leader)))

    assert "6 người học cho 2 mentor: tối đa 1 mentor đạt 5" in text
    assert "cần thêm 4 người học hoặc bớt 1 mentor" in text


def test_a_plan_that_is_worked_out_says_how_far_it_is_and_may_be_left(sign_in):
    account = account_with(Role.WARD_LEADER, WARD)
    leader, ward_id = sign_in(account), any_ward(WARD).id
    draft_id = make_draft(WardScope.of([ward_id], account.id), ward_id=ward_id, reach=Reach.WARD)

    text = main_text(leader.get(f"{START}/{draft_id}"))

    assert "Đang tính kế hoạch ghép" in text
    assert "Bước 1 trong 7" in text
    assert "Đang tính" in main_text(leader.get(START))


def test_a_plan_whose_process_ended_can_be_made_again(sign_in):
    account = account_with(Role.WARD_LEADER, WARD)
    leader, ward_id = sign_in(account), any_ward(WARD).id
    draft_id = make_draft(WardScope.of([ward_id], account.id), ward_id=ward_id, reach=Reach.WARD)
    row = db.session.get_one(AssignmentDraft, draft_id)
    row.state = DraftState.FAILED
    db.session.commit()

    text = main_text(leader.get(f"{START}/{draft_id}"))

    assert "dừng giữa chừng" in text
    assert "Lập lại kế hoạch" in text


def test_a_discarded_plan_is_gone(leader):
    four_and_one_waiting()
    url = draft_made_by(leader)

    sent(leader, f"{url}/bo")

    assert leader.get(url).status_code == 404
    assert "Kế hoạch đã lập" not in main_text(leader.get(START))


def test_a_discarded_plan_that_is_published_from_an_old_page_is_gone_and_not_worked_out(leader):
    four_and_one_waiting()
    url = draft_made_by(leader)
    sent(leader, f"{url}/bo")

    assert sent(leader, f"{url}/cong-bo", form_key="0123456789abcdef01234567").status_code == 404
