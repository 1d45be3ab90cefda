"""Workbooks as answers that a browser saves."""

from collections.abc import Sequence
from io import BytesIO

from flask import send_file
from flask.typing import ResponseReturnValue

from app.access.scope import WardScope
from app.queries.wards import WardCard

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A file name of more wards would be too long.
MOST_NAMED = 3


def workbook_response(content: bytes, file_name: str) -> ResponseReturnValue:
    """Return a workbook to be saved under a name; personal data is never kept by a cache."""
    response = send_file(
        BytesIO(content), mimetype=XLSX, as_attachment=True, download_name=file_name
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def scope_words(scope: WardScope, wards: Sequence[WardCard]) -> tuple[str, str]:
    """Return the wards of a scope for a file name («quy-nhon-bac»), and in words."""
    if scope.is_everywhere:
        return "toan-tinh", "Toàn tỉnh Gia Lai"
    slug = "-".join(ward.search_text.replace(" ", "-") for ward in wards[:MOST_NAMED])
    return slug, ", ".join(ward.full_name for ward in wards)
