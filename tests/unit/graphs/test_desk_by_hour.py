"""Sessions by hour of day, on counts made by hand."""

import plotly.graph_objects as go
import pytest

from graphs.figures.desk_by_hour import HourBar, HourLabels, draw_hours, hours_of_day

LABELS = HourLabels("Từ giờ", "Số lượt", "chưa có giờ")


def test_every_hour_that_desks_are_open_has_a_bar():
    hours = hours_of_day({8: 3, 14: 1})

    assert [bar.hour for bar in hours.bars] == list(range(7, 17))
    assert {bar.hour: bar.sessions for bar in hours.bars if bar.sessions} == {8: 3, 14: 1}


def test_other_hours_are_shown_where_something_took_place():
    assert [bar.hour for bar in hours_of_day({5: 1, 18: 1}).bars] == list(range(5, 19))


def test_sessions_without_an_hour_stand_apart():
    hours = hours_of_day({8: 3, None: 4})

    assert sum(bar.sessions for bar in hours.bars) == 3
    assert hours.without_hour == 4
    assert draw_hours(hours, LABELS)["data"][1]["y"] == [4]


def test_the_first_of_the_busiest_hours_is_named():
    assert hours_of_day({9: 3, 8: 3, 10: 1}).busiest == HourBar(8, 3)
    assert hours_of_day({None: 4}).busiest is None


def test_without_a_session_nothing_is_drawn():
    assert draw_hours(hours_of_day({}), LABELS)["data"] == []
    assert not hours_of_day({}).has_data
    assert hours_of_day({None: 1}).has_data


@pytest.mark.parametrize("counts", [{8: 1}, {None: 2}, {0: 1, 23: 2, None: 3}])
def test_plotly_takes_the_picture(counts):
    go.Figure(draw_hours(hours_of_day(counts), LABELS))
