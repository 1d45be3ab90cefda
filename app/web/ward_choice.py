"""Which ward a page is about, for readers who look after several."""

from app.access.scope import WardScope
from app.queries.wards import WardCard, get_ward, list_wards
from app.web.arguments import ward_code_argument


def chosen_ward(scope: WardScope) -> WardCard | None:
    """Return the reader's only ward, or the one that the address names by `xa`; else None."""
    code = ward_code_argument()
    if code is not None:
        return get_ward(scope, code)
    return list_wards(scope)[0] if scope.only_ward_id is not None else None


def narrowed_to(scope: WardScope, ward: WardCard | None) -> WardScope:
    """Return the scope of the chosen ward alone, or the whole one where none is chosen."""
    return scope if ward is None else scope.narrowed_to(ward.id)
