"""The outlines of the wards: a shipped file that browsers keep for good."""

import hashlib
from functools import cache
from pathlib import Path

BOUNDARIES_FILE = Path(__file__).resolve().parents[2] / "data" / "wards.geojson"


@cache
def boundaries_url() -> str:
    """Return the address of the file; another content gets another address."""
    digest = hashlib.sha256(BOUNDARIES_FILE.read_bytes()).hexdigest()
    return f"/static/geo/wards-{digest[:12]}.geojson"
