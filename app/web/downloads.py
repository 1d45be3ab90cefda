"""Workbooks as answers that a browser saves."""

from io import BytesIO

from flask import send_file
from flask.typing import ResponseReturnValue

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_response(content: bytes, file_name: str) -> ResponseReturnValue:
    """Return a workbook to be saved under a name; personal data is never kept by a cache."""
    response = send_file(
        BytesIO(content), mimetype=XLSX, as_attachment=True, download_name=file_name
    )
    response.headers["Cache-Control"] = "no-store"
    return response
