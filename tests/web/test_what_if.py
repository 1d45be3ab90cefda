"""«Thử giả định»: today beside what would be, and a database that stays as it was."""

import hashlib
import threading
from pathlib import Path
from threading import Event

import pytest

from app.access.later import wait_until_done
from app.planning import what_if_work
from app.queries.what_if import Stage, suppose
from models import db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    SupportPostFactory,
)
from tests.web.pages import main_text, normal, page

HERE, NEXT_DOOR = "21553", "21583"  # Quy Nhơn Bắc and Quy Nhơn touch
ADDRESS = "/ke-hoach/thu-gia-dinh"


@pytest.fixture(autouse=True)
def _patient(monkeypatch):
    """A busy machine shows the page that says to wait only where a test asks for it."""
    monkeypatch.setattr(what_if_work, "PATIENCE_SECONDS", 60)


@pytest.fixture
def province(sign_in):
    return sign_in(account_with(Role.PROVINCE))


@pytest.fixture
def leader(sign_in):
    return sign_in(account_with(Role.WARD_LEADER, HERE))


def mentor_of(mentees, code=HERE):
    """A mentor with so many mentees of the own ward."""
    mentor = MentorFactory(ward=any_ward(code))
    for _ in range(mentees):
        MentorshipFactory(mentor=mentor, mentee=MenteeFactory(ward=mentor.ward))
    return mentor


def rows_of(response, section):
    """The rows of the table of a section, by their headings."""
    return {
        normal(row.th.get_text()): [normal(cell.get_text()) for cell in row.select("td")]
        for row in page(response).select(f"#{section} tbody tr")
    }


def test_a_higher_floor_is_met_by_fewer_mentors(province):
    mentor_of(5)
    mentor_of(6)

    response = province.get(f"{ADDRESS}?san=6")

    assert rows_of(response, "figures")["Mentor đủ người học, trên giấy"] == ["2", "1", "−1"]
    assert rows_of(response, "findings")["Mentor chưa đủ người học"] == ["1", "0"]
    assert "Mỗi mentor cần ít nhất 6 người học (hiện nay 5)." in main_text(response)


def test_the_busiest_mentor_leaves_people_who_wait(province):
    mentor_of(2)
    mentor_of(6)

    response = province.get(f"{ADDRESS}?mentor=1&xa={HERE}")

    figures = rows_of(response, "figures")
    assert figures["Mentor"] == ["2", "1", "−1"]
    assert figures["Người học đang chờ mentor"] == ["0", "6", "+6"]
    assert "1 mentor đang kèm nhiều người học nhất ở phường Quy Nhơn Bắc nghỉ." in main_text(
        response
    )


def test_two_wards_in_one_need_one_person_where_two_were_missing(province):
    mentor_of(5)
    SupportPostFactory(ward=any_ward(HERE))
    MenteeFactory(ward=any_ward(NEXT_DOOR))

    response = province.get(f"{ADDRESS}?nhap={NEXT_DOOR}&vao={HERE}")

    assert rows_of(response, "recruits") == {
        "Mentor mới": ["1", "0"],
        "Nhân sự hỗ trợ mới": ["1", "0"],
    }
    assert rows_of(response, "wards")["Quy Nhơn"][1] == "đã nhập vào nơi khác"
    assert "Phường Quy Nhơn nhập vào phường Quy Nhơn Bắc." in main_text(response)


def test_more_people_than_mentors_take_on_ask_for_new_mentors(leader):
    mentor_of(5)

    response = leader.get(f"{ADDRESS}?nguoi-hoc=16")

    assert rows_of(response, "recruits")["Mentor mới"] == ["0", "2"]


def test_nothing_is_written(province):
    mentor_of(6)
    SupportPostFactory(ward=any_ward(HERE))
    province.get(ADDRESS)
    before = _digest()

    province.get(f"{ADDRESS}?san=6&mentor=3&ho-tro=2&nguoi-hoc=4&nhap={NEXT_DOOR}&vao={HERE}")

    assert _digest() == before


def test_a_leader_of_one_ward_supposes_for_that_one_alone(leader):
    mentor_of(2)
    mentor_of(6, NEXT_DOOR)

    response = leader.get(f"{ADDRESS}?mentor=1&xa={NEXT_DOOR}&nhap={HERE}&vao={NEXT_DOOR}")

    assert page(response).find("select") is None
    assert rows_of(response, "figures")["Mentor"] == ["1", "0", "−1"]
    assert "nhập vào" not in main_text(response)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("san=0", "Nhập số từ 1 đến 50, hoặc để trống."),
        ("mentor=nhiều", "Nhập một số nguyên, ví dụ 15."),
        (f"nhap={HERE}", "Chọn cả hai xã, phường, hoặc không chọn nơi nào."),
        (f"nhap={HERE}&vao={HERE}", "Chọn hai xã, phường khác nhau."),
    ],
)
def test_what_cannot_be_assumed_is_told_beside_its_field(province, typed, sentence):
    response = province.get(f"{ADDRESS}?{typed}")

    assert response.status_code == 422
    assert sentence in main_text(response)


def test_without_an_assumption_there_are_examples_to_try(province):
    response = province.get(ADDRESS)

    links = [link["href"] for link in page(response).select("#examples a")]
    assert f"{ADDRESS}?san=6" in links
    assert page(response).find("table") is None


def _digest():
    """What the file of the database holds, byte for byte."""
    db.session.rollback()
    return hashlib.sha256(Path(db.engine.url.database).read_bytes()).hexdigest()


@pytest.mark.parametrize("name", ["xa", "nhap", "vao"])
def test_a_ward_that_is_not_there_is_said_and_no_other_question_is_answered(province, name):
    response = province.get(f"{ADDRESS}?mentor=1&{name}=99999")

    assert response.status_code == 422
    assert "Không có xã, phường này trong danh sách." in main_text(response)
    assert page(response).select("#figures") == []


def test_no_more_people_leave_than_there_are(province):
    mentor_of(2)
    SupportPostFactory(ward=any_ward(HERE))

    text = main_text(province.get(f"{ADDRESS}?mentor=50&ho-tro=40"))

    assert "1 mentor đang kèm nhiều người học nhất ở mọi nơi nghỉ." in text
    assert "1 nhân sự hỗ trợ ở mọi nơi nghỉ" in text


@pytest.fixture
def slow_work(monkeypatch):
    """Work that takes longer than anybody is made to wait, until the test lets it go on."""
    may_go_on = Event()

    def suppose_slowly(*question, on_stage):
        on_stage(Stage.JUDGING)
        may_go_on.wait(10)
        return suppose(*question)

    # Whoever asked goes away in the meantime, and so does the browser of the test.
    monkeypatch.setattr("tests.conftest.wait_until_done", lambda: None)
    monkeypatch.setattr(what_if_work, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(what_if_work, "suppose", suppose_slowly)
    yield may_go_on
    may_go_on.set()
    wait_until_done()


def test_long_work_says_how_far_it_is_and_is_there_for_who_comes_back(province, slow_work):
    mentor_of(5)

    waiting = province.get(f"{ADDRESS}?san=6")
    slow_work.set()
    wait_until_done()
    done = province.get(f"{ADDRESS}?san=6")

    assert "Đang tính giả định" in main_text(waiting)
    [step] = page(waiting).select(".step-list [aria-current]")
    assert normal(step.get_text()) == "Đổi theo giả định rồi rà soát lại mọi xã, phường"
    assert page(waiting).select_one(".work-progress")["hx-get"] == f"{ADDRESS}?san=6"
    assert rows_of(done, "figures")["Mentor đủ người học, trên giấy"] == ["1", "0", "−1"]


def test_what_was_worked_out_is_told_again_only_until_something_is_written(province):
    mentor_of(5)
    province.get(f"{ADDRESS}?san=6")
    mentor_of(5)

    later = province.get(f"{ADDRESS}?san=6")

    assert rows_of(later, "figures")["Mentor đủ người học, trên giấy"] == ["2", "0", "−2"]


def test_work_that_failed_is_said_and_can_be_begun_again(province, monkeypatch):
    mentor_of(5)
    with monkeypatch.context() as patch:
        patch.setattr(threading, "excepthook", lambda *_: None)
        patch.setattr(what_if_work, "suppose", lambda *_, **__: 1 / 0)
        failed = province.get(f"{ADDRESS}?san=6")

    again = province.get(f"{ADDRESS}?san=6")

    assert "dừng giữa chừng" in main_text(failed)
    assert "figures" in {section.get("id") for section in page(again).select("section")}
