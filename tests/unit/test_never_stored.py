import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.never_stored import (
    has_identity_number,
    has_secret,
    hide_identity_numbers,
    hide_secrets,
)


@pytest.mark.parametrize(
    ("text", "has_number"),
    [
        ("CCCD 052123456789", True),
        ("cmnd 231 234 567.", True),
        ("(052.123.456.789)", True),
        ("gọi 0912 345 678", False),
        ("gọi 0912345678", False),
        ("gọi +84 912 345 678", False),
        ("12345678901", False),
        ("ngày 12/03/2026", False),
        ("", False),
    ],
)
def test_identity_numbers_are_recognised(text: str, *, has_number: bool) -> None:
    assert has_identity_number(text) is has_number


def test_identity_numbers_can_be_taken_out_of_a_text() -> None:
    assert hide_identity_numbers("Số 052123456789 cấp 2021") == "Số … cấp 2021"


@pytest.mark.parametrize(
    "text",
    [
        "OTP 123456",
        "otp: 1234",
        "mã OTP của bà là 482 913",
        "482913 là mã OTP",
        "Mã xác thực 55012",
        "ma pin 135790",
        "mk: abc123",
        "MK abc@123",
        "mk=hoahong",
        "mật khẩu Hoa1990",
        "Mật khẩu VNeID mới là Hoa@1990",
        "matkhau: Hoahong",
        "mật khẩu của bà: 12345678",
        "pass Abc@123",
        "password: qwerty",
    ],
)
def test_passwords_and_one_time_codes_are_recognised(text: str) -> None:
    assert has_secret(text)


@pytest.mark.parametrize(
    "text",
    [
        "Quên mật khẩu VNeID, đã đặt lại",
        "Quên mật khẩu: trưởng thôn dặn lại",
        "Sai mật khẩu 2 lần",
        "Mật khẩu VNeID: chưa nhớ",
        "quên mật khẩu: Facebook",
        "đổi mật khẩu lúc 9h30",
        "đổi mật khẩu 30/08/2026",
        "đổi mật khẩu 9h30 sáng",
        "OTP không về, hẹn ngày 30/08/2026",
        "OTP gửi về số 0912 345 678",
        "không nhận được OTP 3 lần",
        "mã hồ sơ 12345678",
        "hết pin, hẹn 14 giờ",
        "gọi 0912345678",
        "Passport 2 bản",
        "mk",
        "",
    ],
)
def test_words_about_passwords_are_no_passwords(text: str) -> None:
    assert not has_secret(text)


def test_secrets_can_be_taken_out_of_a_text() -> None:
    assert hide_secrets("Bà Ba, mk: abc123, OTP 482913. Hẹn chiều") == "Bà Ba, …, …. Hẹn chiều"


@given(st.text())
def test_what_is_shown_of_a_text_is_part_of_it(text: str) -> None:
    shown = hide_secrets(text).split("…") if has_secret(text) else [hide_secrets(text)]

    assert all(piece in text for piece in shown)
