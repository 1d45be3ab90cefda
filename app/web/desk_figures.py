"""What the desk did today, this week and this year."""

from datetime import date
from typing import NamedTuple

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.figures.figure import FigureQuery
from app.formatting import format_day
from app.queries.desk_figures import (
    DeskFigures,
    count_desk_figures,
    rank_obstacles,
    rank_procedures,
)
from app.queries.session_bundles import count_bundled
from app.queries.wards import list_wards
from app.texts import _
from app.web import charts
from app.web.downloads import scope_words
from app.web.duty_week import monday_of
from app.worklist.zalo import own_ward_text

blueprint = Blueprint("desk_figures", __name__, url_prefix="/thong-ke")

MOST_RANKED = 10


class Span(NamedTuple):
    """Days up to today, with what was done in them."""

    label: str
    days: str
    figures: DeskFigures


@blueprint.get("")
@requires(Permission.VIEW_SESSIONS)
def index() -> ResponseReturnValue:
    """Show the figures of the reader's desks."""
    scope, today = current_scope(), clock.today()
    monday, new_year = monday_of(today), date(today.year, 1, 1)
    spans = [
        Span(_("Hôm nay"), format_day(today), count_desk_figures(scope, today, today)),
        Span(_("Tuần này"), _since(monday, today), count_desk_figures(scope, monday, today)),
        Span(
            _("Năm %(year)s", year=today.year),
            _since(new_year, today),
            count_desk_figures(scope, new_year, today),
        ),
    ]
    return render_template(
        "desk_figures/index.html",
        today=today,
        spans=spans,
        year=spans[-1],
        bundled=count_bundled(scope, new_year, today),
        procedures=rank_procedures(scope, new_year, today, at_most=MOST_RANKED),
        obstacles=rank_obstacles(scope, new_year, today, at_most=MOST_RANKED),
        weeks=charts.draw("luot-theo-tuan", FigureQuery(scope, today)),
        place=scope_words(scope, list_wards(scope))[1],
        zalo_text=own_ward_text(scope, today),
    )


def _since(first_day: date, today: date) -> str:
    return f"{format_day(first_day)} – {format_day(today)}"
