"""Which passwords are accepted: long, not the username, not one of the common ones."""

from functools import cache
from pathlib import Path

from wtforms import Form, PasswordField
from wtforms.validators import EqualTo, InputRequired, Length, ValidationError

from models.names import fold

COMMON_PASSWORDS = Path(__file__).resolve().parents[2] / "data" / "common_passwords.txt"
MINIMUM_LENGTH = 10
MAXIMUM_LENGTH = 128
DIFFERENT_CHARACTERS = 4


def password_problem(password: str, username: str) -> str | None:
    """Return the sentence that says why a password is refused, or None when it is fine."""
    plain = fold(password).replace(" ", "")
    if len(password) < MINIMUM_LENGTH:
        return f"Mật khẩu cần ít nhất {MINIMUM_LENGTH} ký tự. Một câu ngắn dễ nhớ cũng được."
    if username and fold(username) in {plain, plain[::-1]}:
        return "Mật khẩu không được trùng tên đăng nhập."
    if plain in _common_passwords() or len(set(plain)) < DIFFERENT_CHARACTERS:
        return "Mật khẩu này nhiều người dùng nên dễ bị đoán. Chọn mật khẩu khác."
    return None


@cache
def _common_passwords() -> frozenset[str]:
    lines = COMMON_PASSWORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(fold(line).replace(" ", "") for line in lines if not line.startswith("#"))


class GoodPassword:
    """A validator of new passwords; the name is that of the account or of a field of the form."""

    def __init__(self, *, username: str = "", username_field: str = "") -> None:
        self._username = username
        self._username_field = username_field

    def __call__(self, form: Form, field: PasswordField) -> None:
        username = self._username
        if self._username_field:
            username = form[self._username_field].data or ""
        problem = password_problem(field.data or "", username)
        if problem:
            raise ValidationError(problem)


def new_password_field(label: str = "Mật khẩu mới") -> PasswordField:
    """Make the field for a password that is being set; `GoodPassword` is the form's to add."""
    return PasswordField(
        label,
        [InputRequired(), Length(max=MAXIMUM_LENGTH)],
        description=f"Ít nhất {MINIMUM_LENGTH} ký tự. Một câu ngắn dễ nhớ cũng được.",
        render_kw={"autocomplete": "new-password"},
    )


def repeated_password_field(other: str) -> PasswordField:
    """Make the field that repeats a new password."""
    return PasswordField(
        "Nhập lại mật khẩu mới",
        [InputRequired(), EqualTo(other, "Hai lần nhập chưa giống nhau. Nhập lại ô này.")],
        render_kw={"autocomplete": "new-password"},
    )
