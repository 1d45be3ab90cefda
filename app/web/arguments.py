"""What stands in an address: ids within what the database can hold, and days."""

from datetime import date

from flask import request
from werkzeug.routing import IntegerConverter, Map

from app.forms.base import parse_day

LARGEST_ID = 2**31 - 1


class RowIdConverter(IntegerConverter):
    """A number in the path; one that no row can have leads nowhere (404)."""

    def __init__(self, url_map: Map, *args: int, **kwargs: int) -> None:
        kwargs.setdefault("max", LARGEST_ID)
        super().__init__(url_map, *args, **kwargs)  # type: ignore[arg-type]  # plain numbers


def id_argument(name: str) -> int | None:
    """Return the row id that the address carries, or None where there is none."""
    text = request.args.get(name, "")
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_ID))
    return int(text) if is_number and 0 < int(text) <= LARGEST_ID else None


def day_argument(name: str) -> date | None:
    """Return the day (dd/mm/yyyy) that the address carries, or None where there is none."""
    return parse_day(request.args.get(name, "")[:10])
