"""Tables, findings, marks of state and lists to tick."""

from types import SimpleNamespace

import pytest

TABLE = (
    '{% from "components/tables.html" import cell, data_table %}'
    '{% call(row) data_table(rows, caption="Mentor", headings=["Tên", {"text": "Kèm", '
    '"numeric": true}], empty_message="Chưa có mentor nào.") %}'
    '<tr>{{ cell("Tên", row.name, header=true) }}{{ cell("Kèm", row.guided, numeric=true) }}</tr>'
    "{% endcall %}"
)


def test_every_value_of_a_table_carries_its_label_for_the_phone(render):
    rows = [SimpleNamespace(name="Ksor H'Thoan", guided=3)]

    soup = render(TABLE, rows=rows)

    assert soup.caption.get_text() == "Mentor"
    assert [
        (cell.name, cell["data-label"], cell.get_text()) for cell in soup.select("tbody th, td")
    ] == [("th", "Tên", "Ksor H'Thoan"), ("td", "Kèm", "3")]


def test_a_name_with_markup_is_shown_as_typed(render):
    rows = [SimpleNamespace(name="<script>x</script>", guided=3)]

    soup = render(TABLE, rows=rows)

    assert soup.script is None
    assert soup.tbody.th.get_text() == "<script>x</script>"


def test_a_column_of_actions_is_named_for_screen_readers_only(render):
    source = (
        '{% from "components/tables.html" import data_table %}{% call(row) data_table([1], '
        'caption="Mentor", headings=[{"text": "Việc khác", "hidden": true}], empty_message="") %}'
        "<tr></tr>{% endcall %}"
    )

    soup = render(source)

    assert soup.select_one("th .visually-hidden").get_text() == "Việc khác"


def test_an_empty_table_says_what_would_be_here(render):
    soup = render(TABLE, rows=[])

    assert soup.table is None
    assert soup.get_text(strip=True) == "Chưa có mentor nào."


@pytest.mark.parametrize(
    ("total", "shown", "expected"),
    [(312, 40, "312 người, 40 đang hiện"), (1312, 1312, "1.312 người"), (3, None, "3 người")],
)
def test_the_count_stands_above_the_list(render, total, shown, expected):
    source = (
        '{% from "components/tables.html" import count_line %}'
        '{{ count_line(total, shown, noun="người") }}'
    )

    soup = render(source, total=total, shown=shown)

    assert soup.p.get_text() == expected


def test_a_pager_of_one_page_is_not_shown(render):
    source = '{% from "components/tables.html" import pager %}{{ pager(page) }}'

    soup = render(source, page=SimpleNamespace(pages=1))

    assert soup.nav is None


def test_a_pager_links_to_the_neighbouring_pages_that_exist(render):
    page = SimpleNamespace(
        page=1,
        pages=3,
        total=1100,
        has_more=False,
        prev_url=None,
        next_url="/2",
        first_index=1,
        last_index=40,
    )

    soup = render('{% from "components/tables.html" import pager %}{{ pager(page) }}', page=page)

    assert [(link["rel"], link["href"]) for link in soup.select("a")] == [(["next"], "/2")]
    assert "1–40 trong 1.100" in soup.get_text()


def test_a_list_of_which_not_all_were_counted_says_so_above_and_below(render):
    source = (
        '{% from "components/tables.html" import count_line, pager %}'
        '{{ count_line(2000, 50, noun="người", has_more=true) }}{{ pager(page) }}'
    )
    page = SimpleNamespace(
        page=1,
        pages=40,
        total=2000,
        has_more=True,
        prev_url=None,
        next_url="/2",
        first_index=1,
        last_index=50,
    )

    text = render(source, page=page).get_text()

    assert "Hơn 2.000 người, 50 đang hiện" in text
    assert "1–50 trong hơn 2.000" in text


@pytest.mark.parametrize(
    ("status", "sign", "word"),
    [
        ("critical", "▲", "Thiếu người"),
        ("warning", "●", "Cần chú ý"),
        ("covered", "✓", "Đã đủ"),
        ("no_data", "–", "Chưa có dữ liệu"),
    ],
)
def test_a_state_is_told_by_sign_and_word(render, status, sign, word):
    source = '{% from "components/findings.html" import status_mark %}{{ status_mark(status) }}'

    soup = render(source, status=status)

    assert soup.get_text() == sign + word


def _finding(**values):
    return SimpleNamespace(
        **{
            "sign": "●",
            "severity": "warning",
            "severity_label": "Cần chú ý",
            "message": "Chị A đang kèm 3/5 người học.",
            "action_label": "Ghép 2 người",
            "action_url": "/ghep",
            "ward_name": "Xã Ia Dom",
            "since_text": "9 ngày",
            "preview": None,
        }
        | values
    )


def test_a_finding_offers_the_one_action_that_removes_it(render):
    source = '{% from "components/findings.html" import finding %}{{ finding(item) }}'

    soup = render(source, item=_finding())

    assert [(link["href"], link.get_text()) for link in soup.select("a")] == [
        ("/ghep", "Ghép 2 người")
    ]
    assert "Xã Ia Dom" in soup.get_text()


def test_a_finding_without_action_has_no_button(render):
    source = '{% from "components/findings.html" import finding %}{{ finding(item) }}'

    soup = render(source, item=_finding(action_url=None, action_label=None))

    assert soup.a is None


def test_a_work_list_with_nothing_to_do_says_so(render):
    source = (
        '{% from "components/findings.html" import work_list %}'
        '{{ work_list([], "Xong hết việc", "Danh sách này báo việc cần làm của xã.") }}'
    )

    soup = render(source)

    assert soup.h2.get_text() == "Xong hết việc"


def test_the_tally_tells_the_number_and_hides_its_dots_from_readers(render):
    source = '{% from "components/findings.html" import tally %}{{ tally(3, 5) }}'

    soup = render(source)

    assert soup.select_one(".tally-number").get_text() == "3/5"
    assert len(soup.select("[aria-hidden] i.on")) == 3


def test_a_row_to_tick_is_named_by_its_title(render):
    source = (
        '{% from "components/lists.html" import check_list, check_row %}'
        '{% call check_list("Ai có mặt?", select_all=true) %}'
        '{{ check_row("mentee", 7, "Rơ Châm Dih", checked=true) }}{% endcall %}'
    )

    soup = render(source)

    assert soup.select_one("input[checked]")["id"] == soup.select_one("li label")["for"]
    assert soup.legend.get_text() == "Ai có mặt?"
    assert soup.select_one("[data-check-all]").has_attr("hidden")


def test_a_post_button_carries_the_key_and_its_values(render):
    source = (
        '{% from "components/buttons.html" import post_button %}'
        '{{ post_button("/hoan-tac", "Hoàn tác", values={"batch": 4}) }}'
    )

    soup = render(source)

    assert {box["name"]: box["value"] for box in soup.select("input")} == {
        "csrf_token": "key",
        "batch": "4",
    }


def test_a_missing_figure_is_not_zero(render):
    source = (
        '{% from "components/page.html" import stat %}{{ stat("Lượt", none) }}{{ stat("Lượt", 0) }}'
    )

    soup = render(source)

    assert [figure.get_text() for figure in soup.select("dd")] == ["chưa có dữ liệu", "0"]


def test_a_part_of_a_whole_shows_its_share_and_no_share_of_nothing(render):
    soup = render(
        '{% from "components/page.html" import stat %}'
        '{{ stat("Đã đủ", 35, base=135) }}{{ stat("Đủ 5", 0, base=0) }}'
    )

    figures = [" ".join(dd.get_text(" ").split()) for dd in soup.select("dd")]
    assert figures == ["35/135 (26 %)", "chưa có dữ liệu"]


def test_a_compact_table_keeps_some_values_off_the_phone_and_one_beside_the_name(render):
    soup = render(
        '{% from "components/tables.html" import cell, data_table %}'
        '{% call(row) data_table([1], caption="Xã", headings=["Xã", "A", "B"], '
        'empty_message="", compact=true) %}<tr>{{ cell("Xã", "Chư Sê", header=true) }}'
        '{{ cell("A", "đủ", aside=true) }}{{ cell("B", 3, numeric=true, wide_only=true) }}</tr>'
        "{% endcall %}"
    )

    beside, wide = soup.select("td")
    assert "data-table-compact" in soup.table["class"]
    assert beside["class"] == ["aside"]
    assert wide["class"] == ["numeric", "wide-only"]
    assert wide.get("data-label") is None


def test_ways_to_other_tasks_are_links_and_nothing_without_any(render):
    source = '{% from "components/page.html" import link_row %}{{ link_row(items, "Việc khác") }}'
    item = {"label": "Nhập danh sách", "url": "/nhap-danh-sach", "icon": "upload"}

    [link] = render(source, items=[item]).select("ul.link-row a")

    assert (link["href"], link.get_text().strip()) == ("/nhap-danh-sach", "Nhập danh sách")
    assert render(source, items=[]).find() is None
