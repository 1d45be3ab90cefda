"""Forms about a person: registering a role, and editing who the person is."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from wtforms import (
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional, ValidationError

from app.forms.base import (
    BaseForm,
    BirthYearField,
    CreatingForm,
    DayField,
    EditingForm,
    PhoneField,
    not_in_future,
    required_day,
)
from app.forms.options import options
from app.forms.plain_text import (
    at_most,
    name_of_person,
    name_of_place,
    one_line,
    or_none,
    without_identity_number,
    without_secrets,
)
from app.queries.catalogues_for_forms import Choice, GroupChoice
from app.queries.people import Likeness, PersonMatch
from app.services.person_writing import ConsentDetails, PersonDetails
from app.services.register_person import Registration
from app.wording import CONSENT_METHOD_LABELS, GENDER_LABELS, GROUP_BASIS_LABELS
from models.enums import ConsentMethod, Gender, GroupBasis, PersonRole

EARLIEST_YEAR = 1900
EARLIEST_DAY = date(2000, 1, 1)
MOST_MENTEES = 200
SOMEBODY_ELSE = "nguoi-khac"


class PersonChoices(NamedTuple):
    """What the forms offer; `wards` is empty where the reader has only one."""

    groups: Sequence[GroupChoice]
    languages: Sequence[Choice]
    wards: Sequence[Choice]
    hamlets: Sequence[str]


def _ward_id(value: Any) -> int | None:  # noqa: ANN401  # WTForms hands over text, id or nothing
    return int(value) if value else None


class PersonForm(BaseForm):
    """Who somebody is. `today` and the choices are handed in by the page."""

    full_name = StringField(
        "Họ và tên",
        [
            DataRequired("Nhập họ và tên."),
            at_most(120),
            name_of_person,
        ],
        filters=[one_line],
        description="Viết như trong giấy tờ, có dấu.",
        render_kw={"autocomplete": "off", "maxlength": 120},
    )
    birth_year = BirthYearField(
        "Năm sinh",
        [Optional()],
        description="Giúp phân biệt người trùng tên. Ví dụ 1965.",
        render_kw={"maxlength": 4},
    )
    gender = RadioField(
        "Giới tính",
        [Optional()],
        coerce=Gender,
        choices=options((gender.value, label) for gender, label in GENDER_LABELS.items()),
    )
    phone = PhoneField("Điện thoại", render_kw={"autocomplete": "off", "maxlength": 20})
    hamlet = StringField(
        "Thôn, làng, tổ dân phố",
        [at_most(80), name_of_place, without_identity_number],
        filters=[one_line],
        render_kw={"autocomplete": "off", "list": "hamlets", "maxlength": 80},
    )
    groups = SelectMultipleField("Nhóm đối tượng", coerce=int)
    group_basis = RadioField(
        "Căn cứ ghi nhóm nhạy cảm",
        [Optional()],
        coerce=GroupBasis,
        choices=options((basis.value, label) for basis, label in GROUP_BASIS_LABELS.items()),
    )
    group_basis_on = DayField("Ngày của căn cứ")
    languages = SelectMultipleField("Ngôn ngữ", coerce=int)
    capacity = IntegerField(
        "Sức nhận",
        [Optional(), NumberRange(1, MOST_MENTEES, f"Nhập số từ 1 đến {MOST_MENTEES}.")],
        render_kw={"maxlength": 3},
    )
    note = TextAreaField(
        "Ghi chú",
        [at_most(1000), without_secrets],
        filters=[or_none],
        description="Không ghi số CCCD, mật khẩu hay mã OTP.",
    )

    def __init__(
        self, *, role: PersonRole, choices: PersonChoices, today: date, **values: object
    ) -> None:
        super().__init__(**values)
        self.today = today
        self.hamlets = choices.hamlets
        self.groups.choices = options((group.id, _group_label(group)) for group in choices.groups)
        self.languages.choices = options(choices.languages)
        if role is not PersonRole.MENTOR:
            del self.capacity

    def validate_birth_year(self, field: IntegerField) -> None:
        """A year between 1900 and the present one."""
        if field.data is not None and not EARLIEST_YEAR <= field.data <= self.today.year:
            msg = f"Nhập năm sinh từ {EARLIEST_YEAR} đến {self.today.year}."
            raise ValidationError(msg)

    def validate_group_basis_on(self, field: DayField) -> None:
        """The day belongs to a basis, and a basis to a day."""
        check_day(self, field, self.today)
        if self.group_basis.data is not None and field.data is None and not field.errors:
            raise ValidationError("Nhập ngày của căn cứ.")
        if field.data is not None and self.group_basis.data is None:
            raise ValidationError("Chọn căn cứ của ngày này, hoặc xóa ngày.")

    @property
    def details(self) -> PersonDetails:
        """The typed values of a valid form."""
        return PersonDetails(
            full_name=self.full_name.data or "",
            birth_year=self.birth_year.data,
            gender=self.gender.data,
            phone=self.phone.data,
            hamlet=self.hamlet.data,
            group_ids=frozenset(self.groups.data or ()),
            group_basis=self.group_basis.data,
            group_basis_on=self.group_basis_on.data,
            language_ids=frozenset(self.languages.data or ()),
            note=self.note.data,
        )

    @property
    def own_capacity(self) -> int | None:
        """A mentor's own capacity, None for the usual one and for other roles."""
        return self.capacity.data if "capacity" in self else None


class ConsentFields(BaseForm):
    """How, when and by whom it was agreed that somebody is recorded."""

    today: date

    consent_method = RadioField(
        "Cách đồng ý",
        [InputRequired("Chọn cách người này đã đồng ý. Chưa hỏi thì hỏi trước khi ghi.")],
        coerce=ConsentMethod,
        choices=options((method.value, label) for method, label in CONSENT_METHOD_LABELS.items()),
    )
    consent_on = DayField("Ngày đồng ý", [InputRequired("Nhập ngày đồng ý.")])
    guardian_name = StringField(
        "Người đại diện",
        [at_most(120), name_of_person],
        filters=[one_line],
        description="Cha, mẹ hoặc người giám hộ, khi người được ghi từ 16 tuổi trở xuống.",
        render_kw={"autocomplete": "off", "maxlength": 120},
    )

    def validate_consent_on(self, field: DayField) -> None:
        """Not in the future."""
        check_day(self, field, self.today)

    @property
    def consent(self) -> ConsentDetails:
        """The typed values of a valid form."""
        return ConsentDetails(
            method=self.consent_method.data,
            given_on=required_day(self.consent_on),
            guardian_name=self.guardian_name.data,
        )


class RegisterPersonForm(PersonForm, ConsentFields, CreatingForm):
    """A person begins a role in a ward."""

    ward = SelectField("Xã, phường", [InputRequired("Chọn xã, phường.")], coerce=_ward_id)
    started_on = DayField("Ngày bắt đầu", [InputRequired("Nhập ngày bắt đầu.")])
    same_person = RadioField("Có thể là người này", [Optional()], choices=[])

    def __init__(
        self, *, role: PersonRole, choices: PersonChoices, today: date, **values: object
    ) -> None:
        defaults = {"started_on": today, "consent_on": today}
        super().__init__(role=role, choices=choices, today=today, **{**defaults, **values})
        self.role = role
        self._wards_offered = {ward.id for ward in choices.wards}
        self.ward.choices = options([("", "Chọn xã, phường"), *choices.wards])
        if not choices.wards:
            del self.ward

    def validate_started_on(self, field: DayField) -> None:
        """Not in the future, and not before the programme can have begun."""
        check_day(self, field, self.today)

    def offer_matches(self, matches: Iterable[PersonMatch]) -> None:
        """Let the decision be one of the likely same persons, or somebody else."""
        likely = [match for match in matches if match.likeness is Likeness.SAME_PERSON]
        if likely:
            self.same_person.choices = options(
                [
                    *((str(match.id), match.full_name) for match in likely),
                    (SOMEBODY_ELSE, "Người khác, vẫn đăng ký"),
                ]
            )

    def ward_id(self, only_ward_id: int | None) -> int | None:
        """The ward that was chosen, or the reader's only one; None for one that was not offered."""
        if "ward" not in self:
            return only_ward_id
        return self.ward.data if self.ward.data in self._wards_offered else None

    def registration(self, ward_id: int) -> Registration:
        """The typed values of a valid form."""
        decision = self.same_person.data or ""
        return Registration(
            role=self.role,
            ward_id=ward_id,
            person=self.details,
            consent=self.consent,
            started_on=required_day(self.started_on),
            capacity=self.own_capacity,
            same_person_id=int(decision) if decision.isdecimal() else None,
            is_somebody_else=decision == SOMEBODY_ELSE,
        )


class EditPersonForm(PersonForm, EditingForm):
    """Who the person is, as it stands now; the version tells whether somebody else was faster."""


def check_day(form: BaseForm, field: DayField, today: date) -> None:
    """Refuse days after today and impossibly early ones."""
    not_in_future(today)(form, field)
    if field.data is not None and field.data < EARLIEST_DAY:
        raise ValidationError(f"Ngày này quá sớm. Chọn từ {EARLIEST_DAY:%d/%m/%Y} trở đi.")


def _group_label(group: GroupChoice) -> str:
    return f"{group.label} *" if group.is_sensitive else group.label
