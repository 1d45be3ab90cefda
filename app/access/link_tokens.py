"""Tokens of links that open something without an account: random, and signed by this site."""

import secrets

from flask import current_app
from itsdangerous import BadSignature, Signer

RANDOM_BYTES = 24


def new_link_token(purpose: str) -> str:
    """Return a token that nobody can guess, and nobody can make up for another purpose."""
    return _signer(purpose).sign(secrets.token_urlsafe(RANDOM_BYTES)).decode()


def is_own_token(token: str, purpose: str) -> bool:
    """Say whether this site signed a token for a purpose; tells nothing about its state."""
    try:
        _signer(purpose).unsign(token)
    except BadSignature:
        return False
    return True


def _signer(purpose: str) -> Signer:
    return Signer(str(current_app.secret_key), salt=f"link:{purpose}")
