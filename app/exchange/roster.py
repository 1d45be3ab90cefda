"""Sheets → the persons of a roster, with every problem of the file at once."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from app.exchange.body import Body
from app.exchange.by_hand import HandColumn, Meanings, hand_columns
from app.exchange.columns import Column
from app.exchange.errors import NoRosterFoundError
from app.exchange.extent import column_letters
from app.exchange.kept_sheets import pack_sheets
from app.exchange.labels import Labels, label_key
from app.exchange.plain_rows import read_rows
from app.exchange.records import (
    GUIDE_SHEET,
    LISTS_SHEET,
    ColumnPlace,
    Problem,
    RosterFile,
    RosterRole,
    RosterRow,
    RowPlace,
    Severity,
    problem_in,
)
from app.exchange.remembered import Remembered
from app.exchange.roles import role_in_text
from app.exchange.row_reader import Lists, RowReader
from app.exchange.tables import NO_MEANINGS, Table, find_tables
from app.exchange.typed_cells import typed_in_error
from app.exchange.workbook import Sheet
from models.names import fold

__all__ = [
    "Problem",
    "RosterFile",
    "RosterRole",
    "RosterRow",
    "Severity",
    "parse_roster",
    "problem_in",
]

_LINES_NAMED = 5
_COMPARED_AT_MOST = 100
_DROPPED = {
    Column.IDENTITY: (
        "Cột này không được nhập: phần mềm không lưu số giấy tờ tuỳ thân. Hãy xoá cột khỏi tệp."
    ),
    Column.ETHNICITY: (
        "Cột này không được nhập: phần mềm không lưu dân tộc. Nếu cần, hãy ghi cột Ngôn ngữ."
    ),
}


def parse_roster(  # noqa: PLR0913  # what a list may leave unsaid
    sheets: Sequence[Sheet],
    *,
    today: date,
    default_role: RosterRole | None = None,
    groups: Sequence[str] = (),
    languages: Sequence[str] = (),
    meanings: Meanings = NO_MEANINGS,
) -> RosterFile:
    """Return the persons listed in the sheets.

    `default_role` counts where neither the row, the sheet's name nor a title names a role;
    `groups` and `languages` are the labels of the catalogues, `meanings` what was said of headings
    that say nothing. Raises NoRosterFoundError when no sheet has headings of a list. A row that
    stands there twice counts once, with a warning.
    """
    lists = Lists(today, Labels(groups), Labels(languages))
    rows: list[RosterRow] = []
    problems: list[Problem] = []
    notes: list[str] = []
    all_tables: list[Table] = []
    typed: dict[RowPlace, dict[Column, str]] = {}
    places: dict[str, dict[Column, ColumnPlace]] = {}
    for sheet in sheets:
        tables = find_tables(sheet, lists.groups, lists.languages, meanings)
        all_tables += tables
        notes.extend(_notes_on(sheet, tables))
        for table in tables:
            problems.extend(_dropped_columns(table))
            places[sheet.name] = _places(table) | places.get(sheet.name, {})
            body = Body(table)
            reader = RowReader(table, lists, _role_of(table, default_role))
            read, found = read_rows(reader, list(body.persons()))
            rows.extend(read)
            problems.extend(found)
            typed |= typed_in_error(table, found)
            notes.extend(_note_on_lines(table, body.skipped))
    if not places:
        raise NoRosterFoundError
    kept, repeated = _without_repeats(rows)
    in_order = tuple(_in_order([*problems, *repeated], sheets))
    is_asked = hand_columns(all_tables, meanings)
    packed = pack_sheets(sheets, all_tables, default_role) if is_asked else None
    return RosterFile(tuple(kept), in_order, tuple(notes), places, packed, typed)


def ask_columns(
    sheets: Sequence[Sheet], *, groups: Sequence[str], languages: Sequence[str], meanings: Meanings
) -> list[HandColumn]:
    """Return the columns of a file of which somebody has to say, or has said, what they hold."""
    labels = Labels(groups), Labels(languages)
    tables = (table for sheet in sheets for table in find_tables(sheet, *labels, meanings))
    return hand_columns(tables, meanings)


def _role_of(table: Table, default_role: RosterRole | None) -> RosterRole | None:
    if Column.ROLE in table.indexes:
        return default_role  # an empty cell of that column is not decided by a title
    named = role_in_text(table.sheet.name) or role_in_text(table.title) or default_role
    has_mentors = Column.MENTOR in table.indexes or Column.MENTOR_PHONE in table.indexes
    return named or (RosterRole.MENTEE if has_mentors else None)


def _notes_on(sheet: Sheet, tables: Sequence[Table]) -> Iterator[str]:
    if not tables:
        if sheet.rows and sheet.name not in {GUIDE_SHEET, LISTS_SHEET}:
            yield f"Trang “{sheet.name}” không có danh sách nên được bỏ qua."
        return
    if sheet.is_hidden:
        yield f"Trang “{sheet.name}” đang bị ẩn trong Excel nhưng vẫn được đọc."
    headings = [heading for table in tables for heading in table.headings]
    unused = [h.label for h in headings if h.label and not h.column and not h.is_by_hand]
    if unused:
        names = ", ".join(f"“{label}”" for label in dict.fromkeys(unused))
        yield f"Trang “{sheet.name}” có cột không được nhập: {names}."
    if any(heading.is_by_hand for heading in headings):
        told = dict.fromkeys(h.label for h in headings if h.is_by_hand)
        names = ", ".join(f"“{label}”" for label in told)
        yield f"Trang “{sheet.name}”: các cột {names} được đọc như đã chọn trước đây."


def _note_on_lines(table: Table, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        more = len(lines) - _LINES_NAMED
        named = "; ".join(lines[:_LINES_NAMED]) + (f" và {more} dòng khác" if more > 0 else "")
        yield f"Trang “{table.sheet.name}” có dòng chữ không phải là người: {named}."


def _places(table: Table) -> dict[Column, ColumnPlace]:
    return {
        heading.column: ColumnPlace(column_letters(heading.index), heading.label)
        for heading in reversed(table.headings)
        if heading.column is not None
    }


def _dropped_columns(table: Table) -> Iterator[Problem]:
    for heading in table.headings:
        if heading.column in _DROPPED:
            yield Problem(
                table.sheet.name,
                table.heading_row + 1,
                column_letters(heading.index),
                heading.label,
                _DROPPED[heading.column],
                Severity.WARNING,
            )


def _without_repeats(rows: Sequence[RosterRow]) -> tuple[Sequence[RosterRow], list[Problem]]:
    problems: list[Problem] = []
    dropped: set[int] = set()
    for places in _namesakes(rows):
        kept: list[RosterRow] = []
        for place in places:
            candidates = kept[:_COMPARED_AT_MOST]
            first = next((other for other in candidates if _repeats(rows[place], other)), None)
            if first is None:
                kept.append(rows[place])
            else:
                dropped.add(place)
                problems.append(_repeat_warning(rows[place], first))
    if not dropped:
        return rows, problems
    return [row for place, row in enumerate(rows) if place not in dropped], problems


def _namesakes(rows: Sequence[RosterRow]) -> list[list[int]]:
    """Return the places of rows, two or more, with the same name, ward and role."""
    names, ward_keys = Remembered(fold), Remembered(label_key)
    keys = [(names[row.full_name], ward_keys[row.ward or ""], row.role) for row in rows]
    frequency = Counter(keys)
    found: defaultdict[tuple[str, str, RosterRole | None], list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        if frequency[key] > 1 and rows[place].full_name:
            found[key].append(place)
    return list(found.values())


def _repeats(row: RosterRow, other: RosterRow) -> bool:
    """Same person and same spell; without phone and year only a row that says the same."""
    if row == other:
        return True
    has_conflict = any(
        one is not None and two is not None and one != two
        for one, two in ((row.phone, other.phone), (row.started_on, other.started_on))
    )
    has_proof = (row.phone is not None and row.phone == other.phone) or (
        row.birth_year is not None and row.birth_year == other.birth_year
    )
    return has_proof and not has_conflict


def _repeat_warning(row: RosterRow, first: RosterRow) -> Problem:
    where = f"dòng {first.row_number}"
    if row.sheet != first.sheet:
        where += f" của trang “{first.sheet}”"
    difference = "" if row == first else " Hai dòng ghi khác nhau; hãy sửa dòng đầu nếu cần."
    return problem_in(
        row,
        f"Người này đã có ở {where} nên dòng này không được tính.{difference}",
        severity=Severity.WARNING,
    )


def _in_order(problems: Sequence[Problem], sheets: Sequence[Sheet]) -> list[Problem]:
    """By sheet as they come in the file, then by row; within a row as they were found."""
    places = {sheet.name: place for place, sheet in enumerate(sheets)}
    return sorted(problems, key=lambda problem: (places[problem.sheet], problem.row or 0))
