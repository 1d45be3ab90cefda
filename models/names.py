"""How names and phone numbers are normalised, folded for search, sorted, shown and masked."""

import re
import unicodedata
from functools import cache, lru_cache

import phonenumbers

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACES = {char: f"{place:02}" for place, char in enumerate(" 0123456789" + _ALPHABET, start=1)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LETTER_MARKS = {"\u0302", "\u0306", "\u031b"}  # circumflex, breve and horn make other letters
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻ`´′＇"))
_STROKES = str.maketrans("đðƀɨħ", "ddbih")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_NOT_OF_A_WORD = re.compile(r"[^\w\s'’‘ʼʻ`´′＇]")
# Names of a province are made of a few thousand words, and are fewer than its people.
_WORDS_REMEMBERED = 20_000
_PHONE_CHARACTERS = re.compile(r"\+?[0-9 .()\-]+")
_NINE_DIGITS = re.compile(r"[35789][0-9]{8}")
_TEN_DIGITS = re.compile(r"0[1-9][0-9]{8}")
_PHONE_DIGITS_AT_MOST = 10**14
_PHONE_KINDS = {
    phonenumbers.PhoneNumberType.MOBILE,
    phonenumbers.PhoneNumberType.FIXED_LINE,
    phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
}


class PhoneError(ValueError):
    """The value is no mobile or landline number of Vietnam. It is not repeated: it is private."""


def normalise_name(text: str) -> str:
    """Return the text in NFC without invisible characters and needless spaces.

    Case and apostrophes stay as they were typed.
    """
    if text.isprintable() and "  " not in text and unicodedata.is_normalized("NFC", text):
        return text.strip(" ")  # nearly always: of all blanks only the common one is printable
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


@lru_cache(maxsize=_WORDS_REMEMBERED)
def fold(text: str) -> str:
    """Return the text for searching and comparing: no case, no marks, no apostrophes, đ as d."""
    return " ".join(filter(None, map(_folded_word, normalise_name(text).split(" "))))


@lru_cache(maxsize=_WORDS_REMEMBERED)
def _folded_word(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return bare.translate(_STROKES).translate(_APOSTROPHES)


@lru_cache(maxsize=_WORDS_REMEMBERED)
def sort_key(full_name: str) -> str:
    """Return digits that sort as Vietnamese lists do: by given name, then the words before it.

    A two-digit place per character (space 01, digits 02–11, letters from 12 in the order of the
    Vietnamese alphabet), then `00`, then one tone digit per character (ngang 0, huyền 1, hỏi 2,
    ngã 3, sắc 4, nặng 5). Digits only, so every collation sorts it alike; "" for an empty name.
    """
    words = _NOT_OF_A_WORD.sub(" ", normalise_name(full_name).casefold()).split()
    if not words:
        return ""
    places, tones = zip(*map(_places_and_tones, (words[-1], *words[:-1])), strict=True)
    return _PLACES[" "].join(places) + "00" + "0".join(tones)


def parse_phone(value: str | float) -> str:
    """Return the number in E.164 (`+84912345678`).

    Takes spaces, dots, +84, and what a spreadsheet makes of a number: 912345678.0.
    Raises PhoneError for anything but a Vietnamese mobile or landline number.
    """
    is_plain = isinstance(value, str) and _TEN_DIGITS.fullmatch(value)
    dialled = str(value) if is_plain else _dialled(value)
    if (is_plain or _TEN_DIGITS.fullmatch(dialled)) and _is_mobile_prefix(dialled[1:4]):
        return "+84" + dialled[1:]
    try:
        number = phonenumbers.parse(dialled, "VN")
    except phonenumbers.NumberParseException as error:
        raise PhoneError from error
    is_vietnamese = phonenumbers.is_valid_number_for_region(number, "VN")
    if not is_vietnamese or phonenumbers.number_type(number) not in _PHONE_KINDS:
        raise PhoneError
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@cache
def _is_mobile_prefix(prefix: str) -> bool:
    """Tell whether any six digits may follow: what networks are given is ranges of three digits.

    Looked up once a prefix, since an imported list brings a hundred thousand numbers.
    """
    number = phonenumbers.PhoneNumber(country_code=84, national_number=int(prefix + "000000"))
    return phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE


def format_phone(e164: str) -> str:
    """Return an E.164 number as it is written here: 0912 345 678, or 0269 3824 123."""
    national = _national(e164)
    return f"{national[:4]} {national[4:-3]} {national[-3:]}"


def mask_phone(e164: str) -> str:
    """Return the number as lists show it: first four and last three digits, 0912 ••• 678."""
    national = _national(e164)
    return f"{national[:4]} ••• {national[-3:]}"


@lru_cache(maxsize=_WORDS_REMEMBERED)
def _places_and_tones(word: str) -> tuple[str, str]:
    letters = _letters_with_tones(word)
    return "".join(_PLACES[char] for char, _ in letters), "".join(tone for _, tone in letters)


def _letters_with_tones(text: str) -> list[tuple[str, str]]:
    letters: list[tuple[str, str]] = []
    decomposed = unicodedata.normalize("NFD", text)
    for cluster in re.findall(r"[^\u0300-\u036f][\u0300-\u036f]*", decomposed):
        marks = cluster[1:]
        letter = _letter(cluster[0], marks)
        place = letter if letter in _PLACES else cluster[0].translate(_STROKES)
        if place in _PLACES:
            tone = next((_TONES[mark] for mark in marks if mark in _TONES), "0")
            letters.append((place, tone))
    return letters


def _letter(base: str, marks: str) -> str:
    kept = "".join(mark for mark in marks if mark in _LETTER_MARKS)
    return unicodedata.normalize("NFC", base + kept)


def _dialled(value: str | float) -> str:
    if isinstance(value, bool):
        raise PhoneError
    if isinstance(value, int | float):
        if not 0 < value < _PHONE_DIGITS_AT_MOST or value != int(value):
            raise PhoneError
        return _with_zero(str(int(value)))
    text = normalise_name(unicodedata.normalize("NFKC", value)).lstrip("'")
    text = re.sub(r"^([0-9]+)\.0$", r"\1", re.sub(r"[‐-―−]", "-", text)).replace("(+84)", "+84")
    if not _PHONE_CHARACTERS.fullmatch(text):
        raise PhoneError
    return _with_zero(re.sub(r"[ .()-]", "", text))


def _with_zero(digits: str) -> str:
    """Spreadsheets take the leading zero of a mobile number away."""
    return "0" + digits if _NINE_DIGITS.fullmatch(digits) else digits


def _national(e164: str) -> str:
    return "0" + e164.removeprefix("+84")
