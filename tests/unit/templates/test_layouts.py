"""The frame around every page."""

from types import SimpleNamespace

AREA = (
    '{% extends "layouts/area.html" %}{% block title %}Mentor{% endblock %}'
    "{% block content %}<p>Nội dung</p>{% endblock %}"
)


def _frame(**values):
    reader = SimpleNamespace(
        display_name="Trần Quốc Bảo",
        ward_name="Xã Ia Dom",
        role_label="Bí thư Đoàn xã",
        finds_people=True,
        outbox_key="",
    )
    entries = [
        SimpleNamespace(label="Việc cần làm", url="/", icon="list-check", is_current=False),
        SimpleNamespace(label="Mentor", url="/mentor", icon="people", is_current=True),
    ]
    frame = {"reader": reader, "navigation": entries, "is_demonstration": False, "notices": []}
    return frame | values


def test_the_title_begins_with_the_one_heading(render):
    soup = render(AREA, **_frame())

    assert [heading.get_text() for heading in soup.select("h1")] == ["Mentor"]
    assert soup.title.get_text() == "Mentor – Đại sứ số Gia Lai"


def test_the_navigation_marks_the_present_area(render):
    soup = render(AREA, **_frame())

    assert [link.get_text() for link in soup.select("nav a[aria-current=page]")] == ["Mentor"]


def test_the_ward_is_always_visible(render):
    soup = render(AREA, **_frame())

    assert soup.select_one(".reader-ward").get_text() == "Xã Ia Dom"


def test_signing_out_is_a_post(render):
    soup = render(AREA, **_frame())

    assert soup.select_one("form[action='/sign_in.sign_out']")["method"] == "post"


def test_demonstration_data_is_marked(render):
    soup = render(AREA, **_frame(is_demonstration=True))

    assert "Dữ liệu minh họa" in soup.select_one(".demonstration-band").get_text()


def test_what_was_done_can_be_taken_back_from_its_message(render):
    done = SimpleNamespace(
        text="Đã ghép 2 người.",
        kind="success",
        undo_url="/hoan-tac/4",
        next_url="/ghep",
        next_label="Ghép tiếp",
        choice_url=None,
        choice_label=None,
    )

    soup = render(AREA, **_frame(notices=[done]))

    notice = soup.select_one("[role=status] .notice-success")
    assert notice.p.get_text() == "Đã ghép 2 người."
    assert notice.form["action"] == "/hoan-tac/4"
    assert notice.a.get_text() == "Ghép tiếp"


def test_a_plain_page_needs_neither_reader_nor_navigation(render):
    source = '{% extends "layouts/plain.html" %}{% block title %}Đăng nhập{% endblock %}'

    soup = render(source, is_demonstration=False, notices=[])

    assert soup.h1.get_text() == "Đăng nhập"
    assert soup.nav is None


def test_the_first_link_leads_past_the_navigation(render):
    soup = render(AREA, **_frame())

    assert soup.find(id=soup.a["href"].removeprefix("#")).name == "main"
