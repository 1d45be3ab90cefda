"""Which people of a list something is to be done with: those ticked, or all that a filter finds."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import abort, request

from app.access.scope import WardScope
from app.forms.pairing import row_id
from app.queries.spells import known_ids
from app.web.list_exports import LISTINGS
from app.web.listing import ALL, CHOSEN, AnyListing
from app.web.people_listing import PeopleListing
from app.web.person_pages import AREAS, Area, editing_scope

# More are done in parts: a form with more would be too long to be sent, and to be looked through.
MOST_TICKED = 300
MOST_AT_ONCE = 2_000
AREA_OF_LIST = {
    listing.key: AREAS[listing.role]
    for listing in LISTINGS.values()
    if issubclass(listing, PeopleListing)
}


class Selection(NamedTuple):
    """People of one list by the ids of their roles, in order; `is_all` are those of the filter."""

    area: Area
    scope: WardScope
    listing: AnyListing
    ids: list[int]
    is_all: bool

    @property
    def query(self) -> str:
        """What an address says of the selection."""
        chosen = [(ALL, "1")] if self.is_all else [(CHOSEN, str(key)) for key in self.ids]
        return "&".join(part for part in (self.listing.query(), urlencode(chosen)) if part)

    @property
    def list_url(self) -> str:
        """The list as it was when the people were chosen."""
        return f"{self.listing.url}?{self.listing.query()}".removesuffix("?")

    def lines(self, ids: Sequence[int]) -> list[Any]:
        """Return the lines of some of the people."""
        return list(self.listing.lines(ids))


def asked_selection(list_key: str) -> Selection:
    """Return what the address selects of what the reader may change.

    404 for a list that is none, and where somebody was chosen and none of them is the reader's.
    """
    area = AREA_OF_LIST.get(list_key)
    if area is None:
        abort(404)
    scope = editing_scope(area)
    listing = LISTINGS[list_key](scope, request.args)
    is_all = request.args.get(ALL) == "1"
    if is_all:
        ids = listing.ids()
    else:
        asked = ticked_ids()
        ids = known_ids(scope, area.role, asked) if asked else []
        if asked and not ids:
            abort(404)
    return Selection(area, scope, listing, ids, is_all)


def ticked_ids() -> list[int]:
    """Return the ids that the address names, each once; what is no id is left out."""
    return list(dict.fromkeys(request.args.getlist(CHOSEN, row_id)))
