"""What people came to the desk for this year, and what stood in their way."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.figures.bundled_note import with_bundled_note
from app.figures.figure import Figure, FigureQuery, FigureTable
from app.formatting import format_day, format_number, format_percent
from app.queries.desk_figures import RankedEntry
from app.queries.desk_history import rank_topics_of_year
from app.queries.desk_tallies import read_desk_days
from app.texts import _
from graphs.figures.top_topics import (
    TopicBar,
    TopicLabels,
    draw_topics,
    top_topics,
    topics_height,
)
from models.enums import TopicKind


class _Words(NamedTuple):
    """What is said of one kind of topic."""

    name: str
    question: str
    finding: str
    topic: str
    definition: str
    empty_message: str


def make_procedures(query: FigureQuery) -> Figure:
    """Return the procedures that most sessions of the year were about."""
    return _make(
        query,
        TopicKind.PROCEDURE,
        _Words(
            name="thu-tuc",
            question=_("Người dân cần giúp thủ tục nào nhiều nhất?"),
            finding=_("Thủ tục hay gặp nhất năm %(year)s: %(label)s, %(share)s số lượt"),
            topic=_("Thủ tục"),
            definition=_("Mỗi lượt hỗ trợ có một thủ tục chính. Tỉ lệ tính trên tất cả các lượt."),
            empty_message=_(
                "Năm nay chưa có lượt hỗ trợ nào. Khi nhân sự ghi lượt đầu tiên tại quầy, hình này"
                " cho thấy người dân cần giúp việc gì nhiều nhất."
            ),
        ),
    )


def make_obstacles(query: FigureQuery) -> Figure:
    """Return the obstacles that most sessions of the year name."""
    return _make(
        query,
        TopicKind.OBSTACLE,
        _Words(
            name="vuong-mac",
            question=_("Người dân vướng ở đâu nhiều nhất?"),
            finding=_("Trở ngại hay gặp nhất năm %(year)s: %(label)s, %(share)s số lượt"),
            topic=_("Trở ngại"),
            definition=_(
                "Mỗi lượt hỗ trợ ghi được một trở ngại, có lượt không ghi. Tỉ lệ tính trên tất cả"
                " các lượt, kể cả lượt không ghi trở ngại."
            ),
            empty_message=_(
                "Năm nay chưa lượt nào ghi trở ngại. Ghi thêm ở «Thêm chi tiết» khi giúp tại quầy"
                " để biết cần dạy gì."
            ),
        ),
    )


def _make(query: FigureQuery, kind: TopicKind, words: _Words) -> Figure:
    new_year = date(query.day.year, 1, 1)
    days = read_desk_days(query.scope, new_year, query.day)
    sessions = sum(tally.sessions for tally in days.tallies)
    ranked = rank_topics_of_year(query.scope, kind, query.day)
    bars = top_topics(ranked)
    return Figure(
        name=words.name,
        title=_tell(words, ranked, sessions, query.day.year),
        caption=with_bundled_note(_caption(ranked, sessions, new_year, query.day), days.bundled),
        definition=words.definition,
        as_of=query.day,
        draw=lambda: draw_topics(bars, _labels(bars, sessions)),
        tabulate=lambda: _table(words, ranked, sessions),
        height=topics_height(bars),
        empty_message=words.empty_message,
    )


def _caption(ranked: Sequence[RankedEntry], sessions: int, first_day: date, last_day: date) -> str:
    days = {"first": format_day(first_day), "last": format_day(last_day)}
    if not ranked:
        return str(_("Số lượt từ %(first)s đến %(last)s.", **days))
    return str(
        _(
            "Số lượt từ %(first)s đến %(last)s, và tỉ lệ trên tất cả %(sessions)s lượt.",
            sessions=format_number(sessions),
            **days,
        )
    )


def _tell(words: _Words, ranked: Sequence[RankedEntry], sessions: int, year: int) -> str:
    if not ranked:
        return words.question
    share = format_percent(ranked[0].sessions, sessions)
    return words.finding % {"year": year, "label": ranked[0].label, "share": share}


def _labels(bars: Sequence[TopicBar], sessions: int) -> TopicLabels:
    return TopicLabels(
        names=tuple(bar.label or _("Khác (%(count)s loại)", count=bar.topics) for bar in bars),
        numbers=tuple(
            _(
                "%(sessions)s lượt (%(share)s)",
                sessions=format_number(bar.sessions),
                share=format_percent(bar.sessions, sessions),
            )
            for bar in bars
        ),
    )


def _table(words: _Words, ranked: Sequence[RankedEntry], sessions: int) -> FigureTable:
    """All topics, also those that the picture sums up."""
    return FigureTable(
        headings=(words.topic, _("Lượt"), _("Trên tất cả các lượt")),
        rows=tuple(
            (entry.label, entry.sessions, format_percent(entry.sessions, sessions))
            for entry in ranked
        ),
    )
