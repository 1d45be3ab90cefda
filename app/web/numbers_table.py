"""The rows of a figure's table as markup: they are many, and a page builds them each time."""

from markupsafe import Markup, escape

from app.figures.figure import Cell, FigureTable
from app.formatting import format_cell

_NUMBERS = (int, float)


def numbers_rows(table: FigureTable) -> Markup:
    """Return the rows of a table, with the label of each value for a phone's cards.

    A template with a loop in a loop took five times as long for the 135 wards.
    """
    labels = [str(escape(heading)) for heading in table.headings]
    links = table.links or ("",) * len(table.rows)
    rows = (_row(row, link, labels) for row, link in zip(table.rows, links, strict=True))
    return Markup("".join(rows))  # noqa: S704  # all texts in it were escaped


def _row(row: tuple[Cell, ...], link: str, labels: list[str]) -> str:
    first = escape(format_cell(row[0]))
    head = f'<a href="{escape(link)}">{first}</a>' if link else first
    rest = "".join(map(_cell, row[1:], labels[1:]))
    return f'<tr><th scope="row">{head}</th>{rest}</tr>\n'


def _cell(value: Cell, label: str) -> str:
    text = format_cell(value)
    if isinstance(value, _NUMBERS):
        return f'<td data-label="{label}" class="numeric"><div>{text}</div></td>'
    return f'<td data-label="{label}"><div>{escape(text)}</div></td>'
