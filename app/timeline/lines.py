"""The lines of a history: what one action did is one line, the newest first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any, NamedTuple

from app.access.scope import WardScope
from app.change_wording import action_label
from app.queries.authors import Authors, name_authors
from app.queries.timeline_changes import (
    ActionKind,
    RowChange,
    list_row_changes,
    name_actions,
    name_values,
)
from app.queries.timeline_meetings import MonthOfMeetings, list_pair_months, list_person_months
from app.queries.timeline_rows import HistoryRow, Pair, list_pair_rows, list_person_rows
from app.texts import _
from app.timeline.sentences import Words, is_told, tell_changed, tell_made, tell_month

# Where the values of a row stand in its table: as made, it said what the first change replaced.
SPAN = {"first_day": "started_on", "last_day": "ended_on"}
FIELDS = {
    "consents": {"first_day": "given_on", "last_day": "withdrawn_on"},
    "mentor_capacities": {"first_day": "effective_on", "number": "capacity"},
    "persons": {"name": "full_name"},
}
# In which order an action is told: who, as what, with whom, and what belongs to it.
ORDER = (
    "persons", "person_merges", "mentors", "mentees", "support_posts", "mentorships", "pauses",
    "handoffs", "follow_ups", "skill_assessments", "vneid_confirmations", "consents",
    "mentor_capacities", "person_groups", "person_languages", "person_tags",
)  # fmt: skip
MEETINGS = {
    "support_post": "duty_confirmed",
    "desk": "session_logged",
    "host": "activity_added",
    "took_part": "activity_added",
}


@dataclass(frozen=True, slots=True)
class Line:
    """An action: when, who (None: a command on the server), what it was, and what it did."""

    instant: datetime
    author: str | None
    action: str
    sentences: tuple[str, ...]
    is_by_many: bool = False


class _Told(NamedTuple):
    """A sentence to be, and the action that it belongs to."""

    instant: datetime
    account_id: int | None
    batch_id: int | None
    row: HistoryRow | None = None
    change: RowChange | None = None
    month: MonthOfMeetings | None = None

    def order(self) -> tuple[int, int]:
        """Where it stands among what the same action did."""
        row = self.row
        return (0, 0) if row is None else (ORDER.index(row.kind), row.id)

    def tell(self, words: Words) -> Iterator[str]:
        """Yield it as sentences."""
        if self.month is not None:
            yield tell_month(self.month)
        elif self.row is not None and self.change is not None:
            yield from tell_changed(self.row, self.change, words)
        elif self.row is not None:
            yield tell_made(self.row)


class History:
    """All that happened to a person or a pairing, grouped by action; worded a page at a time."""

    def __init__(
        self, scope: WardScope, rows: Sequence[HistoryRow], months: Sequence[MonthOfMeetings]
    ) -> None:
        self._scope = scope
        self._changes = list_row_changes(scope, rows)
        self._actions = _by_action(rows, self._changes, months)

    @classmethod
    def of_person(cls, scope: WardScope, person_id: int) -> "History":
        """Read the history of a person of the scope, whatever roles they had."""
        rows = list_person_rows(scope, person_id)
        ids = {row.id for row in rows if row.kind == "persons"}
        return cls(scope, rows, list_person_months(scope, ids))

    @classmethod
    def of_pair(cls, scope: WardScope, pair: Pair) -> "History":
        """Read the history of a pairing of the scope."""
        return cls(scope, list_pair_rows(scope, pair), list_pair_months(scope, pair))

    def __len__(self) -> int:
        return len(self._actions)

    def lines(self, *, offset: int, limit: int, shows_phones: bool = False) -> list[Line]:
        """Return part of the lines, the newest first."""
        shown = self._actions[offset : offset + limit]
        told = [one for action in shown for one in action]
        kinds = name_actions(self._scope, {one.batch_id for one in told if one.batch_id})
        authors = name_authors(self._scope, {one.account_id for one in told if one.account_id})
        values = name_values(self._scope, [one.change for one in told if one.change])
        words = Words(values, shows_phones=shows_phones)
        return [_line(action, kinds, authors, words) for action in shown]


def _line(
    action: Sequence[_Told], kinds: Mapping[int, ActionKind], authors: Authors, words: Words
) -> Line:
    first = action[0]
    return Line(
        instant=first.instant,
        author=authors.name_at(first.account_id, first.instant),
        action=_action_words(first, kinds.get(first.batch_id or 0)),
        sentences=tuple(dict.fromkeys(chain.from_iterable(one.tell(words) for one in action))),
        is_by_many=first.month is not None and first.month.is_by_many,
    )


def _action_words(told: _Told, kind: ActionKind | None) -> str:
    if told.month is not None:
        return action_label(MEETINGS.get(told.month.side, "contact_logged"))
    if kind is None:
        return ""
    if kind.undoes is not None:
        return _("Hoàn tác: %(action)s", action=action_label(kind.undoes))
    return action_label(kind.kind)


def _by_action(
    rows: Sequence[HistoryRow], changes: Sequence[RowChange], months: Sequence[MonthOfMeetings]
) -> list[list[_Told]]:
    """Group what is told by the action that did it, the newest first."""
    actions: dict[tuple[object, ...], list[_Told]] = defaultdict(list)
    for told in (*_made(rows, changes), *_changed(rows, changes)):
        actions[told.instant, told.batch_id, told.account_id].append(told)
    grouped = [sorted(action, key=_Told.order) for action in actions.values()]
    grouped += [[_Told(month.entered_at, month.account_id, None, month=month)] for month in months]
    return sorted(grouped, key=lambda one: (one[0].instant, one[0].batch_id or 0), reverse=True)


def _made(rows: Iterable[HistoryRow], changes: Iterable[RowChange]) -> Iterator[_Told]:
    replaced: dict[tuple[str, int, str], str | None] = {}
    for change in changes:
        for edit in change.edits:
            replaced.setdefault((change.kind, change.object_id, edit.field), edit.old)
    for row in rows:
        told = _as_made(row, replaced)
        yield _Told(row.entered_at, row.entered_by_id, row.batch_id, told)


def _as_made(row: HistoryRow, replaced: Mapping[tuple[str, int, str], str | None]) -> HistoryRow:
    """Return a row as it was before anything in it was changed."""
    values: dict[str, Any] = {
        name: _read(name, replaced[row.kind, row.id, field])
        for name, field in FIELDS.get(row.kind, SPAN).items()
        if (row.kind, row.id, field) in replaced
    }
    return row._replace(**values)


def _read(name: str, value: str | None) -> str | int | date | None:
    if value is None or name == "name":
        return value
    return int(value) if name == "number" else date.fromisoformat(value)


def _changed(rows: Iterable[HistoryRow], changes: Iterable[RowChange]) -> Iterator[_Told]:
    known = {(row.kind, row.id): row for row in rows}
    for change in changes:
        if is_told(change):
            row = known[change.kind, change.object_id]
            yield _Told(change.changed_at, change.account_id, change.batch_id, row, change)
