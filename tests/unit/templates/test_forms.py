"""What `field`, `error_summary` and `post_form` make of a form."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    Form,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

FIELD = '{% from "components/forms.html" import field %}{{ field(form_field) }}'


class PhoneField(StringField):
    """Stands for any field of phones: the class name tells."""


class DayField(StringField):
    """Stands for any field of days that is no DateField."""


class RosterForm(Form):
    full_name = StringField("Họ và tên", [InputRequired("Hãy ghi họ và tên.")])
    phone = PhoneField("Điện thoại", description="Có 10 chữ số.")
    birth_year = IntegerField("Năm sinh")
    password = PasswordField("Mật khẩu")
    started_on = DateField("Ngày bắt đầu", format="%d/%m/%Y")
    met_on = DayField("Ngày gặp")
    way = RadioField(
        "Cách", choices=[SelectChoice("a", "Tự làm"), SelectChoice("b", "Làm cùng")], default="b"
    )
    gender = SelectField("Giới tính", choices=[SelectChoice("f", "Nữ"), SelectChoice("m", "Nam")])
    ward = SelectField(
        "Xã", choices=[SelectChoice(str(number), f"Xã {number}") for number in range(8)]
    )
    languages = SelectMultipleField(
        "Ngôn ngữ",
        [InputRequired("Hãy chọn.")],
        choices=[SelectChoice("j", "Jrai"), SelectChoice("b", "Bahnar")],
    )
    note = TextAreaField("Ghi chú")
    consent = BooleanField("Đã đồng ý", [InputRequired("Chưa có sự đồng ý.")])

    def hidden_tag(self):
        return ""


def test_a_text_field_is_named_by_its_label(render):
    soup = render(FIELD, form_field=RosterForm().full_name)

    assert soup.label["for"] == soup.input["id"]
    assert soup.label.get_text(strip=True) == "Họ và tên"


def test_a_field_that_may_stay_empty_says_so(render):
    soup = render(FIELD, form_field=RosterForm().note)

    assert "(không bắt buộc)" in soup.label.get_text()


def test_the_hint_is_read_out_with_the_field(render):
    soup = render(FIELD, form_field=RosterForm().phone)

    assert soup.find(id=soup.input["aria-describedby"]).get_text() == "Có 10 chữ số."


def test_a_wrong_field_keeps_what_was_typed_and_says_what_is_wrong(render):
    form = RosterForm(MultiDict({"birth_year": "<b>hai nghìn</b>"}))
    form.validate()
    form.birth_year.errors = ["Năm sinh có 4 chữ số."]

    soup = render(FIELD, form_field=form.birth_year)

    assert soup.input["value"] == "<b>hai nghìn</b>"
    assert soup.input["aria-invalid"] == "true"
    assert "Năm sinh có 4 chữ số." in soup.find(id=soup.input["aria-describedby"]).get_text()


@pytest.mark.parametrize(
    ("name", "attribute", "value"),
    [
        ("phone", "inputmode", "tel"),
        ("birth_year", "inputmode", "numeric"),
        ("started_on", "placeholder", "dd/mm/yyyy"),
        ("started_on", "type", "text"),
        ("met_on", "placeholder", "dd/mm/yyyy"),
        ("password", "type", "password"),
    ],
)
def test_each_kind_of_text_gets_its_keyboard(render, name, attribute, value):
    soup = render(FIELD, form_field=RosterForm()[name])

    assert soup.input[attribute] == value


def test_a_date_offers_today_and_yesterday_to_those_with_script(render):
    soup = render(FIELD, form_field=RosterForm().started_on)

    assert [button.get_text() for button in soup.select("button[hidden]")] == ["Hôm nay", "Hôm qua"]


@pytest.mark.parametrize(
    ("name", "input_type", "ticked"),
    [("way", "radio", ["b"]), ("gender", "radio", []), ("languages", "checkbox", [])],
)
def test_few_choices_are_chips(render, name, input_type, ticked):
    soup = render(FIELD, form_field=RosterForm()[name])

    assert {box["type"] for box in soup.select(".chip input")} == {input_type}
    assert [box["value"] for box in soup.select("input[checked]")] == ticked
    assert soup.fieldset.legend is not None


def test_many_choices_are_a_picker_with_search(render):
    soup = render(FIELD, form_field=RosterForm().ward)

    assert soup.select_one("select[data-picker]")["id"] == soup.label["for"]
    assert len(soup.select("option")) == 8


def test_a_tick_box_stands_before_its_label(render):
    soup = render(FIELD, form_field=RosterForm().consent)

    assert soup.select_one("input[type=checkbox] + label").get_text() == "Đã đồng ý"


def test_the_summary_counts_and_links_to_each_wrong_field(render):
    form = RosterForm(MultiDict({"way": "a", "gender": "f", "ward": "1"}))
    form.validate()
    source = '{% from "components/forms.html" import error_summary %}{{ error_summary(form) }}'

    soup = render(source, form=form)

    assert soup.h2.get_text() == "Có 3 chỗ cần sửa"
    assert [(link["href"], link.get_text()) for link in soup.select("a")] == [
        ("#full_name", "Họ và tên: Hãy ghi họ và tên."),
        ("#languages-0", "Ngôn ngữ: Hãy chọn."),
        ("#consent", "Chưa có sự đồng ý."),
    ]


def test_a_form_without_errors_has_no_summary(render):
    source = '{% from "components/forms.html" import error_summary %}{{ error_summary(form) }}'

    soup = render(source, form=RosterForm())

    assert soup.get_text(strip=True) == ""


def test_a_form_leaves_judging_to_the_server(render):
    source = (
        '{% from "components/forms.html" import post_form %}'
        '{% call post_form(form, "/luu", "Lưu mentor", cancel_url="/ve") %}<i></i>{% endcall %}'
    )

    soup = render(source, form=RosterForm())

    assert soup.form.has_attr("novalidate")
    assert soup.form["method"] == "post"
    assert soup.form.select_one("button[type=submit]").get_text() == "Lưu mentor"
    assert soup.form.i is not None
