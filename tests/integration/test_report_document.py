"""The quarterly report as .docx and .xlsx: opened again, and the same digits after later edits."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from app.access.scope import WardScope
from app.exchange.workbook import read_workbook
from app.quarterly.files import ReportTexts, province_document, province_workbook, ward_document
from app.quarterly.letterhead import province_letterhead
from app.queries.period_figures import report_of
from app.queries.report_figures import Span, collect_report
from app.queries.reporting_periods import get_period, list_editions
from app.queries.settings import SiteSettings
from app.reports.figures import ActivitiesOfPeriod, MovementPart, read_report
from app.services.close_period import close_period
from models import HelpSession, ReportingPeriod, db
from tests.factories.base import any_ward
from tests.factories.network import HelpSessionFactory

pytestmark = pytest.mark.usefixtures("flask_app")

EVERYWHERE = WardScope.everywhere()
HEAD = province_letterhead("doan", SiteSettings())
TEXTS = ReportTexts(difficulties="Địa bàn rộng.\nThiếu thiết bị.")


@pytest.fixture
def figures():
    period = ReportingPeriod(
        code="2026-Q1", started_on=date(2025, 12, 15), ended_on=date(2026, 3, 15)
    )
    db.session.add(period)
    db.session.commit()
    HelpSessionFactory.create_batch(3, reported_in=period, service_date=date(2026, 3, 2))
    HelpSessionFactory(reported_in=period, service_date=date(2026, 3, 3), ward=any_ward("23575"))
    span = Span(period.id, period.code, date(2025, 12, 15), date(2026, 3, 14))
    return collect_report(EVERYWHERE, span, date(2026, 3, 20))


def words_of(document):
    return [paragraph.text for paragraph in document.paragraphs]


def test_the_report_has_head_text_tables_map_and_the_annex_of_all_wards(figures):
    content = province_document(figures, TEXTS, HEAD)

    document = Document(BytesIO(content))
    text = "\n".join(words_of(document))
    head, signature = document.tables[0], document.tables[-2]
    annex = document.tables[-1]
    assert "ĐOÀN TNCS HỒ CHÍ MINH" in head.cell(0, 1).text
    assert "ngày      tháng      năm 2026" in head.cell(0, 1).text
    assert signature.cell(0, 0).text.startswith("Nơi nhận:")
    assert "Trong kỳ đã hỗ trợ 4 lượt" in text
    assert "Địa bàn rộng." in words_of(document)
    # Nobody typed the tasks of the next quarter: no heading stands above nothing.
    assert "NHIỆM VỤ" not in text
    rows = [[cell.text for cell in row.cells] for row in annex.rows]
    assert len(rows) == 136
    assert [row[-2] for row in rows if row[1] == "Quy Nhơn Bắc"] == ["3"]
    assert sum(row[-2] == "chưa báo cáo" for row in rows) == 133
    assert len(document.inline_shapes) >= 1


def test_the_layout_is_a4_with_page_numbers_from_the_second_page_and_times_new_roman(figures):
    document = Document(
        BytesIO(
            province_document(figures, ReportTexts(), province_letterhead("nd30", SiteSettings()))
        )
    )

    section = document.sections[0]
    millimetres = [
        round(length.mm)
        for length in (
            section.page_width,
            section.page_height,
            section.top_margin,
            section.bottom_margin,
            section.left_margin,
            section.right_margin,
        )
    ]
    assert millimetres == [210, 297, 20, 20, 30, 20]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header.paragraphs[0]._p.xml
    assert section.first_page_header.paragraphs[0].text == ""
    body = document.styles["Normal"]
    assert (body.font.name, body.font.size.pt) == ("Times New Roman", 14)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in document.tables[0].cell(0, 1).text
    # Heads of tables stand on each page and never alone, pictures are described in words.
    head = document.tables[-1].rows[0]
    assert head._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in head.cells)
    pictures = document.element.body.iter(qn("wp:docPr"))
    assert all(picture.get("descr") for picture in pictures)


def test_the_same_figures_make_the_same_file(figures):
    first, again = (province_document(figures, TEXTS, HEAD) for _ in range(2))

    with ZipFile(BytesIO(first)) as one, ZipFile(BytesIO(again)) as other:
        assert [(name, one.read(name)) for name in one.namelist()] == [
            (name, other.read(name)) for name in other.namelist()
        ]


def test_the_report_of_a_ward_names_that_ward_alone(figures):
    document = Document(BytesIO(ward_document(figures, "23575", TEXTS)))

    assert "Trong kỳ đã hỗ trợ 1 lượt" in "\n".join(words_of(document))
    assert len(document.tables) == 2


def test_the_workbook_has_a_sheet_for_each_table_that_says_anything(figures):
    sheets = read_workbook(province_workbook(replace(figures, targets=())))

    names = ["Mạng lưới", "Hỗ trợ người dân", "Học tập", "Vướng mắc", "Tồn tại", "Xã, phường"]
    assert [sheet.name for sheet in sheets] == names


def test_activities_are_told_by_kind_with_turns_and_people_apart(figures):
    told = replace(
        figures,
        activities=(ActivitiesOfPeriod("community_class", 3, 2, 41, 12, 4),),
        movements=(MovementPart("Gia đình số", 5, 2),),
    )

    document = Document(BytesIO(province_document(told, TEXTS, HEAD)))

    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert ["Lớp học cộng đồng", "3", "2", "41", "12", "4"] in rows
    assert ["Gia đình số", "5", "2"] in rows
    assert (
        "Trong kỳ, mạng lưới Đại sứ số đã tổ chức và tham gia: 3 buổi lớp học cộng đồng tại 2 xã,"
        " phường với 41 lượt tham gia." in words_of(document)
    )
    sheets = {sheet.name: sheet for sheet in read_workbook(province_workbook(told))}
    assert sheets["Hoạt động"].rows[-1][0] == "Lớp học cộng đồng"


def test_an_edition_frozen_without_activities_and_skills_stays_without_them(figures):
    values = figures.as_values()
    for later in ("learning", "activities", "movements", "targets"):
        del values[later]
    old = read_report(values)

    text = words_of(Document(BytesIO(province_document(old, TEXTS, HEAD))))

    assert old.learning is None
    assert "3. Tình hình các xã, phường" in text
    assert not any(word in line for line in text for word in ("đã tổ chức", "Kỹ năng tính"))
    names = ["Mạng lưới", "Hỗ trợ người dân", "Vướng mắc", "Tồn tại", "Xã, phường"]
    assert [sheet.name for sheet in read_workbook(province_workbook(old))] == names


def test_a_closed_quarter_gives_the_same_report_after_later_edits(figures):
    close_period(EVERYWHERE, "2026-Q1")
    period, today = get_period(EVERYWHERE, "2026-Q1"), date(2026, 4, 1)
    before = report_of(EVERYWHERE, period, today)
    [edition] = list_editions(EVERYWHERE, period.id)
    file_before = province_document(before, TEXTS, HEAD)

    HelpSessionFactory.create_batch(5, reported_in_id=period.id, service_date=date(2026, 3, 1))
    db.session.query(HelpSession).filter_by(ward=any_ward("23575")).delete()
    db.session.commit()

    after = report_of(EVERYWHERE, period, today)
    assert after == before
    assert after.desk == figures.desk
    assert [one.digest for one in list_editions(EVERYWHERE, period.id)] == [edition.digest]
    assert words_of(Document(BytesIO(province_document(after, TEXTS, HEAD)))) == words_of(
        Document(BytesIO(file_before))
    )


def test_a_reader_of_one_ward_gets_that_ward_of_a_closed_quarter(figures):
    close_period(EVERYWHERE, "2026-Q1")
    scope = WardScope.of([any_ward("23575").id])

    told = report_of(scope, get_period(scope, "2026-Q1"), date(2026, 4, 1))

    assert [ward.code for ward in told.wards] == ["23575"]
