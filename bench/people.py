"""Who uses a server under measurement: readers of all roles, and desks that save."""

import re
import secrets
from itertools import cycle

from werkzeug.test import Client

from app import clock
from app.formatting import format_day
from app.queries.wards import list_wards
from app.services.account_rows import GrantTerms
from app.services.create_account import create_account
from app.services.sign_in import new_sign_in
from app.services.transaction import technical_write
from bench.browsing import COOKIE, TOKEN
from bench.changes import EVERYWHERE
from bench.clients import Step
from bench.lab import WrongAnswerError
from bench.sites import Site
from models.enums import HelpMode, HelpResult, Role

DESK, LISTS = "/ho-tro", ("/viec-can-lam", "/mentor", "/nguoi-hoc")
# How many read as what, and which pages: wards at work, and the province that looks on.
READERS = {
    Role.WARD_LEADER: (28, (*LISTS, "/xa-cua-toi")),
    Role.SUPPORT: (18, (DESK, "/ho-tro/hom-nay")),
    Role.PROVINCE: (4, ("/ban-do", *LISTS)),
}
USERS = sum(users for users, _ in READERS.values())
PROCEDURE = re.compile(r'name="procedure"[^>]*value="(\d+)"')


def readers(site: Site) -> list[list[Step]]:
    """Return what each of the users reads, all of them with accounts of their own."""
    with site.app.app_context():
        wards = cycle([ward.id for ward in list_wards(EVERYWHERE)])
        cookies = {
            role: [_new_cookie(site, role, next(wards)) for _ in range(users)]
            for role, (users, _) in READERS.items()
        }
    return [
        _turned([Step(f"{COOKIE}={cookie}", path) for path in READERS[role][1]], place)
        for role, of_role in cookies.items()
        for place, cookie in enumerate(of_role)
    ]


def desks(site: Site, count: int) -> list[Step]:
    """Return the form of a session of so many desks, each with an account and a ward of its own."""
    with site.app.app_context():
        wards = cycle([ward.id for ward in list_wards(EVERYWHERE)])
        cookies = [_new_cookie(site, Role.SUPPORT, next(wards)) for _ in range(count)]
    return [saving(site, cookie) for cookie in cookies]


def _new_cookie(site: Site, role: Role, ward_id: int) -> str:
    """Make an account, in its ward where it has one, and let it in without a password."""
    name = f"bench.{secrets.token_hex(8)}"
    terms = GrantTerms(role, ward_id, clock.today())
    receipt = create_account(EVERYWHERE, username=name, display_name=name, grants=[terms]).receipt
    assert receipt.object_id is not None  # noqa: S101  # for the types: it was just made
    with technical_write() as session:
        row, token = new_sign_in(receipt.object_id, "bench", clock.now())
        session.add(row)
    client = site.app.test_client()
    with client.session_transaction() as kept:
        kept["_user_id"] = token
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None  # noqa: S101  # for the types: it was just set
    return cookie.value


def _turned(steps: list[Step], places: int) -> list[Step]:
    """Begin elsewhere, so that not everybody asks for the same page at the same time."""
    start = places % len(steps)
    return [*steps[start:], *steps[:start]]


def saving(site: Site, cookie: str) -> Step:
    """Return the form of a session as whoever has this cookie fills it in at the desk."""
    client = Client(site.app)
    client.set_cookie(COOKIE, cookie)
    page = client.get(DESK).get_data(as_text=True)
    token, procedure, kept = TOKEN.search(page), PROCEDURE.search(page), client.get_cookie(COOKIE)
    if token is None or procedure is None or kept is None:
        raise WrongAnswerError("the desk's page has no form")
    form = {
        "csrf_token": token[1],
        "procedure": procedure[1],
        "mode": HelpMode.TOGETHER.value,
        "visit": "lan-dau",
        "outcome": HelpResult.DONE.value,
        "service_date": format_day(clock.today()),
    }
    return Step(f"{COOKIE}={kept.value}", DESK, form)
