"""Which ward a page is about, for readers who look after several."""

from flask import request

from app.access.scope import WardScope
from app.queries.wards import WardCard, get_ward, list_wards


def chosen_ward(scope: WardScope) -> WardCard | None:
    """Return the reader's only ward, or the one that the address names by `xa`; else None."""
    code = chosen_ward_code()
    if code is not None:
        return get_ward(scope, code)
    return list_wards(scope)[0] if scope.only_ward_id is not None else None


def chosen_ward_code() -> str | None:
    """Return the ward's code in the address, or None; `url_for` leaves None out."""
    return request.args.get("xa", "")[:5] or None
