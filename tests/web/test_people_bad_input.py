"""Whatever is typed into the forms and lists of people, the answer is a page, never an error."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import Person, db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.network import MentorFactory, SupportPostFactory
from tests.web.pages import form_keys, main_text, page, post_form
from tests.web.people_forms import registration

ODD = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "",
            " ",
            "0",
            "-1",
            "9" * 30,
            "٣",
            "31/02/2026",
            "01/01/0001",
            "01/01/9999",
            "=HYPERLINK(1)",
            "<script>alert(1)</script>",
            "{{ 7*7 }}",
            "😀😀😀",
            "e\u0301" * 200,
            "ﬃ" * 100,
            "a" * 5000,
            "\x00\x01",
            "'; DROP TABLE persons;--",
            "nguoi-khac",
        ]
    ),
)
FIELDS = (
    "full_name",
    "birth_year",
    "gender",
    "phone",
    "hamlet",
    "groups",
    "group_basis",
    "group_basis_on",
    "languages",
    "capacity",
    "note",
    "started_on",
    "consent_method",
    "consent_on",
    "guardian_name",
    "same_person",
    "ward",
    "ended_on",
    "reason",
    "version",
)
often = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def leader(sign_in: Callable[..., FlaskClient]) -> Iterator[FlaskClient]:
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False):
        yield sign_in(account_with(Role.WARD_LEADER))


@pytest.fixture
def keys(leader: FlaskClient) -> dict[str, str]:
    return form_keys(leader, "/mentor/moi")


@often
@given(typed=st.dictionaries(st.sampled_from(FIELDS), ODD, max_size=4))
def test_registering_answers_any_text_with_a_page(leader, keys, typed):
    answer = leader.post("/mentor/moi", data=keys | registration() | typed)

    assert answer.status_code in {303, 422}


@often
@given(typed=st.dictionaries(st.sampled_from(FIELDS), ODD, max_size=6))
def test_editing_ending_and_looking_for_people_alike_answer_any_text(leader, keys, typed):
    mentor = MentorFactory()
    post = SupportPostFactory()

    answers = [
        leader.post(url, data=keys | typed)
        for url in (
            f"/mentor/{mentor.id}/sua",
            f"/mentor/{mentor.id}/thoi",
            f"/nhan-su-ho-tro/{post.id}/thoi",
            "/nguoi/trung/mentee",
        )
    ]

    assert {answer.status_code for answer in answers} <= {200, 303, 422}


@often
@given(words=ODD, state=ODD, ward=ODD, number=ODD)
@pytest.mark.parametrize("url", ["/mentor", "/nguoi-hoc", "/nhan-su-ho-tro"])
def test_lists_answer_any_address(leader, url, words, state, ward, number):
    query = {"q": words, "tinh-trang": state, "xa": ward, "trang": number}

    assert leader.get(url, query_string=query).status_code == 200


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("full_name", "", "Nhập họ và tên."),
        ("full_name", " \u200b ", "Nhập họ và tên."),
        ("full_name", "a" * 121, "Dài quá 120 ký tự. Rút ngắn lại."),
        ("full_name", "Lê Văn Tám 😀", "Họ tên chỉ gồm chữ cái"),
        ("full_name", "=1+1", "Họ tên chỉ gồm chữ cái"),
        ("full_name", "<b>Lê</b>", "Họ tên chỉ gồm chữ cái"),
        ("birth_year", "2027", "Nhập năm sinh từ 1900 đến 2026."),
        ("birth_year", "mười", "Nhập năm sinh bằng bốn chữ số, ví dụ 1965."),
        ("phone", "0912", "Số điện thoại chưa đúng"),
        ("hamlet", "=cmd|' /C calc'!A0", "Tên thôn, làng, tổ chỉ gồm"),
        ("hamlet", "x" * 81, "Dài quá 80 ký tự"),
        ("started_on", "31/02/2026", "Ngày chưa đúng"),
        ("started_on", "11/03/2026", "Ngày này chưa tới"),
        ("started_on", "01/01/0900", "Ngày này quá sớm"),
        ("consent_on", "", "Nhập ngày đồng ý."),
        ("capacity", "0", "Nhập số từ 1 đến 200."),
        ("groups", "99999", "Có lựa chọn không có trong danh sách"),
        ("groups", "abc", "Có lựa chọn không có trong danh sách"),
        ("gender", "x", "Lựa chọn này không có trong danh sách"),
        ("note", "CMND 231234567", "Có dãy 9 hoặc 12 chữ số giống số CMND, CCCD."),
        ("note", "mật khẩu VNeID: Hoa1990", "Có vẻ ghi mật khẩu hoặc mã OTP."),
        ("guardian_name", "0912 345 678", "Họ tên chỉ gồm chữ cái"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words_at_the_field(leader, field, typed, sentence):
    answer = post_form(leader, "/mentor/moi", registration(**{field: typed}))

    soup = page(answer)
    assert answer.status_code == 422
    assert sentence in main_text(answer)
    assert soup.select_one(f"#{field}-error") is not None
    assert db.session.query(Person).count() == 0
