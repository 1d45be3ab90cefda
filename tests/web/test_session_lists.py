"""The list of help sessions: days, filter, order, columns, workbook, in the address."""

from datetime import date, time
from io import BytesIO

import pytest
import time_machine
from python_calamine import CalamineWorkbook

from models import Procedure, db
from models.enums import HelpMode, Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import HelpSessionFactory
from tests.web.pages import main_text, normal, page, post_form

WARD, OTHER_WARD = "21553", "21583"
SESSIONS = "/ho-tro/danh-sach"

pytestmark = pytest.mark.usefixtures("on_10_march")


@pytest.fixture
def on_10_march():
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False):
        yield


@pytest.fixture
def desk(sign_in):
    return sign_in(account_with(Role.SUPPORT, WARD))


def helped(day: date, **values) -> None:
    HelpSessionFactory(service_date=day, ward=values.pop("ward", any_ward(WARD)), **values)


def days(client, query: str = "") -> list[str]:
    return [normal(day.get_text()) for day in page(client.get(SESSIONS + query)).select("tbody th")]


def test_the_last_thirty_days_are_listed_latest_first_and_other_days_on_demand(desk):
    for day in (date(2026, 3, 10), date(2026, 2, 9), date(2026, 2, 8), date(2025, 12, 31)):
        helped(day)

    assert days(desk) == ["10/03/2026", "09/02/2026"]
    assert days(desk, "?sap=ngay") == ["09/02/2026", "10/03/2026"]
    assert days(desk, "?ky=2026") == ["10/03/2026", "09/02/2026", "08/02/2026"]
    assert days(desk, "?ky=2025") == ["31/12/2025"]


def test_sessions_are_narrowed_by_procedure_and_by_who_did_it_and_to_the_scope(desk, sign_in):
    first, second = db.session.query(Procedure).order_by(Procedure.id).limit(2)
    helped(date(2026, 3, 1), procedure=first, mode=HelpMode.SELF)
    helped(date(2026, 3, 2), procedure=second, mode=HelpMode.ON_BEHALF)
    helped(date(2026, 3, 3), procedure=first, mode=HelpMode.SELF, ward=any_ward(OTHER_WARD))

    assert days(desk, f"?thu-tuc={first.code}") == ["01/03/2026"]
    assert days(desk, "?ai=on_behalf") == ["02/03/2026"]
    province = sign_in(account_with(Role.PROVINCE))
    assert days(province, "?ai=self&sap=-xa") == ["01/03/2026", "03/03/2026"]
    assert days(province, f"?xa={OTHER_WARD}") == ["03/03/2026"]


def test_the_workbook_of_sessions_equals_the_filter(desk):
    helped(date(2026, 3, 1), service_time=time(8, 30), minutes=20, mode=HelpMode.SELF)
    helped(date(2026, 3, 2))

    answer = desk.get("/exports/luot-ho-tro.xlsx?ai=self&cot=ngay&cot=gio&cot=ai&cot=phut")

    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert sheet[-2:] == [
        ["Ngày", "Giờ", "Ai thao tác", "Số phút"],
        [date(2026, 3, 1), "08:30", "Tự làm", 20.0],
    ]


def test_views_are_kept_of_lists_that_the_reader_may_see_and_of_no_others(desk):
    helped(date(2026, 3, 1))
    answer = post_form(desk, "/cach-xem/luot-ho-tro?ai=self", {"name": "Dân tự làm"})

    assert answer.location == f"{SESSIONS}?ai=self"
    assert "Dân tự làm" in main_text(desk.get(SESSIONS))
    assert desk.get("/cach-xem/mentor").status_code == 404
    assert desk.get("/cach-xem/tai-khoan").status_code == 404
