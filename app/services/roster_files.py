"""The record of a roster file that came in. Nothing here commits."""

import hashlib
import unicodedata
from pathlib import PureWindowsPath

from app import clock
from app.access.scope import WardScope
from models import RosterImport, db
from models.enums import ImportState

FILE_NAME_AT_MOST = 200
NAMELESS = "danh-sach.xlsx"


def add_import(
    scope: WardScope, content: bytes, file_name: str, ward_id: int | None, state: ImportState
) -> RosterImport:
    """Add the record of a file and return it with its id; the bytes themselves are not kept."""
    roster_import = RosterImport(
        ward_id=ward_id,
        account_id=scope.account_id,
        file_name=clean_file_name(file_name),
        file_digest=hashlib.sha256(content).hexdigest(),
        state=state,
        created_at=clock.now(),
    )
    db.session.add(roster_import)
    db.session.flush()
    return roster_import


def clean_file_name(name: str) -> str:
    """Return the last part of a name that a browser sent, without control characters, in NFC."""
    last = PureWindowsPath(unicodedata.normalize("NFC", name)).name
    visible = "".join(char for char in last if unicodedata.category(char)[0] != "C")
    return visible.strip()[-FILE_NAME_AT_MOST:] or NAMELESS
