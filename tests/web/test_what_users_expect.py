"""What users expect (product.md 3), people and links: one test a line, through the pages.

The details of each line have tests of their own beside the page or service; the lines about
figures, lists and forms are in `test_what_users_expect_of_pages.py`.
"""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from sqlalchemy import func, select

from app.access.scope import WardScope
from app.errors import OutOfScopeError, PeriodClosedError
from app.queries.audit import audit_scope
from app.services.close_period import reopen_period
from app.services.delete_session import delete_session
from app.services.log_session import log_session
from models import (
    Account,
    Attendance,
    Batch,
    HelpSession,
    Mentee,
    Mentorship,
    Pause,
    Person,
    ReportingPeriod,
    db,
)
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.desk import close_third_quarter, session_details, staff
from tests.factories.network import (
    AttendanceFactory,
    HelpSessionFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PersonFactory,
    any_period,
    end_reason,
)
from tests.factories.rosters import bring_in, outcomes, rows_file
from tests.web.pages import form_keys, main_text, page, post_form
from tests.web.people_forms import registration

EVERYWHERE = WardScope.everywhere()
BEGUN = date(2026, 1, 5)
OTHER_WARD = "21583"


@pytest.fixture(autouse=True)
def on_10_march():
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False):
        yield


@pytest.fixture
def leader(sign_in):
    return sign_in(account_with(Role.WARD_LEADER))


def pair(mentor, name: str) -> Mentorship:
    mentee = MenteeFactory(started_on=BEGUN, person__full_name=name)
    return MentorshipFactory(mentor=mentor, mentee=mentee, started_on=BEGUN)


def waiting() -> int:
    db.session.expire_all()
    return audit_scope(EVERYWHERE, date(2026, 3, 10)).totals.mentees_waiting


def test_1_a_mentor_who_leaves_orphans_nobody(leader):
    leaver, other = MentorFactory(started_on=BEGUN), MentorFactory(started_on=BEGUN)
    first, second = pair(leaver, "Siu An"), pair(leaver, "Siu Phen")
    url = f"/mentor/{leaver.id}/thoi"

    asked = main_text(leader.get(url))
    proposed = [
        chosen["value"]
        for chosen in page(leader.get(url)).select("select[name=successor] option[selected]")
    ]
    post_form(
        leader,
        url,
        {
            "ended_on": "10/03/2026",
            "reason": str(end_reason("mentor_left").id),
            "successor": [proposed[0], f"{second.mentee_id}:"],
        },
    )

    assert "Siu An" in asked
    assert "Siu Phen" in asked
    assert proposed == [f"{one.mentee_id}:{other.id}" for one in (first, second)]
    is_open = Mentorship.ended_on.is_(None)
    still_open = db.session.execute(
        select(Mentorship.mentor_id, Mentorship.mentee_id).where(is_open)
    ).all()
    assert [tuple(row) for row in still_open] == [(other.id, first.mentee_id)]
    assert waiting() == 1
    assert db.session.scalar(select(func.count(Mentee.id)).where(Mentee.ended_on.is_(None))) == 2


def test_2_the_count_as_at_31_march_is_the_same_after_edits_in_may(sign_in):
    mentor, other = MentorFactory(started_on=BEGUN), MentorFactory(started_on=BEGUN)
    met = pair(mentor, "Siu An")
    AttendanceFactory(mentorship=met)
    day = date(2026, 3, 31)
    with time_machine.travel("2026-05-20T02:00:00Z", tick=False):
        leader = sign_in(account_with(Role.WARD_LEADER))
        before = audit_scope(EVERYWHERE, day).totals

        changed = post_form(
            leader,
            f"/ghep-cap/{met.id}/doi-mentor",
            {"mentor_id": str(other.id), "on": "20/05/2026"},
        )
        ended = post_form(
            leader,
            f"/mentor/{mentor.id}/thoi",
            {"ended_on": "20/05/2026", "reason": str(end_reason("moved").id)},
        )

        db.session.expire_all()
        assert (changed.status_code, ended.status_code) == (303, 303)
        assert audit_scope(EVERYWHERE, day).totals == before
        assert "05/01/2026" in main_text(leader.get(f"/lich-su/mentor/{mentor.id}"))
        assert db.session.scalar(select(func.count(Attendance.id))) == 1


@pytest.mark.usefixtures("flask_app")
def test_3_what_comes_late_counts_in_the_next_period_and_a_closed_one_stays():
    _account, scope = staff()
    kept = HelpSessionFactory(service_date=date(2026, 8, 1), reported_in=any_period()).id
    close_third_quarter()
    db.session.get(HelpSession, kept).reported_in_id = closed_id = _period("2026-Q3")
    db.session.commit()
    with time_machine.travel("2026-09-20T02:00:00Z", tick=False):
        late = log_session(scope, any_ward().id, session_details()).object_id

        with pytest.raises(PeriodClosedError):
            delete_session(scope, kept)
        with pytest.raises(OutOfScopeError):
            reopen_period(scope, "2026-Q3", reason="sửa")
        reopen_period(EVERYWHERE, "2026-Q3", reason="Đếm sai")

        session = db.session.get(HelpSession, late)
        assert session.service_date == date(2026, 8, 31)
        assert session.reported_in.code == "2026-Q4"
        assert session.reported_in_id != closed_id
        kinds = db.session.scalars(select(Batch.kind).order_by(Batch.id)).all()
        assert kinds[-1] == "period_reopened"


def _period(code: str) -> int:
    return db.session.query(ReportingPeriod).filter_by(code=code).one().id


def test_4_a_duplicate_is_warned_about_may_be_overridden_and_is_merged_and_parted_again(leader):
    known = MenteeFactory(person=PersonFactory(full_name="Ksor H’Thoan", phone="+84912345678"))
    typed = {"full_name": "ksor h'thoan", "phone": "0912345678"}

    while_typing = post_form(leader, "/nguoi/trung/mentee", typed, page_url="/nguoi-hoc/moi")
    stopped = post_form(leader, "/nguoi-hoc/moi", registration())
    made = post_form(leader, "/nguoi-hoc/moi", registration(same_person="nguoi-khac"))
    other = db.session.scalars(select(Person.id).where(Person.id != known.person_id)).one()
    merge_url = f"/ra-soat/trung-nguoi/{known.person_id}/gop/{other}"
    answers = {
        radio["name"]: radio["value"]
        for radio in page(leader.get(merge_url)).select("main form input[type=radio]")
    }
    merged = post_form(leader, merge_url, answers)
    linked = db.session.scalar(select(Person.merged_into_id).where(Person.id == other))
    undo = db.session.scalars(select(Batch.id).where(Batch.kind == "people_merged")).one()
    leader.post(f"/hoan-tac/{undo}", data=form_keys(leader, "/nguoi-hoc/moi"))

    assert "Ksor H’Thoan" in while_typing.get_data(as_text=True)
    assert (stopped.status_code, made.status_code, merged.status_code) == (422, 303, 303)
    assert linked == known.person_id
    db.session.expire_all()
    assert db.session.get(Person, other).merged_into_id is None


def test_5_what_was_done_can_be_taken_back_for_30_days_and_never_by_a_link(sign_in):
    account = account_with(Role.WARD_LEADER)
    leader = sign_in(account)
    mentees = [MenteeFactory(started_on=BEGUN).id for _ in range(2)]
    url = f"/hang-loat/nguoi-hoc/tam-nghi?chon={mentees[0]}&chon={mentees[1]}"
    terms = {"started_on": "10/03/2026", "ended_on": "24/03/2026"}
    seen = page(post_form(leader, url, terms)).select_one("input[name=seen]")["value"]
    post_form(leader, url, terms | {"seen": seen})
    paused = db.session.scalars(select(Batch.id)).one()

    followed = leader.get(f"/hoan-tac/{paused}")
    with time_machine.travel("2026-04-08T02:00:00Z", tick=False):
        later = sign_in(account)
        later.post(f"/hoan-tac/{paused}", data=form_keys(later, "/nguoi-hoc/moi"))

    assert followed.status_code == 405
    assert db.session.scalar(select(func.count(Pause.id))) == 0


def test_6_an_import_is_tried_first_with_all_its_errors_and_the_same_file_changes_nothing(leader):
    faulty = rows_file(["Siu Phen", "mentor", 1990, "12"], ["Kpă Nay", "người học", 2031])
    good = rows_file(["Siu Phen", "mentor", 1990, "0912000001"], ["Kpă Nay", "người học", 1960])

    upload = {"file": (BytesIO(faulty), "ds.xlsx"), "role": ""}
    preview = main_text(leader.get(post_form(leader, "/nhap-danh-sach", upload).location))
    written = db.session.scalar(select(func.count(Person.id)))
    first, again = bring_in(good), bring_in(good)

    for part in ("Điện thoại", "Năm sinh", "12", "2031"):
        assert part in preview
    assert written == 0
    assert set(outcomes(first)) == {"created"}
    assert set(outcomes(again)) == {"unchanged"}


@pytest.mark.parametrize(
    "path",
    [
        "/mentor/{mentor}",
        "/nguoi-hoc/{mentee}",
        "/lich-su/mentee/{mentee}",
        "/nguoi-hoc/{mentee}/sua",
        "/xa/21583",
        "/xa/21583/mang-luoi",
    ],
)
def test_7_what_is_outside_the_scope_does_not_exist(leader, path):
    pairing = MentorshipFactory(
        mentor=MentorFactory(ward=any_ward(OTHER_WARD)),
        mentee=MenteeFactory(ward=any_ward(OTHER_WARD), person__full_name="Siu Ngoài"),
    )

    answer = leader.get(path.format(mentor=pairing.mentor_id, mentee=pairing.mentee_id))

    assert answer.status_code == 404
    assert "Siu Ngoài" not in leader.get(f"/nguoi-hoc?xa={OTHER_WARD}").get_data(as_text=True)


def test_8_a_change_of_leader_is_one_step_and_the_last_administrator_stays(sign_in):
    admin_account, old = account_with(Role.ADMIN), account_with(Role.WARD_LEADER)
    admin_account.password_hash = "set"  # one was chosen
    mentor = MentorFactory(entered_by_id=old.id)
    db.session.commit()
    admin, admin_id = sign_in(admin_account), admin_account.id

    handed = post_form(
        admin,
        f"/quan-tri/tai-khoan/{old.id}/ban-giao",
        {"display_name": "Siu H'Lan", "username": "sh.lan", "started_on": "01/04/2026"},
    )
    invitation = page(admin.get(handed.location)).select_one("textarea")
    locked = admin.post(
        f"/quan-tri/tai-khoan/{admin_id}/khoa",
        data=form_keys(admin, f"/quan-tri/tai-khoan/{admin_id}"),
    )

    assert "http://localhost/moi/" in invitation.text
    assert mentor.entered_by_id == old.id
    assert "quản trị cuối cùng" in main_text(admin.get(locked.location))
    assert db.session.get(Account, admin_id).disabled_at is None
