"""Validators for text that people type: plain words, no identity numbers, what fits the table."""

import unicodedata
from collections.abc import Callable

from wtforms import Field, Form
from wtforms.validators import ValidationError

from app.never_stored import has_identity_number, has_secret
from models.names import fold, normalise_name

Validator = Callable[[Form, Field], None]

NAME_SIGNS = frozenset(" '’‘ʼʻ`´′＇-.()")
PLACE_SIGNS = NAME_SIGNS | frozenset(",/")


def one_line(text: str | None) -> str | None:
    """Bring a name into its stored form; None when nothing is left of it."""
    return normalise_name(text or "") or None


def or_none(text: str | None) -> str | None:
    return text or None


def name_of_person(_form: Form, field: Field) -> None:
    """Refuse what cannot be a name: digits, emoji, markup, formulas."""
    text = field.data or ""
    if not text:
        return
    has_letter = any(unicodedata.category(sign)[0] == "L" for sign in text)
    if not has_letter or any(not _is_in_word(sign, NAME_SIGNS, "LM") for sign in text):
        msg = "Họ tên chỉ gồm chữ cái, dấu cách, dấu nháy, gạch nối. Bỏ các ký tự khác."
        raise ValidationError(msg)


def name_of_place(_form: Form, field: Field) -> None:
    """Refuse what cannot be the name of a hamlet: emoji, markup, formulas."""
    text = field.data or ""
    if any(not _is_in_word(sign, PLACE_SIGNS, "LMN") for sign in text):
        msg = "Tên thôn, làng, tổ chỉ gồm chữ, số và dấu câu thường. Bỏ các ký tự khác."
        raise ValidationError(msg)


def without_identity_number(_form: Form, field: Field) -> None:
    """Refuse 9 or 12 digits in a row: such numbers are never stored."""
    if has_identity_number(field.data or ""):
        msg = (
            "Có dãy 9 hoặc 12 chữ số giống số CMND, CCCD. Hệ thống không lưu số giấy tờ: "
            "bỏ dãy số đó rồi lưu lại."
        )
        raise ValidationError(msg)


def without_secrets(form: Form, field: Field) -> None:
    """Refuse in a note what is never stored: identity numbers, passwords, one-time codes."""
    without_identity_number(form, field)
    if has_secret(field.data or ""):
        msg = (
            "Có vẻ ghi mật khẩu hoặc mã OTP. Hệ thống không lưu mật khẩu và mã của ai: "
            "bỏ phần đó rồi lưu lại."
        )
        raise ValidationError(msg)


def at_most(length: int) -> Validator:
    """Return a validator for the length as stored and as folded for search (a letter may grow)."""

    def check(_form: Form, field: Field) -> None:
        text = field.data or ""
        if max(len(text), len(fold(text))) > length:
            raise ValidationError(f"Dài quá {length} ký tự. Rút ngắn lại.")

    return check


def _is_in_word(sign: str, signs: frozenset[str], kinds: str) -> bool:
    return sign in signs or unicodedata.category(sign)[0] in kinds
