"""A report as .docx: letterhead, headings, paragraphs, tables and pictures in Word's own styles.

The layout is that of the Youth Union's documents, or of NĐ 30/2020/NĐ-CP, phụ lục I: A4, margins
20/20/30/20 mm, Times New Roman 14, page number centred on top from page 2. Number, date and
signature stay blank.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import NamedTuple, TypeAlias

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as DocxTable
from docx.table import _Cell as DocxCell
from docx.text.paragraph import Paragraph as DocxParagraph

FONT = "Times New Roman"
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
TABLE_STYLE, NOTE_STYLE, SMALL_STYLE = "Table Text", "Note", "Letterhead"
# What is left of a page between its margins.
WIDTH_MM, WIDE_MM = 160, 247


class Letterhead(NamedTuple):
    """Who sends a report, as its first and last lines say; an empty line is left out."""

    issuer_lines: tuple[str, ...]
    symbol: str
    motto_lines: tuple[str, ...]
    city: str
    signer_lines: tuple[str, ...]
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, of the first level or the second."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of the body, or a note in italics."""

    text: str
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose head is repeated on each page; the widths are shares of the page's."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]
    # Columns from this one on are numbers, written to the right; the last ones may be words again.
    numbers_from: int = 1
    last_words: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as PNG, what it shows in a line, and for who does not see it in words."""

    png: bytes
    caption: str
    width_mm: int = WIDTH_MM


Part: TypeAlias = Heading | Text | Grid | Picture


class ReportDocument(NamedTuple):
    """A whole report: what stands before the signature, and the annex on wide pages behind it."""

    letterhead: Letterhead
    title: str
    subject: str
    span: str
    parts: Sequence[Part]
    annex: Sequence[Part]
    made_on: datetime


def write_document(report: ReportDocument) -> bytes:
    """Return a report as .docx; the same report gives the same content."""
    document = Document()
    _set_page(document)
    _set_styles(document)
    _write_head(document, report)
    for part in report.parts:
        _write(document, part, WIDTH_MM)
    _write_signature(document, report.letterhead)
    if report.annex:
        _turn_page(document)
        for part in report.annex:
            _write(document, part, WIDE_MM)
    properties = document.core_properties
    properties.title = f"{report.title}: {report.subject}"
    properties.language, properties.author, properties.comments = "vi-VN", "", ""
    properties.created = properties.modified = report.made_on
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _set_page(document: DocxDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    _add_field(number, "PAGE")


def _turn_page(document: DocxDocument) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    # Its first page is not the first of the report, and has its number.
    section.different_first_page_header_footer = False


def _set_styles(document: DocxDocument) -> None:
    body = _style(document, "Normal", size=14)
    body.paragraph_format.space_after = Pt(6)
    body.paragraph_format.line_spacing = 1.1
    for level in (1, 2):
        heading = _style(document, f"Heading {level}", size=14, bold=True)
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(9), Pt(4)
        heading.paragraph_format.keep_with_next = True
    _style(document, "Title", size=14, bold=True)
    caption = _style(document, "Caption", size=12, bold=True)
    caption.paragraph_format.keep_with_next = True
    for name, size in ((TABLE_STYLE, 11), (SMALL_STYLE, 13), (NOTE_STYLE, 12)):
        document.styles.add_style(name, 1)
        style = _style(document, name, size=size)
        style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.line_spacing = 1
    document.styles[NOTE_STYLE].font.italic = True


def _style(document: DocxDocument, name: str, *, size: int, bold: bool = False) -> ParagraphStyle:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)  # noqa: S101  # by its name
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, False
    font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    # Word's own title has a line under it.
    for border in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        border.getparent().remove(border)
    return style


def _write_head(document: DocxDocument, report: ReportDocument) -> None:
    head = report.letterhead
    table = document.add_table(rows=1, cols=2)
    _set_widths(table, (66, 94))
    left, right = table.rows[0].cells
    *above, issuer = head.issuer_lines
    lines = [*((line, False) for line in above), (issuer, True), ("***", False)]
    _write_lines(left, [*lines, (head.symbol, False)])
    _write_lines(right, [(line, True) for line in head.motto_lines])
    last_line = right.paragraphs[-1].runs[0]
    last_line.underline = True
    if len(head.motto_lines) == 1:
        last_line.font.size = Pt(15)
    place = right.add_paragraph(style=SMALL_STYLE)
    place.alignment = CENTRE
    place.paragraph_format.space_before = Pt(12)
    place.add_run(f"{head.city}, ngày      tháng      năm {report.made_on.year}").italic = True
    title = document.add_paragraph(report.title, style="Title")
    title.paragraph_format.space_before = Pt(18)
    subject = document.add_paragraph(report.subject, style="Title")
    span = document.add_paragraph(report.span, style=NOTE_STYLE)
    for line in (title, subject, span):
        line.alignment = CENTRE
        line.paragraph_format.space_after = Pt(0)
    span.paragraph_format.space_after = Pt(12)


def _write_signature(document: DocxDocument, head: Letterhead) -> None:
    document.add_paragraph().paragraph_format.space_after = Pt(0)
    table = document.add_table(rows=1, cols=2)
    _set_widths(table, (80, 80))
    _keep_row_whole(table.rows[0]._tr)  # noqa: SLF001  # has no other way in
    left, right = table.rows[0].cells
    to = left.paragraphs[0]
    to.style = SMALL_STYLE
    run = to.add_run("Nơi nhận:")
    run.bold = run.italic = True
    run.font.size = Pt(12)
    for recipient in head.recipients:
        left.add_paragraph(style=SMALL_STYLE).add_run(f"- {recipient}").font.size = Pt(11)
    _write_lines(right, [(line, True) for line in head.signer_lines])
    for _blank in range(4):
        right.add_paragraph(style=SMALL_STYLE)


def _write(document: DocxDocument, part: Part, width_mm: int) -> None:
    if isinstance(part, Heading):
        document.add_heading(part.text, part.level)
    elif isinstance(part, Text):
        line = document.add_paragraph(part.text, style=NOTE_STYLE if part.is_note else None)
        line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        if not part.is_note:
            line.paragraph_format.first_line_indent = Mm(10)
        else:
            line.paragraph_format.space_after = Pt(4)
    elif isinstance(part, Picture):
        _write_picture(document, part)
    else:
        _write_grid(document, part, width_mm)


def _write_picture(document: DocxDocument, part: Picture) -> None:
    line = document.add_paragraph()
    line.alignment = CENTRE
    line.paragraph_format.keep_with_next = True
    line.add_run().add_picture(BytesIO(part.png), width=Mm(part.width_mm))
    for shown in line._p.iter(qn("wp:docPr")):  # noqa: SLF001  # has no other way in
        shown.set("descr", part.caption)
    caption = document.add_paragraph(part.caption, style="Caption")
    caption.alignment = CENTRE
    caption.paragraph_format.keep_with_next = False


def _write_grid(document: DocxDocument, part: Grid, width_mm: int) -> None:
    if part.caption:
        document.add_paragraph(part.caption, style="Caption").alignment = CENTRE
    table = document.add_table(rows=0, cols=len(part.headings))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for number, row in enumerate((part.headings, *part.rows)):
        line = table.add_row()._tr  # noqa: SLF001  # `rows` and `cells` take seconds for 135 wards
        _keep_row_whole(line)
        if number == 0:
            line.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for column, (cell, text) in enumerate(zip(line.tc_lst, row, strict=True)):
            paragraph = DocxCell(cell, table).paragraphs[0]
            paragraph.style = TABLE_STYLE
            paragraph.add_run(text).bold = number == 0
            if number == 0:
                paragraph.alignment = CENTRE
                # Never alone at the foot of a page.
                paragraph.paragraph_format.keep_with_next = True
            elif part.numbers_from <= column < len(row) - part.last_words:
                paragraph.alignment = RIGHT
    _set_widths(table, [share * width_mm / sum(part.shares) for share in part.shares])
    document.add_paragraph(style=TABLE_STYLE)


def _set_widths(table: DocxTable, widths_mm: Sequence[float]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(round(width))
    for row in table._tbl.tr_lst:  # noqa: SLF001  # as above
        for cell, width in zip(row.tc_lst, widths_mm, strict=True):
            cell.width = Mm(round(width))


def _keep_row_whole(row: OxmlElement) -> None:  # type: ignore[valid-type]  # a factory there
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # type: ignore[attr-defined]


def _write_lines(cell: DocxCell, lines: Sequence[tuple[str, bool]]) -> None:
    for number, (text, is_bold) in enumerate(lines):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        paragraph.style = SMALL_STYLE
        paragraph.alignment = CENTRE
        run = paragraph.add_run(text)
        run.bold = is_bold


def _add_field(paragraph: DocxParagraph, code: str) -> None:
    """Add a field that Word computes, such as the number of the page."""
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = text
        run._r.append(mark)  # noqa: SLF001  # has no other way in
