"""The numbers of the charts on paper, and that what draws them is a figure."""

from datetime import date, timedelta

import plotly.graph_objects as go
import pytest

from graphs.figures.chart_parts import keep_apart, whole_step
from graphs.figures.coverage_over_time import (
    ProvinceLabels,
    Support,
    WardLabels,
    draw_province_coverage,
    draw_ward_coverage,
    province_coverage,
    ward_coverage,
)
from graphs.figures.desk_by_week import (
    DeskTally,
    WeekBar,
    WeekLabels,
    draw_weeks,
    week_bars,
)
from graphs.figures.top_topics import (
    TopicBar,
    TopicLabels,
    draw_topics,
    top_topics,
    topics_height,
)
from graphs.figures.workload_spread import (
    LoadBar,
    WorkloadLabels,
    draw_workload,
    spread_workload,
)
from graphs.ward_history import CoveragePoint, MentorLoad

OCTOBER, NOVEMBER = date(2026, 10, 31), date(2026, 11, 22)
WORKLOAD_LABELS = WorkloadLabels(
    bars=(*map(str, range(11)), "11+"),
    below="● Chưa đủ",
    on_paper_alone="✓ Chỉ đạt trên giấy",
    in_fact="✓ Đủ thực chất",
    paused="Tạm nghỉ",
    paused_bar="Tạm<br>nghỉ",
    floor="Mức 5",
    guided_axis="Số người học của một mentor",
    mentors_axis="Số mentor",
)
PROVINCE_LABELS = ProvinceLabels(
    days=("10<br>2026", "22/11"),
    days_axis="Cuối tháng",
    floor_heading="Mentor đủ người học (% số mentor)",
    support_heading="Xã, phường có nhân sự hỗ trợ",
    share_axis="",
    wards_axis="",
    on_paper="Trên giấy",
    in_fact="Thực chất",
    no_data="Chưa có dữ liệu",
)
WARD_LABELS = WardLabels(
    days=("10<br>2026", "22/11"),
    days_axis="Cuối tháng",
    mentors_heading="Mentor đủ người học (người)",
    mentees_heading="Người học (người)",
    support_heading="Hỗ trợ tại quầy",
    people_axis="",
    mentors="Tất cả",
    on_paper="Trên giấy",
    in_fact="Thực chất",
    mentees="Tất cả",
    waiting="Đang chờ",
    no_data="chưa có dữ liệu",
    support=dict.fromkeys(Support, "có"),
)


def traces(plot):
    """The traces by their names, of a plot that plotly accepts."""
    go.Figure(plot)
    return {trace["name"]: trace for trace in plot["data"] if "name" in trace}


# mentors by number of mentees ----------------------------------------------------------------


def test_mentors_are_sorted_by_their_mentees_on_paper_and_in_fact():
    loads = {
        MentorLoad(0, 0, is_paused=False): 3,
        MentorLoad(5, 5, is_paused=False): 4,
        MentorLoad(5, 2, is_paused=False): 1,
        MentorLoad(14, 6, is_paused=False): 2,
        MentorLoad(7, 7, is_paused=True): 6,
    }

    spread = spread_workload(loads, floor=5)

    assert [bar for bar in spread.bars if bar.mentors or bar.guides_in_fact] == [
        LoadBar(0, below=3, on_paper_alone=0, in_fact=0, guides_in_fact=3),
        LoadBar(2, below=0, on_paper_alone=0, in_fact=0, guides_in_fact=1),
        LoadBar(5, below=0, on_paper_alone=1, in_fact=4, guides_in_fact=4),
        LoadBar(6, below=0, on_paper_alone=0, in_fact=0, guides_in_fact=2),
        LoadBar(11, below=0, on_paper_alone=0, in_fact=2, guides_in_fact=0),
    ]
    assert (spread.mentors, spread.on_paper, spread.in_fact, spread.paused) == (10, 7, 6, 6)


def test_a_high_floor_keeps_those_below_it_apart_from_the_last_bar():
    spread = spread_workload({MentorLoad(14, 0, is_paused=False): 1}, floor=15)

    assert len(spread.bars) == 17
    assert spread.bars[14].below == 1


def test_the_workload_is_drawn_in_stacks_with_the_floor_between_four_and_five():
    loads = {MentorLoad(4, 0, is_paused=False): 3, MentorLoad(5, 5, is_paused=False): 1200}

    plot = draw_workload(spread_workload(loads, floor=5), WORKLOAD_LABELS)

    below = traces(plot)["● Chưa đủ"]
    assert dict(zip(below["x"], below["y"], strict=True))[4] == 3
    assert plot["layout"]["shapes"][0]["x0"] == 4.5
    assert plot["layout"]["annotations"][0]["text"] == "Mức 5"
    assert [note["text"] for note in plot["layout"]["annotations"][1:]] == ["3", "1.200"]


@pytest.mark.parametrize(("counts", "angle"), [((99, 999), 0), ((100, 999), -90)])
def test_numbers_that_would_meet_above_neighbouring_bars_stand_upright(counts, angle):
    loads = {
        MentorLoad(guided, 0, is_paused=False): count
        for guided, count in enumerate(counts, start=1)
    }

    plot = draw_workload(spread_workload(loads, floor=5), WORKLOAD_LABELS)

    assert {note["textangle"] for note in plot["layout"]["annotations"][1:]} == {angle}


def test_without_mentors_there_is_no_picture_of_their_work():
    assert draw_workload(spread_workload({}, floor=5), WORKLOAD_LABELS)["data"] == []


# coverage over time --------------------------------------------------------------------------


def point(day, **figures):
    defaults = dict.fromkeys(CoveragePoint._fields, 0) | {"day": day, "wards": 3}
    return CoveragePoint(**defaults | figures)


KNOWN = point(
    NOVEMBER,
    wards_no_data=1,
    wards_with_support=2,
    wards_with_support_in_fact=1,
    mentors=8,
    mentors_meeting_floor=5,
    mentors_meeting_floor_in_fact=3,
    mentees=30,
    mentees_waiting=4,
)


def test_a_day_without_data_leaves_a_gap_and_no_zero():
    coverage = province_coverage([point(OCTOBER, wards_no_data=3), KNOWN])

    assert coverage.floor_on_paper == (None, 62)
    assert coverage.floor_in_fact == (None, 38)
    assert coverage.support_on_paper == (None, 2)
    assert coverage.support_in_fact == (None, 1)
    assert coverage.no_data == (None, 1)
    assert coverage.wards == 3


def test_a_day_with_data_but_no_mentor_has_no_share():
    coverage = province_coverage([point(NOVEMBER, wards_with_support=1)])

    assert coverage.floor_on_paper == (None,)
    assert coverage.support_on_paper == (1,)


def test_a_ward_shows_its_people_and_how_it_was_supported():
    one = {"wards": 1, "wards_no_data": 0}
    unknown = point(OCTOBER, wards=1, wards_no_data=1)
    points = [
        unknown,
        KNOWN._replace(**one, wards_with_support=0, wards_with_support_in_fact=0),
        KNOWN._replace(**one, wards_with_support=1, wards_with_support_in_fact=0),
        KNOWN._replace(**one, wards_with_support=1, wards_with_support_in_fact=1),
    ]

    coverage = ward_coverage(points)

    assert coverage.support == (None, Support.NONE, Support.ON_PAPER, Support.IN_FACT)
    assert coverage.mentors == (None, 8, 8, 8)
    assert coverage.floor_on_paper == (None, 5, 5, 5)
    assert coverage.floor_in_fact == (None, 3, 3, 3)
    assert coverage.mentees == (None, 30, 30, 30)
    assert coverage.waiting == (None, 4, 4, 4)


def test_the_coverage_of_the_province_is_drawn_with_names_at_the_lines():
    points = [point(OCTOBER, wards_no_data=3), KNOWN]

    plot = draw_province_coverage(province_coverage(points), PROVINCE_LABELS)

    assert traces(plot)["Thực chất"]["y"] == [None, 1]
    words = [note["text"] for note in plot["layout"]["annotations"]]
    assert "Trên giấy 62\u00a0%" in words
    assert "Thực chất 38\u00a0%" in words
    assert "Chưa có dữ liệu" in words
    assert plot["layout"]["shapes"][0]["x1"] == 0.5


def test_the_coverage_of_a_ward_is_drawn_with_a_sign_for_each_known_day():
    points = [point(OCTOBER, wards=1, wards_no_data=1), KNOWN._replace(wards=1, wards_no_data=0)]

    plot = draw_ward_coverage(ward_coverage(points), WARD_LABELS)

    go.Figure(plot)
    assert plot["data"][-1]["x"] == [1]
    assert plot["data"][-1]["text"] == ["✓"]


def test_without_data_there_is_no_picture_of_coverage():
    nothing = [point(NOVEMBER, wards_no_data=3)]

    assert draw_province_coverage(province_coverage(nothing), PROVINCE_LABELS)["data"] == []
    assert draw_ward_coverage(ward_coverage(nothing), WARD_LABELS)["data"] == []


# sessions by week ----------------------------------------------------------------------------

MONDAY, SUNDAY = date(2026, 11, 16), date(2026, 11, 22)


def test_days_are_summed_from_monday_to_sunday():
    tallies = [
        DeskTally(date(2026, 11, 15), 9, 9, 9, 9),
        DeskTally(MONDAY, 1, 2, 3, 4),
        DeskTally(SUNDAY, 10, 20, 30, 40),
    ]

    bars = week_bars(tallies, day=SUNDAY, weeks=2, first_day=date(2026, 1, 5))

    assert bars == [
        WeekBar(date(2026, 11, 9), 9, 9, 9, 9, has_data=True, is_over=True),
        WeekBar(MONDAY, 11, 22, 33, 44, has_data=True, is_over=True),
    ]
    assert bars[1].sessions == 66


def test_a_week_is_over_on_its_sunday_and_later_days_do_not_count_yet():
    tallies = [DeskTally(MONDAY, 1, 0, 0, 1), DeskTally(SUNDAY, 5, 0, 0, 5)]

    bars = week_bars(tallies, day=date(2026, 11, 21), weeks=1, first_day=MONDAY)

    assert bars == [WeekBar(MONDAY, 1, 0, 0, 1, has_data=True, is_over=False)]


def test_weeks_before_the_first_session_have_no_data_and_later_empty_ones_have_zero():
    bars = week_bars([], day=SUNDAY, weeks=3, first_day=date(2026, 11, 9))

    assert [(bar.has_data, bar.sessions) for bar in bars] == [(False, 0), (True, 0), (True, 0)]


def test_weeks_are_drawn_in_stacks_with_a_gap_where_nothing_is_known():
    tallies = [DeskTally(MONDAY, 1, 2, 3, 4)]
    bars = week_bars(tallies, day=MONDAY, weeks=2, first_day=MONDAY)

    plot = draw_weeks(bars, week_labels(bars))

    assert traces(plot)["Làm thay"]["y"] == [None, 3]
    assert [note["text"] for note in plot["layout"]["annotations"]] == [
        "chưa có dữ liệu",
        "chưa hết tuần",
    ]


def test_the_words_upon_the_week_that_is_not_over_stand_upon_its_own_bar():
    last = MONDAY + timedelta(days=7)
    tallies = [DeskTally(MONDAY, 9, 0, 0, 0), DeskTally(last, 1, 1, 0, 0)]
    bars = week_bars(tallies, day=last, weeks=2, first_day=MONDAY)

    plot = draw_weeks(bars, week_labels(bars))

    words = plot["layout"]["annotations"][-1]
    assert (words["x"], words["y"], words["textangle"]) == (1, 2, -90)


def test_weeks_that_are_over_and_known_have_no_notes():
    bars = week_bars([], day=SUNDAY, weeks=26, first_day=date(2026, 1, 1))

    plot = draw_weeks(bars, week_labels(bars))

    go.Figure(plot)
    assert plot["layout"]["annotations"] == []
    assert plot["layout"]["xaxis"]["ticktext"][-1] == "16/11"


def test_without_any_session_there_is_no_picture_of_weeks():
    bars = week_bars([], day=SUNDAY, weeks=2, first_day=None)

    assert draw_weeks(bars, week_labels(bars))["data"] == []


def week_labels(bars):
    return WeekLabels(
        by_oneself="Tự làm",
        together="Làm cùng",
        on_behalf="Làm thay",
        no_data="chưa có dữ liệu",
        not_over="chưa hết tuần",
        weeks=tuple(f"{bar.monday:%d/%m}" for bar in bars),
        weeks_axis="Tuần",
        sessions_axis="Số lượt",
    )


# topics --------------------------------------------------------------------------------------


def test_the_most_named_topics_stand_alone_and_the_rest_together():
    ranked = [("Chứng thực", 30), ("VNeID", 20), ("Đất đai", 6), ("Cư trú", 4)]

    assert top_topics(ranked, most=2) == [
        TopicBar("Chứng thực", 30),
        TopicBar("VNeID", 20),
        TopicBar(None, 10, topics=2),
    ]
    assert top_topics(ranked, most=4)[-1] == TopicBar("Cư trú", 4)


def test_topics_are_drawn_under_their_names_and_before_their_numbers():
    bars = top_topics([("Chứng thực", 30), ("VNeID", 20)], most=1)
    labels = TopicLabels(("Chứng thực", "Khác (1 loại)"), ("30 lượt", "20 lượt"))

    plot = draw_topics(bars, labels)

    go.Figure(plot)
    assert plot["data"][0]["x"] == [30, 20]
    assert plot["data"][0]["text"] == ["30 lượt", "20 lượt"]
    assert plot["data"][1]["text"] == ["Chứng thực", "Khác (1 loại)"]
    assert topics_height(bars) > 0


@pytest.mark.parametrize(
    ("number", "part"), [("9 lượt (16 %)", 0.71), ("236.699 lượt (23 %)", 0.58)]
)
def test_long_numbers_of_topics_get_more_room_behind_the_longest_bar(number, part):
    plot = draw_topics([TopicBar("Chứng thực", 100)], TopicLabels(("Chứng thực",), (number,)))

    assert 100 / plot["layout"]["xaxis"]["range"][1] == pytest.approx(part, abs=0.01)


def test_without_topics_there_is_no_picture_of_them():
    assert draw_topics([], TopicLabels((), ()))["data"] == []


# parts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("most", "step"), [(1, 1), (6, 1), (7, 2), (31, 10), (254, 50)])
def test_steps_of_an_axis_are_whole_and_few(most, step):
    assert whole_step(most) == step


def test_labels_move_down_until_they_are_apart():
    assert keep_apart([50, 100, 50, 10], gap=15) == [0, 0, -15, 0]
    assert keep_apart([50, 50, 50], gap=15) == [0, -15, -30]
