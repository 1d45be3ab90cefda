"""A mentor's own link: what it opens without an account, for how long, and what it hides."""

import logging
from datetime import date, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from itsdangerous import Signer
from sqlalchemy import select

from app.access.scope import WardScope
from app.extensions import limiter
from app.learning_errors import LinkStaysError
from app.queries.sign_ins import hash_token
from app.services.log_contact import log_contact_with_everyone
from app.services.mentor_links import LINK_DAYS, end_mentor_link, issue_mentor_link
from app.services.undo_batch import undo_batch
from app.web import mentor_pages
from models import Attendance, Batch, Contact, Mentee, MentorLink, MentorLinkUse, Person, db
from models.enums import LinkDeed, Role, SkillLevel
from tests.conftest import SECRET_KEY
from tests.factories.accounts import account_with
from tests.factories.desk import DAY
from tests.factories.network import (
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    SkillAssessmentFactory,
    WeeklyTopicFactory,
    skill,
)
from tests.web.pages import main_text, page

EVERYWHERE = WardScope.everywhere()


@pytest.fixture(autouse=True)
def on_the_day(flask_app):
    limiter.reset()
    with time_machine.travel("2026-08-31 09:05+07:00", tick=False):
        yield


@pytest.fixture
def mentor():
    """Lê Văn Tám, who guides Nhi and Luih; somebody else guides Bông."""
    mentor = MentorFactory(person__full_name="Lê Văn Tám")
    for name in ("Kpă H'Nhi", "Siu Luih"):
        mentee = MenteeFactory(person__full_name=name, person__phone="+84912345678")
        MentorshipFactory(mentor=mentor, mentee=mentee)
    MentorshipFactory(mentee=MenteeFactory(person__full_name="Nay Bông"))
    return mentor


@pytest.fixture
def token(mentor) -> str:
    return issue_mentor_link(EVERYWHERE, mentor.id).token


def press(client: FlaskClient, token: str, name: str):
    """Press the button in the row of a mentee and follow where it leads."""
    for row in page(client.get(f"/m/{token}")).select(".own-mentees li"):
        if name in row.get_text():
            form = row.select_one("form")
            data = {field["name"]: field["value"] for field in form.select("input")}
            answer = client.post(form["action"], data=data)
            return main_text(client.get(answer.location))
    raise AssertionError(name)


def met() -> list[tuple[int, date]]:
    db.session.expire_all()
    rows = select(Attendance.contact_id, Contact.service_date).join(
        Contact, Contact.id == Attendance.contact_id
    )
    return [tuple(row) for row in db.session.execute(rows.order_by(Attendance.id))]


def deeds() -> list[LinkDeed]:
    return list(db.session.scalars(select(MentorLinkUse.deed).order_by(MentorLinkUse.id)))


def test_the_page_names_the_own_mentees_by_given_name_and_nothing_of_others(client, token):
    WeeklyTopicFactory(title="Gọi video", link="https://example.org/video")
    answer = client.get(f"/m/{token}")
    text, source = main_text(answer), answer.get_data(as_text=True)

    assert "Tám" not in page(answer).title.get_text()
    assert "H'Nhi chưa đánh giá kỹ năng" in text
    assert "Luih" in text
    assert "Gọi video" in text
    for hidden in ("Kpă", "Siu", "Bông", "912", "345", "Tìm người", "/nguoi-hoc", "/mentor/"):
        assert hidden not in source


def test_two_of_one_given_name_are_numbered(client):
    mentor = MentorFactory()
    for name in ("Rơ Châm Nhi", "Kpă Nhi"):
        MentorshipFactory(mentor=mentor, mentee=MenteeFactory(person__full_name=name))
    token = issue_mentor_link(EVERYWHERE, mentor.id).token

    rows = page(client.get(f"/m/{token}")).select(".own-mentees strong")

    assert [row.get_text() for row in rows] == ["Nhi (1)", "Nhi (2)"]


def test_skills_that_are_reached_are_counted(client, token):
    nhi = select(Mentee).join(Person).where(Person.full_name == "Kpă H'Nhi")
    mentee = db.session.scalars(nhi).one()
    SkillAssessmentFactory(mentee=mentee)
    SkillAssessmentFactory(mentee=mentee, skill_id=skill("vneid"), level=SkillLevel.NEEDS_HELP)

    assert "H'Nhi tự làm được 1/11 kỹ năng Dùng điện thoại và mạng Đã gặp" in main_text(
        client.get(f"/m/{token}")
    )


def test_each_tap_of_a_day_joins_one_meeting_and_can_be_taken_back(client, token):
    assert "Đã gặp hôm nay Hoàn tác" in press(client, token, "H'Nhi")
    press(client, token, "Luih")
    first, second = met()
    assert first == second == (first[0], DAY)

    press(client, token, "H'Nhi")
    assert len(met()) == 1
    press(client, token, "Luih")

    assert met() == []
    assert db.session.scalars(select(Contact)).all() == []


def test_a_double_press_records_once(client, token):
    row = page(client.get(f"/m/{token}")).select_one(".own-mentees form")
    data = {field["name"]: field["value"] for field in row.select("input")}

    answers = [client.post(row["action"], data=data).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert len(met()) == 1


def test_what_the_leader_noted_is_shown_and_stays(client, token, mentor):
    log_contact_with_everyone(EVERYWHERE, mentor.id, on=DAY)
    soup = page(client.get(f"/m/{token}"))

    assert len(soup.select(".own-met")) == 2
    assert soup.select(".own-mentees form") == []


def test_nobody_marks_another_mentors_mentee_or_without_the_forms_token(client, token):
    row = page(client.get(f"/m/{token}")).select_one(".own-mentees form")
    data = {field["name"]: field["value"] for field in row.select("input")}
    foreign = db.session.scalars(select(MentorLink)).one().mentor_id
    other = MentorshipFactory(mentor=MentorFactory())

    assert other.mentor_id != foreign
    assert client.post(f"/m/{token}/gap/{other.id}", data=data).status_code == 404
    assert client.post(row["action"], data={}).status_code == 400
    assert met() == []


def closed_pages(client, mentor) -> dict[str, str]:
    """The answers to links that may not be used any more, or never could."""
    expired = issue_mentor_link(EVERYWHERE, mentor.id).token
    replaced, off = expired, issue_mentor_link(EVERYWHERE, mentor.id).token
    pages = {"replaced": client.get(f"/m/{replaced}")}
    end_mentor_link(EVERYWHERE, mentor.id)
    pages["switched off"] = client.get(f"/m/{off}")
    pages["unknown"] = client.get(f"/m/{Signer(SECRET_KEY, salt='link:mentor').sign('x').decode()}")
    pages["not ours"] = client.get("/m/abc.def")
    late = issue_mentor_link(EVERYWHERE, mentor.id).token
    with time_machine.travel("2026-08-31 09:06+07:00", tick=False) as clock:
        clock.shift(timedelta(days=LINK_DAYS))
        pages["too old"] = client.get(f"/m/{late}")
    leaver = MentorFactory(ended_on=None)
    left = issue_mentor_link(EVERYWHERE, leaver.id).token
    leaver.ended_on = DAY
    db.session.commit()
    pages["no mentor any more"] = client.get(f"/m/{left}")
    assert {answer.status_code for answer in pages.values()} == {410}
    return {name: main_text(answer) for name, answer in pages.items()}


def test_a_link_that_does_not_work_says_the_same_whatever_the_reason(client, mentor):
    pages = closed_pages(client, mentor)

    assert len(set(pages.values())) == 1
    assert "nhờ Bí thư Đoàn xã, phường gửi liên kết mới" in pages["unknown"]
    assert deeds() == []


def test_switching_off_is_not_taken_back(client, token, mentor):
    receipt = end_mentor_link(EVERYWHERE, mentor.id)

    with pytest.raises(LinkStaysError):
        undo_batch(EVERYWHERE, receipt.batch_id)

    assert client.get(f"/m/{token}").status_code == 410


def test_a_link_that_is_switched_off_between_two_taps_writes_nothing(client, token, mentor):
    row = page(client.get(f"/m/{token}")).select_one(".own-mentees form")
    data = {field["name"]: field["value"] for field in row.select("input")}
    end_mentor_link(EVERYWHERE, mentor.id)

    assert client.post(row["action"], data=data).status_code == 410
    assert met() == []


def test_every_opening_and_deed_is_written_down_by_number_alone(client, token, mentor):
    press(client, token, "Luih")

    uses = db.session.scalars(select(MentorLinkUse).order_by(MentorLinkUse.id)).all()
    assert deeds() == [LinkDeed.OPENED, LinkDeed.MET, LinkDeed.OPENED]
    assert {use.link_id for use in uses} == {db.session.scalars(select(MentorLink.id)).one()}
    written = db.session.get(Batch, uses[1].batch_id)
    assert (written.kind, written.account_id) == ("contact_logged_by_link", None)
    assert written.ward_id == mentor.ward_id


def test_the_token_is_stored_as_a_digest_and_changed_by_one_sign_not_even_looked_up(client, token):
    row = db.session.scalars(select(MentorLink)).one()

    assert row.token_hash == hash_token(token)
    assert client.get(f"/m/{token[:-1]}{'A' if token[-1] != 'A' else 'B'}").status_code == 410


def test_no_cache_keeps_the_page_and_no_site_learns_its_address(client, token):
    answer = client.get(f"/m/{token}")

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "<script" not in answer.get_data(as_text=True)


def test_no_log_tells_the_token(client, token, monkeypatch, caplog):
    def fail(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(mentor_pages, "list_own_mentees", fail)
    client.application.config["PROPAGATE_EXCEPTIONS"] = False
    try:
        with caplog.at_level(logging.DEBUG):
            assert client.get(f"/m/{token}").status_code == 500
    finally:
        client.application.config["PROPAGATE_EXCEPTIONS"] = None

    assert "/m/…" in caplog.text
    assert token not in caplog.text


def test_the_leader_makes_it_sees_it_once_and_switches_it_off(sign_in, client, mentor):
    pytest.importorskip("segno")
    leader = sign_in(account_with(Role.WARD_LEADER))
    address = f"/mentor/{mentor.id}/lien-ket"
    soup = page(leader.get(address))
    form = soup.select_one(f"form[action='{address}']")
    data = {field["name"]: field["value"] for field in form.select("input")}

    shown = page(leader.get(leader.post(address, data=data).location))

    message = shown.select_one("textarea").get_text()
    link = message.rsplit(maxsplit=1)[-1]
    assert link.startswith("http://localhost/m/")
    assert client.get(link).status_code == 200
    assert len(shown.select_one("svg.link-code path")["d"]) > 1000
    again = page(leader.get(address))
    assert again.select_one("textarea") is None
    assert "1 lần" in again.get_text()
    leader.post(f"{address}/tat", data=data)
    assert client.get(link).status_code == 410
    done = main_text(leader.get("/da-lam"))
    assert "Tắt liên kết riêng của mentor" in done
    assert done.count("không hoàn tác được") == 2


def test_the_leader_sees_and_undoes_what_the_mentor_noted(sign_in, client, token):
    leader = sign_in(account_with(Role.WARD_LEADER))
    press(client, token, "Luih")
    soup = page(leader.get("/da-lam"))
    row = next(row for row in soup.select("tbody tr") if "Mentor tự ghi đã gặp" in row.get_text())
    form = row.select_one("form")

    leader.post(form["action"], data={f["name"]: f["value"] for f in form.select("input")})

    assert "mentor, qua liên kết riêng" in row.get_text()
    assert met() == []
