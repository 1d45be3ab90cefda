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
    spans = _spans(today)
    # The sessions of all wards are too many to look through; the tallies know months alone.
    ranked_spans = spans[-1:] if scope.is_everywhere else spans
    ranked = _chosen(ranked_spans)
    query = FigureQuery(scope, today, card)
    return render_template(
        "desk_figures/index.html",
        today=today,
        card=card,
        spans=[(span, _count(scope, span)) for span in spans],
        year=_count(scope, spans[-1]),
        ranked=ranked,
        ranked_tabs=[_tab(span, is_current=span is ranked) for span in ranked_spans],
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


def _tab(span: Span, *, is_current: bool) -> dict[str, object]:
    url = url_for("desk_figures.index", xa=ward_code_argument(), ky=span.code, _anchor="hay-gap")
    return {"label": span.label, "url": url, "is_current": is_current}
