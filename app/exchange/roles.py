"""Which role a sheet name, a title or a cell speaks of."""

import re

from app.exchange.labels import label_key
from app.exchange.records import RosterRole

_MENTEE = r"(?:mentees?|nguoi hoc|hoc vien|nguoi duoc (?:huong dan|kem)|nguoi dan tham gia hoc)"
_SUPPORT = r"(?:(?:nhan su|can bo|nguoi|luc luong|nhan vien|to|doi) ho tro|support(?: staff)?)"
_MENTOR = r"(?:mentors?|nguoi huong dan|huong dan vien|dai su so)"
_BOTH = re.compile(rf"\b(?:{_MENTOR} (?:va )?{_MENTEE}|{_MENTEE} (?:va )?{_MENTOR})\b")
_IN_TEXT = (
    (RosterRole.MENTEE, re.compile(rf"\b{_MENTEE}\b")),
    (RosterRole.SUPPORT, re.compile(rf"\b{_SUPPORT}\b")),
    (RosterRole.MENTOR, re.compile(rf"\b{_MENTOR}\b")),
)
_BETWEEN_ROLES = re.compile(r"[;,/\n|+&]|\s-\s|\s(?:và|va)\s", re.IGNORECASE)
_IN_CELL = {"ho tro": RosterRole.SUPPORT, "hoc": RosterRole.MENTEE, "huong dan": RosterRole.MENTOR}


def role_in_text(text: str) -> RosterRole | None:
    """Return the role that a title is about, or None when it names none or a whole network.

    "Danh sách người học của mentor …" is about mentees, "Mentor và người học" about both. Every
    title may name the network ("Đại sứ số"), so that word counts last.
    """
    key = label_key(text)
    if _BOTH.search(key):
        return None
    return next((role for role, pattern in _IN_TEXT if pattern.search(key)), None)


def roles_in_cell(text: str) -> set[RosterRole]:
    """Return the roles that a cell of the role column names: more than one in "Mentor, hỗ trợ"."""
    whole = _role_of_part(text)
    parts = {_role_of_part(part) for part in _BETWEEN_ROLES.split(text)}
    return {role for role in (parts if len(parts) > 1 else {whole}) if role is not None}


def _role_of_part(text: str) -> RosterRole | None:
    return _IN_CELL.get(label_key(text)) or role_in_text(text)
