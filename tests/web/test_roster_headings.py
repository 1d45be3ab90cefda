"""Columns whose headings say nothing: said by hand once, remembered for the ward."""

import pytest
import time_machine
from sqlalchemy import select

from models import Batch, HeadingMeaning, Person, RosterImportCells, db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.rosters import rows_file
from tests.web.pages import form_keys, main_text, page, post_form
from tests.web.test_roster_import import preview_of

HEADINGS = ["Họ và tên", "Vai trò", "Liên lạc", "Ngày CT", "Số CCCD"]
FILE = rows_file(
    ["Siu Phen", "mentor", "0912000001", "01/02/2026", "064123456789"],
    ["Kpă Nay", "người học", "0912000002", "01/03/2026", "064123456780"],
    headings=HEADINGS,
)


@pytest.fixture(autouse=True)
def midday():
    with time_machine.travel("2026-03-10T05:00:00Z", tick=False):
        yield


@pytest.fixture
def leader(sign_in):
    return sign_in(account_with(Role.WARD_LEADER))


def said(client, url, **meanings):
    """Send the form that says what the columns are, by heading."""
    soup = page(client.get(f"{url}/cot"))
    names = {
        label.get_text().split("“")[1].split("”")[0]: label["for"]
        for label in soup.select("main form label[for^=column_]")
    }
    values = {names[heading]: value for heading, value in meanings.items()}
    return post_form(client, f"{url}/cot", values)


def test_a_column_with_an_unknown_heading_is_asked_about_with_examples(leader):
    url = preview_of(leader, FILE)

    assert "Chọn các cột này là gì" in main_text(leader.get(url))
    text = main_text(leader.get(f"{url}/cot"))
    assert "Cột “Liên lạc”" in text
    assert "Ví dụ trong tệp: 0912000001; 0912000002" in text
    assert "CCCD" not in text


def test_what_was_said_is_read_at_once_and_remembered_for_the_next_file(leader):
    url = preview_of(leader, FILE)

    assert said(leader, url, **{"Liên lạc": "phone", "Ngày CT": "started"}).status_code == 303

    assert "0912 ••• 001" in main_text(leader.get(url))
    again = preview_of(leader, FILE)
    assert "0912 ••• 001" in main_text(leader.get(again))
    assert "được đọc như đã chọn trước đây" in page(leader.get(again)).get_text()
    leader.post(f"{again}/ap-dung", data=form_keys(leader, again))
    phones = set(db.session.scalars(select(Person.phone)))
    assert phones == {"+84912000001", "+84912000002"}


def test_a_column_left_out_on_purpose_is_said_to_be_so_and_not_asked_about_again(leader):
    url = preview_of(leader, FILE)

    said(leader, url, **{"Liên lạc": "-"})

    [kept] = db.session.execute(select(HeadingMeaning.heading, HeadingMeaning.column_name))
    assert tuple(kept) == ("Liên lạc", None)
    chosen = page(leader.get(f"{url}/cot")).select("option[selected]")
    assert [one["value"] for one in chosen] == ["-", ""]


def test_of_the_cells_no_identity_number_is_kept_and_nothing_once_it_is_applied(leader):
    url = preview_of(leader, FILE)
    [cells] = db.session.scalars(select(RosterImportCells.content))
    assert "0641" not in cells
    assert "Siu Phen" in cells

    leader.post(f"{url}/ap-dung", data=form_keys(leader, url))

    assert not list(db.session.scalars(select(RosterImportCells.content)))
    assert leader.get(f"{url}/cot").status_code == 404


def test_what_was_said_belongs_to_the_ward_and_can_be_taken_back(leader, sign_in):
    url = preview_of(leader, FILE)
    said(leader, url, **{"Liên lạc": "phone"})
    neighbour = sign_in(account_with(Role.WARD_LEADER, "21583"))
    assert "0912 ••• 001" not in main_text(neighbour.get(preview_of(neighbour, FILE)))

    batch_id = db.session.scalar(select(Batch.id).where(Batch.kind == "headings_explained"))
    leader.post(f"/hoan-tac/{batch_id}", data=form_keys(leader, f"{url}/cot"))

    assert "0912 ••• 001" not in main_text(leader.get(preview_of(leader, FILE)))
