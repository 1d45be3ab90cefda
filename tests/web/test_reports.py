"""The page of the quarterly report: texts from the figures, changed before the export."""

from io import BytesIO

import pytest
import time_machine
from docx import Document

from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import MentorFactory, PlanTargetFactory
from tests.web.pages import form_keys, main_text, page, post_form

PAGE = "/ky-bao-cao/2026-Q3/bao-cao"
DRAFT = "/ky-bao-cao/2026-Q3/ban-soan"


@pytest.fixture(autouse=True)
def on_the_day(flask_app):
    with time_machine.travel("2026-09-15 08:00+07:00", tick=False):
        yield


def paragraphs(response):
    return [line.text for line in Document(BytesIO(response.data)).paragraphs]


def test_the_province_changes_the_written_texts_and_gets_them_as_a_document(sign_in):
    province = sign_in(account_with(Role.PROVINCE))

    soup = page(province.get(PAGE))
    answer = post_form(
        province, PAGE, {"network": "Mạng lưới do Tỉnh Đoàn viết lại.", "layout": "doan"}
    )

    assert soup.h1.get_text() == "Báo cáo Quý 3/2026"
    assert "toàn tỉnh chưa có mentor" in soup.find(id="network").get_text()
    assert "Mạng lưới do Tỉnh Đoàn viết lại." in paragraphs(answer)


def test_the_page_shows_the_targets_that_the_report_tells(sign_in):
    PlanTargetFactory(ward_id=any_ward().id)
    PlanTargetFactory(ward_id=any_ward("23575").id, value=99)
    leader = sign_in(account_with(Role.WARD_LEADER))

    [row] = page(leader.get(f"{PAGE}/21553")).select("#targets tbody tr")

    cells = [cell.get_text(strip=True) for cell in row.select("th, td")]
    assert cells == ["Mentor đang hoạt động", "31/12/2026", "8", "–", "–", "Chưa có dữ liệu."]


def test_a_leader_gets_the_report_of_the_own_ward_alone(sign_in):
    leader = sign_in(account_with(Role.WARD_LEADER))

    own = post_form(leader, f"{PAGE}/21553", {"difficulties": "Thiếu máy."})

    assert "Khó khăn, vướng mắc: Thiếu máy." in paragraphs(own)
    assert leader.get(f"{PAGE}/23575").status_code == 404
    assert leader.get(PAGE).status_code in {403, 404}


def test_head_and_foot_are_what_the_administrator_has_set(sign_in):
    administrator = sign_in(account_with(Role.ADMIN))
    typed = " KT. BÍ THƯ \r\n\r\nPHÓ BÍ THƯ "

    saved = post_form(
        administrator,
        "/quan-tri/cai-dat/report_signer",
        {"value": typed, "effective_on": "15/09/2026"},
    )
    province = sign_in(account_with(Role.PROVINCE))
    answer = post_form(province, PAGE, {"layout": "nd30"})

    assert saved.status_code == 303
    signature = Document(BytesIO(answer.data)).tables[-2].cell(0, 1).text
    assert signature.splitlines()[:2] == ["KT. BÍ THƯ", "PHÓ BÍ THƯ"]
    empty = post_form(
        administrator,
        "/quan-tri/cai-dat/report_signer",
        {"value": "  ", "effective_on": "15/09/2026"},
    )
    assert empty.status_code == 422


def test_a_text_that_is_too_long_is_refused_and_kept(sign_in):
    province = sign_in(account_with(Role.PROVINCE))

    answer = post_form(province, PAGE, {"difficulties": "x" * 4001, "layout": "doan"})

    assert answer.status_code == 422
    field = page(answer).find(id="difficulties")
    assert field["aria-invalid"] == "true"
    assert field.get_text(strip=True) == "x" * 4001


def keep(client, address, values, *, seen=None):
    """Save texts as the page has them; `seen` are the keys of a page opened before."""
    keys = seen or form_keys(client, address)
    values = {**keys, "layout": "doan", **values}
    return client.post(address.replace(PAGE, DRAFT), data=values)


def shown(client, name, address=PAGE):
    return page(client.get(address)).find(id=name).get_text().strip()


def test_texts_are_kept_for_tomorrow_and_for_a_colleague(sign_in):
    writer = sign_in(account_with(Role.PROVINCE))

    answer = keep(writer, PAGE, {"network": "Do Tỉnh Đoàn viết.", "difficulties": "Thiếu máy."})

    assert (answer.status_code, answer.location) == (303, PAGE)
    colleague = sign_in(account_with(Role.PROVINCE))
    assert shown(colleague, "network") == "Do Tỉnh Đoàn viết."
    assert shown(colleague, "difficulties") == "Thiếu máy."
    assert "Bản soạn lưu lúc" in main_text(colleague.get(PAGE))


def test_a_paragraph_left_as_written_goes_on_with_the_figures(sign_in):
    province = sign_in(account_with(Role.PROVINCE))
    written = shown(province, "network").replace("\n", "\r\n")
    keep(province, PAGE, {"network": written, "difficulties": "Thiếu máy."})

    MentorFactory()

    assert "toàn tỉnh có 1 mentor" in shown(province, "network")
    assert "Số liệu đã thay đổi" not in main_text(province.get(PAGE))


def test_a_changed_paragraph_says_when_its_figures_are_others_by_now(sign_in):
    province = sign_in(account_with(Role.PROVINCE))
    keep(province, PAGE, {"network": "Chưa có ai."})
    assert "Số liệu đã thay đổi" not in main_text(province.get(PAGE))

    MentorFactory()
    # Saving what stands beside it makes the old paragraph no newer.
    keep(province, PAGE, {"network": "Chưa có ai.", "difficulties": "Thiếu máy."})

    text = main_text(province.get(PAGE))
    assert shown(province, "network") == "Chưa có ai."
    assert "Số liệu đã thay đổi từ lúc soạn đoạn này." in text
    assert "toàn tỉnh có 1 mentor" in text


def test_two_who_write_at_once_see_both_texts(sign_in):
    first, second = (sign_in(account_with(Role.PROVINCE)) for _ in range(2))
    seen = form_keys(second, PAGE)
    keep(first, PAGE, {"difficulties": "Thiếu máy."})

    answer = keep(second, PAGE, {"difficulties": "Thiếu người."}, seen=seen)

    assert answer.status_code == 422
    assert "Thiếu máy." in main_text(answer)
    assert page(answer).find(id="difficulties").get_text().strip() == "Thiếu người."
    assert shown(first, "difficulties") == "Thiếu máy."
    again = keep(second, PAGE, {"difficulties": "Thiếu người."}, seen=form_keys_of(answer))
    assert again.status_code == 303


def form_keys_of(answer):
    fields = page(answer).select("main form[method=post] input[type=hidden]")
    return {field["name"]: field["value"] for field in fields}


def test_what_was_kept_can_be_taken_back(sign_in):
    province = sign_in(account_with(Role.PROVINCE))
    keep(province, PAGE, {"difficulties": "Thiếu máy."})

    undo = page(province.get(PAGE)).select_one("form[action^='/hoan-tac/']")
    province.post(undo["action"], data=form_keys_of_form(undo))

    assert shown(province, "difficulties") == ""


def form_keys_of_form(form):
    return {field["name"]: field["value"] for field in form.select("input[type=hidden]")}


def test_texts_that_took_the_place_of_those_taken_back_are_not_overwritten_unseen(sign_in):
    first, second = (sign_in(account_with(Role.PROVINCE)) for _ in range(2))
    keep(first, PAGE, {"difficulties": "Thiếu máy."})
    seen = form_keys(second, PAGE)
    undo = page(first.get(PAGE)).select_one("form[action^='/hoan-tac/']")
    first.post(undo["action"], data=form_keys_of_form(undo))
    keep(first, PAGE, {"difficulties": "Thiếu mạng."})

    answer = keep(second, PAGE, {"difficulties": "Thiếu người."}, seen=seen)

    assert answer.status_code == 422
    assert shown(first, "difficulties") == "Thiếu mạng."


def test_a_leader_keeps_the_texts_of_the_own_ward(sign_in):
    leader = sign_in(account_with(Role.WARD_LEADER))

    answer = keep(leader, f"{PAGE}/21553", {"difficulties": "Thiếu máy."})

    assert answer.status_code == 303
    assert shown(leader, "difficulties", f"{PAGE}/21553") == "Thiếu máy."
    province = sign_in(account_with(Role.PROVINCE))
    assert shown(province, "difficulties", f"{PAGE}/21553") == "Thiếu máy."
    assert shown(province, "difficulties") == ""


def test_the_command_writes_the_texts_that_were_kept(sign_in, flask_app, tmp_path):
    keep(sign_in(account_with(Role.PROVINCE)), PAGE, {"difficulties": "Thiếu máy."})
    keep(sign_in(account_with(Role.WARD_LEADER)), f"{PAGE}/21553", {"next_tasks": "Mở lớp."})
    run = flask_app.test_cli_runner().invoke

    run(args=["report", "quarter", "2026-Q3", "--out", str(tmp_path / "all.docx")])
    run(
        args=[
            "report",
            "quarter",
            "2026-Q3",
            "--ward",
            "21553",
            "--out",
            str(tmp_path / "one.docx"),
        ]
    )

    texts = {
        name: [line.text for line in Document(str(tmp_path / name)).paragraphs]
        for name in ("all.docx", "one.docx")
    }
    assert "Thiếu máy." in texts["all.docx"]
    assert "Nhiệm vụ quý tiếp theo: Mở lớp." in texts["one.docx"]
