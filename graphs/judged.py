"""A network of a day with what was found in it, from its rows or as it is kept."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from graphs.audit import audit
from graphs.findings import Finding
from graphs.live import LiveNetwork
from graphs.network import Network
from graphs.rows import AlikeRow, MenteeRow, Thresholds
from graphs.standing import WardStanding, ward_standings


class Judged(NamedTuple):
    """A network of a day with what was found in it.

    `mentees` are rows by id, those of other wards too whom a mentor of `wards` guides. A mentee has
    one open pairing at most, as the database demands.
    """

    as_of: date
    thresholds: Thresholds
    wards: Sequence[WardStanding]
    findings: Sequence[Finding]
    mentees: Mapping[int, MenteeRow]
    alike: Sequence[AlikeRow]


def judge(network: Network, thresholds: Thresholds) -> Judged:
    """Judge all rows of a network."""
    rows = chain.from_iterable(network.mentees.values())
    return Judged(
        network.as_of,
        thresholds,
        ward_standings(network, thresholds),
        audit(network, thresholds).findings,
        {row.id: row for row in rows},
        network.alike,
    )


def judged_already(live: LiveNetwork, codes: Collection[str] | None) -> Judged:
    """Take what a kept network knows of some wards (None: of all); it stays valid afterwards."""
    wards = live.wards(codes)
    return Judged(
        live.as_of,
        live.thresholds,
        [live.standing(ward.code) for ward in wards],
        live.findings(codes),
        live.mentee_rows(),
        live.alike(codes),
    )
