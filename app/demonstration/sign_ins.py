"""The sign-ins of the demonstration accounts, and the file that keeps them for whoever tries."""

import csv
import os
import secrets
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import NamedTuple

SIGN_INS_FILE = "demo-accounts.csv"
OWNER_ONLY = 0o600

WORDS = (
    "suoi nui rung bien mua nang gio may trang sao song ho dao cau duong lang buon thon nha san "
    "vuon ruong nuong lua ngo khoai sen dua mit xoai chuoi cam tra tieu dieu bo voi nai chim ca "
    "ong tre truc thong hoa la re hat dat da cat chieng trong sao den sach but giay thu tin"
)
PASSWORD_WORDS = tuple(dict.fromkeys(WORDS.split()))
WORDS_IN_PASSWORD = 4
SMALLEST_NUMBER, NUMBERS = 1000, 9000


class DemoSignIn(NamedTuple):
    """One account to try the site with: admin, province, leader or support."""

    role: str
    ward_code: str
    username: str
    password: str


def make_password() -> str:
    """Return a random password that is easy to type, about 36 bits: only for made-up data."""
    words = [secrets.choice(PASSWORD_WORDS) for _ in range(WORDS_IN_PASSWORD)]
    return "-".join([*words, str(SMALLEST_NUMBER + secrets.randbelow(NUMBERS))])


def write_sign_ins(path: Path, sign_ins: Iterable[DemoSignIn]) -> None:
    """Write the file `role,ward_code,username,password`, readable by its owner alone."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(DemoSignIn._fields)
    writer.writerows(sign_ins)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text.getvalue())


def read_sign_ins(path: Path) -> list[DemoSignIn]:
    """Read the file back; nothing where it is missing."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [DemoSignIn(**row) for row in csv.DictReader(file)]


def remove_sign_ins(path: Path) -> None:
    """Delete the file, if it is there."""
    path.unlink(missing_ok=True)
