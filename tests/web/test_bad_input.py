"""Whatever is sent to whichever form: an answer in words, what was typed kept, nothing half done.

The forms are found through the routes (`every_form`); the sentences of single fields are tested
beside their pages.
"""

import io
import random
from collections.abc import Callable, Iterator

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage
from werkzeug.routing import Rule
from werkzeug.test import TestResponse, encode_multipart

from app.extensions import limiter
from app.forms.base import tidy_text
from models import RosterImport, db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.workbooks import (
    encrypted_workbook,
    messy_roster,
    nfd,
    word_document,
)
from tests.web.every_form import (
    WARD,
    FilledForm,
    address,
    count_rows,
    forms_to_send,
    lists_to_filter,
    open_form,
    people_of,
    readers_of,
    shown_value,
)
from tests.web.pages import form_keys, main_text, page
from tests.web.sample_things import Place

MARKUP = '"><script>alert(1)</script>'
BAD = {
    "empty": "",
    "invisible": " \u200b\u2060 ",
    "far too long": "a" * 10_000,
    "far too long, in words": "Ksor Thoan " * 900,
    "an impossible day": "31/02/2026",
    "a day before the calendar": "00/00/0000",
    "the first day of all": "01/01/0001",
    "the last day of all": "31/12/9999",
    "a year to come": "2031",
    "decomposed accents": nfd("Nguyễn Thị Hoà"),
    "emoji": "😀👩‍👩‍👧🇻🇳",
    "markup": MARKUP,
    "a formula": '=HYPERLINK("http://example.com","bấm")',
    "control characters": "Lê\x00Văn\x07\x1b[31mTám\u202e\x7f",
    "a huge number": "9" * 40,
    "a negative number": "-1",
    "digits of another script": "٣٣٣",
    "a template": "{{ 7*7 }}%(name)s{0}",
    "SQL": "'; DROP TABLE persons;--",
    "lines": "một\r\nhai\n\tba",
}
REJECTED = frozenset({400, 404, 409, 410, 413, 422})
DONE = frozenset({200, 302, 303})
PARTS_OF_ADDRESSES = ("trang", "xa", "ngay", "mentor", "mentee", "next")
odd_text = st.one_of(st.sampled_from(list(BAD.values())), st.text(max_size=30))
quickly = settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
every_form = pytest.mark.parametrize("rule", forms_to_send(), ids=lambda rule: rule.endpoint)


@pytest.fixture(autouse=True)
def a_tuesday_in_march() -> Iterator[None]:
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False):
        yield


@pytest.fixture
def open_of(client: FlaskClient, sign_in: Callable[..., FlaskClient]) -> Callable[..., FilledForm]:
    """Return a function that opens the form of a rule as somebody who may send it."""

    def open_as_reader(rule: Rule, role: Role | None = None) -> FilledForm:
        limiter.reset()
        roles = readers_of(rule)
        account = account_with(role or next(iter(roles), Role.ADMIN), WARD)
        place = Place(WARD, account)
        people_of(place)
        return open_form(sign_in(account) if roles else client, address(rule, place))

    return open_as_reader


def narrowest_and_widest(rule: Rule) -> list[Role | None]:
    """Return the roles to try; None for a public address.

    Of the own ward, and where the form then asks for a ward, of all wards.
    """
    narrowest, *wider = readers_of(rule) or (None,)
    asks_for_ward = Role.PROVINCE in wider and not rule.arguments
    return [narrowest, Role.PROVINCE] if asks_for_ward else [narrowest]


def check(form: FilledForm, answer: TestResponse, rows_before: dict[str, int]) -> None:
    """Say what every answer must be: a page (or JSON), escaped, without traces where it refuses."""
    assert answer.status_code in DONE | REJECTED
    assert MARKUP.encode() not in answer.data
    if answer.status_code in REJECTED:
        assert count_rows() == rows_before
    if answer.status_code in REJECTED and not answer.is_json:
        soup = page(answer)
        assert answer.status_code != 422 or says_what_to_correct(soup)
    if answer.status_code == 303:
        shown = form.client.get(answer.location)
        assert shown.status_code < 500
        assert MARKUP.encode() not in shown.data


def says_what_to_correct(soup: BeautifulSoup) -> bool:
    summary = soup.select_one(".error-summary li")
    return summary is not None and bool(summary.get_text(strip=True))


@pytest.mark.parametrize(
    ("rule", "role"),
    [
        pytest.param(rule, role, id=f"{rule.endpoint}-{role}")
        for rule in forms_to_send()
        for role in narrowest_and_widest(rule)
    ],
)
def test_a_form_full_of_bad_text_is_answered_with_a_page(open_of, rule, role):
    form = open_of(rule, role)

    for bad in BAD.values():
        rows = count_rows()
        answer = form.client.post(form.url, data=form.answers(bad))

        check(form, answer, rows)
        if answer.status_code == 303 and "form_key" in form.keys:
            form = open_of(rule, role)


@every_form
def test_a_refused_form_comes_back_with_a_summary_on_top_and_what_was_typed(open_of, rule):
    form = open_of(rule)
    typed = [control for control in form.controls if control.is_typed]
    bad = nfd("  Hoà <b>= 31/02/2026 ") + "x" * 2000

    answer = form.client.post(form.url, data=form.answers(bad))

    if answer.status_code == 422:
        assert page(answer).select_one(".error-summary, [role=alert]")
        shown = {control.name: shown_value(page(answer), control.name) for control in typed}
        known = {name: value for name, value in shown.items() if value is not None}
        assert {tidy_text(value) for value in known.values()} <= {tidy_text(bad)}


@every_form
def test_a_form_without_its_fields_is_answered_with_a_page(open_of, rule):
    form = open_of(rule)
    rows = count_rows()

    answer = form.client.post(form.url, data={"csrf_token": form.keys["csrf_token"]})

    check(form, answer, rows)


@every_form
def test_a_form_with_every_field_several_times_is_answered_with_a_page(open_of, rule):
    form = open_of(rule)
    rows = count_rows()
    several = {name: ["1", "", MARKUP] for name in form.names}

    answer = form.client.post(form.url, data=several | form.keys)

    check(form, answer, rows)


@every_form
def test_a_form_with_files_in_place_of_text_is_answered_with_a_page(open_of, rule):
    form = open_of(rule)
    rows = count_rows()
    files = {name: (io.BytesIO(b"\x00\xff"), f"{MARKUP}.xlsx") for name in form.names}

    answer = form.client.post(form.url, data=files | form.keys)

    check(form, answer, rows)


@every_form
@quickly
@given(picks=st.lists(st.tuples(st.integers(0, 999), odd_text), max_size=10))
def test_a_sensible_form_with_odd_answers_here_and_there_is_answered_with_a_page(
    open_of, rule, picks
):
    form = open_of(rule)
    rows = count_rows()
    # Drawn before the form is open: what it offers may differ from one example to the next.
    names = [*form.names, "form_key"]
    odd = {names[number % len(names)]: text for number, text in picks}

    answer = form.client.post(form.url, data=form.usual_answers() | odd)

    check(form, answer, rows)


@every_form
def test_json_in_place_of_a_form_is_answered_like_an_empty_form(open_of, rule):
    form = open_of(rule)

    for bad in ("[]", '{"full_name": {"a": 1}}', '"text"', "1"):
        rows = count_rows()
        answer = form.client.post(
            form.url,
            data=bad,
            content_type="application/json",
            headers={"X-CSRFToken": form.keys["csrf_token"]},
        )

        check(form, answer, rows)


@pytest.mark.parametrize("rule", lists_to_filter(), ids=lambda rule: rule.endpoint)
def test_a_list_answers_any_text_in_its_address(client, sign_in, rule):
    limiter.reset()
    roles = readers_of(rule)
    reader = sign_in(account_with(roles[0], WARD)) if roles else client
    url = address(rule, Place(WARD, account_with(Role.ADMIN)), "GET")
    names = {*words_of_addresses(reader.get(url)), *PARTS_OF_ADDRESSES}

    for bad in BAD.values():
        answer = reader.get(url, query_string=dict.fromkeys(names, bad))

        assert answer.status_code in DONE | REJECTED
        assert MARKUP.encode() not in answer.data


@pytest.mark.parametrize(
    ("content", "file_name", "sentence"),
    [
        (b"", "danh-sach.xlsx", ""),
        (b"x", "danh-sach.xlsx", ""),
        (random.Random(1).randbytes(20_000), "danh-sach.xlsx", ""),  # noqa: S311  # no secret
        (b"PK\x03\x04" + b"\0" * 500, "danh-sach.xlsx", ""),
        (messy_roster()[:3000], "danh-sach.xlsx", ""),
        (word_document(), "danh-sach.xlsx", "Word"),
        (encrypted_workbook(), "danh-sach.xlsx", "mật khẩu"),
        (messy_roster(), f"{MARKUP}\x00/../../" + "a" * 5000 + ".exe", ""),
    ],
    ids=["empty", "one byte", "random", "zip in name", "cut off", "Word", "password", "odd name"],
)
def test_a_file_that_is_no_roster_gets_a_sentence_beside_the_field(
    sign_in, content, file_name, sentence
):
    leader = sign_in(account_with(Role.WARD_LEADER, WARD))
    keys = form_keys(leader, "/nhap-danh-sach")
    rows = count_rows()

    answer = leader.post(
        "/nhap-danh-sach", data={**keys, "role": "", "file": (io.BytesIO(content), file_name)}
    )

    if answer.status_code == 303:
        assert MARKUP.encode() not in leader.get(answer.location).data
        assert db.session.query(RosterImport).count() == 1
    else:
        assert answer.status_code == 422
        assert sentence in main_text(answer)
        assert page(answer).select_one("#file-error") is not None
        assert count_rows() == rows


def test_a_file_of_50_megabytes_gets_a_page_that_says_what_to_do(sign_in):
    leader = sign_in(account_with(Role.WARD_LEADER, WARD))
    keys = form_keys(leader, "/nhap-danh-sach")
    large = FileStorage(io.BytesIO(bytes(50 * 1024 * 1024)), "danh-sach.xlsx", "file")
    boundary, body = encode_multipart({**keys, "file": large})

    answer = leader.post(
        "/nhap-danh-sach", data=body, content_type=f"multipart/form-data; boundary={boundary}"
    )

    assert answer.status_code == 413
    assert "chia danh sách làm nhiều tệp" in main_text(answer)
    assert db.session.query(RosterImport).count() == 0


def words_of_addresses(answer: TestResponse) -> set[str]:
    """Return the names that the filters of a page write into its address."""
    if answer.mimetype != "text/html":
        return set()
    soup = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    return {str(field["name"]) for field in soup.select("main form[method=get] [name]")}
