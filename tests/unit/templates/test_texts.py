"""The texts of templates: said as they stand there, with their values escaped."""

import pytest
from jinja2 import Environment
from markupsafe import Markup

from app.web.template_globals import kept_part, use_source_texts
from models.enums import Role


@pytest.fixture
def texts() -> Environment:
    environment = Environment(autoescape=True)
    use_source_texts(environment)
    return environment


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('{{ _("Họ và tên") }}', "Họ và tên"),
        ('{{ _("Hạn <b>gấp</b>") }}', "Hạn <b>gấp</b>"),
        ('{{ _("đạt 80 %%") }}', "đạt 80 %"),
        ('{{ _("chào %(name)s", name="<An>") }}', "chào &lt;An&gt;"),
        ('{{ [_("một"), _("hai")]|join("<") }}', "một&lt;hai"),
        ('{{ _("Đã") ~ " <" }}', "Đã &lt;"),
        ('{% set text = "Xã" %}{{ _(text) }}', "Xã"),
        ('{{ "" or _("không có") }}', "không có"),
    ],
)
def test_a_text_is_said_as_it_stands_with_its_values_escaped(texts, source, said):
    assert texts.from_string(source).render() == said


def test_a_text_without_values_costs_no_call(texts):
    constant = texts.compile('<td>{{ _("Họ và tên") }}</td>', raw=True)

    assert "<td>Họ và tên</td>" in constant


def test_what_is_said_once_asks_its_macro_once_for_each_value(texts):
    source = (
        "{% macro mark(word) %}{{ count(word) }}{% endmacro %}"
        "{% set mark_of = said_once(mark) %}"
        "{% for word in words %}{{ mark_of(word) }} {% endfor %}"
    )
    asked = []

    page = texts.from_string(source)
    shown = page.render(words=["đủ", "thiếu", "đủ"], count=lambda word: asked.append(word) or word)

    assert shown == "đủ thiếu đủ "
    assert asked == ["đủ", "thiếu"]


def test_a_part_of_a_page_is_made_once_for_each_look_and_each_time_without_one():
    made = []

    def make() -> Markup:
        made.append("x")
        return Markup("-").join(made)

    parts = [kept_part(look, make) for look in (("a test", 1), ("a test", 1), ("a test", 2))]
    unkept = [kept_part(None, make) for _ in range(2)]

    assert (parts, unkept) == (["x", "x", "x-x"], ["x-x-x", "x-x-x-x"])


def test_values_are_written_as_jinja_itself_writes_them(texts):
    source = "{% for value in values %}{{ value }}|{{ value|string|upper }};{% endfor %}"
    values = ["<\"An\" & 'Bé'>", Markup("<b>"), 5, -1, 2.5, None, True, Role.ADMIN, ["<i>"]]

    written = texts.from_string(source).render(values=values)

    assert written == Environment(autoescape=True).from_string(source).render(values=values)
    assert written.startswith("&lt;&#34;An&#34; &amp; &#39;Bé&#39;&gt;|")
