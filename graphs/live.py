"""The network of one day, kept: changed rows in, only what they touch judged anew."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from graphs.audit import AuditedWard, AuditReport, audit
from graphs.findings import Finding, Rule
from graphs.measures import Totals
from graphs.network import Network, build_network
from graphs.rows import (
    DeskRow,
    MenteeRow,
    MentorRow,
    MentorshipRow,
    NetworkRows,
    PostRow,
    Thresholds,
    WardRow,
)
from graphs.standing import WardStanding, ward_standings


class RowChanges(NamedTuple):
    """Rows as they are now, each in place of the one of the same id or ward code; and ids gone."""

    wards: Sequence[WardRow] = ()
    posts: Sequence[PostRow] = ()
    mentors: Sequence[MentorRow] = ()
    mentees: Sequence[MenteeRow] = ()
    mentorships: Sequence[MentorshipRow] = ()
    desk: Sequence[DeskRow] = ()
    gone_posts: Collection[int] = ()
    gone_mentors: Collection[int] = ()
    gone_mentees: Collection[int] = ()
    gone_mentorships: Collection[int] = ()


class LiveNetwork:
    """What the network of a day tells, kept up to date; reads equal the audit of all its rows.

    Every read takes the codes of the wards that are wanted, None for all of them, and tells what
    an audit of those wards alone would tell. A code without a ward raises `KeyError`. Not for
    several threads at once: the caller holds a lock. What is handed out does not change later.
    """

    def __init__(self, rows: NetworkRows, *, as_of: date, thresholds: Thresholds) -> None:
        self.as_of = as_of
        self.thresholds = thresholds
        self._rows = NetworkRows(*(tuple(kind) for kind in rows))

    def apply(self, changes: RowChanges) -> None:
        """Put rows in place of those of the same id, and take away those that are gone."""
        rows = self._rows
        self._rows = rows._replace(
            wards=_put(rows.wards, changes.wards, (), "code"),
            posts=_put(rows.posts, changes.posts, changes.gone_posts),
            mentors=_put(rows.mentors, changes.mentors, changes.gone_mentors),
            mentees=_put(rows.mentees, changes.mentees, changes.gone_mentees),
            mentorships=_put(rows.mentorships, changes.mentorships, changes.gone_mentorships),
            desk=_put(rows.desk, changes.desk, (), "ward"),
        )

    def report(self, codes: Collection[str] | None = None) -> AuditReport:
        """Return the audit of the wards, all findings included."""
        return audit(self._network(codes), self.thresholds)

    def totals(self, codes: Collection[str] | None = None) -> Totals:
        """Return the figures of the wards together."""
        return self.report(codes).totals

    def wards(self, codes: Collection[str] | None = None) -> tuple[AuditedWard, ...]:
        """Return figures and state of each ward, in order of code."""
        return self.report(codes).wards

    def findings(
        self,
        codes: Collection[str] | None = None,
        *,
        rules: Collection[Rule] | None = None,
        start: int = 0,
        limit: int | None = None,
    ) -> tuple[Finding, ...]:
        """Return findings of the wards and rules (None: of all), most urgent first.

        `start` leaves out so many at the head, `limit` is the most that come back.
        """
        stop = None if limit is None else start + limit
        found = (
            finding
            for finding in self.report(codes).findings
            if rules is None or finding.rule in rules
        )
        return tuple(islice(found, start, stop))

    def count_by_rule(self, codes: Collection[str] | None = None) -> dict[Rule, int]:
        """Return how many findings each rule has, in order of precedence; without empty rules."""
        counts = Counter(finding.rule for finding in self.report(codes).findings)
        return {rule: counts[rule] for rule in Rule if counts[rule]}

    def standing(self, code: str) -> WardStanding:
        """Return where the ward and its people stand; people and pairings in order of id."""
        return ward_standings(self._network({code}), self.thresholds)[0]

    def _network(self, codes: Collection[str] | None) -> Network:
        network = build_network(self._rows, as_of=self.as_of)
        if codes is None:
            return network
        return replace(network, wards={code: network.wards[code] for code in sorted(codes)})


def _put(
    rows: Iterable[Any], changed: Iterable[Any], gone: Collection[int], key: str = "id"
) -> tuple[Any, ...]:
    by_key = {getattr(row, key): row for row in rows}
    by_key |= {getattr(row, key): row for row in changed}
    return tuple(by_key[number] for number in sorted(by_key) if number not in gone)
