"""What stands in an address: ids and texts that the database can hold, and days."""

from datetime import date

from flask import request
from werkzeug.routing import IntegerConverter, Map, UnicodeConverter, ValidationError

from app.forms.base import parse_day

LARGEST_ID = 2**31 - 1
NUL = "\0"


class RowIdConverter(IntegerConverter):
    """A number in the path; one that no row can have leads nowhere (404)."""

    def __init__(self, url_map: Map, *args: int, **kwargs: int) -> None:
        kwargs.setdefault("max", LARGEST_ID)
        super().__init__(url_map, *args, **kwargs)  # type: ignore[arg-type]  # plain numbers


class PlainTextConverter(UnicodeConverter):
    """A text in the path; one with a NUL, which PostgreSQL cannot compare, leads nowhere (404)."""

    def to_python(self, value: str) -> str:
        """Return the text, or say that the path is another one."""
        if NUL in value:
            raise ValidationError
        return value


def ward_code_argument() -> str | None:
    """Return the ward's code in the address, or None; `url_for` leaves None out."""
    return request.args.get("xa", "").replace(NUL, " ") or None


def id_argument(name: str) -> int | None:
    """Return the row id that the address carries, or None where there is none."""
    return _row_id(request.args.get(name, ""))


def id_arguments(name: str) -> frozenset[int]:
    """Return the row ids that the address carries; what is no id is passed over."""
    ids = map(_row_id, request.args.getlist(name))
    return frozenset(row_id for row_id in ids if row_id is not None)


def day_argument(name: str) -> date | None:
    """Return the day (dd/mm/yyyy) that the address carries, or None where there is none."""
    return parse_day(request.args.get(name, "")[:10])


def _row_id(text: str) -> int | None:
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_ID))
    return int(text) if is_number and 0 < int(text) <= LARGEST_ID else None
