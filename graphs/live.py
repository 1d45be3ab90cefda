"""The network of one day, kept: changed rows in, only what they touch judged anew."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

from graphs.audit import AuditedWard, AuditReport
from graphs.checks.plausibility import entry_bursts
from graphs.findings import RULES_BY_URGENCY, Finding, Rule, WardStatus
from graphs.live_alike import LiveAlike
from graphs.live_pairings import LivePairings
from graphs.live_tally import Tally
from graphs.live_ward import LiveWard
from graphs.measures import Counted, Sums, Totals, add_up, network_totals, sums_of, united
from graphs.network import ReportedPeople, border_graph
from graphs.paged import Paged
from graphs.rows import (
    AlikeRow,
    DeskRow,
    EntryRow,
    MenteeRow,
    MentorRow,
    MentorshipRow,
    NetworkRows,
    PostRow,
    Thresholds,
    WardRow,
)
from graphs.standing import MentorStanding, WardStanding, mentor_standing, waiting_mentee
from graphs.timeline import is_open, is_paused
from graphs.ward_means import WardCrew, crew_of


class RowChanges(NamedTuple):
    """Rows as they are now, each in place of the one of the same id or ward code; and ids gone.

    `alike` are all rows that name one of the people `compared`, `entries` at least the sessions of
    every burst in the wards and on the days of entering that were `recounted`.
    """

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
    alike: Sequence[AlikeRow] = ()
    compared: Collection[int] = ()
    entries: Sequence[EntryRow] = ()
    recounted: Collection[tuple[str, date]] = ()


class OpenSpells(NamedTuple):
    """How many spells are open, paused ones too; a person may have several."""

    mentors: int
    mentees: int
    waiting: int


class _Touched(NamedTuple):
    """What has to be judged anew: ids of spells, codes of wards."""

    mentors: set[int]
    mentees: set[int]
    wards: set[str]


class LiveNetwork:
    """What the network of a day tells, kept up to date; reads equal the audit of all its rows.

    Every read takes the codes of the wards that are wanted, None for all of them, and tells what
    an audit of those wards alone would tell. A code without a ward raises `KeyError`. Not for
    several threads at once: the caller holds a lock. What is handed out does not change later.
    """

    def __init__(self, rows: NetworkRows, *, as_of: date, thresholds: Thresholds) -> None:
        self.as_of = as_of
        self.thresholds = thresholds
        self._borders = border_graph((), rows.borders)
        self._posts: dict[int, PostRow] = {}
        self._mentors: dict[int, MentorRow] = {}
        self._mentees: Paged[MenteeRow] = Paged()
        self._paused_mentees: set[int] = set()
        self._pairings = LivePairings(rows.mentorships, as_of)
        self._wards: dict[str, LiveWard] = {}
        self._reported: dict[str, LiveWard] = {}
        self._people = [Tally(are_all=counted is Counted.MENTEE) for counted in Counted]
        self._sums = Sums()
        self._by_status: Counter[WardStatus] = Counter()
        self._alike = LiveAlike(rows.alike)
        self._fill(rows)

    def _fill(self, rows: NetworkRows) -> None:
        """Take all rows in; who is touched need not be gathered where everybody is new."""
        changes = RowChanges(wards=list(rows.wards), posts=list(rows.posts), desk=list(rows.desk))
        touched = _Touched(set(), set(), set())
        self._put_wards(changes, touched)
        self._put_posts(changes, touched)
        for mentee in rows.mentees:
            self._put_mentee(mentee)
        self._mentors = {mentor.id: mentor for mentor in rows.mentors}
        self._judge(self._mentees, self._mentors, touched)
        self._put_entries(rows.entries, ())

    def apply(self, changes: RowChanges) -> None:
        """Take away the rows that are gone, then put rows in place of those of the same id."""
        touched = _Touched(set(), set(), set())
        self._put_wards(changes, touched)
        self._put_posts(changes, touched)
        self._put_mentorships(changes, touched)
        self._put_mentees(changes, touched)
        self._put_mentors(changes, touched)
        self._judge(touched.mentees, touched.mentors, touched)
        if changes.compared:
            self._alike.put(changes.compared, changes.alike)
        if changes.recounted:
            self._put_entries(changes.entries, changes.recounted)

    def report(self, codes: Collection[str] | None = None) -> AuditReport:
        """Return the audit of the wards, all findings included."""
        return AuditReport(
            as_of=self.as_of,
            thresholds=self.thresholds,
            totals=self.totals(codes),
            wards=self.wards(codes),
            findings=self.findings(codes),
        )

    def totals(self, codes: Collection[str] | None = None) -> Totals:
        """Return the figures of the wards together."""
        if codes is None:
            return network_totals(self._sums, self._people, self._by_status)
        wards = self._chosen(codes)
        return network_totals(
            add_up(ward.audited.figures for ward in wards),
            united([ward.people for ward in wards]),
            Counter(ward.audited.status for ward in wards),
        )

    def wards(self, codes: Collection[str] | None = None) -> tuple[AuditedWard, ...]:
        """Return figures and state of each ward, in order of code."""
        return tuple(ward.audited for ward in self._chosen(codes))

    def crews(self, codes: Collection[str] | None = None) -> list[WardCrew]:
        """Return each ward's mentors at work and their people, counted, in order of code."""
        return [
            crew_of(ward.row.code, ward.working_mentors, ward.waiting)
            for ward in self._chosen(codes)
        ]

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
        wards = self._chosen(codes)
        found = (
            finding
            for rule in RULES_BY_URGENCY
            if rules is None or rule in rules
            for findings in self._found_by(rule, wards)
            for finding in findings
        )
        return tuple(islice(found, start, stop))

    def count_by_rule(self, codes: Collection[str] | None = None) -> dict[Rule, int]:
        """Return how many findings each rule has, in order of precedence; without empty rules."""
        wards = self._chosen(codes)
        counts = ((rule, sum(map(len, self._found_by(rule, wards)))) for rule in Rule)
        return {rule: count for rule, count in counts if count}

    def standing(self, code: str) -> WardStanding:
        """Return where the ward and its people stand; people and pairings in order of id."""
        return self._reported[code].standing

    def people(self, codes: Collection[str] | None = None) -> ReportedPeople:
        """Return the rows about people of the wards, and the mentorships of their mentors."""
        wanted = {ward.row.code for ward in self._chosen(codes)}
        mentors = [row for row in self._mentors.values() if row.ward in wanted]
        return ReportedPeople(
            posts=[row for row in self._posts.values() if row.ward in wanted],
            mentors=mentors,
            mentees=[row for row in self._mentees.values() if row.ward in wanted],
            mentorships=[row for each in mentors for row in self._pairings.of_mentor(each.id)],
        )

    def count_spells(self, codes: Collection[str] | None = None) -> OpenSpells:
        """Return how many spells of the wards are open."""
        wards = self._chosen(codes)
        return OpenSpells(
            mentors=sum(ward.open_mentors for ward in wards),
            mentees=sum(ward.open_mentees for ward in wards),
            waiting=sum(ward.waiting for ward in wards),
        )

    def mentors(
        self, ids: Collection[int], codes: Collection[str] | None = None
    ) -> dict[int, MentorStanding]:
        """Return where the mentors of the wards among these spells stand, by id; open ones."""
        standings = {}
        for mentor_id in ids:
            row = self._mentors.get(mentor_id)
            is_wanted = row is not None and row.ward in (self._reported if codes is None else codes)
            if row is not None and is_wanted and is_open(row, self.as_of):
                standings[mentor_id] = self._wards[row.ward].mentor(mentor_id)
        return standings

    def waiting_since(
        self, ids: Collection[int], codes: Collection[str] | None = None
    ) -> dict[int, date]:
        """Return since when those wait who wait in the wards among these mentee spells, by id."""
        since: dict[int, date] = {}
        for mentee_id in ids:
            row = self._mentees.get(mentee_id)
            if row is not None and row.ward in (self._reported if codes is None else codes):
                waits = self._wards[row.ward].waiting_since(mentee_id)
                since |= {mentee_id: waits} if waits else {}
        return since

    def mentee_rows(self) -> dict[int, MenteeRow]:
        """Return the rows of all mentees by id, of whatever ward."""
        return dict(self._mentees.items())

    def alike(self, codes: Collection[str] | None = None) -> list[AlikeRow]:
        """Return the rows of people who seem to be one, within the wards, in order."""
        return sorted(self._alike.rows([ward.row.code for ward in self._chosen(codes)]))

    def _chosen(self, codes: Collection[str] | None) -> Collection[LiveWard]:
        if codes is None:
            return self._reported.values()
        return [self._reported[code] for code in sorted(set(codes))]

    def _found_by(self, rule: Rule, wards: Collection[LiveWard]) -> Iterable[Sequence[Finding]]:
        """Return what a rule found in the wards, in order; people may be alike across wards."""
        if rule is Rule.POSSIBLE_DUPLICATE:
            return (self._alike.findings([ward.row.code for ward in wards]),)
        return (ward.findings[rule] for ward in wards)

    def _ward(self, code: str) -> LiveWard:
        """Return the ward; one that is not reported may come up, for its people guide others."""
        ward = self._wards.get(code)
        if ward is None:
            neighbours = frozenset(self._borders.adj.get(code, ()))
            ward = LiveWard(code, neighbours, self.as_of, self.thresholds)
            self._wards[code] = ward
        return ward

    def _put_wards(self, changes: RowChanges, touched: _Touched) -> None:
        for row in changes.wards:
            self._ward(row.code).row = row
            touched.wards.add(row.code)
        for desk in changes.desk:
            self._ward(desk.ward).desk = desk
            touched.wards.add(desk.ward)
        new = [row.code for row in changes.wards if row.code not in self._reported]
        if new:
            self._reported |= {code: self._wards[code] for code in new}
            self._reported = dict(sorted(self._reported.items()))
        for code in new:
            self._count_in(self._wards[code])

    def _put_posts(self, changes: RowChanges, touched: _Touched) -> None:
        for post_id in changes.gone_posts:
            self._drop_post(post_id, touched)
        for post in changes.posts:
            self._drop_post(post.id, touched)
            self._posts[post.id] = post
            self._ward(post.ward).put_post(post)
            touched.wards.add(post.ward)

    def _drop_post(self, post_id: int, touched: _Touched) -> None:
        post = self._posts.pop(post_id, None)
        if post is not None:
            self._ward(post.ward).drop_post(post_id)
            touched.wards.add(post.ward)

    def _put_mentorships(self, changes: RowChanges, touched: _Touched) -> None:
        moved = [self._pairings.drop(pair_id) for pair_id in changes.gone_mentorships]
        moved += [self._pairings.put(row) for row in changes.mentorships]
        for row in (*moved, *changes.mentorships):
            if row is not None:
                touched.mentors.add(row.mentor)
                touched.mentees.add(row.mentee)

    def _put_mentees(self, changes: RowChanges, touched: _Touched) -> None:
        for mentee_id in changes.gone_mentees:
            self._drop_mentee(mentee_id, touched)
        for mentee in changes.mentees:
            self._drop_mentee(mentee.id, touched)
            self._put_mentee(mentee)
            touched.wards.add(mentee.ward)
            touched.mentees.add(mentee.id)

    def _put_mentee(self, mentee: MenteeRow) -> None:
        self._mentees[mentee.id] = mentee
        if is_open(mentee, self.as_of):
            self._ward(mentee.ward).put_mentee(mentee)

    def _drop_mentee(self, mentee_id: int, touched: _Touched) -> None:
        mentee = self._mentees.pop(mentee_id)
        if mentee is not None:
            if is_open(mentee, self.as_of):
                self._ward(mentee.ward).drop_mentee(mentee)
            touched.wards.add(mentee.ward)
            touched.mentees.add(mentee_id)

    def _put_mentors(self, changes: RowChanges, touched: _Touched) -> None:
        for mentor_id in changes.gone_mentors:
            self._drop_mentor(mentor_id, touched)
        for mentor in changes.mentors:
            self._drop_mentor(mentor.id, touched)
            self._mentors[mentor.id] = mentor
            touched.mentors.add(mentor.id)

    def _drop_mentor(self, mentor_id: int, touched: _Touched) -> None:
        mentor = self._mentors.pop(mentor_id, None)
        if mentor is not None:
            self._ward(mentor.ward).drop_mentor(mentor_id)
            touched.wards.add(mentor.ward)

    def _put_entries(
        self, entries: Iterable[EntryRow], recounted: Iterable[tuple[str, date]]
    ) -> None:
        """Put the bursts of wards and days of entering in place of those found there before."""
        found: defaultdict[tuple[str, date], list[Finding]] = defaultdict(list)
        found.update({place: [] for place in recounted})
        for burst, day in entry_bursts(entries, as_of=self.as_of):
            found[burst.ward, day].append(burst)
        for (code, day), bursts in found.items():
            self._ward(code).put_bursts(day, bursts)

    def _judge(self, mentees: Iterable[int], mentors: Iterable[int], touched: _Touched) -> None:
        """Judge people, then their wards; a mentee may be why a mentor has to be judged."""
        for mentee_id in mentees:
            self._judge_mentee(mentee_id, touched)
        for mentor_id in mentors:
            self._judge_mentor(mentor_id, touched)
        for code in touched.wards:
            self._settle(code)

    def _judge_mentee(self, mentee_id: int, touched: _Touched) -> None:
        """Find out whether a mentee waits, and whether the pairings of a paused one may rest."""
        mentee = self._mentees.get(mentee_id)
        rests = mentee is not None and is_paused(mentee, self.as_of)
        mentors = self._pairings.mentors_of(mentee_id)
        if rests is not (mentee_id in self._paused_mentees):
            self._paused_mentees ^= {mentee_id}
            touched.mentors.update(mentors)
        if mentee is None or not is_open(mentee, self.as_of):
            return
        ward = self._ward(mentee.ward)
        touched.wards.add(mentee.ward)
        if rests or mentors:
            ward.drop_waiting(mentee_id)
        else:
            ward.put_waiting(waiting_mentee(mentee, self.as_of))

    def _judge_mentor(self, mentor_id: int, touched: _Touched) -> None:
        mentor = self._mentors.get(mentor_id)
        if mentor is None:
            return
        pairs = self._pairings.of_mentor(mentor_id)
        standing = mentor_standing(mentor, pairs, self._paused_mentees, self.thresholds, self.as_of)
        self._ward(mentor.ward).put_mentor(standing)
        touched.wards.add(mentor.ward)

    def _settle(self, code: str) -> None:
        ward = self._wards[code]
        before, after = ward.audited, ward.settle()
        if code in self._reported:
            self._by_status[before.status] -= 1
            self._by_status[after.status] += 1
            counts = zip(self._sums, sums_of(before.figures), sums_of(after.figures), strict=True)
            self._sums = Sums(*(total - was + now for total, was, now in counts))

    def _count_in(self, ward: LiveWard) -> None:
        for own, above in zip(ward.people, self._people, strict=True):
            own.report_to(above)
        self._by_status[ward.audited.status] += 1
        counts = zip(self._sums, sums_of(ward.audited.figures), strict=True)
        self._sums = Sums(*map(sum, counts))
