"""The two forms that say which human a log-in belongs to: from the account, from the person."""

from collections.abc import Iterable, Sequence

from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired

from app.forms.base import CreatingForm
from app.forms.options import options
from app.queries.account_people import LinkedAccount, LinkedPerson
from app.texts import _
from app.wording import person_role_label, role_label

NOBODY = 0


class AccountLinkForm(CreatingForm):
    """`seen` is what the page showed as linked; `partner` what shall be, both by id."""

    seen = HiddenField()

    def __init__(self, choices: Sequence[tuple[int, str]], *, linked_id: int | None) -> None:
        now = linked_id or NOBODY
        super().__init__(partner=now, seen=now)
        self.partner.choices = options(choices)

    def show_linked(self, partner_id: int | None) -> None:
        """Carry what is linked now, as the page shows it: who reads that may press again."""
        self.seen.data = str(partner_id or NOBODY)

    @property
    def seen_id(self) -> int | None:
        """What was linked when the page was shown; None for nobody, and for what nobody sent."""
        text = self.seen.data or ""
        return (int(text) or None) if text.isascii() and text.isdigit() else None

    @property
    def chosen_id(self) -> int | None:
        """What was chosen, of a valid form; None for nobody."""
        return self.partner.data or None


class AccountOfPersonForm(AccountLinkForm):
    """With which account somebody signs in."""

    partner = SelectField("Tài khoản", [InputRequired("Chọn một tài khoản.")], coerce=int)

    def __init__(self, accounts: Iterable[LinkedAccount], *, linked_id: int | None) -> None:
        choices = [(account.id, _account_label(account)) for account in accounts]
        super().__init__([*choices, (NOBODY, _("Không có tài khoản"))], linked_id=linked_id)


class PersonOfAccountForm(AccountLinkForm):
    """Whose account it is."""

    partner = SelectField("Người dùng tài khoản", [InputRequired("Chọn một người.")], coerce=int)

    def __init__(self, people: Iterable[LinkedPerson], *, linked_id: int | None) -> None:
        choices = [(one.id, _person_label(one)) for one in people]
        super().__init__([*choices, (NOBODY, _("Chưa gắn với ai"))], linked_id=linked_id)


def _person_label(person: LinkedPerson) -> str:
    if person.role is None:
        return _("%(name)s (không còn vai trò)", name=person.full_name)
    return f"{person.full_name} ({person_role_label(person.role).lower()})"


def _account_label(account: LinkedAccount) -> str:
    words = [account.username, *([role_label(account.role)] if account.role else [])]
    label = f"{account.display_name} ({', '.join(words)})"
    if account.holder is None:
        return label
    return _("%(account)s, đang gắn với %(holder)s", account=label, holder=account.holder)
