"""What lists take from the network of today instead of reading and judging people themselves."""

from collections.abc import Collection
from datetime import date

from app.access.scope import WardScope
from app.queries.kept_network import kept_network
from graphs.live import OpenSpells
from graphs.standing import MentorStanding, WardStanding


def mentors_today(
    scope: WardScope, ids: Collection[int], day: date
) -> dict[int, MentorStanding] | None:
    """Return where the mentors of the scope among these spells stand; None where none is kept."""
    with kept_network(scope, day) as kept:
        if kept is None:
            return None
        return kept.live.mentors(ids, kept.codes_in(scope))


def waiting_today(scope: WardScope, ids: Collection[int], day: date) -> dict[int, date] | None:
    """Return since when those wait who wait among these mentee spells of the scope, by id.

    None where no network is kept.
    """
    with kept_network(scope, day) as kept:
        if kept is None:
            return None
        return kept.live.waiting_since(ids, kept.codes_in(scope))


def kept_mentor_standings(scope: WardScope, day: date) -> dict[int, MentorStanding] | None:
    """Return the standing of each open mentor spell of the scope; None where none is kept."""
    wards = _ward_standings(scope, day)
    if wards is None:
        return None
    return {mentor.row.id: mentor for ward in wards for mentor in ward.mentors}


def count_open(scope: WardScope, day: date, ward_code: str = "") -> OpenSpells | None:
    """Return how many spells of the scope, of one ward if named, are open.

    None where no network is kept.
    """
    with kept_network(scope, day) as kept:
        if kept is None:
            return None
        codes = kept.codes_in(scope)
        if ward_code:
            codes = {ward_code} & set(kept.codes.values() if codes is None else codes)
        return kept.live.count_spells(codes)


def _ward_standings(scope: WardScope, day: date) -> list[WardStanding] | None:
    with kept_network(scope, day) as kept:
        if kept is None:
            return None
        codes = [code for ward_id, code in kept.codes.items() if scope.includes(ward_id)]
        return [kept.live.standing(code) for code in codes]
