"""The recycle bin: what was deleted lies there for 30 days and comes back with one tap."""

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from app import clock
from app.access.scope import WardScope
from app.errors import LaterChangeError
from app.services.delete_activity import delete_activity
from app.services.delete_session import delete_session
from app.services.pair_mentees import pair_mentees
from app.services.undo_batch import redo_batch, undo_batch
from models import (
    Account,
    ActivityTurns,
    Batch,
    Change,
    HelpSession,
    Mentee,
    Mentor,
    Mentorship,
    ReportingPeriod,
    RosterImport,
    db,
)
from models.enums import ImportState, Role
from tests.factories.accounts import account_with
from tests.factories.activities import ActivityTurnsFactory
from tests.factories.base import any_ward
from tests.factories.network import (
    HelpSessionFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
)
from tests.factories.rosters import bring_in, rows_file
from tests.web.pages import form_keys, main_text, normal, page

DAY = date(2026, 3, 2)
OTHER_WARD = "21583"
EVERYWHERE = WardScope.everywhere()


@pytest.fixture
def account(flask_app) -> Account:
    return account_with(Role.WARD_LEADER)


@pytest.fixture
def leader(account, sign_in) -> FlaskClient:
    return sign_in(account)


def pair(account: Account) -> int:
    """Pair Siu Blơi with Lê Văn Tám; return the action."""
    mentor = MentorFactory(person__full_name="Lê Văn Tám")
    mentee = MenteeFactory(person__full_name="Siu Blơi")
    scope = WardScope.of([any_ward().id], account.id)
    return pair_mentees(scope, mentor.id, [mentee.id], on=DAY).batch_id


def deleted_session(ward_code: str = "21553") -> int:
    session = HelpSessionFactory(ward=any_ward(ward_code), service_date=clock.today())
    return delete_session(EVERYWHERE, session.id).batch_id


def rows(response) -> list[str]:
    return [normal(row.get_text(" ")) for row in page(response).select("tbody tr")]


def restore(client: FlaskClient, batch_id: int) -> str:
    keys = form_keys(client, "/tai-khoan/thiet-bi")
    answer = client.post(f"/thung-rac/{batch_id}/khoi-phuc", data=keys)
    return main_text(client.get(answer.location)) if answer.location else str(answer.status_code)


def living(model) -> int:
    db.session.expire_all()
    return db.session.query(model).filter(model.deleted_at.is_(None)).count()


def test_an_empty_bin_says_what_will_lie_there(leader):
    assert "nằm ở đây 30 ngày" in main_text(leader.get("/thung-rac"))


def test_a_deletion_says_what_who_when_and_how_long_it_is_kept(leader):
    deleted_session()

    [row] = rows(leader.get("/thung-rac"))

    assert row.startswith("1 lượt hỗ trợ ")
    assert "Xóa lượt hỗ trợ" in row
    assert "30 ngày Khôi phục" in row


def test_every_deletion_can_be_taken_back_for_30_days(leader):
    batch_id = deleted_session()

    said = restore(leader, batch_id)

    assert "Đã khôi phục." in said
    assert living(HelpSession) == 1
    assert rows(leader.get("/thung-rac")) == []


def test_after_30_days_the_bin_is_empty_and_nothing_comes_back(leader):
    batch_id = deleted_session()
    db.session.get(Batch, batch_id).done_at = clock.now() - timedelta(days=30, minutes=1)
    db.session.commit()

    assert rows(leader.get("/thung-rac")) == []
    assert "quá 30 ngày" in restore(leader, batch_id)
    assert living(HelpSession) == 0


def test_what_an_undo_took_away_lies_in_the_bin_comes_back_and_can_be_undone_again(leader, account):
    undone = undo_batch(EVERYWHERE, pair(account))
    [row] = rows(leader.get("/thung-rac?loai=cap"))

    restore(leader, undone.batch_id)
    after_restoring = living(Mentorship)
    redone = db.session.query(Batch).filter_by(kind="redo").one()
    in_history = rows(leader.get("/da-lam"))[0]
    undo_batch(EVERYWHERE, redone.id)

    assert row.startswith("1 cặp Lê Văn Tám – Siu Blơi · 02/03/2026 Hoàn tác: Ghép cặp")
    assert after_restoring == 1
    assert in_history.startswith("Khôi phục từ thùng rác")
    assert in_history.endswith("Hoàn tác")
    assert living(Mentorship) == 0


def test_a_pair_does_not_come_back_to_a_mentor_who_is_gone(account):
    undone = undo_batch(EVERYWHERE, pair(account))
    db.session.query(Mentor).one().deleted_at = clock.now()
    db.session.commit()

    with pytest.raises(LaterChangeError):
        redo_batch(EVERYWHERE, undone.batch_id)

    assert living(Mentorship) == 0


def test_an_undone_import_comes_back_as_one(leader):
    bring_in(rows_file(["Siu Blơi", "mentor", 1990], ["Ksor Hà", "mentor", 1991]))
    imported = db.session.query(Batch).one().id
    undone = undo_batch(EVERYWHERE, imported).batch_id
    [row] = rows(leader.get("/thung-rac"))

    restore(leader, undone)

    assert row.startswith("2 mentor ")
    assert living(Mentor) == 2
    assert {one.state for one in db.session.query(RosterImport)} == {ImportState.APPLIED}


def put_back_alone(client: FlaskClient, batch_id: int, *names: str) -> str:
    """Tick rows by their names on the page of an action, and send it."""
    url = f"/thung-rac/{batch_id}"
    labels = {
        normal(row.select_one(".check-title").get_text()): row.select_one("input")["value"]
        for row in page(client.get(url)).select(".check-row")
    }
    ticked = {"muc": [labels[name] for name in names]}
    answer = client.post(url, data=form_keys(client, url) | ticked, follow_redirects=True)
    return main_text(answer)


def known_people(model) -> list[str]:
    db.session.expire_all()
    return sorted(one.person.full_name for one in db.session.query(model))


def test_one_row_of_an_undone_import_comes_back_alone_with_its_person(leader):
    bring_in(rows_file(["Siu Blơi", "mentor", 1990], ["Ksor Hà", "mentor", 1991]))
    undone = undo_batch(EVERYWHERE, db.session.query(Batch).one().id).batch_id

    said = put_back_alone(leader, undone, "Ksor Hà")

    assert "Đã khôi phục 1 mục." in said
    assert known_people(Mentor) == ["Ksor Hà"]
    [row] = rows(leader.get("/thung-rac"))
    assert row.startswith("1 mentor Siu Blơi")
    assert "Khôi phục phần còn lại" in row
    put_back_alone(leader, undone, "Siu Blơi")
    assert known_people(Mentor) == ["Ksor Hà", "Siu Blơi"]
    assert rows(leader.get("/thung-rac")) == []


def test_what_came_back_alone_is_taken_back_and_lies_in_the_bin_again(leader):
    bring_in(rows_file(["Siu Blơi", "mentor", 1990]))
    undone = undo_batch(EVERYWHERE, db.session.query(Batch).one().id).batch_id
    put_back_alone(leader, undone, "Siu Blơi")

    undo_batch(EVERYWHERE, db.session.query(Batch).filter_by(kind="rows_restored").one().id)

    assert known_people(Mentor) == []
    [row] = rows(leader.get("/thung-rac?loai=nguoi"))
    restore(leader, undone)
    assert row.startswith("1 mentor Siu Blơi")
    assert known_people(Mentor) == ["Siu Blơi"]


def test_a_pair_comes_back_alone_with_the_two_of_whom_it_is(leader):
    bring_in(rows_file(["Siu Blơi", "mentor", 1990], ["Ksor Hà", "mentee", 1991]))
    imported = db.session.query(Batch).one().id
    mentor, mentee = db.session.query(Mentor).one(), db.session.query(Mentee).one()
    pairing = MentorshipFactory(mentor=mentor, mentee=mentee, batch_id=imported)
    pairing_id = pairing.id
    told = db.session.query(Change).filter_by(batch_id=imported).first()
    db.session.add(
        Change(
            batch_id=imported,
            changed_at=told.changed_at,
            object_kind="mentorships",
            object_id=pairing_id,
            action="created",
            digest="-" * 64,
        )
    )
    db.session.commit()
    undone = undo_batch(EVERYWHERE, imported).batch_id

    put_back_alone(leader, undone, "Siu Blơi – Ksor Hà")

    assert (known_people(Mentor), known_people(Mentee)) == (["Siu Blơi"], ["Ksor Hà"])
    assert living(Mentorship) == 1


def test_nothing_ticked_is_said_beside_the_list_and_a_row_of_another_action_stays(leader):
    batch_id, other = deleted_session(), deleted_session()
    url = f"/thung-rac/{batch_id}"
    of_other = db.session.query(Change).filter_by(batch_id=other).one().object_id

    nothing = leader.post(url, data=form_keys(leader, url))
    foreign = leader.post(url, data=form_keys(leader, url) | {"muc": f"help_sessions-{of_other}"})

    assert "Chưa chọn mục nào" in main_text(nothing)
    assert (nothing.status_code, foreign.status_code) == (422, 422)
    assert living(HelpSession) == 0


def test_a_row_of_a_closed_period_stays_deleted_and_the_bin_says_why(leader):
    batch_id = deleted_session()
    db.session.query(ReportingPeriod).filter_by(code="test").one().closed_at = clock.now()
    db.session.commit()

    assert "đã khóa nên không sửa được" in restore(leader, batch_id)
    assert living(HelpSession) == 0


def test_a_deleted_activity_is_named_and_comes_back_with_its_turns(leader, account):
    activity = ActivityTurnsFactory(activity__topic="Cài và dùng VNeID").activity
    db.session.commit()
    delete_activity(WardScope.of([any_ward().id], account.id), activity.id)

    [row] = rows(leader.get("/thung-rac?loai=hoat-dong"))

    assert row.startswith("1 hoạt động Cài và dùng VNeID · 20/08/2026 Xóa hoạt động")
    assert "30 ngày Khôi phục" in row
    undo_batch(EVERYWHERE, db.session.query(Batch.id).filter_by(kind="activity_deleted").scalar())
    assert db.session.query(ActivityTurns).one().activity.topic == "Cài và dùng VNeID"


def test_the_bin_of_another_ward_does_not_exist(leader):
    batch_id = deleted_session(OTHER_WARD)

    assert rows(leader.get("/thung-rac")) == []
    assert restore(leader, batch_id) == "404"
