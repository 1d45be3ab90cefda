"""Signs an account in, and slows down those who guess."""

import math
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete

from app import clock
from app.access.digests import keyed_digest
from app.errors import SignInRefusedError, SignInThrottledError
from app.queries.sign_ins import (
    Credentials,
    count_address_failures,
    find_credentials,
    hash_token,
    list_pair_failures,
)
from app.services.passwords import hash_password, is_right_password, needs_rehash
from app.services.transaction import technical_write
from models import Account, SignIn, SignInFailure

# After so many failures of one name from one address, each further one is followed by a wait.
# Counted per pair, so that nobody can lock the owner of a name out from elsewhere.
FREE_FAILURES = 5
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15))
PAIR_WINDOW = timedelta(hours=1)
# One address may stand for a whole office behind one router.
ADDRESS_FAILURES = 60
ADDRESS_WINDOW = timedelta(minutes=15)
KEPT_FAILURES = timedelta(days=1)
DEVICE_LENGTH = 120


def sign_in(username: str, password: str, *, address: str, device: str) -> str:
    """Open a sign-in and return its token, which goes into the cookie and nowhere else.

    Raises `SignInThrottledError` while one has to wait, and `SignInRefusedError` for an unknown
    name, a wrong password and a disabled account alike, after the same time of computing.
    """
    name, moment = username.lower(), clock.now()
    _refuse_throttled(name, address, moment)
    account = find_credentials(name)
    is_right = is_right_password(account.password_hash if account else None, password)
    if account is None or account.is_disabled or not is_right:
        _record_failure(name, address, moment)
        raise SignInRefusedError
    return _open(account, name, password, address=address, device=device)


def new_sign_in(account_id: int, device: str, moment: datetime) -> tuple[SignIn, str]:
    """Return a sign-in to be stored, and the token that only its owner gets."""
    token = secrets.token_urlsafe(32)
    row = SignIn(
        account_id=account_id,
        token_hash=hash_token(token),
        device=device[:DEVICE_LENGTH],
        started_at=moment,
        last_seen_at=moment,
    )
    return row, token


def _refuse_throttled(name: str, address: str, moment: datetime) -> None:
    failures = list_pair_failures(name, address, since=moment - PAIR_WINDOW)
    if len(failures) >= FREE_FAILURES:
        step = min(len(failures) - FREE_FAILURES, len(WAITS) - 1)
        remaining = failures[-1] + WAITS[step] - moment
        if remaining > timedelta(0):
            raise SignInThrottledError(minutes=math.ceil(remaining / timedelta(minutes=1)))
    if count_address_failures(address, since=moment - ADDRESS_WINDOW) >= ADDRESS_FAILURES:
        raise SignInThrottledError(minutes=math.ceil(ADDRESS_WINDOW / timedelta(minutes=1)))


def _record_failure(name: str, address: str, moment: datetime) -> None:
    with technical_write() as session:
        session.execute(
            delete(SignInFailure).where(SignInFailure.failed_at < moment - KEPT_FAILURES)
        )
        session.add(
            SignInFailure(
                username_hash=keyed_digest(name),
                address_hash=keyed_digest(address),
                failed_at=moment,
            )
        )


def _open(credentials: Credentials, name: str, password: str, *, address: str, device: str) -> str:
    row, token = new_sign_in(credentials.account_id, device, clock.now())
    with technical_write() as session:
        session.add(row)
        session.execute(
            delete(SignInFailure).where(
                SignInFailure.username_hash == keyed_digest(name),
                SignInFailure.address_hash == keyed_digest(address),
            )
        )
        if needs_rehash(credentials.password_hash or ""):
            account = session.get_one(Account, credentials.account_id)
            account.password_hash = hash_password(password)
    return token
