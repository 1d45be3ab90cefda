"""What every form shares: Vietnamese messages, stripped NFC text, a one-time key, refusals."""

import re
import secrets
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    Field,
    FileField,
    HiddenField,
    IntegerField,
    SelectFieldBase,
    SelectMultipleField,
    StringField,
)
from wtforms.form import BaseForm as BaseFormOfWTForms
from wtforms.validators import ValidationError
from wtforms.widgets import Select, TextInput

from app.errors import EditConflictError, RuleBrokenError
from app.forms.messages import VietnameseMessages
from app.forms.select_widget import PLAIN_SELECT
from app.rule_wording import describe_broken_rule
from models.names import PhoneError, format_phone, parse_phone

KEY_PATTERN = re.compile(r"[A-Za-z0-9_-]{16,64}")


class BaseForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A form whose messages are Vietnamese and whose text arrives stripped and in NFC.

    `is_conflict` says that it was refused for what somebody else saved meanwhile.
    """

    is_conflict = False

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF ships no types
        """How WTForms binds fields and finds its messages."""

        def get_translations(self, form: BaseFormOfWTForms) -> VietnameseMessages:
            del form
            return VietnameseMessages()

        def wrap_formdata(
            self, form: BaseFormOfWTForms, formdata: MultiDict[str, object] | None
        ) -> MultiDict[str, object] | None:
            """Return what was sent, tidied before any field keeps a copy of it to show again.

            A file where text is asked for counts as not sent, and so does JSON: its values could
            be of any type, and nothing here sends it.
            """
            if request and request.is_json:
                return None
            sent = super().wrap_formdata(form, formdata)
            if sent is None:
                return None
            return MultiDict(
                (name, tidy_text(value) if isinstance(value, str) else value)
                for name, value in sent.items(multi=True)
                if isinstance(value, str) or (name in form and isinstance(form[name], FileField))
            )

        def render_field(self, field: Field, render_kw: dict[str, object]) -> str:
            """Write a field, drop-down lists by a widget of our own."""
            widget: object = field.widget
            if type(widget) is Select and not widget.multiple:
                field.widget = PLAIN_SELECT  # type: ignore[assignment]  # lists alone have it
            written: str = super().render_field(field, render_kw)
            return written

    def refuse(self, error: RuleBrokenError) -> None:
        """Put the sentence of a broken rule beside its field, or above the form."""
        self.is_conflict = isinstance(error, EditConflictError)
        sentence = describe_broken_rule(error)
        field = self._fields.get(error.field or "")
        if field is None:
            self.form_errors.append(sentence)
        else:
            field.errors = [*field.errors, sentence]


class CreatingForm(BaseForm):
    """A form that makes something: its key lets a re-sent form answer like the first."""

    form_key = HiddenField(default=lambda: secrets.token_urlsafe(18))

    @property
    def request_key(self) -> str | None:
        """The one-time key, unless it was tampered with."""
        key = self.form_key.data or ""
        return key if KEY_PATTERN.fullmatch(key) else None


class EditingForm(BaseForm):
    """A form that changes a row: it carries the version that the reader saw."""

    version = HiddenField()
    kept = SelectMultipleField(validate_choice=False)

    def keep_stored(self, read_stored: Callable[[], "EditingForm"]) -> None:
        """Take the recorded value of each field that was chosen so beside the two values."""
        chosen = set(self.kept.data or ())
        if not chosen:
            return
        for field in read_stored():
            if field.short_name in chosen and not isinstance(field, HiddenField):
                mine = self[field.short_name]
                mine.data, mine.raw_data = field.data, _sent_values(field)

    @property
    def seen_version(self) -> int:
        """The version that was shown, or 0, which conflicts with every row."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() else 0


def _sent_values(field: Field) -> list[str]:
    """Return what a browser would send for the data of a field."""
    if isinstance(field.data, list):
        return [str(value) for value in field.data]
    if isinstance(field, SelectFieldBase):
        return [] if field.data is None else [str(field.data)]
    # WTForms' name for the text that stands in the input.
    return [str(field._value())]  # type: ignore[attr-defined]  # noqa: SLF001


def tidy_text(value: str | None) -> str | None:
    """Bring typed text into NFC, drop control characters and outer spaces."""
    if value is None:
        return None
    composed = unicodedata.normalize("NFC", value)
    # Usual text holds nothing to drop, and one look at all of it says so.
    return (composed if composed.isprintable() else _without_controls(composed)).strip()


def _without_controls(text: str) -> str:
    return "".join(
        character
        for character in text
        if character in "\n\t" or unicodedata.category(character)[0] != "C"
    )


class DayField(StringField):
    """A day typed as dd/mm/yyyy; `data` is a date, what was typed stays when it is wrong."""

    widget = TextInput()
    data: date | None  # type: ignore[assignment]  # the text stays in raw_data

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.data.strftime("%d/%m/%Y")

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data = None
        if not text:
            return
        self.data = parse_day(text)
        if self.data is None:
            msg = "Ngày chưa đúng. Nhập dạng ngày/tháng/năm, ví dụ 05/03/2026."
            raise ValueError(msg)


def required_day(field: DayField) -> date:
    """Return the day of a field that was validated as required."""
    if field.data is None:
        msg = f"{field.name} was read before it was validated"
        raise ValueError(msg)
    return field.data


def parse_day(text: str) -> date | None:
    """Read dd/mm/yyyy (also with - or . between); None when there is no such day.

    The calendar's first and last years count as no days: weeks and zones reach beyond them.
    """
    normal = re.sub(r"[-.\s]+", "/", text.strip())
    if not re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}", normal, re.ASCII):
        return None
    try:
        day = datetime.strptime(normal, "%d/%m/%Y").date()  # noqa: DTZ007  # a day has no zone
    except ValueError:
        return None
    return day if date.min.year < day.year < date.max.year else None


class PhoneField(StringField):
    """A Vietnamese number typed in any usual way; `data` is E.164 or None."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return format_phone(self.data) if self.data else ""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data = None
        if not text:
            return
        try:
            self.data = parse_phone(text)
        except PhoneError as error:
            msg = "Số điện thoại chưa đúng. Nhập 10 chữ số, ví dụ 0912 345 678."
            raise ValueError(msg) from error


class BirthYearField(IntegerField):
    """A year, and a message that speaks of one where no number was typed."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        try:
            super().process_formdata(list(valuelist))
        except ValueError as error:
            msg = "Nhập năm sinh bằng bốn chữ số, ví dụ 1965."
            raise ValueError(msg) from error


def not_in_future(today: date) -> Callable[[BaseFormOfWTForms, Field], None]:
    """Return a validator that refuses days after today."""

    def check(_form: BaseFormOfWTForms, field: Field) -> None:
        if field.data is not None and field.data > today:
            raise ValidationError("Ngày này chưa tới. Chọn hôm nay hoặc một ngày trước đó.")

    return check
