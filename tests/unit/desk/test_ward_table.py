"""The desks of all wards side by side, on rows made by hand."""

from datetime import date

import pytest

from app.desk.ward_table import DeskOrder, tabulate_desks
from app.queries.desk_wards import WardPlace, WardTally
from models.enums import WardKind

TODAY = date(2026, 8, 31)


def place(number, name, *, population=2_000, region=("Bình Định", "Tuy Phước")):
    return WardPlace(number, f"0000{number}", name, WardKind.XA, name.lower(), *region, population)


A_AN, B_CO, C_VE = place(1, "An"), place(2, "Co", population=None), place(3, "Ve")


def only(*tallies, places=(A_AN,), last=TODAY):
    return tabulate_desks(places, tallies, {tally.ward_id: last for tally in tallies})[0]


def test_self_reliance_is_the_share_of_turns_that_citizens_did_themselves():
    assert only(WardTally(1, 40, 10, 30)).self_reliance == 0.75


def test_rates_are_for_each_thousand_people_where_the_base_is_known():
    row = only(WardTally(1, 40, 10, 30))

    assert (row.sessions_per_thousand, row.people_per_thousand) == (20, 5)


def test_without_a_population_there_is_no_rate():
    row = only(WardTally(2, 40, 10, 30), places=(B_CO,))

    assert (row.sessions_per_thousand, row.people_per_thousand) == (None, None)


def test_a_ward_without_any_entry_has_no_data_and_one_that_paused_has_zero():
    silent, paused = tabulate_desks([A_AN, C_VE], [], {3: date(2026, 1, 5)})

    assert (silent.has_data, silent.sessions_per_thousand) == (False, None)
    assert (paused.has_data, paused.tally.sessions, paused.sessions_per_thousand) == (True, 0, 0)
    assert paused.self_reliance is None


@pytest.mark.parametrize(
    ("order", "codes"),
    [
        (DeskOrder.NAME, [1, 2, 3, 4]),
        (DeskOrder.REGION, [2, 3, 4, 1]),
        (DeskOrder.SELF_RELIANCE, [3, 1, 2, 4]),
        (DeskOrder.LAST_ENTRY, [4, 2, 1, 3]),
    ],
)
def test_wards_are_sorted_by_name_region_share_or_silence(order, codes):
    places = [
        place(1, "An", region=("Gia Lai", "Chư Sê")),
        place(2, "Co"),
        place(3, "Ve"),
        place(4, "Xa"),
    ]
    tallies = [WardTally(1, 10, 1, 5), WardTally(2, 100, 1, 60), WardTally(3, 1, 1, 0)]
    entries = {1: date(2026, 8, 2), 2: date(2026, 8, 1), 3: date(2026, 8, 3)}

    rows = tabulate_desks(places, tallies, entries, order)

    assert [row.place.id for row in rows] == codes


def test_no_order_ranks_by_raw_counts():
    few, many = WardTally(1, 1, 1, 1), WardTally(3, 1_000, 900, 1_000)
    entries = {1: TODAY, 3: TODAY}

    for order in DeskOrder:
        rows = tabulate_desks([A_AN, C_VE], [few, many], entries, order)
        assert [row.place.id for row in rows] == [1, 3]
