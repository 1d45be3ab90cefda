"""The page of the quarterly report: texts from the figures, changed before the export."""

from io import BytesIO

import pytest
import time_machine
from docx import Document

from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import PlanTargetFactory
from tests.web.pages import page, post_form

PAGE = "/ky-bao-cao/2026-Q3/bao-cao"


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
