"""The ward that a command is limited to."""

import click

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.wards import get_ward

EVERYWHERE = WardScope.everywhere()


def ward_scope(code: str | None) -> WardScope:
    """Return the scope of the ward of a code, of all wards for None; else a wrong usage."""
    if code is None:
        return EVERYWHERE
    try:
        return EVERYWHERE.narrowed_to(get_ward(EVERYWHERE, code).id)
    except OutOfScopeError as error:
        raise click.UsageError(f"--ward: không có xã, phường mang mã {code}.") from error
