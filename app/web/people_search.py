"""The search box of all pages: whoever is meant by what is typed, in any role, in the scope."""

from typing import NamedTuple

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.access.scope import WardScope
from app.forms.people_search import WordSearchForm
from app.queries.people_found import PersonFound, search_role
from app.queries.windows import FoundLines
from app.web.person_pages import AREAS, Area

blueprint = Blueprint("people_search", __name__, url_prefix="/tim")

# Names and phone numbers of citizens must not stand in addresses, which are kept and passed on.
WORDS = "search_words"
MOST_SHOWN = 20


class Group(NamedTuple):
    """Those who are found in one role."""

    area: Area
    found: FoundLines[PersonFound]


@blueprint.get("")
@requires(Permission.VIEW_PEOPLE)
def index() -> ResponseReturnValue:
    """Show the box, and who is found by what was typed last."""
    words = session.get(WORDS, "")
    scope = current_scope()
    groups = _groups(scope, words) if words else []
    return render_template(
        "people_search/index.html",
        form=WordSearchForm(formdata=None, q=words),
        words=words,
        groups=groups,
        most_shown=MOST_SHOWN,
        has_several_wards=scope.only_ward_id is None,
        today=clock.today(),
    )


@blueprint.post("")
@requires(Permission.VIEW_PEOPLE)
def ask() -> ResponseReturnValue:
    """Keep what was typed in the reader's own cookie, and show who is found."""
    session[WORDS] = WordSearchForm(formdata=request.form).words
    return redirect(url_for(".index"), code=303)


def _groups(scope: WardScope, words: str) -> list[Group]:
    groups = (
        Group(area, search_role(scope, role, words, at_most=MOST_SHOWN))
        for role, area in AREAS.items()
    )
    return [group for group in groups if group.found.lines]
