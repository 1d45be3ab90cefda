"""Distances on the globe, and the wards that touch."""

import pytest

from graphs.geography import border_graph, distance_km
from graphs.planning.rows import PlanWard
from graphs.rows import BorderRow

QUY_NHON = PlanWard("21553", "Quy Nhơn", 13.77, 109.22)
PLEIKU = PlanWard("23563", "Pleiku", 13.98, 108.00)


def test_one_degree_along_the_equator_is_the_360th_part_of_the_circumference():
    one, other = PlanWard("1", "", 0.0, 10.0), PlanWard("2", "", 0.0, 11.0)

    assert distance_km(one, other) == pytest.approx(111.195, abs=0.001)


def test_the_way_there_is_as_long_as_the_way_back():
    assert distance_km(QUY_NHON, PLEIKU) == distance_km(PLEIKU, QUY_NHON)
    assert distance_km(QUY_NHON, PLEIKU) == pytest.approx(133.7, abs=0.5)


def test_a_ward_is_no_way_from_itself():
    assert distance_km(QUY_NHON, QUY_NHON) == 0


def test_borders_with_wards_that_are_not_there_are_left_out():
    borders = [BorderRow("21553", "23563", 1.0), BorderRow("21553", "99999", 1.0)]

    graph = border_graph([QUY_NHON, PLEIKU], borders)

    assert dict(graph.nodes) == {"21553": {}, "23563": {}}
    assert list(graph.edges(data="km")) == [("21553", "23563", distance_km(QUY_NHON, PLEIKU))]
