"""The form that hands a visitor of the desk on to the mentors of the ward."""

from collections.abc import Iterable, Sequence
from datetime import date

from wtforms import IntegerField, RadioField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from app.forms.base import BirthYearField, CreatingForm, PhoneField
from app.forms.options import options
from app.forms.plain_text import (
    at_most,
    name_of_person,
    name_of_place,
    one_line,
    without_identity_number,
)
from app.queries.catalogues_for_forms import Choice
from app.queries.people import Likeness, PersonMatch
from app.services.hand_on import HandOn
from app.services.person_writing import ConsentDetails, PersonDetails
from app.wording import CONSENT_METHOD_LABELS
from models.enums import ConsentMethod

EARLIEST_YEAR = 1900
SOMEBODY_ELSE = "nguoi-khac"


class HandOnForm(CreatingForm):
    """Who wants to learn, and how they agreed to be recorded."""

    same_person = RadioField("Có thể là người này", [Optional()], choices=[])
    full_name = StringField(
        "Họ và tên",
        [DataRequired("Nhập họ và tên."), at_most(120), name_of_person],
        filters=[one_line],
        render_kw={"autocomplete": "off", "maxlength": 120},
    )
    phone = PhoneField(
        "Điện thoại",
        [Optional()],
        description="Để mentor liên lạc. Không có thì ghi số của người nhà.",
        render_kw={"autocomplete": "off", "maxlength": 20},
    )
    birth_year = BirthYearField(
        "Năm sinh",
        [InputRequired("Nhập năm sinh, ví dụ 1965.")],
        render_kw={"maxlength": 4, "autocomplete": "off"},
    )
    languages = SelectMultipleField("Ngôn ngữ muốn học bằng", [Optional()], coerce=int)
    hamlet = StringField(
        "Thôn, làng, tổ dân phố",
        [at_most(80), name_of_place, without_identity_number],
        filters=[one_line],
        render_kw={"autocomplete": "off", "list": "hamlets", "maxlength": 80},
    )
    consent_method = RadioField(
        "Người này đã đồng ý bằng cách nào?",
        [InputRequired("Chọn cách người này đã đồng ý. Chưa hỏi thì hỏi trước khi ghi.")],
        coerce=ConsentMethod,
        choices=options(CONSENT_METHOD_LABELS.items()),
    )
    guardian_name = StringField(
        "Người đại diện",
        [at_most(120), name_of_person],
        filters=[one_line],
        description="Cha, mẹ hoặc người giám hộ, khi người học từ 16 tuổi trở xuống.",
        render_kw={"autocomplete": "off", "maxlength": 120},
    )

    def __init__(self, *, languages: Sequence[Choice], today: date, **values: object) -> None:
        super().__init__(**values)
        self.today = today
        self.languages.choices = options(languages)

    def validate_birth_year(self, field: IntegerField) -> None:
        """A year between 1900 and the present one."""
        if field.data is not None and not EARLIEST_YEAR <= field.data <= self.today.year:
            raise ValidationError(f"Nhập năm sinh từ {EARLIEST_YEAR} đến {self.today.year}.")

    def offer_matches(self, matches: Iterable[PersonMatch]) -> None:
        """Let the decision be one of the likely same persons, or somebody else."""
        likely = [match for match in matches if match.likeness is Likeness.SAME_PERSON]
        if not likely:
            # An answer to an earlier question does not count once the name is another.
            self.same_person.raw_data = self.same_person.data = None
        else:
            known = ((str(match.id), _told_apart(match)) for match in likely)
            self.same_person.choices = options([*known, (SOMEBODY_ELSE, "Người khác, trùng tên")])

    @property
    def person(self) -> PersonDetails:
        """Who it is, of a valid form."""
        return PersonDetails(
            full_name=self.full_name.data or "",
            birth_year=self.birth_year.data,
            phone=self.phone.data,
            hamlet=self.hamlet.data,
            language_ids=frozenset(self.languages.data or ()),
        )

    def wish(self, session_id: int, agreed_on: date) -> HandOn:
        """The typed values of a valid form; the consent is dated by the session."""
        decision = self.same_person.data or ""
        return HandOn(
            session_id=session_id,
            person=self.person,
            consent=ConsentDetails(
                method=self.consent_method.data,
                given_on=agreed_on,
                guardian_name=self.guardian_name.data,
            ),
            same_person_id=int(decision) if decision.isdecimal() else None,
            is_somebody_else=decision == SOMEBODY_ELSE,
        )


def _told_apart(match: PersonMatch) -> str:
    parts = [match.full_name, str(match.birth_year or ""), match.hamlet or ""]
    return ", ".join(part for part in parts if part)
