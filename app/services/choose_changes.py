"""Decides which changes of known people a previewed file may make, and whom its rows are about."""

from collections.abc import Mapping
from dataclasses import replace

from app.access.scope import WardScope
from app.exchange.records import RowPlace
from app.garbage import without_collection
from app.roster.decisions import TakenOver
from app.roster.doubles import Choice
from app.services.preview_keeping import decide


@without_collection()
def choose_for_all(scope: WardScope, import_id: int, taken_over: TakenOver) -> None:
    """Choose for all rows, also those that were chosen one by one; nothing is written yet.

    Raises what `decide` raises, as the others here do.
    """
    decide(scope, import_id, lambda made: replace(made, taken_over=taken_over, rows={}))


@without_collection()
def choose_rows(scope: WardScope, import_id: int, rows: Mapping[RowPlace, bool]) -> None:
    """Choose for some rows whether they overrule what is recorded; nothing is written yet."""
    decide(scope, import_id, lambda made: replace(made, rows={**made.rows, **rows}))


@without_collection()
def choose_people(scope: WardScope, import_id: int, people: Mapping[RowPlace, Choice]) -> None:
    """Choose for some rows whom they are about; nothing is written yet."""
    decide(scope, import_id, lambda made: replace(made, people={**made.people, **people}))
