"""Targets as a sheet: out, edited, looked at, in again as one action."""

import io
from datetime import date

import pytest
import time_machine

from app.wording import TARGET_INDICATOR_LABELS
from models import PlanTarget, db
from models.enums import Role, TargetIndicator
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import PlanTargetFactory
from tests.factories.workbooks import workbook
from tests.web.pages import form_keys, main_text, page, post_form, sheet

pytestmark = pytest.mark.usefixtures("on_the_day")
OTHER_WARD = "23575"
HEADINGS = ["Địa bàn", "Nội dung", "Hạn", "Chỉ tiêu", "Áp dụng từ ngày", "Nguồn"]
MENTORS = "Mentor đang hoạt động"
IN_FORCE = "01/01/2026"


@pytest.fixture
def on_the_day():
    with time_machine.travel("2026-09-02 09:05+07:00", tick=False):
        yield


@pytest.fixture
def province(sign_in):
    return sign_in(account_with(Role.PROVINCE))


def sheet_of(*rows):
    return workbook({"Sheet1": [["Công văn 12"], HEADINGS, *rows]})


def upload(client, content, name="chi-tieu.xlsx"):
    file = (io.BytesIO(content), name)
    return post_form(client, "/chi-tieu/nhap", {"file": file})


def write(client, preview):
    """Press the button of a preview."""
    fields = page(preview).select("main form[action$='ap-dung'] input[type=hidden]")
    return client.post("/chi-tieu/nhap/ap-dung", data={f["name"]: f["value"] for f in fields})


def section(answer, name):
    """The cells of one part of a preview."""
    rows = page(answer).select(f"#{name} tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in rows]


def counts(answer):
    return [int(one.get_text(strip=True)) for one in page(answer).select("dl.stats dd")]


def targets():
    db.session.expire_all()
    return db.session.query(PlanTarget).order_by(PlanTarget.id).all()


def test_what_goes_out_comes_back_without_any_change(province):
    PlanTargetFactory(ward_id=any_ward().id, source="=1+1")
    PlanTargetFactory(ward_id=any_ward(OTHER_WARD).id, source="Công  văn 7")
    content = province.get("/exports/chi-tieu.xlsx").data

    answer = upload(province, content)

    assert counts(answer) == [0, 0, len(targets()), 0]
    assert not page(answer).select("main form[action$='ap-dung']")


def test_a_source_that_looks_like_a_formula_goes_out_as_text(province):
    PlanTargetFactory(source="=1+1")

    rows = sheet(province.get("/exports/chi-tieu.xlsx"))

    assert [row[5] for row in rows if row[1] == MENTORS] == ["=1+1"]


def test_a_leader_gets_the_targets_of_the_own_ward_alone(sign_in):
    PlanTargetFactory(ward_id=any_ward().id)
    PlanTargetFactory(ward_id=any_ward(OTHER_WARD).id)
    PlanTargetFactory()
    leader = sign_in(account_with(Role.WARD_LEADER))

    rows = sheet(leader.get("/exports/chi-tieu.xlsx"))

    assert [row[0][:5] for row in rows if row[1] == MENTORS] == [any_ward().code]


def test_the_preview_tells_old_and_new_and_writes_nothing(province):
    PlanTargetFactory(value=8)
    before = len(targets())

    answer = upload(
        province,
        sheet_of(
            ["Toàn tỉnh", MENTORS, "31/12/2026", 12, "01/09/2026", "Công văn 12"],
            [OTHER_WARD, MENTORS, date(2026, 12, 31), 5, IN_FORCE, "Công văn 12"],
        ),
    )

    assert counts(answer)[:2] == [1, 1]
    [changed] = section(answer, "changed")
    assert changed[3:5] == [
        "8 từ 01/01/2026, Kế hoạch của xã",
        "12 từ 01/09/2026, Công văn 12",
    ]
    assert [row[-1] for row in section(answer, "new")] == ["4"]
    assert len(targets()) == before


def test_the_sheet_is_written_once_and_taken_back_at_once(province):
    PlanTargetFactory(value=8)
    before = [one.id for one in targets()]
    preview = upload(
        province,
        sheet_of(
            ["Toàn tỉnh", MENTORS, "31/12/2026", 12, "01/09/2026", "Công văn 12"],
            [OTHER_WARD, MENTORS, "31/12/2026", 5, IN_FORCE, "Công văn 12"],
        ),
    )

    answer = write(province, preview)
    write(province, preview)

    added = [one for one in targets() if one.id not in before]
    assert sorted((one.ward_id or 0, one.value, one.source) for one in added) == [
        (0, 12, "Công văn 12"),
        (any_ward(OTHER_WARD).id, 5, "Công văn 12"),
    ]
    undo = page(province.get(answer.location)).select_one("form[action*='hoan-tac']")["action"]
    post_form(province, undo, {}, page_url="/chi-tieu")
    assert [one.id for one in targets()] == before


def test_a_text_table_is_read_as_well(province):
    rows = [HEADINGS, [OTHER_WARD, MENTORS, "31/12/2026", "5", IN_FORCE, "'=A1"]]
    content = "\r\n".join(";".join(row) for row in rows).encode("utf-8-sig")

    preview = upload(province, content, "chi-tieu.csv")
    write(province, preview)

    assert targets()[-1].source == "=A1"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (["", MENTORS, "31/12/2026", 5, IN_FORCE, "A"], "Địa bàn: Ghi «Toàn tỉnh»"),
        (["99999", MENTORS, "31/12/2026", 5, IN_FORCE, "A"], "“99999” không có"),
        (["Toàn tỉnh", "Số mèo", "31/12/2026", 5, IN_FORCE, "A"], "Nội dung:"),
        (["Toàn tỉnh", MENTORS, "30/02/2026", 5, IN_FORCE, "A"], "Hạn: Ngày chưa đúng."),
        (["Toàn tỉnh", MENTORS, "31/12/2026", "năm", IN_FORCE, "A"], "Chỉ tiêu:"),
        (["Toàn tỉnh", MENTORS, "31/12/2026", 5, "03/09/2026", "A"], "đến hôm nay"),
        (["Toàn tỉnh", MENTORS, "31/12/2026", 5, "01/09/2025", "A"], "đến hôm nay"),
        (["Toàn tỉnh", MENTORS, "31/12/2026", 5, IN_FORCE, ""], "Nguồn:"),
        (
            [OTHER_WARD, "Xã, phường có nhân sự hỗ trợ", "31/12/2026", 5, IN_FORCE, "A"],
            "chỉ tính cho toàn tỉnh",
        ),
    ],
)
def test_a_wrong_row_is_told_with_its_number_and_the_others_can_be_written(province, row, sentence):
    good = [OTHER_WARD, MENTORS, "31/12/2026", 5, IN_FORCE, "Công văn 12"]

    answer = upload(province, sheet_of(good, row))

    [[number, _what, told]] = section(answer, "rejected")
    assert number == "4"
    assert sentence in told
    assert counts(answer) == [1, 0, 0, 1]


def test_the_same_target_twice_and_an_older_day_are_refused(province):
    PlanTargetFactory(value=8, valid_from=date(2026, 8, 1))
    own = [OTHER_WARD, MENTORS, "31/12/2026", 5, IN_FORCE, "A"]
    older = ["Toàn tỉnh", MENTORS, "31/12/2026", 9, IN_FORCE, "A"]

    answer = upload(province, sheet_of(own, own, older))

    assert [(row[0], row[2]) for row in section(answer, "rejected")] == [
        (
            "4",
            "Dòng 3 đã ghi chỉ tiêu này (cùng địa bàn, nội dung và hạn). Chỉ giữ lại một dòng.",
        ),
        ("5", "Chỉ tiêu đang áp dụng có hiệu lực từ 01/08/2026. Nhập ngày đó hoặc ngày sau."),
    ]


def test_what_changed_after_the_preview_is_shown_again_before_it_is_written(province):
    PlanTargetFactory(value=8)
    row = ["Toàn tỉnh", MENTORS, "31/12/2026", 12, "01/09/2026", "Công văn 12"]
    preview = upload(province, sheet_of(row))
    PlanTargetFactory(value=10)
    before = len(targets())

    answer = write(province, preview)

    assert answer.status_code == 422
    assert len(targets()) == before
    assert section(answer, "changed")[0][3].startswith("10 ")
    assert write(province, answer).status_code == 303
    assert targets()[-1].value == 12


def test_a_preview_that_this_site_did_not_make_is_refused(province):
    keys = form_keys(province, "/chi-tieu/nhap")

    answer = province.post("/chi-tieu/nhap/ap-dung", data={**keys, "preview": "{}.abc"})

    assert answer.location == "/chi-tieu/nhap"


def test_a_file_without_the_table_says_what_it_needs(province):
    answer = upload(province, workbook({"Sheet1": [["Họ và tên"], ["An"]]}))

    assert answer.status_code == 422
    assert "Không thấy bảng chỉ tiêu nào" in main_text(answer)


def test_the_template_holds_no_row_and_offers_every_ward_and_indicator(province):
    content = province.get("/chi-tieu/nhap/mau.xlsx").data

    answer = upload(province, content)

    assert counts(answer) == [0, 0, 0, 0]
    assert "Tệp chưa có dòng chỉ tiêu nào" in main_text(answer)


def test_every_indicator_is_known_by_its_label(province):
    rows = [
        ["Toàn tỉnh", label, "30/11/2026", 50, IN_FORCE, "Công văn 12"]
        for label in TARGET_INDICATOR_LABELS.values()
    ]

    answer = upload(province, sheet_of(*rows))

    assert counts(answer)[0] == len(TargetIndicator)
