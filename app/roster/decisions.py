"""What somebody decided about a file while looking at its preview, and the file as it then is.

The file itself stays as it was read: every decision can be changed until it is applied.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from app.exchange.columns import Column
from app.exchange.records import Problem, RosterFile, RosterRow, RowPlace
from app.exchange.rereading import Rereader
from app.exchange.row_reader import Lists
from app.roster.changes import FieldChange
from app.roster.doubles import Choice


class TakenOver(StrEnum):
    """What of a file is recorded about people who are known already."""

    FILLING = "filling"
    ALL = "all"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Decisions:
    """`texts` has by row what was typed in the place of what the file says.

    `taken_over` counts for all known people, but for the rows of whom `rows` tells whether they
    overrule what is recorded. At first a file only fills in what is not recorded: lists of years
    ago must not undo what was put right since. `people` has by row whom it was said to be about.
    """

    texts: Mapping[RowPlace, Mapping[Column, str]] = field(default_factory=dict)
    taken_over: TakenOver = TakenOver.FILLING
    rows: Mapping[RowPlace, bool] = field(default_factory=dict)
    people: Mapping[RowPlace, Choice] = field(default_factory=dict)

    def as_values(self) -> dict[str, Any]:
        """Return the decisions as they are kept."""
        return {
            "texts": [[*place, dict(texts)] for place, texts in self.texts.items()],
            "taken_over": self.taken_over,
            "rows": [[*place, is_taken] for place, is_taken in self.rows.items()],
            "people": [[*place, *choice] for place, choice in self.people.items()],
        }

    @classmethod
    def from_values(cls, values: Mapping[str, Any] | None) -> "Decisions":
        """Return the decisions that were kept, if there were any."""
        if values is None:
            return cls()
        texts = {
            (sheet, number): {Column(name): text for name, text in typed.items()}
            for sheet, number, typed in values["texts"]
        }
        rows = {(sheet, number): taken for sheet, number, taken in values.get("rows", ())}
        taken_over = TakenOver(values.get("taken_over", TakenOver.FILLING))
        people = {
            (sheet, number): Choice(who, tuple(among))
            for sheet, number, who, among in values.get("people", ())
        }
        return cls(texts, taken_over, rows, people)

    def takes(self, row: RosterRow, change: FieldChange) -> bool:
        """Say whether what a row says otherwise of a known person is to be recorded."""
        chosen = self.rows.get((row.sheet, row.row_number))
        if chosen or (chosen is None and self.taken_over is TakenOver.ALL):
            return True
        return change.fills and self.taken_over is not TakenOver.NOTHING

    def leaves_open(self, place: RowPlace, candidates: Sequence[str]) -> bool:
        """Say whether nobody chose yet whom a row is about, or only before there were these."""
        choice = self.people.get(place)
        return choice is None or not set(candidates) <= set(choice.among)

    def with_texts(self, place: RowPlace, texts: Mapping[Column, str]) -> "Decisions":
        """Return the decisions with what was typed for one more row, or again for one.

        Whom it was said to be about counts no more: that was said of what the row told before.
        """
        people = {other: choice for other, choice in self.people.items() if other != place}
        return replace(self, texts={**self.texts, place: texts}, people=people)


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
