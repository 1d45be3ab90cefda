"""The quarterly report as a file: .docx and .xlsx with the same figures."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time

from app.exchange.figure_workbook import Cell, write_figure_sheets
from app.finding_wording import RULE_LABELS, STATUS_LABELS
from app.formatting import format_cell
from app.quarterly import tables, targets, words
from app.quarterly.drafts import ReportTexts, network_text
from app.quarterly.letterhead import ward_letterhead
from app.reports.document import (
    Grid,
    Heading,
    Letterhead,
    Part,
    Picture,
    ReportDocument,
    Text,
    write_document,
)
from app.reports.figures import ReportFigures
from app.reports.pictures import Shade, draw_bars, draw_map
from app.wording import MAP_CREDIT
from graphs.figures.theme import STATUS_LOOKS
from graphs.findings import Rule, WardStatus

TITLE = "BÁO CÁO"
SUBJECT = "Kết quả xây dựng mạng lưới Đại sứ số"
# What was not counted when an edition was frozen has no sheet in it.
LATER_SHEETS = {"Học tập", "Hoạt động", "Phong trào", "Chỉ tiêu"}
MAP_ORDER = (WardStatus.COVERED, WardStatus.WARNING, WardStatus.CRITICAL, WardStatus.NO_DATA)


def province_document(figures: ReportFigures, texts: ReportTexts, head: Letterhead) -> bytes:
    """Return the report of the province as .docx, with the annex of all wards."""
    parts: list[Part] = [
        Text(words.opening(figures)),
        Heading("I. KẾT QUẢ THỰC HIỆN"),
        Heading("1. Mentor và người học", 2),
        *_texts(texts.network or network_text(figures)),
        _grid(tables.network_table(figures)),
        *_learning(figures),
        Heading("2. Hỗ trợ người dân sử dụng dịch vụ công trực tuyến", 2),
        *_texts(texts.desk or words.desk_text(figures)),
        _grid(tables.desk_table(figures)),
        *_procedures(figures),
        *_activities(figures, texts.activities),
        Heading(f"{3 if figures.learning is None else 4}. Tình hình các xã, phường", 2),
        *_texts(texts.wards or words.wards_text(figures)),
        _map(figures),
        Text(MAP_CREDIT, is_note=True),
        *_targets(figures),
    ]
    typed: tuple[tuple[str, Sequence[Part]], ...] = (
        ("TỒN TẠI VÀ BIỆN PHÁP", _gaps(figures)),
        ("KHÓ KHĂN, VƯỚNG MẮC", _texts(texts.difficulties)),
        ("NHIỆM VỤ QUÝ TIẾP THEO", _texts(texts.next_tasks)),
        ("CÁCH TÍNH SỐ LIỆU", [Text(line) for line in _definitions(figures)]),
    )
    # No heading stands above nothing.
    numbered = zip(("II", "III", "IV", "V"), (one for one in typed if one[1]), strict=False)
    for number, (title, content) in numbered:
        parts += [Heading(f"{number}. {title}"), *content]
    annex: list[Part] = [
        Heading("PHỤ LỤC: TÌNH HÌNH TỪNG XÃ, PHƯỜNG"),
        _grid(tables.ward_table(figures)),
    ]
    return write_document(
        ReportDocument(
            letterhead=head,
            title=TITLE,
            subject=f"{SUBJECT} {words.period_label(figures.code)}",
            span=words.span_of(figures),
            parts=parts,
            annex=annex,
            made_on=_noon(figures),
        )
    )


def ward_document(figures: ReportFigures, code: str, texts: ReportTexts) -> bytes:
    """Return the report of one ward as .docx, half a page; raises `KeyError` for another ward."""
    ward = {ward.code: ward for ward in figures.wards}[code]
    status = STATUS_LABELS[WardStatus(ward.status)].lower()
    cause = ward.primary_cause if ward.has_data else None
    reason = f", nguyên nhân chính: {RULE_LABELS[Rule(cause)].lower()}" if cause else ""
    measure = tables.MEASURES.get(Rule(cause)) if cause else None
    parts: list[Part] = [Text(line) for line in words.ward_text(ward, figures)]
    parts.append(Text(f"Tình trạng chung: {status}{reason}."))
    if measure:
        parts.append(Text(f"Biện pháp: {measure[0].lower()}{measure[1:]}."))
    own = targets.ward_targets(figures, code)
    if own:
        parts.append(_grid(targets.target_table(own, figures)))
    for label, typed in (
        ("Khó khăn, vướng mắc", texts.difficulties),
        ("Nhiệm vụ quý tiếp theo", texts.next_tasks),
    ):
        parts += [Text(f"{label}: {line.text}") for line in _texts(typed)]
    return write_document(
        ReportDocument(
            letterhead=ward_letterhead(ward.full_name),
            title=TITLE,
            subject=f"{SUBJECT} {words.period_label(figures.code)}",
            span=words.span_of(figures),
            parts=parts,
            annex=(),
            made_on=_noon(figures),
        )
    )


def province_workbook(figures: ReportFigures) -> bytes:
    """Return the same tables as .xlsx, a sheet each; figures stay numbers."""
    notes = [words.span_of(figures), *_definitions(figures)]
    sheets = (
        ("Mạng lưới", tables.network_table(figures)),
        ("Hỗ trợ người dân", tables.desk_table(figures)),
        ("Học tập", tables.learning_table(figures)),
        ("Hoạt động", tables.activity_table(figures)),
        ("Phong trào", tables.movement_table(figures)),
        ("Chỉ tiêu", targets.place_table(figures)),
        ("Vướng mắc", tables.ranked_table(figures)),
        ("Tồn tại", tables.gap_table(figures)),
        ("Xã, phường", tables.ward_table(figures)),
    )
    label = words.period_label(figures.code)
    return write_figure_sheets(
        [
            (name, f"{table.title} – {label}", notes, table.headings, table.rows)
            for name, table in sheets
            if table.rows or name not in LATER_SHEETS
        ]
    )


def _texts(typed: str) -> list[Text]:
    return [Text(line.strip()) for line in typed.splitlines() if line.strip()]


def _grid(table: tables.ReportTable) -> Grid:
    rows = tuple(_cells(row) for row in table.rows)
    return Grid(
        table.title, table.headings, rows, table.shares, table.numbers_from, table.last_words
    )


def _cells(row: Iterable[Cell]) -> tuple[str, ...]:
    return tuple(format_cell(cell) for cell in row)


def _procedures(figures: ReportFigures) -> list[Part]:
    parts: list[Part] = []
    if figures.procedures:
        labels = [one.label for one in figures.procedures]
        bars = draw_bars(labels, [one.sessions for one in figures.procedures])
        parts.append(Picture(bars, "Thủ tục người dân cần giúp nhiều nhất (lượt)", 140))
    if figures.obstacles:
        parts.append(_grid(tables.ranked_table(figures)))
    return parts


def _learning(figures: ReportFigures) -> list[Part]:
    return [] if figures.learning is None else [_grid(tables.learning_table(figures))]


def _activities(figures: ReportFigures, text: str | None) -> list[Part]:
    if figures.learning is None:
        return []
    parts: list[Part] = [
        Heading("3. Các hoạt động của Kế hoạch có mạng lưới tham gia", 2),
        *_texts(text or words.activity_text(figures)),
    ]
    told = (tables.activity_table(figures), tables.movement_table(figures))
    return [*parts, *(_grid(table) for table in told if table.rows)]


def _targets(figures: ReportFigures) -> list[Part]:
    """How the targets stand, where there are any."""
    if not figures.targets:
        return []
    of_province = targets.province_targets(figures)
    return [
        Heading(f"{4 if figures.learning is None else 5}. Thực hiện chỉ tiêu của mạng lưới", 2),
        *([_grid(targets.target_table(of_province, figures))] if of_province else []),
        *_texts(targets.wards_text(figures)),
    ]


def _definitions(figures: ReportFigures) -> tuple[str, ...]:
    return (*words.definitions(figures), *targets.definitions(figures))


def _gaps(figures: ReportFigures) -> list[Part]:
    table = tables.gap_table(figures)
    return [_grid(table)] if table.rows else []


def _map(figures: ReportFigures) -> Picture:
    counts = dict.fromkeys(MAP_ORDER, 0)
    for ward in figures.wards:
        counts[WardStatus(ward.status)] += 1
    shades = {
        status.value: Shade(
            STATUS_LOOKS[status].fill,
            "////" if status is WardStatus.NO_DATA else "",
            f"{STATUS_LABELS[status]}: {counts[status]}",
        )
        for status in MAP_ORDER
    }
    picture = draw_map({ward.code: ward.status for ward in figures.wards}, shades)
    day = words.say_day(figures.as_of)
    return Picture(picture, f"Tình trạng các xã, phường đến ngày {day}", 130)


def _noon(figures: ReportFigures) -> datetime:
    return datetime.combine(date.fromisoformat(figures.as_of), time(12), UTC)
