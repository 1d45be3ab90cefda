"""What somebody decided about a file while looking at its preview, and the file as it then is.

The file itself stays as it was read: every decision can be changed until it is applied.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.exchange.columns import Column
from app.exchange.records import Problem, RosterFile, RosterRow, RowPlace
from app.exchange.rereading import Rereader
from app.exchange.row_reader import Lists


@dataclass(frozen=True, slots=True)
class Decisions:
    """`texts` has by row what was typed in the place of what the file says."""

    texts: Mapping[RowPlace, Mapping[Column, str]] = field(default_factory=dict)

    def as_values(self) -> dict[str, Any]:
        """Return the decisions as they are kept."""
        return {"texts": [[*place, dict(texts)] for place, texts in self.texts.items()]}

    @classmethod
    def from_values(cls, values: Mapping[str, Any] | None) -> "Decisions":
        """Return the decisions that were kept, if there were any."""
        if values is None:
            return cls()
        texts = {
            (sheet, number): {Column(name): text for name, text in typed.items()}
            for sheet, number, typed in values["texts"]
        }
        return cls(texts)

    def with_texts(self, place: RowPlace, texts: Mapping[Column, str]) -> "Decisions":
        """Return the decisions with what was typed for one more row, or again for one."""
        return replace(self, texts={**self.texts, place: texts})


def decided(file: RosterFile, decisions: Decisions, lists: Lists) -> RosterFile:
    """Return the file with the rows that were put right; all others are the very same."""
    if not decisions.texts:
        return file
    rows: list[RosterRow] = []
    problems = [p for p in file.problems if (p.sheet, p.row) not in decisions.texts]
    for row in file.rows:
        texts = decisions.texts.get((row.sheet, row.row_number))
        read, found = (row, list[Problem]()) if texts is None else reread(file, row, texts, lists)
        rows.append(read)
        problems += found
    return replace(file, rows=tuple(rows), problems=tuple(problems))


def reread(
    file: RosterFile, row: RosterRow, texts: Mapping[Column, str], lists: Lists
) -> tuple[RosterRow, list[Problem]]:
    """Return a row of the file with what was typed in the place of its cells, and its problems."""
    places = file.places.get(row.sheet, {})
    return Rereader(row.sheet, places, lists, frozenset(texts)).read(row, texts)
