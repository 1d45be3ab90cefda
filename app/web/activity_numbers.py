"""What the activities of a period came to, the network's part in movements, and what was learnt."""

from collections import Counter
from typing import NamedTuple

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.activity_figures import (
    ActivityFigures,
    Counted,
    WardFigures,
    list_activity_figures,
    list_movements,
    sum_activities,
)
from app.queries.learning_figures import count_learning_of_period
from app.queries.reporting_periods import PeriodRow, get_period, list_periods
from app.queries.wards import list_wards
from app.web.ward_choice import chosen_ward, narrowed_to
from app.wording import ACTIVITY_KIND_LABELS
from models.enums import ActivityKind

blueprint = Blueprint("activity_numbers", __name__, url_prefix="/hoat-dong/so-lieu")

PERIOD_ARGUMENT = "ky"


class KindLine(NamedTuple):
    """A kind of activity of which some was held, and in how many wards."""

    label: str
    wards: int
    figures: ActivityFigures


class WardLine(NamedTuple):
    """A ward in which something was held: of each kind how many, in the order of the kinds."""

    code: str
    name: str
    held: list[int]
    turns: int


@blueprint.get("")
@requires(Permission.VIEW_ACTIVITIES)
def index() -> ResponseReturnValue:
    """Show what a period (`ky`, the present one unless named) counts."""
    scope, today = current_scope(), clock.today()
    ward = chosen_ward(scope)
    narrowed = narrowed_to(scope, ward)
    periods = [period for period in list_periods(scope, today) if period.started_on <= today]
    period = _asked(scope, periods[0])
    day = min(period.last_day, today)
    within = Counted(period.id, day)
    rows = list_activity_figures(narrowed, within)
    return render_template(
        "activities/numbers.html",
        period=period,
        day=day,
        ward=ward,
        tabs=[_tab(one, period) for one in periods],
        kinds=_kinds(narrowed, within, rows),
        movements=list_movements(narrowed, within),
        learnt=count_learning_of_period(narrowed, period.id, period.started_on, day),
        wards=[] if narrowed.only_ward_id is not None else _wards(narrowed, rows),
        kind_headings=[
            {"text": ACTIVITY_KIND_LABELS[kind], "numeric": True} for kind in ActivityKind
        ],
        kind_labels=[ACTIVITY_KIND_LABELS[kind] for kind in ActivityKind],
    )


def _asked(scope: WardScope, present: PeriodRow) -> PeriodRow:
    code = request.args.get(PERIOD_ARGUMENT)
    if not code:
        return present
    period = get_period(scope, code)
    if period.started_on > clock.today():
        raise OutOfScopeError(code)
    return period


def _tab(period: PeriodRow, shown: PeriodRow) -> dict[str, object]:
    words = {PERIOD_ARGUMENT: period.code, "xa": request.args.get("xa") or None}
    url = url_for(".index", **words)  # type: ignore[arg-type]  # plain values
    return {"label": period.label, "url": url, "is_current": period.code == shown.code}


def _kinds(scope: WardScope, within: Counted, rows: list[WardFigures]) -> list[KindLine]:
    wards = Counter(row.kind for row in rows)
    return [
        KindLine(ACTIVITY_KIND_LABELS[kind], wards[kind], sum_activities(scope, within, kind))
        for kind in ActivityKind
        if wards[kind]
    ]


def _wards(scope: WardScope, rows: list[WardFigures]) -> list[WardLine]:
    cards = {card.id: card for card in list_wards(scope)}
    lines: dict[int, WardLine] = {}
    kinds = list(ActivityKind)
    for row in rows:
        card = cards[row.ward_id]
        line = lines.get(card.id) or WardLine(card.code, card.name, [0] * len(kinds), 0)
        line.held[kinds.index(row.kind)] = row.figures.held
        lines[card.id] = line._replace(turns=line.turns + row.figures.turns)
    return list(lines.values())
