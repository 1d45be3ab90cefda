"""What was done of late, whom it was about, and taking it back."""

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.access.scope import WardScope
from app.queries.accounts import get_account
from app.queries.spells import SpellKey
from app.services.change_spells import ManyPauses, change_spells
from app.services.contact_writing import Meeting
from app.services.log_contact import log_contact
from app.services.pair_mentees import pair_mentees
from app.services.pause_rules import PauseTerms
from app.services.rename_account import rename_account
from app.services.tag_person import TagChange, tag_person
from models import Account, Batch, Mentorship, db
from models.enums import BatchState, PersonRole, Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import MenteeFactory, MentorFactory, PersonFactory
from tests.web.pages import main_text, normal, page
from tests.web.statements import counted_statements

EVERYWHERE = WardScope.everywhere()
DAY = date(2026, 3, 2)
OTHER_WARD = "21583"


@pytest.fixture
def account(flask_app) -> Account:
    return account_with(Role.WARD_LEADER)


@pytest.fixture
def leader(account, sign_in) -> FlaskClient:
    return sign_in(account)


def pair(account: Account, *names: str, ward_code: str = "21553") -> int:
    """Pair people of these names with Lê Văn Tám; return the batch."""
    ward = any_ward(ward_code)
    mentor_id = MentorFactory(person=PersonFactory(full_name="Lê Văn Tám"), ward=ward).id
    mentees = [MenteeFactory(person=PersonFactory(full_name=name), ward=ward).id for name in names]
    scope = WardScope.of([ward.id], account.id)
    return pair_mentees(scope, mentor_id, mentees, on=DAY).batch_id


def rows(response) -> list[str]:
    return [normal(row.get_text(" ")) for row in page(response).select("tbody tr")]


def undo(client: FlaskClient, batch_id: int):
    token = page(client.get("/ghep-cap")).select_one("input[name=csrf_token]")["value"]
    return client.post(f"/hoan-tac/{batch_id}", data={"csrf_token": token})


def count_pairs() -> int:
    db.session.expire_all()
    return len(db.session.scalars(select(Mentorship)).all())


def test_each_action_says_what_who_and_about_whom(leader, account):
    pair(account, "Siu Blơi", "Rơ Châm H'Dih")

    listed = rows(leader.get("/da-lam"))

    assert len(listed) == 1
    assert listed[0].startswith("Ghép cặp ")
    for part in ("Siu Blơi", "Rơ Châm H'Dih", "mentor Lê Văn Tám", account.display_name):
        assert part in listed[0]


def test_after_a_change_of_leader_the_old_log_keeps_the_old_name(leader, account):
    batch_id = pair(account, "Siu Blơi")
    before = account.display_name
    undo(leader, batch_id)
    seen = get_account(EVERYWHERE, account.id).edition
    rename_account(EVERYWHERE, account.id, "Ksor Thoan", seen_edition=seen)

    listed = [*rows(leader.get("/da-lam"))[1:], *rows(leader.get("/thung-rac"))]

    assert len(listed) == 2
    assert all(before in row and "Ksor Thoan" not in row for row in listed)


def test_an_action_is_taken_back_from_the_list_and_stays_there_with_its_names(leader, account):
    batch_id = pair(account, "Siu Blơi", "Ksor Thuy")

    response = undo(leader, batch_id)

    answer = leader.get(response.location)
    assert "Đã hoàn tác: Ghép cặp." in main_text(answer)
    listed = rows(leader.get("/da-lam"))
    assert listed[0].startswith("Hoàn tác: Ghép cặp")
    assert "Siu Blơi" in listed[1]
    assert listed[1].endswith("đã hoàn tác")
    assert count_pairs() == 0


def test_undoing_twice_is_refused_with_a_sentence(leader, account):
    batch_id = pair(account, "Siu Blơi")
    undo(leader, batch_id)

    response = undo(leader, batch_id)

    assert "đã được hoàn tác trước đó" in main_text(leader.get(response.location))


def test_what_something_newer_depends_on_is_refused_with_a_sentence(leader, account):
    batch_id = pair(account, "Siu Blơi")
    mentorship = db.session.scalars(select(Mentorship)).one()
    scope = WardScope.of([any_ward().id], account.id)
    meeting = Meeting(DAY, frozenset({mentorship.id}))
    log_contact(scope, mentorship.mentor_id, meeting)

    response = undo(leader, batch_id)

    assert "Hoàn tác việc mới hơn trước" in main_text(leader.get(response.location))
    assert count_pairs() == 1


def test_after_30_days_an_action_is_neither_listed_nor_undone(leader, account):
    batch_id = pair(account, "Siu Blơi")
    batch = db.session.get(Batch, batch_id)
    batch.done_at = clock.now() - timedelta(days=30, minutes=1)
    db.session.commit()

    response = undo(leader, batch_id)

    text = main_text(leader.get(response.location))
    assert "Việc này đã quá 30 ngày" in text
    assert "Chưa có việc nào" in text
    assert count_pairs() == 1


def test_another_wards_action_does_not_exist(leader, flask_app):
    other = account_with(Role.WARD_LEADER, OTHER_WARD)
    batch_id = pair(other, "Người Xã Khác", ward_code=OTHER_WARD)

    assert undo(leader, batch_id).status_code == 404
    assert "Người Xã Khác" not in main_text(leader.get("/da-lam"))
    assert count_pairs() == 1


def test_support_staff_see_and_undo_their_own_actions_only(account, sign_in):
    batch_id = pair(account, "Siu Blơi")
    staff = sign_in(account_with(Role.SUPPORT))
    page_of_staff = staff.get("/da-lam")
    token = page(page_of_staff).select_one("input[name=csrf_token]")["value"]

    answer = staff.post(f"/hoan-tac/{batch_id}", data={"csrf_token": token})

    assert "Siu Blơi" not in main_text(page_of_staff)
    assert answer.status_code == 404
    assert count_pairs() == 1


@pytest.mark.parametrize("kind", ["demo_loaded", "setting_changed", "account_disabled"])
def test_the_province_neither_sees_nor_undoes_how_the_site_is_looked_after(sign_in, kind):
    batch = Batch(kind=kind, state=BatchState.DONE, done_at=clock.now())
    db.session.add(batch)
    db.session.commit()
    batch_id, province = batch.id, sign_in(account_with(Role.PROVINCE))

    response = undo(province, batch_id)

    assert response.status_code == 404
    assert "Chưa có việc nào" in main_text(province.get("/da-lam"))


def test_nothing_is_undone_by_a_get(leader, account):
    batch_id = pair(account, "Siu Blơi")

    assert leader.get(f"/hoan-tac/{batch_id}").status_code == 405
    assert count_pairs() == 1


def test_a_long_list_of_people_is_cut_and_counted(leader, account):
    pair(account, "Bùi A", "Bùi B", "Bùi C", "Bùi D", "Bùi E")

    listed = rows(leader.get("/da-lam"))

    assert "và 2 người nữa" in listed[0]


def test_the_list_asks_the_same_number_of_questions_for_any_size(leader, account):
    pair(account, "Siu Blơi")
    leader.get("/da-lam")
    with counted_statements() as few:
        leader.get("/da-lam")
    for _ in range(6):
        pair(account, "Bùi A", "Bùi B")

    with counted_statements() as many:
        leader.get("/da-lam")

    assert len(many) == len(few)


def test_saving_what_is_there_already_leaves_no_line(leader, account):
    mentee = MenteeFactory()

    tag_person(
        WardScope.of([mentee.ward_id], account.id),
        SpellKey(PersonRole.MENTEE, mentee.id),
        TagChange((), ()),
    )

    assert db.session.scalars(select(Batch.kind)).one() == "person_tagged"
    assert rows(leader.get("/da-lam")) == []


@pytest.mark.parametrize(
    ("how_many", "words"),
    [(1, "Ghi người học tạm nghỉ Siu 1"), (2, "Siu 1 và những người cùng được chọn")],
)
def test_others_are_named_as_chosen_too_only_where_there_were_some(
    leader, account, how_many, words
):
    mentees = [
        MenteeFactory(person=PersonFactory(full_name=f"Siu {number}")).id
        for number in range(1, how_many + 1)
    ]
    terms = PauseTerms(started_on=DAY, ended_on=DAY + timedelta(days=9))
    scope = WardScope.of([any_ward().id], account.id)

    change_spells(scope, PersonRole.MENTEE, mentees, ManyPauses(terms))

    [row] = rows(leader.get("/da-lam"))
    assert words in row
    assert ("cùng được chọn" in row) is (how_many > 1)
