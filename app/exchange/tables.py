"""Where the tables of a sheet are: heading rows under title lines, with merged cells."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from types import MappingProxyType

from app.exchange.cells import cell_text
from app.exchange.columns import Column, recognise
from app.exchange.labels import Labels, label_key
from app.exchange.workbook import Cell, Sheet

NO_MEANINGS: Mapping[str, Column | None] = MappingProxyType({})
_TITLE_LINES = 8
_TABLES_AT_MOST = 500
_PERSON_NAMES = {Column.FULL_NAME, Column.FAMILY_NAME, Column.GIVEN_NAME}
_NAMES = {*_PERSON_NAMES, Column.MENTOR}
_MENTEE_WORDS = {"nguoi hoc", "hoc vien", "mentee"}
_MENTOR_WORDS = {"mentor", "nguoi huong dan", "dai su so", "huong dan vien"}
_ONLY_IN_HEADINGS = {Column.SEQUENCE, Column.PHONE, Column.BIRTH}
_MAY_NAME = re.compile(
    r"\s*(?:h[oọ]|t[eê]|full|name|last|first|given|sur|family|mente|mentor|ng[uư]|dai su|đại sứ)",
    re.IGNORECASE,
)
_MARKS = {
    Column.GROUPS: Column.GROUP_MARK,
    Column.LANGUAGES: Column.LANGUAGE_MARK,
    Column.ROLE: Column.ROLE_MARK,
    Column.IDENTITY: Column.IDENTITY,
}
_PARENTS = {*_MARKS, Column.BIRTH, Column.GENDER, Column.MENTOR, Column.CONSENT, Column.FULL_NAME}


@dataclass(frozen=True)
class Heading:
    """One column of a table: its index from 0, its heading as typed, what it holds if known.

    `is_by_hand`: somebody had to say what it holds.
    """

    index: int
    label: str
    column: Column | None
    is_by_hand: bool = False


@dataclass(frozen=True)
class Table:
    """A heading row of a sheet and the rows up to the next one; row indexes count from 0."""

    sheet: Sheet
    title: str
    heading_row: int
    first_row: int
    end_row: int
    headings: tuple[Heading, ...]

    @cached_property
    def indexes(self) -> dict[Column, tuple[int, ...]]:
        found: defaultdict[Column, list[int]] = defaultdict(list)
        for heading in self.headings:
            if heading.column is not None:
                found[heading.column].append(heading.index)
        return {column: tuple(indexes) for column, indexes in found.items()}

    @cached_property
    def name_indexes(self) -> tuple[int, ...]:
        """The cells that make up the name, in the order in which they are read."""
        if Column.FULL_NAME in self.indexes:
            return self.indexes[Column.FULL_NAME]
        family = self.indexes.get(Column.FAMILY_NAME, ())
        return (*family, *self.indexes.get(Column.GIVEN_NAME, ()))


def find_tables(
    sheet: Sheet,
    groups: Labels,
    languages: Labels,
    meanings: Mapping[str, Column | None] = NO_MEANINGS,
) -> list[Table]:
    """Return the tables of persons of a sheet, from top to bottom.

    `meanings` by key (`label_key`) are what somebody said that headings mean which are not known.
    """
    finder = Finder(sheet, groups, languages)
    found: list[tuple[int, int, tuple[Heading, ...]]] = []
    below = 0
    for row in finder.promising_rows():
        if row < below:
            continue
        headings, height = finder.headings_at(row)
        if headings:
            below = row + height
            found.append((row, below, headings))
            if len(found) == _TABLES_AT_MOST:
                break
    ends = [*(row for row, _, _ in found[1:]), len(sheet.rows)] if found else []
    return [
        Table(sheet, _title_above(sheet, row), row, first, end, _told(headings, meanings))
        for (row, first, headings), end in zip(found, ends, strict=True)
    ]


def _told(
    headings: tuple[Heading, ...], meanings: Mapping[str, Column | None]
) -> tuple[Heading, ...]:
    """Give the headings that are not known the meaning that somebody said they have."""
    if not meanings:
        return headings
    return tuple(
        replace(heading, column=meanings[key], is_by_hand=True)
        if heading.column is None and (key := label_key(heading.label)) in meanings
        else heading
        for heading in headings
    )


def _title_above(sheet: Sheet, heading_row: int) -> str:
    lines: list[str] = []
    for row in reversed(sheet.rows[max(0, heading_row - _TITLE_LINES) : heading_row]):
        texts = [cell_text(cell) for cell in row if cell != ""]
        has_values = any(not isinstance(cell, str) for cell in row)
        if has_values or len(texts) > 3:  # noqa: PLR2004 - a row of another table, not a line of a title
            break
        lines.extend(texts)
    return " ".join(reversed(lines))


class Finder:
    """Looks for rows of headings in one sheet."""

    def __init__(self, sheet: Sheet, groups: Labels, languages: Labels) -> None:
        self.sheet = sheet
        self.groups = groups
        self.languages = languages
        self.spans: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        self.uprights: defaultdict[int, list[int]] = defaultdict(list)
        self.columns: dict[Cell, Column | None] = {}
        self.names = {
            text for text in sheet.texts if _MAY_NAME.match(text) and _names_a_person(text)
        }
        self.titles = {text for text in self.names if self._column_of(text) is Column.FULL_NAME}
        width = len(sheet.rows[0]) if sheet.rows else 0
        for (top, left), (bottom, right) in sheet.merged:
            if left < width and right > left:
                self.spans[top].append((left, min(right, width - 1)))
            elif left < width and bottom > top:
                self.uprights[top].append(left)

    def promising_rows(self) -> list[int]:
        """Return the rows that may be headings at all, as `_may_begin` tells in detail.

        In a long list of persons hardly any row is: in nearly all of them some column has a value.
        """
        last = len(self.sheet.rows) - 1
        texts_only = list(range(last + 1))
        found = {last} if last >= 0 else set[int]()
        for column, values in zip(self.sheet.columns, self.sheet.values_by_column, strict=True):
            if not all(isinstance(value, str) for value in values):
                texts_only = [row for row in texts_only if isinstance(column[row], str)]
            if not self.titles.isdisjoint(values):
                found.update(row for row, cell in enumerate(column) if cell in self.titles)
        found.update(texts_only, (row - 1 for row in texts_only))
        for top in chain(self.spans, self.uprights):
            found |= {top, top + 1}
        return sorted(row for row in found if 0 <= row <= last)

    def headings_at(self, row: int) -> tuple[tuple[Heading, ...], int]:
        """Return the headings that begin in this row, if any, and how many rows they take."""
        if self.names.isdisjoint(self.sheet.rows[row]) or not self._may_begin(row):
            return (), 1
        above = self._parents_above(row)
        below = self._sub_headings(row)
        tops = self._spread(row, below)
        headings = self._with_one_name(
            [
                self._heading(index, top, below[index] if below else "", above.get(index, ""))
                for index, top in enumerate(tops)
            ],
            row,
        )
        known = {heading.column for heading in headings if heading.column is not None}
        if len(known) < 2 or not known & {Column.FULL_NAME, Column.GIVEN_NAME}:  # noqa: PLR2004
            return (), 1
        return headings, 2 if below else 1

    def _may_begin(self, row: int) -> bool:
        """A cheap look first: a list has many rows that name a role and are no headings.

        Where no merged cell is near and the next row has values, each cell counts for itself.
        """
        cells = self.sheet.rows[row]
        if not isinstance(next((cell for cell in cells if cell != ""), 0), str):
            return False
        following = self.sheet.rows[row + 1] if row + 1 < len(self.sheet.rows) else ("",)
        is_apart = self.spans.keys().isdisjoint((row - 1, row)) and row - 1 not in self.uprights
        if not is_apart or all(isinstance(cell, str) for cell in following):
            return True
        if not self.titles.isdisjoint(cells):
            return True
        if not all(isinstance(cell, str) for cell in cells):
            return False
        columns = {self._column_of(cell) for cell in cells}
        return Column.FULL_NAME in columns or not columns.isdisjoint(_ONLY_IN_HEADINGS)

    def _column_of(self, cell: Cell) -> Column | None:
        """Return what a column with this cell as its heading would hold; remembered by cell."""
        if cell not in self.columns:
            text = cell_text(cell)
            self.columns[cell] = _as_name(Heading(0, text, self._alone(text))).column
        return self.columns[cell]

    def _heading(self, index: int, top: str, below: str, above: str) -> Heading:
        if below:
            return Heading(index, below, self._under(top, below))
        if above and top:
            return Heading(index, top, self._under(above, top))
        return Heading(index, top, self._alone(top))

    def _under(self, parent: str, label: str) -> Column | None:
        above, own = recognise(parent), self._alone(label)
        if above in _MARKS:
            return _MARKS[above]
        if above is Column.MENTOR:
            is_phone = own in {Column.PHONE, Column.MENTOR_PHONE}
            return Column.MENTOR_PHONE if is_phone else Column.MENTOR if own in _NAMES else None
        if above is Column.BIRTH and own not in {Column.MALE, Column.FEMALE}:
            return None if label_key(label) in {"ngay", "thang"} else Column.BIRTH
        if above is Column.CONSENT:
            return Column.CONSENT_DATE if "ngay" in label_key(label).split() else Column.CONSENT
        return own or self._alone(f"{parent} {label}")

    def _alone(self, label: str) -> Column | None:
        column = recognise(label)
        if column is not Column.ETHNICITY and self.groups.find(label):
            return Column.GROUP_MARK
        if column is None and self.languages.find(label):
            return Column.LANGUAGE_MARK
        return column

    def _parents_above(self, row: int) -> dict[int, str]:
        """Return by column the merged headings of the row above that tell what is below them."""
        parents: dict[int, str] = {}
        for left, right in self.spans.get(row - 1, ()) if row else ():
            text = cell_text(self.sheet.rows[row - 1][left])
            if recognise(text) in _PARENTS:
                parents |= dict.fromkeys(range(left, right + 1), text)
        return parents

    def _sub_headings(self, row: int) -> list[str]:
        """Return the texts of the next row if it is a second row of headings, else nothing."""
        if row + 1 >= len(self.sheet.rows):
            return []
        tops = [cell_text(cell) for cell in self.sheet.rows[row]]
        following = self.sheet.rows[row + 1]
        texts = [cell_text(cell) if isinstance(cell, str) else "" for cell in following]
        has_values = any(not isinstance(cell, str) for cell in following)
        spanned = {i for left, right in self.spans.get(row, ()) for i in range(left, right + 1)}
        is_below_a_name = any(
            text and i not in spanned and recognise(top) in _PERSON_NAMES
            for i, (top, text) in enumerate(zip(tops, texts, strict=True))
        )
        is_below_a_span = any(
            text and (i in spanned or not tops[i]) for i, text in enumerate(texts)
        )
        return [] if has_values or is_below_a_name or not is_below_a_span else texts

    def _spread(self, row: int, below: list[str]) -> list[str]:
        """Return the headings of a row, a merged one over all of its columns."""
        tops = [cell_text(cell) for cell in self.sheet.rows[row]]
        for index in self.uprights.get(row - 1, ()):
            tops[index] = tops[index] or cell_text(self.sheet.rows[row - 1][index])
        for left, right in self.spans.get(row, ()):
            tops[left : right + 1] = [tops[left]] * (right - left + 1)
        if not self.sheet.merged and below:
            for index in range(1, len(tops)):
                tops[index] = tops[index] or (tops[index - 1] if below[index] else "")
        return tops

    def _with_one_name(self, headings: Sequence[Heading], row: int) -> tuple[Heading, ...]:
        """Settle which column is the person's name and which the mentor's."""
        names = [heading for heading in headings if heading.column is Column.FULL_NAME]
        columns = {heading.column for heading in headings}
        if not names and not {Column.FAMILY_NAME, Column.GIVEN_NAME} <= columns:
            return _with_name_of_the_role(tuple(map(_as_name, headings)))
        spans = self.spans.get(row, ())
        kept = {heading.index for heading in names[:1]}
        for left, right in spans:
            if kept & set(range(left, right + 1)):
                kept |= set(range(left, right + 1))
        return tuple(
            Heading(heading.index, heading.label, None)
            if heading.column is Column.FULL_NAME and heading.index not in kept
            else heading
            for heading in headings
        )


def _as_name(heading: Heading) -> Heading:
    """Without "Họ và tên", a "Tên" or "Họ tên mentor" is the name of the person."""
    is_name = heading.column is Column.GIVEN_NAME or (
        heading.column is Column.MENTOR and "ten" in label_key(heading.label).split()
    )
    return Heading(heading.index, heading.label, Column.FULL_NAME) if is_name else heading


def _with_name_of_the_role(headings: tuple[Heading, ...]) -> tuple[Heading, ...]:
    """Take "Người học" or "Mentor" for the heading of the name where nothing else is.

    Only beside a heading that no row of values holds, for the words may stand in a role column.
    """
    columns = {heading.column for heading in headings}
    if Column.FULL_NAME in columns or not columns & _ONLY_IN_HEADINGS:
        return headings
    for words in (_MENTEE_WORDS, _MENTOR_WORDS):
        for heading in headings:
            if label_key(heading.label) in words:
                name = Heading(heading.index, heading.label, Column.FULL_NAME)
                return tuple(name if other is heading else other for other in headings)
    return headings


def _names_a_person(cell: str) -> bool:
    text = cell_text(cell)
    return recognise(text) in _NAMES or label_key(text) in _MENTEE_WORDS
