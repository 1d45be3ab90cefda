"""The pages of learning: marking a class and a person, VNeID, completing, becoming a mentor."""

from datetime import date

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from models import Mentee, Mentor, SkillAssessment, VneidConfirmation, WeeklyTopic, db
from models.enums import AssessmentSource, Role, SkillLevel, VneidBasis
from tests.factories.accounts import account_with
from tests.factories.desk import DAY
from tests.factories.network import (
    ConsentFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    SkillAssessmentFactory,
    WeeklyTopicFactory,
    end_reason,
    skill,
)
from tests.web.pages import main_text, page, post_form

pytestmark = pytest.mark.usefixtures("on_the_day")
CODES = ("phone", "information", "communication", "vneid", "public_services")


@pytest.fixture
def on_the_day():
    with time_machine.travel("2026-08-31 09:05+07:00", tick=False):
        yield


@pytest.fixture
def leader(sign_in) -> FlaskClient:
    return sign_in(account_with(Role.WARD_LEADER))


@pytest.fixture
def province(sign_in) -> FlaskClient:
    return sign_in(account_with(Role.PROVINCE))


def recorded():
    db.session.expire_all()
    rows = db.session.scalars(select(SkillAssessment).order_by(SkillAssessment.id))
    return [(row.mentee_id, row.skill_id, row.level) for row in rows]


def filled(soup, **ticked):
    """What a browser sends of the page's form: hidden and typed fields, ticked radios."""
    form = soup.select_one("main form[method=post]:has(.skill-marks)")
    fields = form.select("input:not([type=radio]), input[type=radio][checked]")
    return form["action"], {field["name"]: field["value"] for field in fields} | ticked


def level_of(mentee, code):
    return f"level_{mentee.id}_{skill(code)}"


def test_a_class_is_marked_with_one_tap_each_and_only_what_changed_is_recorded(leader):
    able, unknown, untouched = (MenteeFactory() for _ in range(3))
    SkillAssessmentFactory(mentee=able, skill_id=skill("vneid"), level=SkillLevel.NEEDS_HELP)
    soup = page(leader.get("/ky-nang", query_string={"ky-nang": skill("vneid")}))
    ticked = {level_of(able, "vneid"): "able", level_of(unknown, "vneid"): "not_yet"}
    url, data = filled(soup, **ticked)

    answer = leader.post(url, data=data)

    assert "Đã ghi «VNeID» cho 2 người." in main_text(leader.get(answer.location))
    assert set(recorded()[1:]) == {
        (able.id, skill("vneid"), SkillLevel.ABLE),
        (unknown.id, skill("vneid"), SkillLevel.NOT_YET),
    }
    assert untouched.id not in {mentee_id for mentee_id, *_ in recorded()}


def test_a_class_of_a_mentor_is_said_by_the_mentor(leader):
    pair = MentorshipFactory()
    other = MenteeFactory(person__full_name="Rơ Châm Không Mentor")
    soup = page(leader.get(f"/ky-nang?mentor={pair.mentor_id}"))
    url, data = filled(soup, **{level_of(pair.mentee, "phone"): "able"})

    leader.post(url, data=data)

    row = db.session.scalars(select(SkillAssessment)).one()
    assert (row.said_by, row.mentor_id) == (AssessmentSource.MENTOR, pair.mentor_id)
    assert other.person.full_name not in soup.select_one(".skill-marks").get_text()


def test_nothing_marked_is_told_and_what_was_chosen_stays(leader):
    MenteeFactory()
    url, data = filled(page(leader.get("/ky-nang")), said_by="mentee")

    answer = leader.post(url, data=data)

    assert answer.status_code == 422
    soup = page(answer)
    assert "Chưa chọn mức nào" in soup.select_one(".error-summary").get_text()
    assert soup.select_one("input[name=said_by][checked]")["value"] == "mentee"


def test_one_person_is_marked_skill_by_skill_and_the_history_stays(leader):
    mentee = MenteeFactory()
    SkillAssessmentFactory(mentee=mentee, level=SkillLevel.NOT_YET)
    address = f"/nguoi-hoc/{mentee.id}/ky-nang"
    ticked = {level_of(mentee, "phone"): "able", level_of(mentee, "vneid"): "needs_help"}
    url, data = filled(page(leader.get(address)), **ticked)

    leader.post(url, data=data)

    text = main_text(leader.get(address))
    assert len(recorded()) == 3
    assert "01/03/2026 · Dùng điện thoại và mạng: chưa" in text
    assert "31/08/2026 · Dùng điện thoại và mạng: tự làm được" in text
    shown = main_text(leader.get(f"/nguoi-hoc/{mentee.id}"))
    assert "Tự làm được 1 · cần giúp 1 · chưa 0 · chưa đánh giá 9" in shown


def test_vneid_is_noted_beside_the_skills(leader):
    mentee = MenteeFactory()

    post_form(
        leader,
        f"/nguoi-hoc/{mentee.id}/vneid",
        {"basis": "seen_by_officer", "noted_on": "30/08/2026"},
    )

    row = db.session.scalars(select(VneidConfirmation)).one()
    assert (row.basis, row.service_date) == (VneidBasis.SEEN_BY_OFFICER, date(2026, 8, 30))
    assert "VNeID đã xác nhận: cán bộ đã xem trên máy, 30/08/2026." in main_text(
        leader.get(f"/nguoi-hoc/{mentee.id}")
    )


def press(client, address, label):
    """Press the one button of a page that says so."""
    for form in page(client.get(address)).select("main form"):
        if label in form.get_text():
            data = {field["name"]: field["value"] for field in form.select("input")}
            return client.post(form["action"], data=data)
    raise AssertionError(label)


def test_completing_is_offered_where_the_condition_is_met_and_never_done_silently(leader):
    mentee = MenteeFactory(person__full_name="Siu Luih")
    for code in CODES:
        SkillAssessmentFactory(mentee=mentee, skill_id=skill(code))
    assert "Siu Luih tự làm được 5 kỹ năng" in main_text(leader.get("/ky-nang"))
    told = "1 người học đã tự làm được đủ kỹ năng: ghi hoàn thành."
    assert told in main_text(leader.get("/viec-can-lam"))
    assert db.session.get(Mentee, mentee.id).ended_on is None

    answer = press(leader, f"/nguoi-hoc/{mentee.id}", "Ghi hoàn thành hôm nay")

    assert "Đã ghi hoàn thành." in main_text(leader.get(answer.location))
    assert db.session.get(Mentee, mentee.id).ended_on == DAY
    assert told not in main_text(leader.get("/viec-can-lam"))


def test_a_graduate_becomes_a_mentor_with_one_press_and_the_page_says_who_taught_whom(leader):
    ended = {"ended_on": date(2026, 8, 1), "end_reason": end_reason("completed")}
    graduate = MenteeFactory(person__full_name="Kpă H'Nhi", **ended)
    ConsentFactory(person=graduate.person)
    teacher = MentorFactory(person__full_name="Lê Văn Tám")
    MentorshipFactory(mentor=teacher, mentee=graduate, **ended)

    answer = press(leader, f"/nguoi-hoc/{graduate.id}", "Đăng ký làm mentor")

    text = main_text(leader.get(answer.location))
    assert "Mentor thế hệ 2. Từng học với Lê Văn Tám" in text
    assert "Người học đã thành mentor: Kpă H'Nhi" in main_text(leader.get(f"/mentor/{teacher.id}"))
    assert db.session.scalars(select(Mentor.person_id)).all()[-1] == graduate.person_id


def test_the_province_writes_the_topic_of_a_week_and_leaders_read_it(leader, province):
    typed = {
        "monday": "02/09/2026",
        "title": "Nhận ra tin nhắn lừa đảo",
        "body": "Không bấm liên kết lạ.",
        "link": "https://example.org/bai-1",
    }

    post_form(province, "/chu-de-tuan/moi", typed)

    text = main_text(leader.get("/chu-de-tuan"))
    assert "Tuần này: Nhận ra tin nhắn lừa đảo" in text
    assert "MỖI TUẦN MỘT KỸ NĂNG SỐ (31/08/2026 – 06/09/2026)" in text
    assert "Sửa" not in text
    assert db.session.scalars(select(WeeklyTopic.monday)).one() == DAY


def test_a_link_that_would_run_a_script_is_refused_beside_its_field(province):
    topic = WeeklyTopicFactory()

    answer = post_form(
        province,
        f"/chu-de-tuan/{topic.id}/sua",
        {"monday": "31/08/2026", "title": "A", "body": "B", "link": "javascript:alert(1)"},
    )

    assert answer.status_code == 422
    assert "Địa chỉ phải bắt đầu bằng https://" in main_text(answer)


def test_two_people_who_edit_a_topic_see_both(province):
    topic = WeeklyTopicFactory()
    seen = {"monday": "31/08/2026", "title": "Của tôi", "body": "B", "version": "1"}
    address = f"/chu-de-tuan/{topic.id}/sua"
    post_form(province, address, {**seen, "title": "Của người kia"})

    answer = post_form(province, address, seen)

    assert answer.status_code == 422
    text = main_text(answer)
    assert "Của tôi" in text
    assert "Của người kia" in text
