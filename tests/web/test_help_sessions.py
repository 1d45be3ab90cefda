"""The log form of the desk and the list of a day, as the staff sees them."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import clock
from models import HelpSession, Language, Obstacle, Procedure, TargetGroup, db
from models.enums import HelpMode, HelpResult, Role
from tests.factories.accounts import GrantFactory, account_with
from tests.factories.base import any_ward
from tests.factories.desk import DAY, close_third_quarter, procedure
from tests.factories.network import (
    HandoffFactory,
    HelpSessionFactory,
    HelpSessionGroupFactory,
    MenteeFactory,
    SupportPostFactory,
)
from tests.web.pages import main_text, normal, page, post_form
from tests.web.people_forms import edit_values
from tests.web.statements import count_statements

SignIn = Callable[..., FlaskClient]
OTHER_WARD = "23575"
LOG = "/ho-tro"

pytestmark = pytest.mark.usefixtures("at_nine")


@pytest.fixture
def at_nine():
    with time_machine.travel("2026-08-31 09:05+07:00", tick=False):
        yield


@pytest.fixture
def support(sign_in: SignIn) -> FlaskClient:
    return sign_in(account_with(Role.SUPPORT))


def usual(**typed: Any) -> dict[str, Any]:
    """Return the four taps of a usual session."""
    return {
        "procedure": str(procedure("certification").id),
        "mode": "together",
        "visit": "lan-dau",
        "outcome": "done",
        "service_date": "31/08/2026",
    } | typed


def stored() -> HelpSession:
    return db.session.scalars(select(HelpSession)).one()


def count_stored() -> int:
    return db.session.scalar(select(func.count(HelpSession.id))) or 0


def test_four_taps_log_a_session_and_offer_the_mentor_and_the_way_back(support):
    HelpSessionFactory.create_batch(2, service_date=DAY)

    answer = post_form(support, LOG, usual())

    assert (answer.status_code, answer.location) == (303, LOG)
    notice = page(support.get(LOG)).select_one(".notices")
    assert notice is not None
    assert "Đã lưu lượt thứ 3 hôm nay." in notice.get_text()
    newest = db.session.scalar(select(func.max(HelpSession.id)))
    link = notice.find("a")
    assert (link["href"], normal(link.get_text())) == (
        f"/ho-tro/{newest}/chuyen-mentor",
        "Muốn học thêm? Chuyển cho mentor",
    )
    buttons = [normal(button.get_text()) for button in notice.find_all("button")]
    assert buttons == ["Không muốn học", "Hoàn tác"]


def test_nothing_that_measures_is_chosen_beforehand(support):
    soup = page(support.get(LOG))

    chosen = [(box["name"], box["value"]) for box in soup.select("main form.form input[checked]")]

    assert chosen == [("outcome", "done"), ("language", "")]


def test_every_answer_is_kept(support):
    ids = {
        "obstacle": db.session.scalar(select(Obstacle.id).where(Obstacle.code == "sim")),
        "language": db.session.scalar(select(Language.id).where(Language.code == "jrai")),
    }
    groups = db.session.scalars(
        select(TargetGroup.id).where(TargetGroup.code.in_(["elderly", "farmer"]))
    ).all()

    answer = post_form(
        support,
        LOG,
        usual(
            procedure="khac",
            other_procedure=str(procedure("passport").id),
            mode="self",
            visit="da-den",
            outcome="unfinished",
            minutes="15",
            groups=[str(group) for group in groups],
            note="Hẹn chiều mai",
            service_date="30/08/2026",
            **{name: str(value) for name, value in ids.items()},
        ),
    )

    assert answer.status_code == 303
    session = stored()
    assert session.procedure.code == "passport"
    assert (session.mode, session.result) == (HelpMode.SELF, HelpResult.UNFINISHED)
    assert (session.is_first_this_year, session.minutes) == (False, 15)
    assert (session.obstacle_id, session.language_id) == (ids["obstacle"], ids["language"])
    assert [group.target_group_id for group in session.groups] == groups
    assert (session.note, session.service_date.day) == ("Hẹn chiều mai", 30)


def test_a_day_of_a_closed_report_is_said_to_count_in_the_next(support):
    close_third_quarter()

    answer = support.post(LOG, data=post_keys(support) | usual(), follow_redirects=True)

    assert "được tính vào kỳ 2026-Q4" in main_text(answer)


def post_keys(client: FlaskClient) -> dict[str, str]:
    soup = page(client.get(LOG))
    return {
        name: soup.select_one(f"main input[name={name}]")["value"]
        for name in ("csrf_token", "form_key")
    }


def test_a_double_press_makes_one_session(support):
    sent = post_keys(support) | usual()

    first, second = support.post(LOG, data=sent), support.post(LOG, data=sent)

    assert (first.status_code, second.status_code, count_stored()) == (303, 303, 1)


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"procedure": ""}, "Chọn thủ tục"),
        ({"procedure": "999999"}, "không có trong danh sách"),
        ({"procedure": "khac", "other_procedure": ""}, "Chọn một thủ tục trong danh sách."),
        ({"mode": "nobody"}, "không có trong danh sách"),
        ({"visit": ""}, "Chọn lần đầu hay đã đến"),
        ({"service_date": "01/09/2026"}, "Ngày này chưa tới"),
        ({"service_date": "31/02/2026"}, "Ngày chưa đúng"),
        ({"service_date": "01/01/0001"}, "Ngày chưa đúng"),
        ({"service_date": "31/12/2019"}, "Ngày này quá sớm"),
        ({"service_date": ""}, "Nhập ngày hỗ trợ"),
        ({"minutes": "0"}, "Nhập số phút từ 1 đến 600"),
        ({"minutes": "9" * 40}, "Nhập số phút từ 1 đến 600"),
        ({"minutes": "mười <b>"}, "Nhập một số nguyên"),
        ({"obstacle": "' OR 1=1"}, "không có trong danh sách"),
        ({"groups": ["1", "abc"]}, "không có trong danh sách"),
        ({"note": "x" * 1001}, "Dài quá 1000 ký tự"),
        ({"note": "CCCD 064123456789"}, "Hệ thống không lưu số giấy tờ"),
        ({"note": "<script>alert(1)</script> 123456789 🙂"}, "Hệ thống không lưu số giấy tờ"),
        ({"note": "OTP 123456"}, "Có vẻ ghi mật khẩu hoặc mã OTP"),
        ({"note": "mk: abc123"}, "Có vẻ ghi mật khẩu hoặc mã OTP"),
    ],
)
def test_bad_input_comes_back_with_its_reason_and_what_was_typed(support, typed, complaint):
    answer = post_form(support, LOG, usual(**typed))

    assert answer.status_code == 422
    soup = page(answer)
    assert complaint in soup.select_one(".error-summary").get_text()
    assert complaint in " ".join(error.get_text() for error in soup.select(".field-error"))
    for name in ("note", "minutes", "service_date"):
        if name in typed:
            field = soup.select_one(f"#{name}")
            assert (field.get("value") or field.get_text()).strip() == typed[name]
            assert soup.select_one("details.more-fields").has_attr("open")
    assert count_stored() == 0


def test_a_retired_procedure_is_neither_offered_nor_taken(support):
    retired = procedure("certification")
    retired.is_active = False
    db.session.commit()
    retired_id = str(retired.id)

    answer = post_form(support, LOG, usual(procedure=retired_id))

    assert answer.status_code == 422
    assert page(answer).select(f"main [value='{retired_id}'][name=procedure]") == []


def test_a_procedure_that_became_less_usual_meanwhile_is_still_taken(support):
    seldom = procedure("other")

    answer = post_form(support, LOG, usual(procedure=str(seldom.id)))

    assert (answer.status_code, stored().procedure.code) == (303, "other")


def test_who_serves_two_wards_chooses_and_finds_the_last_one_chosen(sign_in):
    account = account_with(Role.SUPPORT)
    other = any_ward(OTHER_WARD)
    GrantFactory(account=account, role=Role.SUPPORT, ward=other)
    other_id = str(other.id)
    client = sign_in(account)

    unnamed = post_form(client, LOG, usual())
    named = post_form(client, LOG, usual(ward=other_id))

    assert (unnamed.status_code, named.status_code) == (422, 303)
    assert stored().ward.code == OTHER_WARD
    chosen = page(client.get(LOG)).select_one("input[name=ward][checked]")
    assert chosen["value"] == other_id
    foreign = str(any_ward("23941").id)
    assert post_form(client, LOG, usual(ward=foreign)).status_code == 422


def test_below_the_form_stand_the_desk_s_findings_and_the_latest_entries(support):
    SupportPostFactory()
    HelpSessionFactory.create_batch(7, service_date=DAY)

    text = main_text(support.get(LOG))

    assert "Hôm nay: 7 lượt, 0 người lần đầu" in text
    assert "Xem cả 7 lượt hôm nay" in text
    assert "Việc cần làm ở quầy" in text


def test_the_form_s_page_shows_the_first_findings_alone_and_leads_to_all(support):
    long_ago = DAY - timedelta(days=30)
    for _ in range(6):
        mentee = MenteeFactory(started_on=long_ago)
        HandoffFactory(mentee=mentee, handed_on=long_ago)

    section = page(support.get(LOG)).select_one(".work-list").parent

    assert len(section.select(".finding")) == 5
    # No support person either: the desk has seven things to do.
    assert section.select_one("a[href='/viec-can-lam']").get_text() == "Xem cả 7 việc"


def test_a_day_shows_its_turns_and_people_apart(support):
    HelpSessionFactory(service_date=DAY, is_first_this_year=True)
    HelpSessionFactory.create_batch(2, service_date=DAY)
    HelpSessionFactory(service_date=DAY, ward=any_ward(OTHER_WARD))

    soup = page(support.get("/ho-tro/hom-nay?ngay=31/08/2026"))

    figures = [normal(stat.get_text(" ")) for stat in soup.select(".stat")]
    assert figures == ["Lượt hỗ trợ 3 lượt", "Người đến lần đầu trong năm 1 người"]
    assert len(soup.select("tbody tr")) == 3


def full_session(account_id: int, **values: Any) -> HelpSession:
    """Return a session with every answer, entered by an account."""
    jrai = db.session.scalars(select(Language).where(Language.code == "jrai")).one()
    sim = db.session.scalars(select(Obstacle).where(Obstacle.code == "sim")).one()
    usual = {
        "entered_by_id": account_id,
        "procedure": procedure("passport"),
        "mode": HelpMode.ON_BEHALF,
        "result": HelpResult.REFERRED,
        "language": jrai,
        "obstacle": sim,
        "minutes": 12,
        "note": "Hẹn chiều mai",
        "is_first_this_year": True,
    }
    session = HelpSessionFactory(**(usual | values))
    elderly = db.session.scalars(select(TargetGroup.id).where(TargetGroup.code == "elderly")).one()
    HelpSessionGroupFactory(help_session_id=session.id, target_group_id=elderly)
    return session


def filled_in(soup: Any) -> dict[str, str]:
    """Return the answers that a form shows."""
    form = soup.select_one("main form.form")
    answers = {box["name"]: box["value"] for box in form.select("input[checked]")}
    answers |= {
        option.find_parent("select")["name"]: option["value"]
        for option in form.select("select option[selected]")
    }
    texts = form.select("input[type=text]")
    return answers | {box["name"]: box.get("value", "") for box in texts}


def test_like_last_time_fills_in_all_but_the_note_the_visitor_and_the_day(sign_in):
    account = account_with(Role.SUPPORT)
    support = sign_in(account)
    last = full_session(account.id)
    expected = {
        "procedure": str(last.procedure_id),
        "other_procedure": "",
        "mode": "on_behalf",
        "outcome": "referred",
        "language": str(last.language_id),
        "obstacle": str(last.obstacle_id),
        "minutes": "12",
        "groups": str(last.groups[0].target_group_id),
        "service_date": "31/08/2026",
    }
    last_id = last.id
    link = page(support.get(LOG)).select_one("main a.repeat-link")

    for url in (link["href"], f"{LOG}?giong={last_id}"):
        soup = page(support.get(url))

        assert filled_in(soup) == expected
        assert soup.select_one("#note").get_text().strip() == ""
        assert soup.select("main a.repeat-link") == []


def test_like_last_time_is_what_this_account_entered_in_its_wards(sign_in):
    account, colleague = account_with(Role.SUPPORT), account_with(Role.SUPPORT)
    support = sign_in(account)
    of_colleague = full_session(colleague.id).id
    elsewhere = full_session(account.id, ward=any_ward(OTHER_WARD)).id
    nothing = dict.fromkeys(("other_procedure", "obstacle", "language", "minutes"), "")
    plain = {"outcome": "done", "service_date": "31/08/2026"} | nothing

    shown = page(support.get(LOG))
    addresses = ("truoc", of_colleague, elsewhere, 999999, "", "abc", "-1", "9" * 50, "truoc'")
    repeated = [filled_in(page(support.get(f"{LOG}?giong={value}"))) for value in addresses]

    assert shown.select("main a.repeat-link") == []
    assert repeated == [plain] * len(addresses)


def test_like_last_time_leaves_out_a_procedure_that_is_no_longer_offered(sign_in):
    account = account_with(Role.SUPPORT)
    support = sign_in(account)
    full_session(account.id).procedure.is_active = False
    db.session.commit()

    answers = filled_in(page(support.get(f"{LOG}?giong=truoc")))

    assert "procedure" not in answers
    assert answers["mode"] == "on_behalf"


def test_below_the_form_stands_what_this_account_entered_today_and_nothing_else(sign_in):
    account = account_with(Role.SUPPORT)
    support = sign_in(account)
    now, yesterday = clock.now(), clock.now() - timedelta(hours=10)
    own = {"entered_by_id": account.id}
    HelpSessionFactory(**own, entered_at=now, service_date=DAY, service_time=time(8, 40))
    HelpSessionFactory(**own, entered_at=now, service_date=date(2026, 8, 30))
    HelpSessionFactory(**own, entered_at=yesterday, service_date=date(2026, 8, 30))
    HelpSessionFactory(entered_at=now, service_date=DAY)

    soup = page(support.get(LOG))

    moments = [cell.get_text().strip() for cell in soup.select("td[data-label='Ngày, giờ']")]
    assert moments == ["30/08/2026", "08:40"]
    actions = [normal(link.get_text()) for link in soup.select("tbody tr:last-child .menu-panel a")]
    assert actions == ["Chuyển cho mentor", "Ghi lượt giống vậy", "Sửa"]


def test_the_sixth_entry_of_today_and_those_before_it_are_folded_away(sign_in):
    account = account_with(Role.SUPPORT)
    support = sign_in(account)
    values = {"entered_by_id": account.id, "entered_at": clock.now(), "service_date": DAY}
    HelpSessionFactory.create_batch(7, **values)

    soup = page(support.get(LOG))

    assert len(soup.select("main .fold tbody tr")) == 2
    assert len(soup.select("main tbody tr")) == 7
    assert "Xem thêm 2 lượt bạn đã ghi" in main_text(support.get(LOG))


@pytest.mark.parametrize("day", ["", "abc", "31/02/2026", "01/01/0001", "9" * 50, "31/12/9999"])
def test_any_day_in_the_address_shows_a_page(support, day):
    assert support.get(f"/ho-tro/hom-nay?ngay={day}").status_code == 200


def test_a_session_is_corrected(support):
    HelpSessionFactory(service_date=DAY, note="cũ")
    url = f"/ho-tro/{stored().id}/sua"

    answer = support.post(url, data=edit_values(support, url) | usual(note="mới", minutes="9"))

    assert (answer.status_code, answer.location) == (303, "/ho-tro/hom-nay")
    assert (stored().note, stored().minutes) == ("mới", 9)


def test_the_second_to_correct_sees_both_versions_and_may_save_then(support):
    HelpSessionFactory(service_date=DAY, note="cũ")
    url = f"/ho-tro/{stored().id}/sua"
    sent = edit_values(support, url) | usual(note="của tôi")
    support.post(url, data=sent | {"note": "của người khác"})

    refused = support.post(url, data=sent)

    assert refused.status_code == 422
    rows = [normal(row.get_text(" ")) for row in page(refused).select("tbody tr")]
    assert rows == ["Ghi chú của tôi của người khác"]
    version = page(refused).select_one("input[name=version]")["value"]
    assert support.post(url, data=sent | {"version": version}).status_code == 303
    assert stored().note == "của tôi"


def test_a_deleted_session_can_be_taken_back_from_the_notice(support):
    HelpSessionFactory(service_date=DAY)
    session_id = stored().id

    post_form(support, f"/ho-tro/{session_id}/xoa", {}, page_url="/ho-tro/hom-nay")
    gone = count_stored()
    notice = page(support.get("/ho-tro/hom-nay")).select_one(".notices form")
    support.post(notice["action"], data={"csrf_token": notice.find("input")["value"]})

    assert (gone, count_stored()) == (0, 1)


def test_a_session_that_stays_says_why(support):
    HelpSessionFactory(service_date=DAY)
    HandoffFactory(help_session=stored())
    session_id = stored().id

    post_form(support, f"/ho-tro/{session_id}/xoa", {}, page_url=LOG)

    notice = page(support.get("/ho-tro/hom-nay")).select_one(".notices")
    assert "đã có người được chuyển cho mentor" in notice.get_text()
    assert count_stored() == 1


@pytest.mark.parametrize("path", ["sua", "xoa", "chuyen-mentor"])
def test_another_ward_s_session_does_not_exist(support, path):
    foreign = HelpSessionFactory(ward=any_ward(OTHER_WARD), service_date=DAY).id

    for session_id in (foreign, 999999, 2**31 - 1):
        url = f"/ho-tro/{session_id}/{path}"
        assert post_form(support, url, usual(), page_url=LOG).status_code == 404


def test_the_leader_reads_the_day_and_changes_nothing(sign_in):
    leader = sign_in(account_with(Role.WARD_LEADER))
    HelpSessionFactory(service_date=DAY)
    session_id = stored().id

    listed = leader.get("/ho-tro/hom-nay")

    assert page(listed).select("main .menu, main .button-primary") == []
    assert leader.get(LOG).status_code == 403
    assert leader.get(f"/ho-tro/{session_id}/sua").status_code == 403


def test_pages_ask_the_database_as_often_for_many_sessions_as_for_one(support):
    HelpSessionFactory(service_date=DAY)
    urls = (LOG, "/ho-tro/hom-nay", "/thong-ke")
    few = [count_statements(support, url) for url in urls]
    HelpSessionFactory.create_batch(12, service_date=DAY)

    many = [count_statements(support, url) for url in urls]

    assert many == few


def test_only_the_page_itself_is_marked_in_the_navigation(support):
    for url, label in ((LOG, "Ghi hỗ trợ"), ("/ho-tro/hom-nay", "Hôm nay")):
        marked = page(support.get(url)).select(".site-navigation [aria-current]")
        assert [normal(entry.get_text()) for entry in marked] == [label]


def test_the_picker_offers_every_procedure_that_is_in_use(support):
    offered = page(support.get(LOG)).select("#other_procedure option")

    in_use = db.session.scalars(select(Procedure.label).where(Procedure.is_active)).all()
    assert sorted(option.get_text() for option in offered[1:]) == sorted(in_use)
