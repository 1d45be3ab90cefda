"""Values that a page hands out and gets back as they were: signed by this site, compressed."""

from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer


def sign_values(values: object, purpose: str) -> str:
    """Return values that JSON knows as text for a form; readable, so nothing secret."""
    return str(_serializer(purpose).dumps(values))


def read_signed(text: str, purpose: str) -> Any | None:  # noqa: ANN401  # whatever was signed
    """Return the values that were signed for a purpose; None for any other text."""
    try:
        return _serializer(purpose).loads(text)
    except BadData:
        return None


def _serializer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=f"values:{purpose}")
