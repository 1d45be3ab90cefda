"""How the figures of a closed report are kept: canonical JSON, its digest, compressed."""

import hashlib
import json
import zlib
from typing import Any, NamedTuple


class Frozen(NamedTuple):
    """Figures as they are stored: compressed canonical JSON and the SHA-256 of that JSON."""

    content: bytes
    digest: str


def freeze(figures: dict[str, Any]) -> Frozen:
    """Return figures as they are stored; the same figures always give the same digest.

    Raises `TypeError` or `ValueError` for what JSON does not know, infinite numbers included.
    """
    text = json.dumps(
        figures, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()
    return Frozen(zlib.compress(text, 9), hashlib.sha256(text).hexdigest())


def thaw(content: bytes) -> dict[str, Any]:
    """Return the figures that were stored; raises `zlib.error` or `ValueError` for broken ones."""
    figures: dict[str, Any] = json.loads(zlib.decompress(content))
    return figures


def is_whole(frozen: Frozen) -> bool:
    """Say whether stored figures still have the digest that was noted with them."""
    try:
        text = zlib.decompress(frozen.content)
    except zlib.error:
        return False
    return hashlib.sha256(text).hexdigest() == frozen.digest
