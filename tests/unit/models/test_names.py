import unicodedata

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberType

from models.names import (
    PhoneError,
    fold,
    format_phone,
    mask_phone,
    normalise_name,
    parse_phone,
    sort_key,
)


def test_a_name_is_kept_as_typed_but_for_spaces_and_composition() -> None:
    typed = unicodedata.normalize("NFD", "  Ksor \u00a0 H’Thoan\u200b ")

    assert normalise_name(typed) == "Ksor H’Thoan"


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Đặng Thị Hòa", "dang thi hoa"),
        ("Đặng Thị Hoà", "dang thi hoa"),
        (unicodedata.normalize("NFD", "Đỗ Thượng Uyển"), "do thuong uyen"),
        ("Ksor H'Thoan", "ksor hthoan"),
        ("KSOR H’THOAN", "ksor hthoan"),
        ("Ksor Hʼ Thoan", "ksor h thoan"),
        ("ÐẶNG VĂN Ƀyă", "dang van bya"),
        ("", ""),
    ],
)
def test_search_finds_names_without_case_marks_and_apostrophes(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_lists_are_sorted_by_given_name_in_vietnamese_order() -> None:
    ordered = [
        "Trần Văn A",
        "Lê An",
        "Nguyễn An",
        "Nguyễn Thị An",
        "Trần Ản",
        "Trần Ấn Ánh",
        "Lê Ăn",
        "Lê Ân",
        "Lê Bình",
        "Lê Dũng",
        "Lê Đạt",
        "Lê Em",
        "Lê Êm",
        "Siu F'Lan",
        "Lê Hòa",
        "Ksor H'Thoan",
        "Ksor H’Thoang",
        "Rơ Châm Jưng",
        "Lê On",
        "Lê Ôn",
        "Lê Ơn",
        "Lê Tu",
        "Lê Tư",
        "Đinh W'Lan",
        "Đinh Zin",
    ]

    found = ordered[::-1]
    found.sort(key=sort_key)

    assert found == ordered


def test_tones_are_sorted_ngang_huyen_hoi_nga_sac_nang() -> None:
    ordered = ["Ma", "Mà", "Mả", "Mã", "Má", "Mạ"]

    found = ordered[::-1]
    found.sort(key=sort_key)

    assert found == ordered


def test_the_sort_key_holds_places_then_tones() -> None:
    assert sort_key("Lê Hòa") == "233012" + "01" + "2720" + "00" + "010000"


def test_a_name_that_is_empty_or_only_signs_has_an_empty_or_bare_sort_key() -> None:
    assert (sort_key(""), sort_key(" - "), sort_key("'")) == ("", "", "00")


@given(st.text())
def test_the_sort_key_holds_digits_only_and_ignores_case_and_composition(text: str) -> None:
    key = sort_key(text)

    assert key == "" or (key.isascii() and key.isdigit())
    assert sort_key(unicodedata.normalize("NFD", text)) == key


@pytest.mark.parametrize(
    "typed",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "0912-345-678",
        "'0912345678",
        "+84 912 345 678",
        "(+84) 912345678",
        "84912345678",
        "0084912345678",
        "912345678",
        "912345678.0",
        912345678,
        912345678.0,
        "０９１２３４５６７８",
    ],
)
def test_a_mobile_number_is_understood_however_it_is_typed(typed: str | float) -> None:
    assert parse_phone(typed) == "+84912345678"


def test_a_landline_number_is_understood_without_its_zero() -> None:
    assert (parse_phone("(0269) 3824 123"), parse_phone(2693824123.0)) == ("+842693824123",) * 2


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "không có",
        "113",
        "19001009",
        "0162 345 6789",
        "052123456789",
        "+1 202 555 0123",
        "O912345678",
        "0912345678;ext=5",
        0,
        -912345678,
        912345678.5,
        1e300,
        float("nan"),
        float("inf"),
        True,
    ],
)
def test_what_is_no_vietnamese_number_is_refused(typed: str | float) -> None:
    with pytest.raises(PhoneError):
        parse_phone(typed)


@given(st.one_of(st.text(), st.floats(), st.integers()))
def test_parsing_a_phone_raises_nothing_but_its_own_error(typed: str | float) -> None:
    try:
        phone = parse_phone(typed)
    except PhoneError:
        return
    assert parse_phone(format_phone(phone)) == phone


@given(st.from_regex(r"0[1-9][0-9]{8}", fullmatch=True))
def test_the_quick_way_for_mobile_numbers_agrees_with_the_full_rules(typed: str) -> None:
    number = phonenumbers.parse(typed, "VN")
    allowed = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE}

    try:
        phone = parse_phone(typed)
    except PhoneError:
        phone = ""

    assert bool(phone) == (phonenumbers.number_type(number) in allowed)


def test_phones_are_shown_in_groups_and_masked_in_the_middle() -> None:
    shown = [format_phone("+84912345678"), format_phone("+842693824123")]
    masked = [mask_phone("+84912345678"), mask_phone("+842693824123")]

    assert shown == ["0912 345 678", "0269 3824 123"]
    assert masked == ["0912 ••• 678", "0269 ••• 123"]


@given(st.lists(st.text(), min_size=2))
def test_words_are_folded_and_sorted_alike_wherever_they_stand(words: list[str]) -> None:
    together = " ".join(words)

    folded = fold(together)

    assert folded == " ".join(filter(None, map(fold, words)))
    assert sort_key(together) == sort_key(" ".join(together.split()))
