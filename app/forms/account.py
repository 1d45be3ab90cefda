"""One's own password, and the accounts that the administrator looks after."""

from collections.abc import Sequence
from datetime import date

from wtforms import BooleanField, PasswordField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.forms.base import BaseForm, CreatingForm, DayField, EditingForm, required_day
from app.forms.options import offered_value, options
from app.forms.passwords import (
    MAXIMUM_LENGTH,
    GoodPassword,
    new_password_field,
    repeated_password_field,
)
from app.forms.people_search import LONGEST_SEARCH
from app.forms.sign_in import display_name_field, username_field
from app.queries.account_lists import AccountFilter
from app.services.account_rows import WARD_ROLES, GrantTerms
from app.services.hand_over_account import Successor
from app.wording import ROLE_LABELS
from models.enums import Role

ROLE_CHOICES = [(role.value, label) for role, label in ROLE_LABELS.items()]
WARD_NEEDED = "Vai trò này gắn với một xã, phường. Chọn xã, phường."
Choices = Sequence[tuple[str, str]]


class ChangePasswordForm(BaseForm):
    """One's own new password, with the present one to prove who asks."""

    current_password = PasswordField(
        "Mật khẩu đang dùng",
        [InputRequired(), Length(max=MAXIMUM_LENGTH)],
        render_kw={"autocomplete": "current-password"},
    )
    password = new_password_field()
    repeated = repeated_password_field("password")

    def __init__(self, username: str) -> None:
        super().__init__()
        self.password.validators = [*self.password.validators, GoodPassword(username=username)]

    def validate_password(self, field: PasswordField) -> None:
        """Refuse to «change» the password to the same one."""
        if field.data and field.data == self.current_password.data:
            raise ValidationError("Mật khẩu mới trùng mật khẩu đang dùng. Chọn mật khẩu khác.")


class _DatedForm(CreatingForm):
    """What a new account and a further role have in common: ward and days."""

    ward_id = SelectField("Xã, phường")
    started_on = DayField("Từ ngày", [InputRequired()])
    ended_on = DayField(
        "Thôi từ ngày", [Optional()], description="Để trống nếu chưa biết. Có thể ghi sau."
    )

    def __init__(self, *, wards: Choices, today: date) -> None:
        super().__init__(data={"started_on": today})
        self.ward_id.choices = options([("", "Chọn xã, phường"), *wards])

    def terms_of(self, role: Role) -> GrantTerms:
        """Return a role with the ward and the days of the form; valid after validation."""
        ward_id = int(self.ward_id.data) if self.ward_id.data else None
        return GrantTerms(role, ward_id, required_day(self.started_on), self.ended_on.data)

    def validate_ended_on(self, field: DayField) -> None:
        """Refuse an end before or on the first day."""
        if field.data and self.started_on.data and field.data <= self.started_on.data:
            raise ValidationError("Ngày thôi phải sau ngày bắt đầu.")


class NewAccountForm(_DatedForm):
    """A colleague who gets an account."""

    display_name = display_name_field()
    username = username_field()
    roles = SelectMultipleField(
        "Vai trò",
        [InputRequired("Chọn ít nhất một vai trò.")],
        choices=options(ROLE_CHOICES),
    )

    def __init__(self, *, wards: Choices, today: date) -> None:
        super().__init__(wards=wards, today=today)
        # The browser must not offer the administrator's own name here.
        for field in (self.display_name, self.username):
            field.render_kw = {**(field.render_kw or {}), "autocomplete": "off"}

    @property
    def grants(self) -> list[GrantTerms]:
        """The roles that were ticked; valid after validation."""
        return [self.terms_of(Role(value)) for value in self.roles.data or ()]

    def validate_ward_id(self, field: SelectField) -> None:
        """Ask for a ward where a role needs one."""
        if WARD_ROLES.intersection(self.roles.data or ()) and not field.data:
            raise ValidationError(WARD_NEEDED)


class EditAccountForm(EditingForm):
    """The name of an account; the version tells whether somebody else was faster."""

    display_name = display_name_field()

    def __init__(self, **values: object) -> None:
        super().__init__(**values)
        self.display_name.render_kw = {**(self.display_name.render_kw or {}), "autocomplete": "off"}


class NewGrantForm(_DatedForm):
    """A further role for an account."""

    role = SelectField("Vai trò", [InputRequired("Chọn vai trò.")], choices=options(ROLE_CHOICES))

    @property
    def terms(self) -> GrantTerms:
        """The role that was chosen; valid after validation."""
        return self.terms_of(Role(self.role.data))

    def validate_ward_id(self, field: SelectField) -> None:
        """Ask for a ward where the role needs one."""
        if self.role.data in WARD_ROLES and not field.data:
            raise ValidationError(WARD_NEEDED)


class HandOverForm(CreatingForm):
    """Who follows somebody who leaves, and from which day."""

    display_name = display_name_field()
    username = username_field()
    started_on = DayField(
        "Bàn giao từ ngày",
        [InputRequired("Nhập ngày bàn giao.")],
        description="Từ ngày này người mới làm, người cũ thôi.",
    )

    def __init__(self, *, today: date) -> None:
        super().__init__(data={"started_on": today})
        self.display_name.label.text = "Họ và tên người mới"
        for field in (self.display_name, self.username):
            field.render_kw = {**(field.render_kw or {}), "autocomplete": "off"}

    @property
    def successor(self) -> Successor:
        """Who was named; valid after validation."""
        return Successor(
            (self.username.data or "").lower(),
            self.display_name.data or "",
            required_day(self.started_on),
        )


class EndGrantForm(BaseForm):
    """The day from which a role no longer holds."""

    ended_on = DayField("Thôi từ ngày", [InputRequired()])

    @property
    def day(self) -> date:
        """The typed day; valid after validation."""
        return required_day(self.ended_on)


class AccountFilterForm(BaseForm):
    """What the list of accounts shows; lives in the address."""

    class Meta(BaseForm.Meta):
        """A form that is sent by GET carries no token."""

        csrf = False

    q = StringField("Tìm theo tên hoặc tên đăng nhập")
    role = SelectField(
        "Vai trò", choices=options([("", "Mọi vai trò"), *ROLE_CHOICES]), validate_choice=False
    )
    disabled = BooleanField("Cả tài khoản đã khóa")

    @property
    def chosen(self) -> AccountFilter:
        """The filter that the address asks for."""
        role = offered_value(self.role)
        return AccountFilter(
            (self.q.data or "")[:LONGEST_SEARCH],
            Role(role) if role else None,
            with_disabled=bool(self.disabled.data),
        )
