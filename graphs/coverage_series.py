"""How coverage came about: what the audit counts on each of several days, from one reading.

The audit judges one day, row by row. A year of month ends for the whole province would take it half
a minute, so here the same definitions (docs/definitions.md, "Người và vai trò") run over columns,
each row read once for all days. Tests hold every figure to the audit's of that day.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from graphs.columns import (
    NEVER,
    Flags,
    HistoryColumns,
    Ids,
    LastDays,
    Places,
    SpellColumns,
    are_open,
    are_paused,
    are_within,
    count_until,
    marks_at,
)
from graphs.rows import Thresholds
from graphs.ward_history import WardHistory


class SeriesDay(NamedTuple):
    """A day to look at, with the settings in force on it."""

    day: date
    thresholds: Thresholds


def ward_histories(columns: HistoryColumns, days: Sequence[SeriesDay]) -> dict[int, WardHistory]:
    """Judge every ward on each of the days, which must be in order; by ward id."""
    columns = columns._replace(mentors=_by_ward(columns.mentors), mentees=_by_ward(columns.mentees))
    judge = _Judge(columns)
    return _split(columns, [judge.judge(day) for day in days])


class _DayFlags(NamedTuple):
    """What holds on one day: for each ward, then for each mentor spell and mentee spell."""

    exists: Flags
    has_data: Flags
    has_support: Flags
    has_support_in_fact: Flags
    is_resting: Flags
    guided: Ids
    guided_in_fact: Ids
    is_working: Flags
    meets_floor: Flags
    meets_floor_in_fact: Flags
    is_mentee: Flags
    is_waiting: Flags


class _Judge:
    """Judges one day after the other; what does not depend on the day is prepared once."""

    def __init__(self, columns: HistoryColumns) -> None:
        self._columns = columns
        wards = Places(columns.wards.id)
        self._ward_of_post = wards.of(columns.posts.ward)
        self._ward_of_mentor = wards.of(columns.mentors.ward)
        self._ward_of_mentee = wards.of(columns.mentees.ward)
        pairings = columns.pairings
        self._mentee_of_pairing = Places(columns.mentees.id).of(pairings.mentee)
        self._guided = _Guided(columns.mentors.id, pairings.mentor, pairings.person)
        self._last_contacts = LastDays(columns.contacts, pairings.chain)
        self._last_desk_days = LastDays(columns.desk, columns.wards.id)

    def judge(self, at: SeriesDay) -> _DayFlags:
        """Apply the definitions to one day; days must come in order."""
        wards, thresholds = self._columns.wards, at.thresholds
        day = np.datetime64(at.day, "D")
        exists = day < wards.valid_to
        has_support = exists & self._has_post_at_work(day)
        is_active = are_within(self._last_desk_days.by(day), thresholds.desk_days, day)
        is_mentor = exists[self._ward_of_mentor] & _are_open(self._columns.mentors, day)
        is_resting = is_mentor & are_paused(self._columns.mentors, self._columns.mentor_pauses, day)
        is_working = is_mentor & ~is_resting
        guided, guided_in_fact = self._count_guided(day, thresholds)
        is_mentee = exists[self._ward_of_mentee] & _are_open(self._columns.mentees, day)
        return _DayFlags(
            exists=exists,
            has_data=exists & (wards.first_day <= day),
            has_support=has_support,
            has_support_in_fact=has_support & is_active,
            is_resting=is_resting,
            guided=guided,
            guided_in_fact=guided_in_fact,
            is_working=is_working,
            meets_floor=is_working & (guided >= thresholds.floor),
            meets_floor_in_fact=is_working & (guided_in_fact >= thresholds.floor),
            is_mentee=is_mentee,
            is_waiting=is_mentee & ~self._are_paired_or_paused(day),
        )

    def _has_post_at_work(self, day: np.datetime64) -> Flags:
        posts = self._columns.posts
        at_work = _are_open(posts, day) & ~are_paused(posts, self._columns.post_pauses, day)
        return marks_at(self._ward_of_post[at_work], self._columns.wards.id.size)

    def _count_guided(self, day: np.datetime64, thresholds: Thresholds) -> tuple[Ids, Ids]:
        """Count the distinct guided people of each mentor spell, and those of them in fact."""
        pairings = self._columns.pairings
        is_running = are_open(pairings.started_on, pairings.ended_on, day)
        until = count_until(pairings, thresholds.floor_counts)
        is_counted = are_open(pairings.started_on, until, day)
        last_contact_on = self._last_contacts.by(day)
        was_met = ~is_running & (last_contact_on > NEVER)
        is_in_fact = was_met | are_within(last_contact_on, thresholds.contact_days, day)
        return self._guided.count(is_counted), self._guided.count(is_counted & is_in_fact)

    def _are_paired_or_paused(self, day: np.datetime64) -> Flags:
        pairings, mentees = self._columns.pairings, self._columns.mentees
        is_ours = self._mentee_of_pairing >= 0
        is_running = is_ours & are_open(pairings.started_on, pairings.ended_on, day)
        are_paired = marks_at(self._mentee_of_pairing[is_running], mentees.id.size)
        return are_paired | are_paused(mentees, self._columns.mentee_pauses, day)


def _are_open(spells: SpellColumns, day: np.datetime64) -> Flags:
    return are_open(spells.started_on, spells.ended_on, day)


class _Guided:
    """Counts each person once for a mentor spell, whatever the number of their pairings."""

    def __init__(self, mentors: Ids, mentor: Ids, person: Ids) -> None:
        self._mentors = mentors.size
        place = Places(mentors).of(mentor)
        self._is_ours = place >= 0
        span = int(person.max(initial=0)) + 1
        couples = place[self._is_ours] * span + person[self._is_ours]
        distinct, self._couple = np.unique(couples, return_inverse=True)
        self._mentor_of_couple = distinct // span

    def count(self, is_counted: Flags) -> Ids:
        """Return how many people each mentor spell has by the pairings that count."""
        seen = marks_at(self._couple[is_counted[self._is_ours]], self._mentor_of_couple.size)
        return np.bincount(self._mentor_of_couple[seen], minlength=self._mentors)


def _by_ward(spells: SpellColumns) -> SpellColumns:
    order = np.argsort(spells.ward, kind="stable")
    return SpellColumns._make(column[order] for column in spells)


def _split(columns: HistoryColumns, days: Sequence[_DayFlags]) -> dict[int, WardHistory]:
    """Cut what was judged for all wards into one piece for each; spells are in order of ward."""
    flags = _DayFlags._make(np.stack(rows) for rows in zip(*days, strict=True))
    return {
        ward: _ward_history(
            columns,
            flags,
            place,
            slice(*np.searchsorted(columns.mentors.ward, [ward, ward + 1])),
            slice(*np.searchsorted(columns.mentees.ward, [ward, ward + 1])),
        )
        for place, ward in enumerate(columns.wards.id.tolist())
    }


def _ward_history(
    columns: HistoryColumns, flags: _DayFlags, ward: int, mentors: slice, mentees: slice
) -> WardHistory:
    return WardHistory(
        exists=flags.exists[:, ward],
        has_data=flags.has_data[:, ward],
        has_support=flags.has_support[:, ward],
        has_support_in_fact=flags.has_support_in_fact[:, ward],
        mentors=columns.mentors.person[mentors],
        is_resting=flags.is_resting[:, mentors],
        guided=flags.guided[:, mentors],
        guided_in_fact=flags.guided_in_fact[:, mentors],
        is_working=flags.is_working[:, mentors],
        meets_floor=flags.meets_floor[:, mentors],
        meets_floor_in_fact=flags.meets_floor_in_fact[:, mentors],
        mentees=columns.mentees.person[mentees],
        is_mentee=flags.is_mentee[:, mentees],
        is_waiting=flags.is_waiting[:, mentees],
    )
