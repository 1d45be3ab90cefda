"""What free text may hold and no column ever does: identity numbers, passwords, one-time codes."""

import re
import unicodedata
from collections.abc import Iterator

_IDENTITY_NUMBER = re.compile(r"(?<!\d)(?<!\d[ .])\d{3}([ .]?)\d{3}\1\d{3}(?:\1\d{3})?(?![ .]?\d)")

# The patterns below are for text without case and marks. Whose password it is may stand between.
_CODE = r"(?<![\w/.])(?:\d{4,8}|\d{3}[ .-]\d{3})(?![ .\-/]?\d)"
_CODE_WORD = r"\b(?:otp|ma (?:xac (?:thuc|nhan|minh)|kich hoat|pin))\b"
_KEYWORD = r"\b(?:mat ?khau|mk|pass(?:word|wd|code)?|pwd?)\b"
_OWNER = (
    r"(?:\s+(?:la|moi|cu|cap [12]|cua|ba|ong|anh|chi|em|co|chu|bac|dan|nguoi dan|dang nhap"
    r"|tai khoan|dien thoai|may|dvc|cong dvc|vneid|zalo|gmail|e?mail|facebook|wifi)){0,5}"
)
# A figure among its signs makes a word a password; after a colon a long plain word is one, too.
_WITH_FIGURE = r"(?!\d{1,2}[h:/.-]\d)(?=[^\s,;]*\d)[^\s,;]{4,}"
_PLAIN_WORD = r"(?P<plain>(?!vneid|zalo|gmail|email|facebook|google)[a-z@#$%&*!?_-]{6,})"
_MAY_BE_ONE = re.compile("[0-9:=]")
_SECRETS = (
    re.compile(rf"{_CODE_WORD}\D{{0,20}}?{_CODE}"),
    re.compile(rf"{_CODE}\s+(?:chinh )?la\s+(?:ma )?{_CODE_WORD}"),
    re.compile(rf"{_KEYWORD}{_OWNER}\s*[:=-]?\s*(?:la\s+)?{_WITH_FIGURE}"),
    re.compile(rf"{_KEYWORD}{_OWNER}\s*[:=]\s*{_PLAIN_WORD}"),
)


def has_identity_number(text: str) -> bool:
    """Tell whether 9 or 12 digits stand in a row, as in CMND and CCCD; also grouped by three."""
    return _IDENTITY_NUMBER.search(text) is not None


def hide_identity_numbers(text: str) -> str:
    """Return the text with every such number replaced by an ellipsis."""
    return _IDENTITY_NUMBER.sub("…", text)


def has_secret(text: str) -> bool:
    """Tell whether a text in NFC seems to give away a password or a one-time code.

    «OTP 123456», «mk: abc123», «mật khẩu là Hoa1990»; but not «quên mật khẩu VNeID».
    """
    return next(_secret_places(text), None) is not None


def hide_secrets(text: str) -> str:
    """Return the text with everything that seems to give one away replaced by an ellipsis."""
    shown, behind = [], 0
    for begin, end in sorted(_secret_places(text)):
        if begin >= behind:
            shown += [text[behind:begin], "…"]
        behind = max(behind, end)
    return "".join([*shown, text[behind:]])


def _secret_places(text: str) -> Iterator[tuple[int, int]]:
    if _MAY_BE_ONE.search(text) is None:
        return
    bare = "".join(map(_bare_sign, text))
    for pattern in _SECRETS:
        for found in pattern.finditer(bare):
            # A word with accents is Vietnamese, not a password.
            if "plain" not in pattern.groupindex or text[slice(*found.span("plain"))].isascii():
                yield found.span()


def _bare_sign(sign: str) -> str:
    """Return one sign for one, so that places in the bare text are places in the typed one."""
    letter = unicodedata.normalize("NFD", sign)[0].lower()
    return "d" if letter == "đ" else letter[0]
