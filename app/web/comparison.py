"""What changed since another day, in the reader's wards or in one of them."""

from datetime import date, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.current import current_scope, may
from app.access.decorators import requires
from app.access.policy import Permission
from app.formatting import format_day
from app.forms.audit_choice import ComparisonForm
from app.queries.comparison import compare_days
from app.queries.movers import MoverRole
from app.queries.reporting_periods import period_to_show
from app.queries.wards import list_wards
from app.texts import _
from app.web.paging import Paging
from app.web.ward_choice import narrowed_to
from app.worklist.changes import (
    choose_movers,
    describe_movers,
    figure_changes,
    role_changes,
    rule_changes,
    ward_changes,
)
from graphs.comparison import Comparison

blueprint = Blueprint("comparison", __name__)

ONE_DAY, WEEK, MONTH = timedelta(days=1), timedelta(days=7), timedelta(days=30)
WHO = "ai"
# Where each kind of spell has its page, and what that page calls its id.
PAGES = {
    MoverRole.MENTOR: ("mentors.show", "mentor_id"),
    MoverRole.MENTEE: ("mentees.show", "mentee_id"),
    MoverRole.SUPPORT: ("support_posts.show", "support_post_id"),
}


class Preset(NamedTuple):
    """A day that is often compared with, as a tab."""

    label: str
    url: str
    is_current: bool


@blueprint.get("/ra-soat/so-voi-ngay")
@requires(Permission.VIEW_AUDIT)
def index() -> ResponseReturnValue:
    """Show what changed between two days: figures, wards, people, findings; names on demand."""
    scope = current_scope()
    wards = list_wards(scope)
    form = ComparisonForm(formdata=request.args, wards=wards)
    status = 200 if form.validate() else 422
    since = form.since or form.day - MONTH
    ward = next((card for card in wards if card.code == form.ward_code), None)
    within = narrowed_to(scope, ward)
    comparison = compare_days(within, since, form.day)
    presets = _presets(form.day, since)
    page = render_template(
        "comparison/index.html",
        form=form,
        place=wards[0] if len(wards) == 1 else ward,
        comparison=comparison,
        presets=presets,
        is_own_choice=bool(
            form.errors or form.is_past or ward or not any(each.is_current for each in presets)
        ),
        figures=figure_changes(comparison),
        roles=role_changes(comparison),
        rules=rule_changes(comparison),
        changed_wards=ward_changes(comparison),
        linked={card.code for card in list_wards(current_scope(Permission.VIEW_WARDS))},
        address_of=_address_of,
        **_named(comparison),
    )
    return page, status


def _named(comparison: Comparison) -> dict[str, Any]:
    """Whom the address asks to name, a page of them, for readers who may see people."""
    choice = None
    if may(Permission.VIEW_PEOPLE):
        choice = choose_movers(comparison, request.args.get(WHO, ""))
    if choice is None:
        return {"choice": None, "movers": [], "paging": None, "page_of": None}
    paging = Paging.asked_for(len(choice.spells))
    shown = choice.spells[paging.offset : paging.offset + paging.size]
    endpoint, argument = PAGES[choice.role]
    return {
        "choice": choice,
        "movers": describe_movers(current_scope(Permission.VIEW_PEOPLE), choice, shown),
        "paging": paging,
        "page_of": lambda spell_id: url_for(endpoint, **{argument: spell_id}),
    }


def _presets(day: date, since: date) -> list[Preset]:
    """The days that are often compared with; a quarter and a year that begin today are new.

    On its first day there is nothing to tell of them, so the ones before are offered.
    """
    quarter = period_to_show(current_scope(), day).started_on
    year = (day - ONE_DAY).replace(month=1, day=1)
    days = {
        _("7 ngày trước"): day - WEEK,
        _("30 ngày trước"): day - MONTH,
        _("Đầu quý (%(day)s)", day=format_day(quarter)): quarter,
        _("Đầu năm (%(day)s)", day=format_day(year)): year,
    }
    return [
        Preset(str(label), _address(tu=format_day(each)), each == since)
        for label, each in days.items()
    ]


def _address_of(key: str) -> str:
    """Return the address that names some people, below the same comparison."""
    return _address(tu=request.args.get("tu", ""), **{WHO: key})


def _address(**words: str) -> str:
    # Never through `url_for`: words of the address would become its options (`_scheme`).
    kept = {name: request.args.get(name, "") for name in ("ngay", "xa")}
    chosen = {name: word for name, word in (words | kept).items() if word}
    return f"{request.path}?{urlencode(chosen)}"
