"""The lists and vendored files that are shipped with the program are whole and as recorded."""

import csv
import hashlib
import json
from itertools import pairwise

from tests.architecture.source_tree import ROOT, short

WARD_COUNT = 135
VENDOR_LOCK = ROOT / "vendor" / "vendor.lock.json"
VENDORED = ROOT / "static" / "vendor"


def test_the_map_has_every_ward_of_the_list_and_no_other():
    drawn = sorted(feature["properties"]["code"] for feature in ward_features())

    assert drawn == ward_codes()
    assert len(drawn) == WARD_COUNT


def test_every_ward_borders_wards_of_the_list_alone():
    with (ROOT / "data" / "ward_adjacency.csv").open(encoding="utf-8", newline="") as file:
        named = {row[key] for row in csv.DictReader(file) for key in ("code_a", "code_b")}

    assert named <= set(ward_codes())


def test_outer_rings_of_the_map_run_clockwise_or_a_ward_would_flood_it():
    counter_clockwise = [
        feature["properties"]["code"]
        for feature in ward_features()
        for ring in outer_rings(feature["geometry"])
        if doubled_area(ring) >= 0
    ]

    assert counter_clockwise == []


def test_vendored_files_are_the_ones_that_the_lock_records():
    recorded = {entry["file"]: entry["sha256"] for entry in vendor_lock()}

    found = {name: sha256(ROOT / name) for name in recorded}

    assert found == recorded


def test_no_vendored_file_is_missing_from_the_lock():
    recorded = {entry["file"] for entry in vendor_lock()}

    found = {short(path) for path in VENDORED.rglob("*") if path.is_file()}

    assert found <= recorded


def test_every_vendored_package_comes_with_its_licence():
    packages = {f"{entry['name'].split('/')[-1]}-{entry['version']}" for entry in vendor_lock()}

    without = [name for name in packages if not list((VENDORED / name).glob("LICENSE*"))]

    assert without == []


def vendor_lock() -> list[dict[str, str]]:
    return json.loads(VENDOR_LOCK.read_text(encoding="utf-8"))


def sha256(path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def ward_codes() -> list[str]:
    with (ROOT / "data" / "wards.csv").open(encoding="utf-8", newline="") as file:
        return sorted(row["code"] for row in csv.DictReader(file))


def ward_features() -> list[dict]:
    return json.loads((ROOT / "data" / "wards.geojson").read_text(encoding="utf-8"))["features"]


def outer_rings(geometry: dict) -> list[list[list[float]]]:
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"][0]]
    return [polygon[0] for polygon in geometry["coordinates"]]


def doubled_area(ring: list[list[float]]) -> float:
    """Return twice the signed area (shoelace formula): negative for a clockwise ring."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))
