"""Signing in, and setting a password through a one-time link."""

import re

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from app.forms.base import BaseForm
from app.forms.passwords import (
    MAXIMUM_LENGTH,
    GoodPassword,
    new_password_field,
    repeated_password_field,
)

USERNAME_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]{2,63}$"
USERNAME_HINT = "Từ 3 đến 64 ký tự: chữ không dấu, số, dấu chấm, gạch ngang, gạch dưới."


def is_username(text: str) -> bool:
    """Say whether a text may be the username of a new account."""
    return re.fullmatch(USERNAME_PATTERN, text) is not None


def username_field(label: str = "Tên đăng nhập") -> StringField:
    """Make the field for the username of a new account."""
    return StringField(
        label,
        [InputRequired(), Regexp(USERNAME_PATTERN, message=USERNAME_HINT)],
        description=USERNAME_HINT,
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )


def display_name_field() -> StringField:
    """Make the field for the name that colleagues see."""
    return StringField(
        "Họ và tên",
        [InputRequired(), Length(max=120)],
        render_kw={"autocomplete": "name", "maxlength": 120},
    )


class SignInForm(BaseForm):
    """Username and password; `next` is where the reader wanted to go."""

    username = StringField(
        "Tên đăng nhập",
        [InputRequired(), Length(max=64)],
        render_kw={
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
            "autofocus": True,
        },
    )
    password = PasswordField(
        "Mật khẩu",
        [InputRequired(), Length(max=MAXIMUM_LENGTH)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class SetPasswordForm(BaseForm):
    """A first or new password, for the owner of a one-time link."""

    password = new_password_field()
    repeated = repeated_password_field("password")

    def __init__(self, username: str) -> None:
        super().__init__()
        self.password.validators = [*self.password.validators, GoodPassword(username=username)]


class FirstAdministratorForm(BaseForm):
    """The account of the first administrator."""

    username = username_field()
    display_name = display_name_field()
    password = new_password_field()
    repeated = repeated_password_field("password")

    def __init__(self) -> None:
        super().__init__()
        self.password.validators = [
            *self.password.validators,
            GoodPassword(username_field="username"),
        ]
