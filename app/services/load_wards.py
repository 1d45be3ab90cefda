"""Brings the shipped list of wards and their borders into the database; never deletes one."""

import csv
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.services.transaction import technical_write
from models import Ward, WardBorder
from models.enums import WardKind
from models.names import fold

DATA = Path(__file__).resolve().parents[2] / "data"
PROVINCE_CODE = "52"
# Nghị quyết 1664/NQ-UBTVQH15: the 135 units exist from this day on.
VALID_FROM = date(2025, 7, 1)


def load_wards() -> int:
    """Add the wards and borders that are missing and bring names up to date; return how many new.

    Running it again changes nothing.
    """
    with technical_write() as session:
        known = {ward.code: ward for ward in session.scalars(select(Ward))}
        added = 0
        for row in _rows("wards.csv"):
            ward = known.get(row["code"])
            if ward is None:
                ward = known[row["code"]] = Ward(code=row["code"], valid_from=VALID_FROM)
                session.add(ward)
                added += 1
            _describe(ward, row)
        session.flush()
        _load_borders(session, known)
    return added


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _describe(ward: Ward, row: dict[str, str]) -> None:
    ward.name = row["name"]
    ward.kind = WardKind(row["kind"])
    ward.slug = row["slug"]
    ward.search_text = fold(row["name"])
    ward.province_code = PROVINCE_CODE
    ward.latitude = float(row["latitude"])
    ward.longitude = float(row["longitude"])
    ward.area_km2 = float(row["area_km2"])
    ward.population = int(row["population"])
    ward.former_province = row["former_province"]
    ward.former_district = row["former_district"]
    ward.is_border_commune = row["border_commune"] == "1"
    ward.is_coastal = row["coastal"] == "1"
    ward.is_island = row["island"] == "1"


def _load_borders(session: Session, wards: dict[str, Ward]) -> None:
    known = {(border.ward_a_id, border.ward_b_id) for border in session.scalars(select(WardBorder))}
    for row in _rows("ward_adjacency.csv"):
        ids = sorted((wards[row["code_a"]].id, wards[row["code_b"]].id))
        if (ids[0], ids[1]) not in known:
            session.add(
                WardBorder(ward_a_id=ids[0], ward_b_id=ids[1], border_km=float(row["border_km"]))
            )
