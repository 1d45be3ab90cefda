"""The history of a person and of a pairing: what was done, by whom, when, in plain sentences."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.accounts import get_account
from app.queries.people import get_edition
from app.queries.spells import SpellKey
from app.queries.timeline_rows import get_pair
from app.services.edit_person import edit_person
from app.services.end_mentorship import Ending, end_mentorship
from app.services.log_contact import Meeting, log_contact
from app.services.pair_mentees import pair_mentees
from app.services.person_writing import ConsentDetails, PersonDetails
from app.services.register_person import Registration, register_person
from app.services.rename_account import rename_account
from app.services.undo_batch import undo_batch
from app.timeline.lines import History, Line
from models import Account, Batch, Contact, HelpSession, Mentee, Mentor, Mentorship, PersonMerge, db
from models.enums import ConsentMethod, PersonRole, Role
from tests.factories.accounts import account_with
from tests.factories.activities import ActivityFactory, ActivityHostFactory, ActivityPersonFactory
from tests.factories.base import any_ward
from tests.factories.network import (
    AttendanceFactory,
    ContactFactory,
    HandoffFactory,
    HelpSessionFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PauseFactory,
    PersonFactory,
    SupportPostFactory,
    end_reason,
)
from tests.factories.rosters import bring_in, rows_file

pytestmark = pytest.mark.usefixtures("flask_app")

OWN, OTHER = "21553", "21583"
DAY = date(2026, 3, 10)
EVERYWHERE = WardScope.everywhere()


@pytest.fixture(autouse=True)
def clock_of_march():
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def leader() -> Account:
    account = account_with(Role.WARD_LEADER, OWN)
    account.display_name = "Rơ Châm Lan"
    db.session.commit()
    return account


def scope_of(account: Account) -> WardScope:
    return WardScope.of([any_ward(OWN).id], account.id)


def lines_of(person_id: int, scope: WardScope = EVERYWHERE, *, shows_phones=False) -> list[Line]:
    db.session.commit()
    history = History.of_person(scope, person_id)
    return history.lines(offset=0, limit=100, shows_phones=shows_phones)


def sentences(lines: list[Line]) -> list[str]:
    return [sentence for line in lines for sentence in line.sentences]


def register(scope: WardScope, name: str, phone: str | None = None) -> tuple[int, int]:
    """Register a mentee of the own ward; return the spell and the person."""
    details = PersonDetails(full_name=name, birth_year=1990, phone=phone)
    receipt = register_person(
        scope,
        Registration(
            role=PersonRole.MENTEE,
            ward_id=any_ward(OWN).id,
            person=details,
            consent=ConsentDetails(method=ConsentMethod.PAPER, given_on=DAY),
            started_on=DAY,
        ),
    )
    return receipt.object_id, db.session.get_one(Mentee, receipt.object_id).person_id


def test_a_registration_is_one_line_with_who_when_and_all_that_it_recorded(leader):
    _, person_id = register(scope_of(leader), "Siu Blơi")

    [line] = lines_of(person_id)

    assert line == Line(
        instant=datetime.fromisoformat("2026-03-10T02:00:00Z"),
        author="Rơ Châm Lan",
        action="Đăng ký người học",
        sentences=(
            "Lập hồ sơ Siu Blơi.",
            f"Là người học của {any_ward(OWN).name} từ 10/03/2026.",
            "Đồng ý cho ghi thông tin ngày 10/03/2026: phiếu giấy có chữ ký.",
        ),
    )


@pytest.mark.parametrize(
    ("shows_phones", "told"),
    [
        (True, "Điện thoại: 0912 345 678 → 0987 654 321."),
        (False, "Điện thoại: 0912 ••• 678 → 0987 ••• 321."),
    ],
)
def test_an_edit_tells_old_and_new_in_words_and_whoever_may_not_edit_sees_masked_phones(
    leader, clock_of_march, shows_phones, told
):
    spell_id, person_id = register(scope_of(leader), "Siu Blơi", "+84912345678")
    clock_of_march.shift(timedelta(hours=1))
    edit_person(
        scope_of(leader),
        SpellKey(PersonRole.MENTEE, spell_id),
        PersonDetails(full_name="Siu Blới", birth_year=1991, phone="+84987654321"),
        seen_edition=get_edition(EVERYWHERE, person_id),
    )

    edited, registered = lines_of(person_id, shows_phones=shows_phones)

    assert edited.action == "Sửa thông tin"
    assert edited.sentences == (
        "Họ tên: Siu Blơi → Siu Blới.",
        "Năm sinh: 1990 → 1991.",
        told,
    )
    assert registered.sentences[0] == "Lập hồ sơ Siu Blơi."


def test_the_old_log_keeps_the_old_name_of_a_renamed_account(leader, clock_of_march):
    spell_id, person_id = register(scope_of(leader), "Siu Blơi")
    clock_of_march.shift(timedelta(hours=1))
    seen = get_account(EVERYWHERE, leader.id).edition
    rename_account(EVERYWHERE, leader.id, "Ksor Thoan", seen_edition=seen)
    clock_of_march.shift(timedelta(hours=1))
    pair_mentees(scope_of(leader), MentorFactory().id, [spell_id], on=DAY)

    assert [line.author for line in lines_of(person_id)] == ["Ksor Thoan", "Rơ Châm Lan"]


def test_a_pairing_its_end_and_what_was_taken_back_are_told_on_both_sides(leader, clock_of_march):
    mentor = MentorFactory(person__full_name="Lê Văn Tám")
    mentee = MenteeFactory(person__full_name="Siu Blơi")
    ward = any_ward(OWN).name
    mentor_id, mentee_id = mentor.id, mentee.id
    pair_mentees(scope_of(leader), mentor_id, [mentee_id], on=DAY)
    pairing = db.session.query(Mentorship).one().id
    clock_of_march.shift(timedelta(days=2))
    ended = end_mentorship(
        scope_of(leader), pairing, Ending(on=date(2026, 3, 12), reason_id=end_reason("moved").id)
    )
    clock_of_march.shift(timedelta(minutes=5))
    undo_batch(scope_of(leader), ended.batch_id)

    of_mentor = lines_of(db.session.get_one(Mentor, mentor_id).person_id)
    of_mentee = lines_of(db.session.get_one(Mentee, mentee_id).person_id)
    history = History.of_pair(EVERYWHERE, get_pair(EVERYWHERE, pairing))
    of_pair = history.lines(offset=0, limit=10)

    reason = end_reason("moved").label
    assert [line.action for line in of_pair] == [
        "Hoàn tác: Kết thúc cặp", "Kết thúc cặp", "Ghép cặp",
    ]  # fmt: skip
    assert sentences(of_pair) == [
        "Mở lại cặp mentor Lê Văn Tám – Siu Blơi (bỏ ngày thôi 12/03/2026).",
        f"Kết thúc cặp mentor Lê Văn Tám – Siu Blơi từ 12/03/2026 ({reason}).",
        "Ghép mentor Lê Văn Tám với Siu Blơi từ 10/03/2026.",
    ]
    assert sentences(of_mentor)[1:3] == [
        f"Thôi kèm Siu Blơi ({ward}) từ 12/03/2026 ({reason}).",
        f"Kèm Siu Blơi ({ward}) từ 10/03/2026.",
    ]
    assert f"Học với mentor Lê Văn Tám ({ward}) từ 10/03/2026." in sentences(of_mentee)


def test_an_import_and_its_undo_are_told_as_such(clock_of_march):
    bring_in(rows_file(["Siu Blơi", "mentor", 1990]))
    person_id = db.session.query(Mentor).one().person_id
    clock_of_march.shift(timedelta(minutes=5))
    undo_batch(EVERYWHERE, db.session.query(Batch).one().id)

    undone, made = lines_of(person_id)

    assert (undone.action, made.action) == ("Hoàn tác: Nhập danh sách", "Nhập danh sách")
    assert "Bỏ hồ sơ Siu Blơi." in undone.sentences
    assert "Lập hồ sơ Siu Blơi." in made.sentences


def test_what_somebody_did_at_the_desk_is_summed_by_month_with_who_was_handed_on(leader):
    post = SupportPostFactory(ward=any_ward(OWN), started_on=date(2026, 1, 5))
    person_id = post.person_id
    for day in (2, 3, 4):
        HelpSessionFactory(
            ward=any_ward(OWN), support_post_id=post.id, service_date=date(2026, 3, day)
        )
    helped = db.session.query(HelpSession).order_by(HelpSession.id).all()
    HandoffFactory(help_session=helped[0], mentee=MenteeFactory(ward=any_ward(OWN)))
    HelpSessionFactory(ward=any_ward(OWN), service_date=date(2026, 3, 2))
    helped[2].deleted_at = helped[2].entered_at
    db.session.commit()

    told = [sentence for line in lines_of(person_id) for sentence in line.sentences]

    assert "Tháng 03/2026: giúp 2 lượt ở quầy, chuyển 1 người cho mentor." in told


def test_activities_are_summed_by_month_for_who_held_them_and_who_came():
    mentor = MentorFactory(ward=any_ward(OWN))
    guest = MenteeFactory(ward=any_ward(OWN))
    for day in (date(2026, 2, 3), date(2026, 2, 10), date(2026, 3, 3)):
        held = ActivityFactory(ward=any_ward(OWN), service_date=day, is_held=True)
        ActivityHostFactory(activity=held, mentor=mentor)
        ActivityPersonFactory(activity=held, person=guest.person)
    planned = ActivityFactory(ward=any_ward(OWN), service_date=date(2026, 3, 10), is_held=False)
    ActivityHostFactory(activity=planned, mentor=mentor)
    elsewhere = ActivityFactory(ward=any_ward(OTHER), service_date=date(2026, 3, 4), is_held=True)
    ActivityHostFactory(activity=elsewhere, mentor=mentor)
    own_ward = WardScope.of([any_ward(OWN).id])

    of_host = sentences(lines_of(mentor.person_id, own_ward))
    of_guest = sentences(lines_of(guest.person_id, own_ward))

    assert {"Tháng 02/2026: chủ trì 2 hoạt động.", "Tháng 03/2026: chủ trì 1 hoạt động."} <= {
        *of_host
    }
    assert "Tháng 02/2026: tham gia 2 hoạt động." in of_guest
    assert "Tháng 03/2026: chủ trì 2 hoạt động." in sentences(lines_of(mentor.person_id))


def test_meetings_are_summed_by_month_without_those_that_were_taken_back(leader):
    pairing = MentorshipFactory()
    other = MentorshipFactory(mentor=pairing.mentor)
    for day in (date(2026, 2, 3), date(2026, 2, 17), date(2026, 3, 1)):
        contact = ContactFactory(mentor=pairing.mentor, service_date=day)
        for attending in (pairing, other):
            AttendanceFactory(contact=contact, mentorship=attending)
    taken_back = log_contact(
        scope_of(leader), pairing.mentor_id, Meeting(DAY, frozenset({pairing.id}))
    )
    undo_batch(scope_of(leader), taken_back.batch_id)

    of_mentor = sentences(lines_of(pairing.mentor.person_id))
    of_mentee = sentences(lines_of(pairing.mentee.person_id))

    assert "Tháng 02/2026: dạy 2 buổi hướng dẫn, 4 lượt người dự." in of_mentor
    assert "Tháng 03/2026: dạy 1 buổi hướng dẫn, 2 lượt người dự." in of_mentor
    assert "Tháng 02/2026: 2 buổi hướng dẫn." in of_mentee
    assert db.session.query(Contact).count() == 3


def test_pauses_and_merges_are_told(leader):
    mentor = MentorFactory(person__full_name="Lê Văn Tám")
    PauseFactory(mentor=mentor, substitute_person_id=PersonFactory(full_name="Ksor Hà").id)
    twin = PersonFactory(full_name="Lê Tám", merged_into_id=mentor.person_id)
    db.session.add(
        PersonMerge(
            kept_id=mentor.person_id,
            archived_id=twin.id,
            merged_on=DAY,
            entered_at=datetime.fromisoformat("2026-03-10T02:00:00Z"),
        )
    )

    told = sentences(lines_of(mentor.person_id))

    assert told[0] == "Gộp hồ sơ Lê Tám vào hồ sơ này."
    assert (
        f"Tạm nghỉ vai trò mentor ở {any_ward(OWN).name} từ 01/02/2026, trở lại 01/03/2026; "
        "Ksor Hà thay." in told
    )
    assert "Lập hồ sơ Lê Tám." in told


def test_a_ward_reads_of_roles_and_pairings_elsewhere_only_what_it_may_know(leader):
    mentor = MentorFactory(person__full_name="Lê Văn Tám")
    abroad = MenteeFactory(ward=any_ward(OTHER), person__full_name="Siu Blơi")
    MentorshipFactory(mentor=mentor, mentee=abroad)
    PauseFactory(mentee=abroad)
    SupportPostFactory(person=mentor.person, ward=any_ward(OTHER))

    own = sentences(lines_of(mentor.person_id, scope_of(leader)))
    pairing = db.session.query(Mentorship).one()
    pair = get_pair(scope_of(leader), pairing.id)
    of_pair = History.of_pair(scope_of(leader), pair).lines(offset=0, limit=10)

    assert own == [
        "Lập hồ sơ Lê Văn Tám.",
        f"Là mentor của {any_ward(OWN).name} từ 05/01/2026.",
        f"Kèm Siu Blơi ({any_ward(OTHER).name}) từ 05/01/2026.",
    ]
    assert sentences(of_pair) == ["Ghép mentor Lê Văn Tám với Siu Blơi từ 05/01/2026."]
    with pytest.raises(OutOfScopeError):
        get_pair(WardScope.of([any_ward("21589").id]), pairing.id)
