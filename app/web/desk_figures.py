"""What the desk did today, this week and this year, and what to teach next."""

from datetime import date
from typing import NamedTuple

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.access.scope import WardScope
from app.desk.class_topics import DAYS_OF_DEMAND, LEAST_SESSIONS, choose_topics
from app.figures.figure import FigureQuery
from app.formatting import format_day
from app.queries.desk_demand import ProcedureDemand, list_procedure_demand
from app.queries.desk_figures import (
    DeskFigures,
    RankedEntry,
    count_desk_figures,
    rank_obstacles,
    rank_procedures,
)
from app.queries.desk_history import rank_topics_of_year
from app.queries.follow_up_answers import count_follow_ups
from app.queries.reporting_periods import list_periods
from app.queries.session_bundles import count_bundled
from app.queries.wards import get_ward, list_wards
from app.texts import _
from app.web import charts
from app.web.arguments import ward_code_argument
from app.web.downloads import scope_words
from app.web.duty_week import monday_of
from app.worklist.zalo import own_ward_text
from models.enums import TopicKind

blueprint = Blueprint("desk_figures", __name__, url_prefix="/thong-ke")

MOST_RANKED = 10
# The one that runs and those before it, so that a season stands beside itself a year ago.
PERIODS_SHOWN = 5


class Span(NamedTuple):
    """Days up to today, by the code that the address has for them."""

    code: str
    label: str
    first_day: date
    last_day: date

    @property
    def days(self) -> str:
        if self.first_day == self.last_day:
            return format_day(self.last_day)
        return f"{format_day(self.first_day)} – {format_day(self.last_day)}"


@blueprint.get("")
@requires(Permission.VIEW_SESSIONS)
def index() -> ResponseReturnValue:
    """Show the figures of the reader's desks, or of the one of `?xa=`."""
    scope, today, card = current_scope(), clock.today(), None
    if ward_code_argument() is not None:
        card = get_ward(scope, ward_code_argument() or "")
        scope = scope.narrowed_to(card.id)
    spans, periods = _spans(today), _periods(scope, today)
    # The sessions of all wards are too many to look through; the tallies know months alone.
    ranked_spans = spans[-1:] if scope.is_everywhere else [*periods, *spans]
    ranked = _chosen(ranked_spans)
    query = FigureQuery(scope, today, card)
    counted = [(span, _count(scope, span)) for span in spans]
    counted_periods = _since_the_first([(span, _count(scope, span)) for span in periods])
    year = counted[-1][1]
    return render_template(
        "desk_figures/index.html",
        today=today,
        card=card,
        spans=counted,
        year=year,
        periods=counted_periods,
        has_figures=any(figures.sessions for _span, figures in (*counted, *counted_periods)),
        ranked=ranked,
        ranking_addresses={span.code: _ranking_address(span) for span in ranked_spans},
        ranked_tabs=_tabs(ranked_spans, ranked, periods),
        follow_ups=count_follow_ups(scope, spans[-1].first_day, today),
        bundled=count_bundled(scope, spans[-1].first_day, today),
        procedures=_rank(scope, TopicKind.PROCEDURE, ranked),
        obstacles=_rank(scope, TopicKind.OBSTACLE, ranked),
        topics=None if scope.is_everywhere else _class_topics(scope, today),
        least_sessions=LEAST_SESSIONS,
        hours=None if scope.is_everywhere else charts.draw("luot-theo-gio", query),
        weeks=charts.draw("luot-theo-tuan", query),
        place=scope_words(scope, list_wards(scope))[1],
        zalo_text=own_ward_text(scope, today),
    )


def _spans(today: date) -> list[Span]:
    return [
        Span("hom-nay", _("Hôm nay"), today, today),
        Span("tuan", _("Tuần này"), monday_of(today), today),
        Span("nam", _("Năm %(year)s", year=today.year), date(today.year, 1, 1), today),
    ]


def _periods(scope: WardScope, today: date) -> list[Span]:
    """Return the latest reporting periods by the days that they cover, up to today."""
    return [
        Span(period.code, period.label, period.started_on, min(period.last_day, today))
        for period in list_periods(scope, today)[:PERIODS_SHOWN]
    ]


def _since_the_first(counted: list[tuple[Span, DeskFigures]]) -> list[tuple[Span, DeskFigures]]:
    """Leave out what lies before the first period with sessions; the latest always stays."""
    filled = [place for place, (_span, figures) in enumerate(counted) if figures.sessions]
    return counted[: max(filled, default=0) + 1]


def _chosen(spans: list[Span]) -> Span:
    """Return the days that the address names, else the longest."""
    wanted = request.args.get("ky", "")
    return next((span for span in spans if span.code == wanted), spans[-1])


def _count(scope: WardScope, span: Span) -> DeskFigures:
    return count_desk_figures(scope, span.first_day, span.last_day)


def _rank(scope: WardScope, kind: TopicKind, span: Span) -> list[RankedEntry]:
    if span.code == "nam":
        return rank_topics_of_year(scope, kind, span.last_day)[:MOST_RANKED]
    rank = rank_procedures if kind is TopicKind.PROCEDURE else rank_obstacles
    return rank(scope, span.first_day, span.last_day, at_most=MOST_RANKED)


def _class_topics(scope: WardScope, today: date) -> list[ProcedureDemand]:
    return choose_topics(list_procedure_demand(scope, today, days=DAYS_OF_DEMAND))


def _tabs(spans: list[Span], current: Span, periods: list[Span]) -> list[dict[str, object]]:
    """Return the tabs of the rankings; of the periods only that which is open.

    The others are a tap away in the table of periods: nine tabs would not fit a phone.
    """
    shown = [span for span in spans if span is current or span not in periods]
    return [
        {"label": span.label, "url": _ranking_address(span), "is_current": span is current}
        for span in shown
    ]


def _ranking_address(span: Span) -> str:
    return url_for("desk_figures.index", xa=ward_code_argument(), ky=span.code, _anchor="hay-gap")
